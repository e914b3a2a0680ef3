"""A goal, and a planned roadmap of Leeds of which a later assessment was closed since."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from attain.assessments.models import ModelEdition
from attain.improvement.actions.appraising import appraise
from attain.improvement.actions.goals import add_goal
from attain.improvement.actions.planning import make_plan
from attain.improvement.models import KeptPlan, Roadmap
from attain.improvement.rules.appraisal import Range
from attain.improvement.rules.kept_plans import PlanWishes
from attain.improvement.rules.saying import StepSaid
from attain.organisations.models import Member
from attain.organisations.rules import Role
from certified import NOW
from estate import Estate
from improving import close_one, open_roadmap_of


def roadmap_of_leeds(estate: Estate, edition: ModelEdition) -> dict[str, Any]:
    """Make them; return what stands for them in addresses."""
    lead, week = estate.member(Role.PROGRAMME_LEAD), timedelta(days=7)
    close_one(estate, edition, estate.centre, {}, now=NOW)
    goals = [
        add_goal(by=lead, title=title, why="", weight=Decimal(1), now=NOW)
        for title in ("Service", "Cost")
    ]
    roadmap = open_roadmap_of(lead, estate.centre)
    _appraised(lead, roadmap)
    plan = planned(lead, roadmap, "Winter")
    close_one(estate, edition, estate.centre, {}, now=NOW + week)
    return {
        "goal": goals[1].uuid,
        "roadmap": roadmap.uuid,
        "plan": plan.uuid,
        "source": roadmap.sources.get().uuid,
        "place": "leeds",
        "to": 2,
    }


def _appraised(lead: Member, roadmap: Roadmap) -> None:
    amount = Range.exactly(100_00)
    said = StepSaid(amount, Range.exactly(0), amount, impacts={"service": 5, "cost": 5}, days=5)
    appraise(by=lead, roadmap=roadmap, step="leeds/forecast/2", seen=0, said=said, now=NOW)


def planned(lead: Member, roadmap: Roadmap, title: str) -> KeptPlan:
    """Make a plan of the one step that is appraised."""
    wishes = PlanWishes(title=title, budget=(100_00,) * 4, capacity=(5,) * 4)
    return make_plan(by=lead, roadmap=roadmap, wishes=wishes, now=NOW)
