"""Steps, appraisals and candidates to rank and plan with, written out or drawn by Hypothesis."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from attain.improvement.rules.appraisal import Appraisal, Money, Range
from attain.improvement.rules.candidates import Candidate, Lock, LockKind, Means, PlanRequest
from attain.improvement.rules.plans import RoadmapPlan
from attain.improvement.rules.steps import ItemStep

GOALS = {"service": Fraction(3), "cost": Fraction(1)}


def step(item: str, process: str | None = "planning", effort: int | None = 2) -> ItemStep:
    """Return the step of an item from level 1 to level 2."""
    return ItemStep("leeds", item, 1, 2, process, effort)


def money(one_off: int, benefit: int, running: int = 0) -> Money:
    """Return amounts that are known."""
    return Money(Range.exactly(one_off), Range.exactly(running), Range.exactly(benefit))


def appraised(one_off: int, benefit: int, service: int = 5, cost: int = 5) -> Appraisal:
    """Return an appraisal in known money, with its impact on each goal."""
    return Appraisal(money(one_off, benefit), impacts={"service": service, "cost": cost})


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """Draw a range of money."""
    low, likely, high = sorted(draw(st.lists(st.integers(0, 500), min_size=3, max_size=3)))
    return Range(low, likely, high)


def appraisals() -> st.SearchStrategy[Appraisal]:
    """Draw appraisals in money, whole, of both goals."""
    impacts = st.fixed_dictionaries(dict.fromkeys(GOALS, st.integers(0, 5)))
    return st.builds(Appraisal, st.builds(Money, ranges(), ranges(), ranges()), st.none(), impacts)


@st.composite
def requests(draw: st.DrawFn, most: int = 4) -> PlanRequest:
    """Draw a small request: few steps, each waiting only for some before it, and three quarters."""
    count, candidates = draw(st.integers(1, most)), list[Candidate]()
    for number in range(count):
        before = st.lists(st.sampled_from([c.key for c in candidates]), max_size=1)
        earliest = draw(st.integers(0, 1))
        candidates.append(
            Candidate(
                key=f"s{number}",
                value=draw(st.integers(-3, 9)),
                cost=draw(st.integers(0, 9)),
                days=draw(st.integers(0, 9)),
                quarters=draw(st.integers(1, 2)),
                earliest=earliest,
                latest=draw(st.none() | st.integers(earliest, 3)),
                after=tuple(draw(before)) if candidates else (),
            )
        )
    three = st.tuples(*[st.integers(0, 12)] * 3)
    return PlanRequest(tuple(candidates), Means(draw(three), draw(three)), horizon=6, locks=())


def with_lock(request: PlanRequest, lock: Lock) -> PlanRequest:
    """Return a request with one more lock."""
    return PlanRequest(request.candidates, request.means, request.horizon, (*request.locks, lock))


def keeps_to(request: PlanRequest, starts: dict[str, int]) -> bool:
    """Say whether starts honour windows, order, means and locks; written apart from the rules."""
    known = {each.key: each for each in request.candidates}
    quarters = len(request.means.budget)
    cost, days = [0] * quarters, [0] * quarters
    for key, start in starts.items():
        one = known[key]
        latest = quarters if one.latest is None else one.latest
        if not one.earliest <= start <= latest or start + one.quarters > quarters:
            return False
        if any(b not in starts or starts[b] + known[b].quarters > start for b in one.after):
            return False
        for n in range(one.quarters):
            cost[start + n] += one.cost // one.quarters + (n < one.cost % one.quarters)
            days[start + n] += one.days // one.quarters + (n < one.days % one.quarters)
    within = all(c <= b for c, b in zip(cost, request.means.budget, strict=True)) and all(
        d <= c for d, c in zip(days, request.means.capacity, strict=True)
    )
    return within and all(_respected(lock, starts) for lock in request.locks)


def _respected(lock: Lock, starts: dict[str, int]) -> bool:
    if lock.kind is LockKind.AT:
        return starts.get(lock.step) == lock.quarter
    return (lock.step in starts) == (lock.kind is LockKind.MUST)


def value_by_hand(request: PlanRequest, starts: dict[str, int]) -> int:
    """Return what starts bring: the value of each quarter between the work and the horizon."""
    known = {each.key: each for each in request.candidates}
    return sum(
        known[key].value
        for key, start in starts.items()
        for _ in range(start + known[key].quarters, request.horizon)
    )


def best_by_hand(request: PlanRequest) -> int | None:
    """Return the most that any plan brings, by trying them all; None where there is no plan."""
    places: Sequence[int | None] = (None, *range(len(request.means.budget)))
    keys = [each.key for each in request.candidates]
    tried = (
        {key: start for key, start in zip(keys, chosen, strict=True) if start is not None}
        for chosen in product(places, repeat=len(keys))
    )
    return max((value_by_hand(request, s) for s in tried if keeps_to(request, s)), default=None)


def starts_of(plan: RoadmapPlan) -> dict[str, int]:
    """Return where each step of a plan starts."""
    return {placement.step: placement.start for placement in plan.placements}
