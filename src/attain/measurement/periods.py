"""Measurement periods: months, quarters, years, and the intervals of a local day."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Self

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class PeriodKind(StrEnum):
    """The lengths of time over which attain measures."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    INTERVAL = "interval"


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, counted from January of year 0 so that months can be subtracted."""

    index: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that a date lies in."""
        return cls(day.year * 12 + day.month - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-MM`; ValueError where it is not a month of the years 0001 to 9999."""
        match = _MONTH.fullmatch(text)
        if not match or not 1 <= int(match[2]) <= 12 or match[1] == "0000":
            raise ValueError(text)
        return cls(int(match[1]) * 12 + int(match[2]) - 1)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.index // 12, self.index % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month, on which the target in force is looked up."""
        year, month = self.index // 12, self.index % 12 + 1
        return date(year, month, monthrange(year, month)[1])

    def plus(self, months: int) -> "Month":
        """Return the month that lies so many months later, or earlier if negative."""
        return Month(self.index + months)

    def __str__(self) -> str:
        """Write the month as `YYYY-MM`."""
        return f"{self.index // 12:04d}-{self.index % 12 + 1:02d}"


# Of every metric the same few windows are asked for, month by month.
@lru_cache(maxsize=4096)
def months_until(last: Month, count: int) -> tuple[Month, ...]:
    """Return the `count` months that end with `last`, earliest first."""
    return tuple(Month(last.index - back) for back in reversed(range(count)))


def last_full_month(as_of: date) -> Month:
    """Return the last calendar month that ends on or before `as_of`."""
    month = Month.of(as_of)
    return month if as_of == month.last_day else month.plus(-1)


def same_day_before(day: date, months: int) -> date:
    """Return the same day so many months before, or the last day where the month has no such day.

    The day one year before 29 February is 28 February.
    """
    month = Month.of(day).plus(-months)
    if month < Month.of(date.min):
        return date.min
    return min(month.last_day, month.first_day + timedelta(days=day.day - 1))


@dataclass(frozen=True)
class MeasurementPeriod:
    """A month, a quarter or a year, named by its kind and its first month."""

    kind: PeriodKind
    first: Month

    def __post_init__(self) -> None:
        """Refuse a quarter or a year that does not start where quarters and years do."""
        if self.kind is PeriodKind.INTERVAL:
            raise ValueError("an interval is a length of a local day; see attain.measurement.zones")
        if self.first.index % self.length:
            raise ValueError(f"a {self.kind} does not start in {self.first}")

    @property
    def length(self) -> int:
        """How many months the period has."""
        return {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[self.kind]

    @classmethod
    def containing(cls, kind: PeriodKind, day: date) -> Self:
        """Return the period of a kind that a date lies in."""
        length = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[kind]
        return cls(kind, Month(Month.of(day).index // length * length))

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the period, earliest first."""
        return tuple(self.first.plus(n) for n in range(self.length))

    def days(self) -> Iterator[date]:
        """Yield each date of the period."""
        day, last = self.first.first_day, self.months[-1].last_day
        while day <= last:
            yield day
            if day == date.max:
                return
            day += timedelta(days=1)

    def __str__(self) -> str:
        """Write `2026-10`, `2026-Q4` or `2026`."""
        year = f"{self.first.index // 12:04d}"
        if self.kind is PeriodKind.QUARTER:
            return f"{year}-Q{self.first.index % 12 // 3 + 1}"
        return year if self.kind is PeriodKind.YEAR else str(self.first)
