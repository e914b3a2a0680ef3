"""What the tests of initiatives share: one that is planned, started, done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from attain.assessments.models import Assessment
from attain.improvement.actions.benefits import Expected
from attain.improvement.actions.initiatives import StepTaken, plan_initiative
from attain.improvement.actions.progress import complete_initiative, start_initiative
from attain.improvement.models import Initiative
from attain.measurement.periods import Month
from attain.organisations.models import Centre
from attain.organisations.rules import Role
from attain.performance.models import Process
from estate import Estate
from improving import NOW

STARTS, DUE = date(2026, 11, 1), date(2026, 12, 18)
TODAY = NOW.date()
YEARS = Expected(
    planned=None,
    before_first=Month.parse("2024-11"),
    before_last=Month.parse("2025-10"),
    after_first=Month.parse("2025-11"),
    after_last=Month.parse("2026-10"),
)


def planned(estate: Estate, title: str = "Call-backs", **said: Any) -> Initiative:
    """Plan an initiative, at Leeds and owned by the team leader unless said otherwise."""
    given: dict[str, Any] = {
        "by": estate.member(Role.PROGRAMME_LEAD),
        "title": title,
        "aim": "Fewer calls are lost.",
        "centre": estate.centre,
        "steps": (),
        "owner": estate.member(Role.TEAM_LEADER),
        "starts_on": STARTS,
        "due_on": DUE,
        "now": NOW,
    }
    return plan_initiative(**{**given, **said})


def central(
    estate: Estate, assessments: Sequence[Assessment], item: str = "forecast", **said: Any
) -> Initiative:
    """Plan a central project that takes an item one level up wherever it was assessed."""
    steps = [StepTaken(each, each.centre, item, 1, 2) for each in assessments]
    return planned(estate, "Forecast everywhere", **{"centre": None, "steps": steps, **said})


def started(initiative: Initiative, estate: Estate, on: date = STARTS) -> Initiative:
    """Start an initiative, as its planner."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    seen = initiative.version
    return start_initiative(by=lead, initiative=initiative, seen=seen, on=on, now=NOW)


def done(
    initiative: Initiative, estate: Estate, analysis: str = "", outcome: str = "", **said: Any
) -> Initiative:
    """Say that an initiative is done today, as its planner."""
    given: dict[str, Any] = {
        "by": estate.member(Role.PROGRAMME_LEAD),
        "initiative": initiative,
        "seen": initiative.version,
        "on": TODAY,
        "analysis": analysis,
        "outcome": outcome,
        "now": NOW,
    }
    return complete_initiative(**{**given, **said})


def process_of(centre: Centre, key: str = "answering") -> Process:
    """Return a process of a centre by its key, made where there is none."""
    row, _new = Process.objects.get_or_create(
        organisation=centre.organisation,
        centre=centre,
        key=key,
        defaults={"name": key.capitalize(), "facing": "end_user_facing"},
    )
    return row
