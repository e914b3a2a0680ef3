"""Draws of what was estimated: shares returned from ranges of money, and weights of goals.

Every operation is done element by element and in an order that keeps what is larger larger, so
that of two steps the one that is no worse in anything never comes out below by rounding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from attain.improvement.rules.appraisal import (
    FIFTHS,
    HIGHEST_IMPACT,
    Appraisal,
    Goals,
    Money,
    Range,
)
from attain.improvement.rules.ranking import HIGHEST_EFFORT, RankedStep

Floats: TypeAlias = NDArray[np.float64]
NOTHING = Range.exactly(0)
NO_MONEY = Money(NOTHING, NOTHING, NOTHING)


@dataclass(frozen=True)
class Estimates:
    """What was estimated of some steps, a column each: money, scale, impacts by goal, effort.

    A range is three rows: low, likely, high. The scale is 0 where money was given, or nothing.
    """

    one_off: Floats
    running: Floats
    benefit: Floats
    scale: Floats
    is_known: NDArray[np.bool_]
    impacts: Floats
    effort: Floats

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self.scale)


def estimates_of(
    ranked: Sequence[RankedStep], appraisals: Mapping[str, Appraisal], goals: Sequence[str]
) -> Estimates:
    """Return the estimates of ranked steps in their order; what is not known is at its lowest."""
    given = [appraisals.get(each.step.key, Appraisal()) for each in ranked]
    money = [each.money or NO_MONEY for each in given]
    impacts = [[(each.impacts or {}).get(goal, 0) for goal in goals] for each in given]
    return Estimates(
        one_off=_rows([each.one_off for each in money]),
        running=_rows([each.running for each in money]),
        benefit=_rows([each.benefit for each in money]),
        scale=np.array([each.scale or 0 for each in given], dtype=float),
        is_known=np.array([each.returned is not None for each in ranked], dtype=bool),
        impacts=np.array(impacts, dtype=float).T / HIGHEST_IMPACT,
        effort=np.array([each.step.effort or HIGHEST_EFFORT for each in ranked], dtype=float),
    )


def _rows(ranges: Sequence[Range]) -> Floats:
    return np.array([[r.low, r.likely, r.high] for r in ranges], dtype=float).T


def shares_drawn(
    estimates: Estimates, draws: int, years: int, random: np.random.Generator, *, together: bool
) -> Floats:
    """Return the share returned of each step in each draw, a draw a row."""
    shape = (draws, 1 if together else estimates.steps)
    benefits = _triangle(estimates.benefit, shape, random) * years
    costs = _triangle(estimates.running, shape, random) * years
    costs += _triangle(estimates.one_off, shape, random)
    return _shares(estimates, benefits, costs, random.random(shape))


def shares_likely(estimates: Estimates, years: int) -> Floats:
    """Return the share returned of each step with the likely money, as one row."""
    benefits = estimates.benefit[1:2] * years
    costs = estimates.one_off[1:2] + estimates.running[1:2] * years
    return _shares(estimates, benefits, costs, np.full((1, 1), 0.5))


def _shares(estimates: Estimates, benefits: Floats, costs: Floats, at: Floats) -> Floats:
    # Not benefits / (benefits + costs), which may fall by rounding while the benefits rise.
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = 1 / (1 + costs / benefits)
    shares[np.isnan(shares)] = 0.5
    rated = estimates.scale > 0
    if rated.any():
        shares[:, rated] = ((estimates.scale - 1 + at) / FIFTHS)[:, rated]
    shares[:, ~estimates.is_known] = 0
    return shares


def _triangle(rows: Floats, shape: tuple[int, int], random: np.random.Generator) -> Floats:
    """Return draws from triangular distributions.

    Of two even draws, the larger leads from the low value to the likely one, and the smaller on to
    the high one: that is triangular, without roots, and exact where the range is one value.
    """
    low, likely, high = rows
    one, other = random.random(shape), random.random(shape)
    found: Floats = low + (likely - low) * np.maximum(one, other)
    found += (high - likely) * np.minimum(one, other)
    return found


def weights_around(goals: Goals, draws: int, firmness: int, random: np.random.Generator) -> Floats:
    """Return weights drawn around the declared ones, worth so many equal votes; a draw a row."""
    total = sum(goals.values())
    votes = [float(weight / total * firmness) for weight in goals.values()]
    found: Floats = random.dirichlet(votes, draws)
    return found


def weights_anywhere(goals: int, draws: int, random: np.random.Generator) -> Floats:
    """Return weights drawn evenly from all there are, after each goal alone; a draw a row."""
    found: Floats = np.vstack([np.eye(goals), random.dirichlet([1.0] * goals, draws)])
    return found


def impacts_at(estimates: Estimates, weights: Floats) -> Floats:
    """Return the impact of each step at each draw of weights, a draw a row."""
    # Goal by goal: a product of matrices adds up in another order at the edges of its blocks.
    found: Floats = np.zeros((len(weights), estimates.steps))
    for weight, impacts in zip(weights.T, estimates.impacts, strict=True):
        found += weight[:, None] * impacts
    return found
