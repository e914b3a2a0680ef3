"""The ranking of the steps of a roadmap, with how it holds."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema

from attain.improvement.api.steps import ONE, exact
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.reading import RoadmapReading, read_roadmap
from attain.improvement.queries.robustness import (
    FEWEST_DRAWS,
    MOST_DRAWS,
    USUAL_DRAWS,
    robustness_of,
)
from attain.improvement.rules.appraisal import Appraisal, payback_months, return_on_investment
from attain.improvement.rules.ranking import (
    GapPriority,
    Lacking,
    RankedStep,
    RankingRule,
    Unknowns,
    gap_priorities,
)
from attain.improvement.rules.robustness import StepRobustness
from attain.organisations.api_parts import answers, member_of
from attain.organisations.versions import LARGEST_INTEGER

router = Router(tags=["roadmaps"])


class RankedStepOut(Schema):
    """A ranked step: fractions are exact, `low` to `high` is where nine of ten draws lie."""

    rank: int
    step: str
    score: str
    returned: str | None
    impact: str | None
    return_on_investment: str | None
    payback_months: str | None
    lacking: list[Lacking]
    low: int
    high: int
    top_draws: int
    stays: bool


class UnrankedStepOut(Schema):
    """A step that cannot be ranked, and what is lacking."""

    step: str
    lacking: list[Lacking]


class GapPriorityOut(Schema):
    """What the steps of an item, or of a process, are worth together."""

    key: str | None
    score: str
    best_rank: int | None
    levels: int
    apart: int


class ProcessPriorityOut(GapPriorityOut):
    """What the steps of a process are worth together, and of each of its items."""

    items: list[GapPriorityOut]


class RankingOut(Schema):
    """The ranking of a roadmap by its rule, tried by so many draws with a seed."""

    rule: RankingRule
    unknowns: Unknowns
    years: int
    draws: int
    seed: int
    top: int
    ranked: list[RankedStepOut]
    apart: list[UnrankedStepOut]
    processes: list[ProcessPriorityOut]


class RankingAsked(Schema):
    """How often the ranking is tried, and by which seed; without one by that of the roadmap."""

    draws: int = Field(USUAL_DRAWS, ge=FEWEST_DRAWS, le=MOST_DRAWS)
    seed: int | None = Field(None, ge=0, le=LARGEST_INTEGER)


@router.get(f"{ONE}/ranking", response=answers((200, RankingOut)))
def ranking(request: HttpRequest, roadmap: Path[UUID], asked: Query[RankingAsked]) -> Any:
    """Return the ranking of a roadmap, and how it holds."""
    reading = read_roadmap(find_roadmap(member_of(request), roadmap))
    tried = robustness_of(reading, draws=asked.draws, seed=asked.seed)
    policy = reading.ranking.policy
    return {
        "rule": policy.rule,
        "unknowns": policy.unknowns,
        "years": policy.years,
        "draws": tried.policy.draws,
        "seed": tried.policy.seed,
        "top": tried.policy.top,
        "ranked": [
            _ranked(reading, each, holds)
            for each, holds in zip(reading.ranking.ranked, tried.steps, strict=True)
        ],
        "apart": [{"step": e.step.key, "lacking": e.lacking} for e in reading.ranking.apart],
        "processes": [
            {**_priority(each), "items": [_priority(item) for item in each.items]}
            for each in gap_priorities(reading.ranking)
        ],
    }


def _ranked(reading: RoadmapReading, each: RankedStep, holds: StepRobustness) -> dict[str, Any]:
    money = reading.appraisals.get(each.step.key, Appraisal()).money
    years = reading.roadmap.years
    return {
        "rank": each.rank,
        "step": each.step.key,
        "score": str(each.score),
        "returned": exact(each.returned),
        "impact": exact(each.impact),
        "return_on_investment": exact(return_on_investment(money, years) if money else None),
        "payback_months": exact(payback_months(money) if money else None),
        "lacking": each.lacking,
        "low": holds.low,
        "high": holds.high,
        "top_draws": holds.top_draws,
        "stays": holds.stays,
    }


def _priority(each: GapPriority) -> dict[str, Any]:
    return {
        "key": each.key,
        "score": str(each.score),
        "best_rank": each.best_rank,
        "levels": each.levels,
        "apart": each.apart,
    }
