"""What a plan is made of: steps that could be done, what is there for them, and locked choices.

Amounts are whole numbers: money in minor units, effort in person-days, value in whatever unit the
organisation plans by (minor units, or points), so that what the solver proves is exact.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from attain.improvement.rules.appraisal import Money

QUARTERS_OF_A_YEAR = 4
POINTS_OF_ONE = 1_000_000


@dataclass(frozen=True)
class Candidate:
    """A step that could be planned.

    `value` is what it brings in each quarter after the last of its work; it may be negative, where
    running costs are above the benefit. The cost and the days spread evenly over its quarters.
    Quarters count from 0; it may start from `earliest` to `latest` on, as far as the plan goes.
    """

    key: str
    value: int
    cost: int = 0
    days: int = 0
    quarters: int = 1
    earliest: int = 0
    latest: int | None = None
    after: tuple[str, ...] = ()

    def value_at(self, start: int, horizon: int) -> int:
        """Return what it brings up to a horizon if it starts in a quarter."""
        return self.value * max(0, horizon - start - self.quarters)

    def spread(self, amount: int) -> list[int]:
        """Return an amount by quarter of its work: even, what is left over in the first ones."""
        each, over = divmod(amount, self.quarters)
        return [each + (number < over) for number in range(self.quarters)]


@dataclass(frozen=True)
class Means:
    """What there is for each quarter of a plan: a budget, and a capacity in person-days."""

    budget: tuple[int, ...]
    capacity: tuple[int, ...]

    @property
    def quarters(self) -> int:
        """How many quarters the plan has."""
        return len(self.budget)


class LockKind(StrEnum):
    """What was decided of a step beforehand."""

    MUST = "must"
    MUST_NOT = "must_not"
    AT = "at"


@dataclass(frozen=True)
class Lock:
    """A choice that a plan respects: a step must be in it, must not, or starts in a quarter."""

    step: str
    kind: LockKind
    quarter: int | None = None


@dataclass(frozen=True)
class PlanRequest:
    """What a plan is asked for: candidates, means, locks, and up to which quarter value counts."""

    candidates: tuple[Candidate, ...]
    means: Means
    horizon: int
    locks: tuple[Lock, ...] = ()

    @property
    def by_key(self) -> Mapping[str, Candidate]:
        """The candidates by key."""
        return {candidate.key: candidate for candidate in self.candidates}

    def starts(self, candidate: Candidate, locks: Sequence[Lock]) -> range:
        """Return the quarters in which a candidate may start, given the locks on it."""
        last = self.means.quarters - candidate.quarters
        latest = last if candidate.latest is None else min(last, candidate.latest)
        kinds = {lock.kind: lock.quarter for lock in locks}
        if LockKind.MUST_NOT in kinds:
            return range(0)
        asked = kinds.get(LockKind.AT)
        if asked is None:
            return range(candidate.earliest, latest + 1)
        return range(asked, asked + 1) if candidate.earliest <= asked <= latest else range(0)

    def demands(self, candidate: Candidate) -> Iterator[tuple[int, int]]:
        """Yield the cost and the days of each quarter of a candidate's work."""
        yield from zip(
            candidate.spread(candidate.cost), candidate.spread(candidate.days), strict=True
        )


def locks_by_step(locks: Sequence[Lock]) -> dict[str, list[Lock]]:
    """Return the locks of each step."""
    found: dict[str, list[Lock]] = {}
    for lock in locks:
        found.setdefault(lock.step, []).append(lock)
    return found


def value_in_money(money: Money) -> int:
    """Return what a step likely brings a quarter, less what it costs to run, cut to whole units."""
    return (money.benefit.likely - money.running.likely) // QUARTERS_OF_A_YEAR


def value_in_points(score: Fraction) -> int:
    """Return a score of the ranking as points a quarter, a million for a score of one."""
    return int(score * POINTS_OF_ONE)
