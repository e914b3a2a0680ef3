"""Agreement of several assessors: Krippendorff's alpha with its interval.

Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability. Alpha is 1 - Do / De: one less
the disagreement observed, over that which chance would give with the same ratings. It takes any
number of assessors and missing ratings; a unit that only one assessor rated says nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Scale = Literal["nominal", "ordinal", "interval"]
Unit: TypeAlias = Sequence[int | None]
"""The ratings of one item, one of each assessor; None where an assessor gave none."""
DRAWS = 1000
LEVEL = Fraction(95, 100)
_Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """How far assessors agree, beyond what chance would give.

    `alpha` is exact, and None where nothing can be told: fewer than two ratings of any unit, or
    all ratings the same. `low` and `high` bound it at 95 %, from units drawn again with their seed.
    """

    alpha: Fraction | None
    low: float | None
    high: float | None
    units: int
    ratings: int
    seed: int


def krippendorff_alpha(units: Sequence[Unit], scale: Scale) -> Fraction | None:
    """Return Krippendorff's alpha, exact; None where chance gives no disagreement at all."""
    pairable = _pairable(units)
    values = sorted({value for unit in pairable for value in unit})
    totals = Counter(value for unit in pairable for value in unit)
    count = sum(totals.values())
    distance = _distances(values, [Fraction(totals[value]) for value in values], scale)
    expected = sum(
        (
            totals[a] * totals[b] * distance[i][j]
            for i, a in enumerate(values)
            for j, b in enumerate(values)
        ),
        Fraction(0),
    )
    if not expected:
        return None
    observed = sum((_disagreement(unit, values, distance) for unit in pairable), Fraction(0))
    return 1 - (count - 1) * observed / expected


def agreement(units: Sequence[Unit], scale: Scale, *, seed: int) -> Agreement:
    """Return alpha with the interval that drawing units again gives, by its seed."""
    pairable = _pairable(units)
    alpha = krippendorff_alpha(units, scale)
    low, high = _interval(pairable, scale, seed) if alpha is not None else (None, None)
    return Agreement(alpha, low, high, len(pairable), sum(map(len, pairable)), seed)


def _pairable(units: Sequence[Unit]) -> list[list[int]]:
    given = ([value for value in unit if value is not None] for unit in units)
    return [unit for unit in given if len(unit) > 1]


def _distances(
    values: Sequence[int], totals: Sequence[Fraction], scale: Scale
) -> list[list[Fraction]]:
    return [
        [_distance(values, totals, scale, i, j) for j in range(len(values))]
        for i in range(len(values))
    ]


def _distance(
    values: Sequence[int], totals: Sequence[Fraction], scale: Scale, i: int, j: int
) -> Fraction:
    if scale == "nominal":
        return Fraction(i != j)
    if scale == "interval":
        return Fraction((values[i] - values[j]) ** 2)
    first, last = min(i, j), max(i, j)
    between = sum(totals[first : last + 1], Fraction(0)) - (totals[i] + totals[j]) / 2
    return between**2


def _disagreement(
    unit: Sequence[int], values: Sequence[int], distance: Sequence[Sequence[Fraction]]
) -> Fraction:
    places = [values.index(value) for value in unit]
    return sum((distance[i][j] for i in places for j in places), Fraction(0)) / (len(unit) - 1)


def _interval(
    units: Sequence[Sequence[int]], scale: Scale, seed: int
) -> tuple[float | None, float | None]:
    drawn = np.array(list(_drawn_alphas(units, scale, seed)))
    if not drawn.size:
        return None, None
    tail = float((1 - LEVEL) / 2 * 100)
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return float(low), float(high)


def _drawn_alphas(units: Sequence[Sequence[int]], scale: Scale, seed: int) -> Iterator[float]:
    """Yield alpha of units drawn again with replacement; a draw without variation is left out."""
    values = sorted({value for unit in units for value in unit})
    pairs = np.array([_coincidences(unit, values) for unit in units])
    draws = np.random.default_rng(seed).integers(0, len(units), (DRAWS, len(units)))
    for drawn in draws:
        together = pairs[drawn].sum(axis=0)
        totals = together.sum(axis=1)
        distance = _float_distances(np.array(values, dtype=float), totals, scale)
        expected = float((np.outer(totals, totals) * distance).sum())
        if expected > 0:
            yield 1 - float((totals.sum() - 1) * (together * distance).sum()) / expected


def _coincidences(unit: Sequence[int], values: Sequence[int]) -> _Floats:
    """Return how often each two values stand together in a unit, in the weights of alpha."""
    counts = np.array([unit.count(value) for value in values], dtype=float)
    together: _Floats = (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return together


def _float_distances(values: _Floats, totals: _Floats, scale: Scale) -> _Floats:
    places: _Floats = values
    if scale == "nominal":
        nominal: _Floats = 1 - np.eye(len(values))
        return nominal
    if scale == "ordinal":
        # The ranks between two values: the ratings up to the middle of each.
        places = np.cumsum(totals) - totals / 2
    squared: _Floats = (places[:, None] - places[None, :]) ** 2
    return squared
