"""A roadmap whole, as it is printed and taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from attain.improvement.models import Goal, Initiative, KeptPlan, Roadmap, RoadmapSource
from attain.improvement.queries.candidates import initiatives_of
from attain.improvement.queries.finding import find_plan
from attain.improvement.queries.goals import goals_in_force
from attain.improvement.queries.plans import PlanPage, adopted_plan, page_of_steps
from attain.improvement.queries.reading import RoadmapReading, read_roadmap
from attain.improvement.queries.robustness import robustness_of
from attain.improvement.queries.sources import sources_of
from attain.improvement.rules.robustness import Robustness


@dataclass(frozen=True)
class RoadmapReport:
    """Everything of a roadmap: steps and their ranking, a plan, initiatives, goals and sources."""

    reading: RoadmapReading
    tried: Robustness
    plan: PlanPage | None
    initiatives: Sequence[Initiative]
    goals: Sequence[Goal]
    sources: Sequence[RoadmapSource]


def report_of(roadmap: Roadmap, plan: UUID | None = None) -> RoadmapReport:
    """Return a roadmap whole, with a plan: one that is named, the adopted one, or the latest."""
    reading = read_roadmap(roadmap)
    carried = initiatives_of(reading.steps)
    kept = find_plan(roadmap, plan) if plan else _usual_plan(roadmap)
    own = Q(roadmap=roadmap) | Q(pk__in={each.pk for each in carried.values()})
    rows = Initiative.objects.filter(own).select_related("owner__account", "centre__site")
    return RoadmapReport(
        reading=reading,
        tried=robustness_of(reading),
        plan=page_of_steps(kept, reading.steps, carried) if kept else None,
        initiatives=list(rows.order_by("starts_on", "pk")),
        goals=goals_in_force(),
        sources=sources_of(roadmap),
    )


def _usual_plan(roadmap: Roadmap) -> KeptPlan | None:
    found = adopted_plan(roadmap)
    if found is None:
        found = roadmap.plans.select_related("made_by__account").first()
        if found is not None:
            found.roadmap = roadmap
    return found
