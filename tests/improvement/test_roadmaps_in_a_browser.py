"""Appraising and ranking in a real browser, by keys and by hand, on a desk and on a phone."""

from typing import Any

import pytest
from django_scopes import scope

from attain.assessments.actions.editions import enter_library_model
from attain.improvement.models import Roadmap, StepAppraisal
from attain.improvement.rules.appraisal import Range
from attain.organisations.rules import Role
from browser import PHONE, visitor
from estate import Estate, make_estate
from improving import NOW, close_one, make_improving, open_roadmap_of, say

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/o/northwind/improvement"


def long_one(estate: Estate) -> Roadmap:
    """Open a roadmap of one centre with a step for each of 69 items."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    edition = enter_library_model(by=lead, key="centre-performance", now=NOW)
    close_one(estate, edition, estate.centre, {}, target=2)
    return open_roadmap_of(lead, estate.centre)


def test_a_lead_appraises_sixty_nine_steps_by_keys(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        roadmap = long_one(estate)
    with visitor(live_server, estate.member(Role.PROGRAMME_LEAD)) as lead:
        page = lead.open(f"{HERE}/goals/add")
        page.get_by_role("textbox", name="Goal*", exact=True).fill("Satisfied callers")
        page.get_by_label("Weight").fill("3")
        page.get_by_role("button", name="Save").click()
        lead.must_be_sound()
        page = lead.open(f"{HERE}/roadmaps/{roadmap.uuid}/appraise")
        assert page.locator("[data-item]").count() == 69
        lead.must_be_sound()
        page.keyboard.press("j")
        page.keyboard.press("4")
        page.locator(".saved >> text=Saved").first.wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("5")
        page.keyboard.press("Tab")
        page.locator("#appraised >> text=1").wait_for()
        page.keyboard.type("12")
        page.keyboard.press("Tab")
        page.keyboard.type("With the planners")
        page.keyboard.press("Escape")
        page.locator(".saved >> text=Saved").first.wait_for()
        lead.keep("appraise")
        lead.must_be_sound()
        lead.open(f"{HERE}/roadmaps/{roadmap.uuid}/appraise", width=PHONE)
        lead.must_be_sound()
        lead.keep("appraise")
    with scope(organisation=estate.organisation):
        row = StepAppraisal.objects.get()
        assert (row.scale, row.impacts, row.days) == (4, {"satisfied-callers": 5}, 12)
        assert row.note == "With the planners"


def test_two_windows_show_their_conflict_beside_the_row(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        improving = make_improving(estate)
    url = f"{HERE}/roadmaps/{improving.roadmap.uuid}/appraise?place=leeds"
    row = "#row-leeds__forecast__2"
    with (
        visitor(live_server, improving.lead) as one,
        visitor(live_server, improving.lead) as other,
    ):
        first, second = one.open(url), other.open(url)
        first.locator(f"{row} input[value='1']").check()
        first.locator(f"{row} .saved >> text=Saved").wait_for()
        second.locator(f"{row} input[value='3']").check()
        second.get_by_text("Not saved: this step was appraised").wait_for()
        # htmx says every refusal to the console.
        assert all("409" in fault for fault in other.faults)
        other.faults.clear()
        other.must_be_sound()
        other.keep("row-conflict")
        second.get_by_role("button", name="Save mine").click()
        second.locator(f"{row} .saved >> text=Saved").wait_for()
    with scope(organisation=estate.organisation):
        assert StepAppraisal.objects.get().scale == 3


def test_every_page_of_a_roadmap_is_sound(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        improving = make_improving(estate)
        money = {"one_off": (900_000, 1_200_000, 2_000_000), "running": (0, 0, 100_000)}
        _money(improving, "leeds/forecast/2", **money, benefit=(500_000, 900_000, 1_500_000))
        _money(improving, "poole/hiring/2", **money, benefit=(100_000, 700_000, 900_000))
        for step, scale in (("leeds/budget/3", 2), ("poole/forecast/2", 5), ("poole/budget/2", 3)):
            say(improving, step, scale=scale, impacts={"service": scale, "cost": 3})
    base = f"roadmaps/{improving.roadmap.uuid}"
    names = {
        "goals": "goals",
        "goal": f"goals/{improving.cost.uuid}",
        "roadmaps": "roadmaps",
        "roadmap-open": "roadmaps/open",
        "roadmap": base,
        "roadmap-settings": f"{base}/settings",
        "steps": f"{base}/steps",
        "step": f"{base}/steps/leeds/forecast/2",
        "take-over": f"{base}/steps/leeds/forecast/2/take-over",
        "ranking": f"{base}/ranking",
    }
    with visitor(live_server, improving.lead) as lead:
        for name, path in names.items():
            for width in (1366, PHONE):
                lead.open(f"{HERE}/{path}", width=width)
                lead.keep(name)
                lead.must_be_sound()


def _money(improving: Any, step: str, **amounts: tuple[int, int, int]) -> None:
    say(
        improving,
        step,
        impacts={"service": 4, "cost": 5},
        **{name: Range(*of) for name, of in amounts.items()},
    )
