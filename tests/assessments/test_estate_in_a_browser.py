"""Finding the gap that most sites share in a real browser, and sharing what a donor does."""

from typing import Any

import pytest
from django_scopes import scope

from assessing import NOW
from attain.assessments.actions.editions import enter_library_model
from attain.assessments.queries.editions import model_of
from attain.assessments.rules.stages import AssessmentKind
from attain.organisations.rules import Role
from browser import PHONE, visitor
from closed import close_one, cover, more_centres
from estate import make_estate

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/o/northwind/assessments/estate"


def test_a_lead_finds_what_most_sites_lack_and_a_donor_shares_how_it_is_done(
    live_server: Any,
) -> None:
    estate = make_estate()
    lead = estate.member(Role.PROGRAMME_LEAD)
    with scope(organisation=estate.organisation):
        edition = enter_library_model(by=lead, key="customer-focused-government", now=NOW)
        centres = [estate.centre, estate.other_centre, *more_centres(estate, 4)]
        first = model_of(edition).rated_items[0].key
        for number, centre in enumerate(centres):
            levels = {first: 1 + number % 3}
            cover(estate, centre, 100_000 + number)
            made = close_one(estate, centre, edition, levels, note="Weekly, by two people.")
        close_one(estate, centre, edition, {first: 3}, kind=AssessmentKind.EXTERNAL)
    with visitor(live_server, lead) as visiting:
        page = visiting.open("/o/northwind/assessments")
        page.get_by_role("link", name="Gaps over the estate").click()
        page.get_by_text("6 of 7 sites assessed.").wait_for()
        visiting.must_be_sound()
        visiting.keep("estate")
        page.get_by_label("Compare with its peers").select_option("leeds")
        page.get_by_role("button", name="Compare").click()
        page.get_by_text("5 peers of Leeds:").wait_for()
        visiting.must_be_sound()
        visiting.keep("estate-peers")
        page.get_by_role("link", name="Shared gaps").click()
        visiting.must_be_sound()
        visiting.keep("gaps")
        page.get_by_role("link", name="Segment direct customers").click()
        page.get_by_role("heading", name="Who is short").wait_for()
        visiting.must_be_sound()
        visiting.keep("item")
        address = page.url.removeprefix(visiting.address)
        part = visiting.open(HERE).locator("thead a:not(.sort)").first.get_attribute("href")
        assert part
        visiting.open(part)
        visiting.must_be_sound()
        visiting.keep("category")
        visiting.open(f"/o/northwind/assessments/{made.uuid}/kinds")
        visiting.must_be_sound()
        visiting.keep("kinds")
        for name, path in {"estate": HERE, "gaps": f"{HERE}/items", "item": address}.items():
            visiting.open(path, width=PHONE)
            visiting.must_be_sound()
            visiting.keep(name)
    with visitor(live_server, lead, "dark", scripts=False) as reading:
        page = reading.open(address)
        page.get_by_role("link", name="Share as good practice").first.click()
        assert page.get_by_label("What is done here").input_value() == "Weekly, by two people."
        page.get_by_role("button", name="Share it").click()
        page.get_by_text("Shared as good practice by").wait_for()
