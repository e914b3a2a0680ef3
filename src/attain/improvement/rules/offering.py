"""Which steps can be planned: those of which everything that a plan needs is known.

A plan counts what its steps bring in money, or in points of the ranking, and never in both: in
money where every step has been appraised in money, otherwise in points, unless somebody says so. A
step that lacks what planning needs stands apart with what it lacks; it is never taken as zero. What
waits for a step apart stands apart too. Steps that initiatives carry out already are taken once:
what waits for them may start in the quarter after they are due, if its window is open then.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from attain.improvement.rules.appraisal import Appraisal
from attain.improvement.rules.candidates import Candidate, value_in_money, value_in_points
from attain.improvement.rules.steps import ItemStep, lower_steps


class PlanUnit(StrEnum):
    """What the value of a plan is counted in."""

    MONEY = "money"
    POINTS = "points"


class PlanLacking(StrEnum):
    """What a step lacks to be planned."""

    DAYS = "days"
    COST = "cost"
    MONEY = "money"
    SCORE = "score"
    BEFORE = "before"
    WINDOW = "window"


@dataclass(frozen=True)
class StepWork:
    """What is known of the work on a step: its days, its one-off cost, and when it may be done."""

    days: int | None = None
    cost: int | None = None
    quarters: int = 1
    earliest: int = 0
    latest: int | None = None
    after: tuple[str, ...] = ()


UNKNOWN_WORK = StepWork()


@dataclass(frozen=True)
class Taken:
    """Steps that initiatives carry out: those done, and those under way with the last quarter."""

    done: Set[str] = frozenset()
    under_way: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """The candidates of a plan, and the steps that stand apart, each with what it lacks.

    `unpriced` are candidates whose cost is not known, as only a plan without a budget has them:
    their cost of zero means nothing.
    """

    unit: PlanUnit
    candidates: tuple[Candidate, ...]
    apart: Mapping[str, tuple[PlanLacking, ...]]
    taken: Taken
    unpriced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Appraised:
    """The steps of a roadmap with everything that was said of them, by their keys."""

    steps: Sequence[ItemStep]
    appraisals: Mapping[str, Appraisal]
    works: Mapping[str, StepWork]
    scores: Mapping[str, Fraction]


def usual_unit(appraised: Appraised, taken: Taken) -> PlanUnit:
    """Return what a roadmap is planned in: money where every open step with a return has money."""
    given = [
        appraised.appraisals[key]
        for key in (step.key for step in appraised.steps)
        if key in appraised.appraisals and not _is_taken(key, taken)
    ]
    said = [each for each in given if each.money is not None or each.scale is not None]
    return PlanUnit.POINTS if any(each.money is None for each in said) else PlanUnit.MONEY


def offer(appraised: Appraised, taken: Taken, unit: PlanUnit, *, has_budget: bool = True) -> Offer:
    """Return which steps can be planned in a unit, and which not and why."""
    waits = _waits(appraised)
    apart = dict(_lacking(appraised, taken, unit, has_budget=has_budget))
    open_keys = [step.key for step in appraised.steps if not _is_taken(step.key, taken)]
    for key in open_keys:
        if key not in apart and _is_late(appraised.works[key], _ready(waits[key], taken)):
            apart[key] = (PlanLacking.WINDOW,)
    while blocked := [
        key for key in open_keys if key not in apart and any(each in apart for each in waits[key])
    ]:
        apart |= dict.fromkeys(blocked, (PlanLacking.BEFORE,))
    ready = [key for key in open_keys if key not in apart]
    candidates = tuple(_candidate(key, appraised, taken, unit, waits[key]) for key in ready)
    unpriced = tuple(key for key in ready if appraised.works[key].cost is None)
    return Offer(unit, candidates, apart, taken, unpriced)


def _ready(waits: Sequence[str], taken: Taken) -> int:
    """Return the first quarter after what is under way and waited for."""
    return max((taken.under_way[each] + 1 for each in waits if each in taken.under_way), default=0)


def _is_late(work: StepWork, ready: int) -> bool:
    return work.latest is not None and work.latest < ready


def _is_taken(key: str, taken: Taken) -> bool:
    return key in taken.done or key in taken.under_way


def _waits(appraised: Appraised) -> dict[str, tuple[str, ...]]:
    """Return what each step waits for: the lower step of its item, and what was said."""
    lower, found = lower_steps(appraised.steps), dict[str, tuple[str, ...]]()
    for step in appraised.steps:
        said = appraised.works.get(step.key, UNKNOWN_WORK).after
        first = (lower[step.key],) if step.key in lower else ()
        found[step.key] = tuple(dict.fromkeys((*first, *said)))
    return found


def _lacking(
    appraised: Appraised, taken: Taken, unit: PlanUnit, *, has_budget: bool
) -> Iterator[tuple[str, tuple[PlanLacking, ...]]]:
    for step in appraised.steps:
        work = appraised.works.get(step.key, UNKNOWN_WORK)
        money = appraised.appraisals.get(step.key, Appraisal()).money
        is_lacking = {
            PlanLacking.DAYS: work.days is None,
            PlanLacking.COST: has_budget and work.cost is None,
            PlanLacking.MONEY: unit is PlanUnit.MONEY and money is None,
            PlanLacking.SCORE: unit is PlanUnit.POINTS and step.key not in appraised.scores,
        }
        lacking = tuple(each for each, is_so in is_lacking.items() if is_so)
        if lacking and not _is_taken(step.key, taken):
            yield step.key, lacking


def _candidate(
    key: str, appraised: Appraised, taken: Taken, unit: PlanUnit, waits: Sequence[str]
) -> Candidate:
    work = appraised.works[key]
    return Candidate(
        key=key,
        value=_value(key, appraised, unit),
        cost=work.cost or 0,
        days=work.days or 0,
        quarters=work.quarters,
        earliest=max(_ready(waits, taken), work.earliest),
        latest=work.latest,
        after=tuple(each for each in waits if not _is_taken(each, taken)),
    )


def _value(key: str, appraised: Appraised, unit: PlanUnit) -> int:
    # Of a plan in money no candidate is without money.
    money = appraised.appraisals[key].money if unit is PlanUnit.MONEY else None
    return value_in_points(appraised.scores[key]) if money is None else value_in_money(money)
