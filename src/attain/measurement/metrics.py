"""Metrics: their direction, the target in force, their readings, and the state of each month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from attain.measurement.counting import Tally
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month, months_until


class Direction(StrEnum):
    """Which way a metric is better."""

    HIGHER = "higher"
    LOWER = "lower"

    def reached(self, value: Fraction, target: Fraction) -> bool:
        """Say whether a value is on target: at the target is on it."""
        return value >= target if self is Direction.HIGHER else value <= target


@dataclass(frozen=True)
class Reading:
    """The numerator and denominator that a metric had in one month."""

    numerator: Fraction
    denominator: Fraction

    @property
    def has_data(self) -> bool:
        """A denominator of 0 is no data: neither 0 % nor 100 %."""
        return self.denominator != 0

    @property
    def value(self) -> Fraction:
        """The exact ratio; ZeroDivisionError where there is no data."""
        return self.numerator / self.denominator


@dataclass(frozen=True)
class DatedValue:
    """A value that holds from a date until the next one."""

    start: date
    value: Fraction


def in_force(values: Iterable[DatedValue], day: date) -> DatedValue | None:
    """Return the value whose date is the latest on or before `day`, or None."""
    started = [dated for dated in values if dated.start <= day]
    return max(started, key=lambda dated: dated.start, default=None)


class MonthState(StrEnum):
    """What is known of one metric, or one system, in one month."""

    ON_TARGET = "on_target"
    OFF_TARGET = "off_target"
    NO_TARGET = "no_target"
    NO_READING = "no_reading"
    BEFORE_FIRST = "before_first"

    @property
    def is_good(self) -> bool | None:
        """True on target, False off it or before the first reading, None where it is open."""
        if self in (MonthState.NO_READING, MonthState.NO_TARGET):
            return None
        return self is MonthState.ON_TARGET


@dataclass(frozen=True)
class Track:
    """The readings with data of one metric or system up to the last month, and its targets.

    `judged` maps each month with data to whether it is on target, None where no target is in force.
    """

    key: str
    judged: Mapping[Month, bool | None]
    last: Month

    @cached_property
    def first(self) -> Month | None:
        """The first month with data, or None where there is no reading yet."""
        return min(self.judged, default=None)

    def state(self, month: Month) -> MonthState:
        """Say what is known of a month."""
        if month not in self.judged:
            early = self.first is not None and month < self.first
            return MonthState.BEFORE_FIRST if early else MonthState.NO_READING
        good = self.judged[month]
        if good is None:
            return MonthState.NO_TARGET
        return MonthState.ON_TARGET if good else MonthState.OFF_TARGET

    def window(self, length: int = 12) -> tuple[Month, ...]:
        """Return the last months, from the first reading on if that is later."""
        months = months_until(self.last, length)
        return months if self.first is None else tuple(m for m in months if m >= self.first)

    def gaps(self, months: Iterable[Month]) -> list[Month]:
        """Return the months without data that are not before the first reading."""
        return [m for m in months if self.state(m) is MonthState.NO_READING]


def judge_months(
    readings: Mapping[Month, Reading],
    targets: Sequence[DatedValue],
    better: Direction,
    last: Month,
) -> dict[Month, bool | None]:
    """Judge each month with data up to `last` by the target in force on its last day."""
    judged: dict[Month, bool | None] = {}
    for month, reading in readings.items():
        if month <= last and reading.has_data:
            target = in_force(targets, month.last_day)
            judged[month] = better.reached(reading.value, target.value) if target else None
    return judged


def tracked(track: Track, months: int) -> Outcome:
    """Say whether each of the last months has data.

    A month without data before the first reading makes it not met; failing that, any month
    without data leaves it undetermined.
    """
    states = [track.state(month) for month in months_until(track.last, months)]
    if MonthState.BEFORE_FIRST in states:
        return Outcome.NOT_MET
    return Outcome.UNDETERMINED if MonthState.NO_READING in states else Outcome.MET


@dataclass(frozen=True)
class EnoughPeriods:
    """The rule of being on target in enough of the last months.

    `share` of the window's months, or `count` months where the window has its full `length`;
    a window of fewer months than `least` is not enough.
    """

    share: Fraction
    least: int
    count: int | None = None
    length: int = 12

    def needed(self, window: int) -> int:
        """Return how many months on target a window of so many months needs."""
        if self.count is not None and window >= self.length:
            return self.count
        return -(-self.share.numerator * window // self.share.denominator)

    def judge(self, track: Track) -> Outcome:
        """Say whether a metric or system is on target in enough of its window."""
        if track.first is None:
            return Outcome.UNDETERMINED
        window = track.window(self.length)
        if len(window) < self.least:
            return Outcome.NOT_MET
        return self.tally(track).reaches(self.needed(len(window)))

    def tally(self, track: Track) -> Tally:
        """Count the months of the window that are on target, and those that are open."""
        return Tally.of(track.state(month).is_good for month in track.window(self.length))
