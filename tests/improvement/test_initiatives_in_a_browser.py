"""Initiatives in a real browser, on a desk and on a phone: sound pages, one carried to its end."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django_scopes import scope

from attain.improvement.actions import documents, progress
from attain.improvement.actions.benefits import Expected, expect_benefit
from attain.improvement.models import Initiative
from attain.measurement.periods import Month
from attain.organisations.rules import Role
from attain.performance.models import Metric
from browser import DESKTOP, PHONE, visitor
from carrying import planned, process_of, started
from certified import record_centre
from estate import Estate, make_estate
from improving import NOW, make_improving

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/o/northwind/improvement/initiatives"
HALVES = Expected(
    planned=Decimal("0.15"),
    before_first=Month.parse("2025-11"),
    before_last=Month.parse("2026-04"),
    after_first=Month.parse("2026-05"),
    after_last=Month.parse("2026-10"),
)


def full_one(estate: Estate) -> Initiative:
    """Plan an initiative with everything that its page shows."""
    record_centre(estate, months={"answer-time": "------++++-+", "accuracy": "+-+-+-+-+-.-"})
    lead = estate.member(Role.PROGRAMME_LEAD)
    made = started(
        planned(
            estate,
            "Call back whoever waits longer than two minutes",
            is_structured=True,
            process=process_of(estate.centre),
            days=40,
            cost=1_250_000,
        ),
        estate,
        on=date(2026, 11, 1),
    )
    said: dict[str, Any] = {"by": lead, "initiative": made, "now": NOW}
    for text, days in (("Choose the software", -10), ("Train every team", 3), ("Live", 40)):
        step = progress.add_milestone(text=text, due_on=NOW.date() + timedelta(days), **said)
        if days < -5:
            progress.finish_milestone(by=lead, milestone=step, seen=1, now=NOW)
    progress.add_milestone(text="Numbers agreed", due_on=date(2026, 11, 20), **said)
    documents.add_link(kind="analysis", title="Waits by hour", link="https://x.example", **said)
    progress.say(text="The software is chosen.\nTraining begins on Monday.", **said)
    progress.write_up(seen=made.version, analysis="A fishbone of 400 waits.", outcome="", **said)
    for key in ("answer-time", "accuracy"):
        metric = Metric.objects.get(key=key, centre=estate.centre)
        expected = HALVES if key == "answer-time" else replace(HALVES, planned=None)
        expect_benefit(metric=metric, expected=expected, **said)
    return made


def test_every_page_of_an_initiative_is_sound(live_server: Any) -> None:
    estate = make_estate()
    lead = estate.member(Role.PROGRAMME_LEAD)
    with scope(organisation=estate.organisation):
        made = full_one(estate)
        planned(estate, "Central project", centre=None, after=[made])
        make_improving(estate)
        late = started(planned(estate, "Late one", due_on=date(2026, 11, 20)), estate)
    pages = {
        "initiatives": "",
        "initiative": f"/{made.uuid}",
        "late": f"/{late.uuid}",
        "complete": f"/{made.uuid}/complete",
        "change": f"/{made.uuid}/change",
        "benefit": f"/{made.uuid}/benefits/add",
        "document": f"/{made.uuid}/documents/add",
        "place": "/new",
        "shared": "/new?item=forecast&model=small-centre",
    }
    with visitor(live_server, lead) as visiting:
        for name, path in pages.items():
            for width in (DESKTOP, PHONE):
                visiting.open(f"{HERE}{path}", width=width)
                visiting.must_be_sound()
                visiting.keep(f"initiatives-{name}")


def test_an_owner_carries_an_initiative_to_its_end(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        made = planned(estate)
    with visitor(live_server, made.owner) as owner:
        page = owner.open(f"{HERE}/{made.uuid}")
        page.get_by_role("link", name="Start", exact=True).click()
        page.get_by_label("Started on").fill("2026-11-02")
        page.get_by_role("button", name="Start").click()
        page.get_by_role("link", name="Add a milestone").click()
        page.get_by_label("Milestone").fill("Every team is trained")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Done Every team is trained").click()
        page.get_by_label("Comment").fill("It was quicker than planned.")
        page.get_by_role("button", name="Comment").click()
        page.get_by_role("link", name="Done", exact=True).click()
        page.get_by_label("Done on").fill("2026-11-20")
        page.get_by_label("Outcome").fill("Fewer waits.")
        page.get_by_role("button", name="Done").click()
        page.get_by_text("The initiative is done.").wait_for()
        owner.must_be_sound()
    with scope(organisation=estate.organisation):
        made.refresh_from_db()
        assert (made.state, made.ended_on) == ("done", date(2026, 11, 20))
        assert made.milestones.get().done_on
