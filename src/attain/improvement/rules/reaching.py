"""When a plan reaches the next levels: of each item, and of the whole by the model's roll-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from attain.improvement.rules.plans import RoadmapPlan
from attain.improvement.rules.steps import ItemStep
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import ModelStanding, Ratings, roll_up


@dataclass(frozen=True)
class ReachedLevel:
    """An item that reaches a level at the end of a quarter, counted from 0."""

    quarter: int
    centre: str
    item: str
    level: int


@dataclass(frozen=True)
class QuarterStanding:
    """How a centre's ratings roll up at the end of a quarter, counted from 0; -1 is today."""

    quarter: int
    standing: ModelStanding


def levels_reached(steps: Sequence[ItemStep], plan: RoadmapPlan) -> list[ReachedLevel]:
    """Return which items reach which levels, earliest first."""
    ends = {placement.step: placement.last for placement in plan.placements}
    reached = [
        ReachedLevel(ends[step.key], step.centre, step.item, step.to)
        for step in steps
        if step.key in ends
    ]
    return sorted(reached, key=lambda r: (r.quarter, r.centre, r.item, r.level))


def standings(
    centre: str,
    model: MaturityModel,
    ratings: Ratings,
    steps: Sequence[ItemStep],
    plan: RoadmapPlan,
) -> list[QuarterStanding]:
    """Return how a centre stands today and at the end of each quarter of a plan."""
    reached = [each for each in levels_reached(steps, plan) if each.centre == centre]
    return [
        QuarterStanding(quarter, roll_up(model, _ratings_by(ratings, reached, quarter)))
        for quarter in range(-1, len(plan.use))
    ]


def _ratings_by(ratings: Ratings, reached: Sequence[ReachedLevel], quarter: int) -> Ratings:
    found: Mapping[str, int] = {
        each.item: each.level for each in reached if each.quarter <= quarter
    }
    return {
        item: replace(rating, level=max(rating.level or 0, found[item]))
        if item in found
        else rating
        for item, rating in ratings.items()
    }


def rises(standings_of: Sequence[QuarterStanding]) -> list[QuarterStanding]:
    """Return the quarters at whose end the whole stands higher than ever before in the plan."""
    risen: list[QuarterStanding] = []
    best = standings_of[0].standing.whole.low if standings_of else None
    for each in standings_of[1:]:
        now = each.standing.whole.low
        if now is not None and (best is None or now > best):
            risen.append(each)
            best = now
    return risen
