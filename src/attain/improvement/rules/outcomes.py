"""What an initiative brought: a metric's months before it and after it, and their difference.

The difference of the means is exact; its interval is Welch's (1947), which lets the months vary
differently before and after. It takes months as drawn apart from each other: where a metric rose or
fell all along, or has its seasons, the difference holds that too, and the months should be chosen
so that the same seasons lie on both sides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from attain.improvement.rules.student import t_of_middle
from attain.measurement.metrics import Direction
from attain.measurement.periods import Month

FEWEST_MONTHS = 2


@dataclass(frozen=True)
class MonthsMean:
    """The mean of a metric over some months: exact, of how many, and how many are missing."""

    mean: Fraction | None
    variance: Fraction | None
    n: int
    missing: int


class BenefitVerdict(StrEnum):
    """What the months say of a benefit."""

    BETTER = "better"
    WORSE = "worse"
    NOISE = "noise"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class RealisedBenefit:
    """A metric before and after an initiative, and what the difference was planned to be.

    `low` and `high` bound the difference at 95 %; None with fewer than two months on a side.
    """

    direction: Direction
    before: MonthsMean
    after: MonthsMean
    planned: Fraction | None
    low: float | None
    high: float | None

    @property
    def difference(self) -> Fraction | None:
        """The mean after less the mean before; None without a month on either side."""
        if self.before.mean is None or self.after.mean is None:
            return None
        return self.after.mean - self.before.mean

    @property
    def is_noise(self) -> bool:
        """Whether the interval holds zero, so that the difference may be chance."""
        return self.low is not None and self.high is not None and self.low <= 0 <= self.high

    @property
    def verdict(self) -> BenefitVerdict:
        """Whether the metric got better, worse, or no more than noise can be told."""
        if self.low is None or self.difference is None:
            return BenefitVerdict.UNDETERMINED
        if self.is_noise:
            return BenefitVerdict.NOISE
        rose = self.difference > 0
        is_better = rose == (self.direction is Direction.HIGHER)
        return BenefitVerdict.BETTER if is_better else BenefitVerdict.WORSE

    @property
    def is_as_planned(self) -> bool | None:
        """Whether the planned difference lies in the interval; None where either is not known."""
        if self.planned is None or self.low is None or self.high is None:
            return None
        return self.low <= self.planned <= self.high


def realised_benefit(
    readings: Mapping[Month, Fraction | None],
    before: Sequence[Month],
    after: Sequence[Month],
    direction: Direction,
    planned: Fraction | None = None,
) -> RealisedBenefit:
    """Return what became of a metric; a month without a reading is counted as missing."""
    if both := sorted(set(before) & set(after)):
        raise ValueError(f"{both[0]} before and after; expected each month on one side")
    first, second = _mean(readings, before), _mean(readings, after)
    low, high = _interval(first, second)
    return RealisedBenefit(direction, first, second, planned, low, high)


def _mean(readings: Mapping[Month, Fraction | None], months: Sequence[Month]) -> MonthsMean:
    asked = dict.fromkeys(months)
    values = [value for month in asked if (value := readings.get(month)) is not None]
    missing = len(asked) - len(values)
    if not values:
        return MonthsMean(None, None, 0, missing)
    mean = sum(values, Fraction(0)) / len(values)
    if len(values) < FEWEST_MONTHS:
        return MonthsMean(mean, None, len(values), missing)
    squares = sum(((value - mean) ** 2 for value in values), Fraction(0))
    return MonthsMean(mean, squares / (len(values) - 1), len(values), missing)


def _interval(before: MonthsMean, after: MonthsMean) -> tuple[float | None, float | None]:
    if before.mean is None or after.mean is None:
        return None, None
    if before.variance is None or after.variance is None:
        return None, None
    parts = before.variance / before.n, after.variance / after.n
    difference, squared = after.mean - before.mean, sum(parts, Fraction(0))
    if not squared:
        return float(difference), float(difference)
    freedom = squared**2 / (parts[0] ** 2 / (before.n - 1) + parts[1] ** 2 / (after.n - 1))
    reach = t_of_middle(float(freedom)) * sqrt(squared)
    return float(difference) - reach, float(difference) + reach
