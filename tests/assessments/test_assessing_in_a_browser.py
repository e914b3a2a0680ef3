"""Rating, moderating and reading the result in a real browser, on a desk and on a phone."""

from typing import Any

import pytest
from django_scopes import scope

from assessing import NOW, Assessed, in_moderation, open_one
from attain.assessments.actions.agreeing import agree_where_settled
from attain.assessments.actions.editions import enter_library_model
from attain.assessments.models import Rating
from attain.organisations.rules import Role
from browser import PHONE, visitor
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/o/northwind/assessments"


def long_one(estate: Estate) -> Assessed:
    lead = estate.member(Role.PROGRAMME_LEAD)
    return open_one(estate, enter_library_model(by=lead, key="centre-performance", now=NOW))


def test_an_assessor_rates_by_keys_and_each_answer_is_saved(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        assessed = long_one(estate)
    url = f"{HERE}/{assessed.assessment.uuid}"
    with visitor(live_server, assessed.mine.assessor) as assessor:
        assessor.open(url)
        assessor.must_be_sound()
        assessor.keep("assessment")
        page = assessor.open(f"{url}/rate")
        assessor.must_be_sound()
        page.keyboard.press("j")
        page.keyboard.press("3")
        page.get_by_text("Saved", exact=True).first.wait_for()
        page.keyboard.press("j")
        page.keyboard.press("2")
        page.locator(".saved >> text=Saved").nth(1).wait_for()
        assert page.locator("#rated").inner_text() == "2"
        page.keyboard.press("n")
        page.keyboard.type("Seen on Monday")
        page.locator("[data-item]").nth(1).get_by_text("Saved").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert page.get_by_role("dialog").is_visible()
        page.keyboard.press("Escape")
        assessor.keep("rate")
        assessor.must_be_sound()
        assessor.open(f"{url}/rate", width=PHONE)
        assessor.must_be_sound()
        assessor.keep("rate")
    with scope(organisation=estate.organisation):
        said = Rating.objects.order_by("id").values_list("level", "note")
        assert list(said) == [(2, ""), (1, "Seen on Monday")]


def test_two_windows_show_their_conflict_beside_the_item(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        assessed = open_one(estate)
    url = f"{HERE}/{assessed.assessment.uuid}/rate"
    with (
        visitor(live_server, assessed.mine.assessor) as one,
        visitor(live_server, assessed.mine.assessor) as other,
    ):
        first, second = one.open(url), other.open(url)
        first.locator("#item-forecast input[value='1']").check()
        first.locator("#saved-forecast >> text=Saved").wait_for()
        second.locator("#item-forecast input[value='3']").check()
        second.get_by_text("Not saved: this item was changed").wait_for()
        # htmx says every refusal to the console.
        assert all("409" in fault for fault in other.faults)
        other.faults.clear()
        other.must_be_sound()
        other.keep("conflict")
        second.get_by_role("button", name="Save mine").click()
        second.locator("#saved-forecast >> text=Saved").wait_for()
    with scope(organisation=estate.organisation):
        assert Rating.objects.get().level == 3


def test_a_lead_moderates_and_reads_the_result(live_server: Any) -> None:
    estate = make_estate()
    lead = estate.member(Role.PROGRAMME_LEAD)
    with scope(organisation=estate.organisation):
        found = in_moderation(estate, {"forecast": 1}, {"forecast": 3}).assessment
        agree_where_settled(by=lead, assessment=found, now=NOW)
    with visitor(live_server, lead) as visiting:
        visiting.open(HERE)
        visiting.must_be_sound()
        visiting.keep("assessments")
        visiting.open(f"{HERE}/open")
        visiting.must_be_sound()
        visiting.keep("open")
        page = visiting.open(f"{HERE}/{found.uuid}/moderation")
        visiting.must_be_sound()
        card = page.locator("#item-forecast")
        card.get_by_label("Level", exact=True).select_option("2")
        card.get_by_label("Reason of the agreement").fill("Seen together")
        card.get_by_role("button", name="Agree").click()
        page.locator("#item-forecast >> text=Saved").wait_for()
        assert page.locator("#agreed").inner_text() == "3"
        visiting.must_be_sound()
        visiting.keep("moderation")
        for name in ("moderation", "result"):
            visiting.open(f"{HERE}/{found.uuid}/{name}", width=PHONE)
            visiting.must_be_sound()
            visiting.keep(name)
        visiting.open(f"{HERE}/{found.uuid}/result")
        visiting.must_be_sound()
        visiting.keep("result")
