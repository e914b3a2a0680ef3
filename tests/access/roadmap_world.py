"""A goal, and a planned roadmap of Leeds of which a later assessment was closed since."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from attain.assessments.models import ModelEdition
from attain.improvement.actions.goals import add_goal
from attain.organisations.rules import Role
from certified import NOW
from estate import Estate
from improving import close_one, open_roadmap_of
from planning import plans_of_one_step


def roadmap_of_leeds(estate: Estate, edition: ModelEdition) -> dict[str, Any]:
    """Make them; return what stands for them in addresses."""
    lead, week = estate.member(Role.PROGRAMME_LEAD), timedelta(days=7)
    close_one(estate, edition, estate.centre, {}, now=NOW)
    goals = [
        add_goal(by=lead, title=title, why="", weight=Decimal(1), now=NOW)
        for title in ("Service", "Cost")
    ]
    roadmap = open_roadmap_of(lead, estate.centre)
    (plan,) = plans_of_one_step(lead, roadmap, "Winter")
    close_one(estate, edition, estate.centre, {}, now=NOW + week)
    return {
        "goal": goals[1].uuid,
        "roadmap": roadmap.uuid,
        "plan": plan.uuid,
        "source": roadmap.sources.get().uuid,
        "place": "leeds",
        "to": 2,
    }
