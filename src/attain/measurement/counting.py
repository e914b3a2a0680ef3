"""Three-valued counting: what is known good, what is open, and what the two allow to conclude."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from attain.measurement.outcomes import Outcome


@dataclass(frozen=True)
class Tally:
    """How much is known to be good and how much is open, of a total.

    The unit is whatever is counted: months, metrics, or contacts offered.
    """

    good: int
    open: int
    total: int

    def __post_init__(self) -> None:
        """Refuse a tally that cannot be: negative parts, or parts above the total."""
        if min(self.good, self.open) < 0 or self.good + self.open > self.total:
            raise ValueError(f"a tally of {self.good} good and {self.open} open of {self.total}")

    @classmethod
    def of(cls, states: Iterable[bool | None]) -> Self:
        """Count states: True is good, False is not, None is open."""
        listed = list(states)
        return cls(sum(s is True for s in listed), sum(s is None for s in listed), len(listed))

    def reaches(self, needed: int | Fraction) -> Outcome:
        """Say whether the good reach `needed`.

        Met when the known good suffice, not met when they could not suffice even if everything
        open were good, undetermined otherwise.
        """
        if self.good >= needed:
            return Outcome.MET
        return Outcome.UNDETERMINED if self.good + self.open >= needed else Outcome.NOT_MET

    def reaches_share(self, share: Fraction) -> Outcome:
        """Say whether the good reach a share of the total, without rounding."""
        return self.reaches(share * self.total)

    def __add__(self, other: "Tally") -> "Tally":
        """Count two tallies together."""
        return Tally(self.good + other.good, self.open + other.open, self.total + other.total)
