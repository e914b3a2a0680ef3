"""A plan: which steps are done, from which quarter on, and two plans beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from attain.improvement.rules.candidates import PlanRequest


@dataclass(frozen=True)
class Placement:
    """A step of a plan: the quarter in which its work starts, and the last of its work."""

    step: str
    start: int
    last: int


@dataclass(frozen=True)
class QuarterUse:
    """What a plan takes in a quarter, of what is there."""

    cost: int
    budget: int
    days: int
    capacity: int


@dataclass(frozen=True)
class RoadmapPlan:
    """Steps placed in quarters, what they bring up to the horizon, and what they take.

    `bound` is proved: no plan of the same request brings more. It is None where nothing was proved.
    """

    placements: tuple[Placement, ...]
    value: int
    cost: int
    days: int
    use: tuple[QuarterUse, ...]
    bound: int | None = None

    @property
    def gap(self) -> Fraction | None:
        """The optimality gap: by what share of the bound a better plan could bring more at most."""
        if self.bound is None:
            return None
        return Fraction(self.bound - self.value, abs(self.bound)) if self.bound else Fraction(0)

    @property
    def is_best(self) -> bool:
        """Whether it is proved that no plan brings more."""
        return self.bound == self.value

    @property
    def starts(self) -> Mapping[str, int]:
        """The quarter in which each chosen step starts."""
        return {placement.step: placement.start for placement in self.placements}


def plan_of(
    request: PlanRequest, starts: Mapping[str, int], *, bound: int | None = None
) -> RoadmapPlan:
    """Return the plan in which steps start in some quarters, by start and then by key."""
    known = request.by_key
    chosen = [known[key] for key in sorted(starts, key=lambda key: (starts[key], key))]
    return RoadmapPlan(
        tuple(Placement(c.key, starts[c.key], starts[c.key] + c.quarters - 1) for c in chosen),
        sum(each.value_at(starts[each.key], request.horizon) for each in chosen),
        sum(each.cost for each in chosen),
        sum(each.days for each in chosen),
        _use(request, starts),
        bound,
    )


def _use(request: PlanRequest, starts: Mapping[str, int]) -> tuple[QuarterUse, ...]:
    taken = [[0, 0] for _ in range(request.means.quarters)]
    known = request.by_key
    for key, start in starts.items():
        for quarter, (cost, days) in enumerate(request.demands(known[key]), start):
            taken[quarter][0] += cost
            taken[quarter][1] += days
    there = zip(taken, request.means.budget, request.means.capacity, strict=True)
    return tuple(QuarterUse(cost, budget, days, most) for (cost, days), budget, most in there)


@dataclass(frozen=True)
class PlanComparison:
    """Two plans side by side: steps that only one has, steps that moved, and the differences.

    A moved step stands with its start in the first plan and in the second. Differences are those
    of the second plan to the first.
    """

    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    moved: tuple[tuple[str, int, int], ...]
    value: int
    cost: int
    days: int


def compare_plans(first: RoadmapPlan, second: RoadmapPlan) -> PlanComparison:
    """Return what two plans differ by."""
    before, after = first.starts, second.starts
    return PlanComparison(
        tuple(key for key in before if key not in after),
        tuple(key for key in after if key not in before),
        tuple(
            (key, start, after[key])
            for key, start in before.items()
            if after.get(key, start) != start
        ),
        second.value - first.value,
        second.cost - first.cost,
        second.days - first.days,
    )
