"""The quarter-hours of a zone's months, each with its local day and what the clocks show."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from attain.measurement.periods import Month
from attain.measurement.zones import MICROSECOND, day_start, expected_intervals, zone_named

MINUTES = 15
A_DAY = 96
_STEP = timedelta(minutes=MINUTES) // MICROSECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Instants = NDArray[np.int64]


@dataclass(frozen=True)
class QuarterHours:
    """Every quarter-hour of some local months in order.

    `starts` are microseconds since 1970 in UTC, `day` counts the days from the first, `slot` the
    quarter-hours on the clock from midnight. `days` are the local dates.
    """

    starts: Instants
    day: Instants
    slot: Instants
    days: tuple[date, ...]

    def month_of(self, first: Month) -> Instants:
        """Return how many months after the first each quarter-hour lies."""
        of_day = np.array([Month.of(day).index - first.index for day in self.days], dtype=np.int64)
        return of_day[self.day]


@lru_cache(maxsize=32)
def quarter_hours(timezone: str, first: Month, months: int) -> QuarterHours:
    """Return the quarter-hours of so many months in a zone."""
    zone = zone_named(timezone)
    length = (first.plus(months).first_day - first.first_day).days
    days = tuple(first.first_day + timedelta(days=n) for n in range(length))
    counts = [expected_intervals(zone, day, MINUTES) for day in days]
    slots = [_slots(zone, day, count) for day, count in zip(days, counts, strict=True)]
    start = day_start(zone, days[0])
    return QuarterHours(
        starts=start + _STEP * np.arange(sum(counts), dtype=np.int64),
        day=np.repeat(np.arange(length, dtype=np.int64), counts),
        slot=np.concatenate(slots),
        days=days,
    )


def _slots(zone: ZoneInfo, day: date, count: int) -> Instants:
    """Return what the clocks show in each quarter-hour of a day."""
    if count == A_DAY:
        return np.arange(A_DAY, dtype=np.int64)
    start = day_start(zone, day)
    shown = [(_EPOCH + (start + n * _STEP) * MICROSECOND).astimezone(zone) for n in range(count)]
    return np.array([(at.hour * 60 + at.minute) // MINUTES for at in shown], dtype=np.int64)
