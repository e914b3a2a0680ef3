"""Appraising a step: what it costs and brings, as ranges of money or on a scale of five.

Money is in minor units (pence, cents) and exact. A return is looked at over a horizon of years.
`share_returned` puts every return on one scale from 0 to 1: the benefits over the sum of benefits
and costs. It is one half where a step brings just what it costs, rises with the return, stands by
itself whatever else is appraised, and exists for a step that costs nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

HIGHEST_IMPACT = 5
FIFTHS = 5
MONTHS_OF_A_YEAR = 12
Goals = Mapping[str, Fraction]
"""The weight of each declared goal, by its key; only their proportions matter."""


@dataclass(frozen=True)
class Range:
    """What somebody estimates: at the least, most likely, and at the most, in minor units."""

    low: int
    likely: int
    high: int

    @classmethod
    def exactly(cls, amount: int) -> "Range":
        """Return the range of an amount that is known."""
        return cls(amount, amount, amount)


@dataclass(frozen=True)
class Money:
    """What a step costs once and a year, and what it brings a year."""

    one_off: Range
    running: Range
    benefit: Range

    def costs(self, years: int) -> int:
        """Return what it most likely costs over some years."""
        return self.one_off.likely + self.running.likely * years

    def benefits(self, years: int) -> int:
        """Return what it most likely brings over some years."""
        return self.benefit.likely * years


@dataclass(frozen=True)
class Appraisal:
    """What was said of a step: its return in money, or on a scale of five, and its impact by goal.

    On the scale 1 brings about a ninth of what it costs, 2 less than half, 3 as much, 4 more than
    twice, 5 nine times and more: each is a fifth of `share_returned`. What nobody said is missing.
    """

    money: Money | None = None
    scale: int | None = None
    impacts: Mapping[str, int] | None = None


class AppraisalFault(StrEnum):
    """Why an appraisal is refused."""

    LOW_ABOVE_LIKELY = "low_above_likely"
    LIKELY_ABOVE_HIGH = "likely_above_high"
    NEGATIVE = "negative"
    MONEY_AND_SCALE = "money_and_scale"
    SCALE_OUTSIDE = "scale_outside"
    UNKNOWN_GOAL = "unknown_goal"
    IMPACT_OUTSIDE = "impact_outside"


class GoalFault(StrEnum):
    """Why declared goals are refused."""

    NO_GOALS = "no_goals"
    NEGATIVE_WEIGHT = "negative_weight"
    ALL_WEIGHTS_ZERO = "all_weights_zero"


def faults_of_appraisal(appraisal: Appraisal, goals: Goals) -> list[tuple[str, AppraisalFault]]:
    """Return every reason why an appraisal cannot stand, each with the field that it is about."""
    faults = [(name, fault) for name, given in _ranges(appraisal.money) for fault in _faults(given)]
    if appraisal.money is not None and appraisal.scale is not None:
        faults.append(("scale", AppraisalFault.MONEY_AND_SCALE))
    if appraisal.scale is not None and not 1 <= appraisal.scale <= FIFTHS:
        faults.append(("scale", AppraisalFault.SCALE_OUTSIDE))
    for goal, impact in (appraisal.impacts or {}).items():
        if goal not in goals:
            faults.append((goal, AppraisalFault.UNKNOWN_GOAL))
        if not 0 <= impact <= HIGHEST_IMPACT:
            faults.append((goal, AppraisalFault.IMPACT_OUTSIDE))
    return faults


def _ranges(money: Money | None) -> list[tuple[str, Range]]:
    if money is None:
        return []
    return [("one_off", money.one_off), ("running", money.running), ("benefit", money.benefit)]


def _faults(given: Range) -> list[AppraisalFault]:
    found = {
        AppraisalFault.LOW_ABOVE_LIKELY: given.low > given.likely,
        AppraisalFault.LIKELY_ABOVE_HIGH: given.likely > given.high,
        AppraisalFault.NEGATIVE: min(given.low, given.likely, given.high) < 0,
    }
    return [fault for fault, is_so in found.items() if is_so]


def faults_of_goals(goals: Goals) -> list[GoalFault]:
    """Return every reason why declared goals and their weights cannot stand."""
    if not goals:
        return [GoalFault.NO_GOALS]
    faults = [GoalFault.NEGATIVE_WEIGHT] if min(goals.values()) < 0 else []
    return faults if any(goals.values()) else [*faults, GoalFault.ALL_WEIGHTS_ZERO]


def return_on_investment(money: Money, years: int) -> Fraction | None:
    """Return the likely net benefit over the costs, exact; None where there are no costs."""
    costs = money.costs(years)
    return Fraction(money.benefits(years) - costs, costs) if costs else None


def payback_months(money: Money) -> Fraction | None:
    """Return after how many months the one-off cost has come back; None where it never does."""
    a_year = money.benefit.likely - money.running.likely
    if money.one_off.likely == 0 and a_year >= 0:
        return Fraction(0)
    return Fraction(money.one_off.likely * MONTHS_OF_A_YEAR, a_year) if a_year > 0 else None


def share_returned(appraisal: Appraisal, years: int) -> Fraction | None:
    """Return the benefits over benefits and costs, from 0 to 1; None where nothing was said.

    A value of the scale is the middle of its fifth. What costs and brings nothing breaks even.
    """
    if appraisal.money is not None:
        benefits, costs = appraisal.money.benefits(years), appraisal.money.costs(years)
        return Fraction(benefits, benefits + costs) if benefits + costs else Fraction(1, 2)
    return None if appraisal.scale is None else Fraction(2 * appraisal.scale - 1, 2 * FIFTHS)


def impact(appraisal: Appraisal, goals: Goals) -> Fraction | None:
    """Return the weighted mean of the impacts, from 0 to 1; None where one that counts is missing.

    A goal without weight counts for nothing, so its impact need not be known.
    """
    said = appraisal.impacts or {}
    if any(weight and goal not in said for goal, weight in goals.items()):
        return None
    weighted = sum((weight * said.get(goal, 0) for goal, weight in goals.items()), Fraction(0))
    return weighted / (HIGHEST_IMPACT * sum(goals.values(), Fraction(0)))
