"""The seventh story: three people assess a site alone, agree together, and read the result."""

import pytest
from django_scopes import scope
from playwright.sync_api import Locator, expect

from assessed import TEXT
from assessing import publish_model
from attain.organisations.rules import Role
from browser import Server
from certified import record_centre
from estate import make_estate
from stories.rounds import (
    agrees,
    assessors_of,
    begins_moderation,
    begins_to_rate,
    card_of,
    closes,
    hands_in,
    item_of,
    names,
    opens,
    opens_an_assessment,
    rates,
)
from stories.served import Somebody, member_signed_in

pytestmark = pytest.mark.django_db(transaction=True)
STORY = "7-assess"
TITLE = "Leeds before the winter"
ASSESSORS = (Role.SITE_LEAD, Role.QA_MANAGER, Role.ASSESSOR)
KEYS = (("4", "Forecast"), ("3", "Budget"), ("3", "Hiring"), ("3", "Calls"))
NOTE = "Two people know how it is done."


def test_three_people_assess_a_site_and_moderate(live_server: Server) -> None:
    estate = make_estate()
    lead, *assessors = (estate.member(role) for role in (Role.PROGRAMME_LEAD, *ASSESSORS))
    with scope(organisation=estate.organisation):
        record_centre(estate)
        publish_model(estate, claiming())
    with member_signed_in(live_server, lead, STORY) as leading:
        the_list_says_how_to_begin(leading)
        opens_an_assessment(leading, TITLE, "Small centre")
        leading.looks("opened")
        names(leading, assessors)
        leading.looks("named")
    with member_signed_in(live_server, assessors[0], STORY) as first:
        somebody_rates_by_keys(first)
    for each, forecast in zip(assessors[1:], ("3", "1"), strict=True):
        with member_signed_in(live_server, each, STORY) as other:
            somebody_rates_by_hand(other, Forecast=forecast, Budget="2", Hiring="1", Calls="2")
    with member_signed_in(live_server, lead, STORY) as leading:
        nobody_sees_yet_what_each_said(leading)
        moderation_shows_where_they_differ(leading)
        what_is_settled_is_agreed_at_once(leading)
        the_rest_is_agreed_with_a_reason(leading)
        closes(leading, TITLE)
        the_result_shows_gaps_and_what_records_deny(leading)


def claiming() -> str:
    """Return the small model with an item whose second level asks something of the records."""
    threshold = (
        "thresholds: {one: {title: One, unit: count, values:"
        " {2020-01-01: {value: 3, source: attain-library, clause: none}}}}\ncategories:"
    )
    claim = (
        "{title: Forecast, question: How is it made?, evidenced_by: [{level: 2, title: Three"
        " initiatives are on record, rule: {kind: structured_initiatives, count: one}}], levels:"
    )
    levels = "[{level: 1, text: some}, {level: 2, text: more}, {level: 3, text: most}]"
    calls = f"{{title: Calls, question: Who answers?, levels: {levels}}}"
    text = TEXT.replace("sources: []", "sources: [attain-library]")
    text = text.replace("categories:", threshold)
    # A radar takes three categories.
    text += f"  contacts: {{title: Contacts, items: {{calls: {calls}}}}}\n"
    return text.replace("{title: Forecast, question: How is it made?, levels:", claim)


def the_list_says_how_to_begin(lead: Somebody) -> None:
    lead.goes_to("Assessments")
    expect(lead.page.get_by_role("heading", name="No assessment yet")).to_be_visible()
    lead.looks("nothing-yet")


def somebody_rates_by_keys(assessor: Somebody) -> None:
    """Rate every item by a digit, without the mouse, and write a note."""
    page = assessor.page
    begins_to_rate(assessor, TITLE)
    for key, title in KEYS:
        page.keyboard.press("j")
        page.keyboard.press(key)
        expect(item_of(assessor, title).locator(".saved")).to_have_text("Saved")
    page.keyboard.press("n")
    page.keyboard.type(NOTE)
    page.keyboard.press("Escape")
    expect(item_of(assessor, "Calls").locator(".saved")).to_have_text("Saved")
    expect(page.locator("#rated")).to_have_text("4")
    expect(item_of(assessor, "Forecast")).to_contain_text("Records say otherwise")
    assessor.looks("rated-by-keys")
    assessor.follows("Hand in")
    assessor.looks("hand-in")
    page.go_back()
    hands_in(assessor)


def somebody_rates_by_hand(assessor: Somebody, **levels: str) -> None:
    begins_to_rate(assessor, TITLE)
    expect(assessor.page.locator("#rated")).to_have_text("0")
    expect(assessor.page.locator("input[name=level]:checked:not([value=''])")).to_have_count(0)
    expect(assessor.page.get_by_role("main")).not_to_contain_text(NOTE)
    rates(assessor, levels)
    hands_in(assessor)


def nobody_sees_yet_what_each_said(lead: Somebody) -> None:
    opens(lead, TITLE)
    expect(assessors_of(lead).filter(has_text="4 of 4")).to_have_count(3)
    expect(lead.page.get_by_role("main")).not_to_contain_text(NOTE)
    expect(lead.page.get_by_role("link", name="Moderate")).to_have_count(0)
    lead.looks("all-handed-in")


def moderation_shows_where_they_differ(lead: Somebody) -> None:
    begins_moderation(lead)
    widest = lead.page.get_by_role("article").first
    expect(widest.get_by_role("heading")).to_contain_text("Forecast")
    expect(widest.locator(".state-warn")).to_have_text("2 levels apart")
    for role, level in zip(ASSESSORS, ("3", "3", "1"), strict=True):
        expect(said_by(widest, role.words)).to_contain_text(level)
    expect(card_of(lead, "Calls")).to_contain_text(NOTE)
    lead.looks("moderation")


def said_by(card: Locator, name: str) -> Locator:
    return card.locator(".agree-said > div").filter(has_text=name)


def what_is_settled_is_agreed_at_once(lead: Somebody) -> None:
    lead.presses("Agree on all 2 that are settled")
    expect(lead.page.locator("#agreed")).to_have_text("2")
    expect(card_of(lead, "Budget").get_by_role("heading")).to_contain_text("Agreed")


def the_rest_is_agreed_with_a_reason(lead: Somebody) -> None:
    page = lead.page
    card_of(lead, "Forecast").get_by_label("Level", exact=True).select_option("2")
    page.get_by_role("button", name="Agree Forecast").click()
    expect(card_of(lead, "Forecast").locator(".saved")).to_contain_text("Not saved: Say why")
    expect(page.locator("#agreed")).to_have_text("2")
    # htmx says every refusal to the console.
    assert all("422" in fault for fault in lead.visiting.faults)
    lead.visiting.faults.clear()
    lead.looks("reason-missing")
    agrees(lead, "Forecast", "2", "The evening shift plans by hand.")
    agrees(lead, "Hiring", "1", "Only one of us had seen the list.")
    expect(page.locator("#agreed")).to_have_text("4")
    lead.looks("agreed")


def the_result_shows_gaps_and_what_records_deny(lead: Somebody) -> None:
    page = lead.page
    lead.follows("Result")
    radar = page.get_by_role("img", name="Each category as it is now, and its target")
    expect(radar).to_be_visible()
    planning = page.get_by_role("region", name="By category").get_by_role("row", name="Planning")
    expect(planning.get_by_role("cell").first).to_have_text("2")
    gaps = page.get_by_role("region", name="Items by gap").get_by_role("row")
    expect(gaps.nth(1)).to_contain_text("Hiring")
    expect(gaps.nth(1).get_by_role("cell").nth(3)).to_have_text("2")
    denied = page.get_by_role("listitem").filter(has_text="Three initiatives are on record")
    expect(denied).to_contain_text("Forecast")
    expect(denied).to_contain_text("(asked from level 2)")
    lead.looks("result")
