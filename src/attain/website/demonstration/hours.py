"""How contacts spread over the clock of a day, and the quarter-hours in which a site is open."""

from datetime import time

import numpy as np
from numpy.typing import NDArray

from attain.website.demonstration.opening import Opening
from attain.website.demonstration.quarter_hours import A_DAY, MINUTES
from attain.website.demonstration.queueing import Numbers

Flags = NDArray[np.bool_]
_HOURS = np.arange(A_DAY) * MINUTES / 60 + MINUTES / 120


def is_open(openings: tuple[Opening, ...]) -> Flags:
    """Return for each day of the week and quarter-hour of the clock whether the site is open."""
    flags = np.zeros((7, A_DAY), dtype=np.bool_)
    for opening in openings:
        first, end = _quarters(opening.opens), _quarters(opening.closes)
        flags[opening.weekday, first:end] = True
    return flags


def _quarters(clock: time) -> int:
    return -(-(clock.hour * 60 + clock.minute) // MINUTES)


def calling_hours(openings: tuple[Opening, ...]) -> Numbers:
    """Return how a week's calls spread, a Monday's worth 1: two peaks, and a dip at lunch."""
    curve = 0.10 + _peak(10.5, 1.7) + 0.85 * _peak(15.2, 2.3)
    curve *= 1 - 0.22 * _peak(13.0, 0.7)
    curve[: 7 * 4] *= 0.5
    of_week: Numbers = np.where(is_open(openings), curve, 0.0)
    shares: Numbers = of_week / of_week[0].sum()
    return shares


def writing_hours() -> Numbers:
    """Return how a week's letters and messages spread: at all hours, and again in the evening."""
    curve = 0.08 + _peak(11.0, 3.0) + 0.45 * _peak(20.0, 2.0)
    return np.tile(curve / curve.sum(), (7, 1))


def _peak(hour: float, width: float) -> Numbers:
    curve: Numbers = np.exp(-0.5 * ((_HOURS - hour) / width) ** 2)
    return curve
