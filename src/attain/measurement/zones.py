"""Local days: where they begin, how long they are, and how many intervals they have.

A day has 23, 24 or 25 hours, or half-hours more or less; midnight may be missing or come twice.
A day begins at the first instant whose local date it is. Instants are whole microseconds of UTC
counted from 1970, so that engines compare integers and need no time zones of their own.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_IANA = ("posix/", "right/")
_ALIASES_OF_A_MACHINE = {"localtime", "posixrules", "Factory"}
MICROSECOND = timedelta(microseconds=1)
_CYCLE = timedelta(days=146_097)


def instant_of(moment: datetime) -> int:
    """Return an aware time as microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // MICROSECOND


@lru_cache(maxsize=64)
def zone_named(key: str) -> ZoneInfo:
    """Return the IANA time zone of that name; ValueError where there is none."""
    if key in _ALIASES_OF_A_MACHINE or key.startswith(_NOT_IANA):
        raise ValueError(key)
    try:
        return ZoneInfo(key)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(key) from error


@lru_cache(maxsize=65536)
def day_start(zone: ZoneInfo, day: date) -> int:
    """Return the first instant of a local date; of one that is skipped, the start of the next.

    Found by halving the two days before the clock first shows midnight, or would have shown it:
    where midnight is skipped, the day may have begun a little earlier.
    """
    inner = _in_calendar(day)
    midnight = datetime(inner.year, inner.month, inner.day, tzinfo=zone)
    late = midnight.astimezone(UTC)
    early = late - timedelta(days=2)
    while late - early > MICROSECOND:
        middle = early + (late - early) // 2
        if middle.astimezone(zone).date() >= inner:
            late = middle
        else:
            early = middle
    return instant_of(late) + (day - inner) // MICROSECOND


def _in_calendar(day: date) -> date:
    # At the ends of the calendar a neighbouring day or offset lies outside it. Four hundred years
    # are a whole number of weeks, after which the calendar and every zone's rules repeat.
    if day.year < date.min.year + 2:
        return day + _CYCLE
    return day - _CYCLE if day.year > date.max.year - 2 else day


def local_date(zone: ZoneInfo, moment: datetime) -> date:
    """Return the date of an aware time in a zone, whatever offset it is written in.

    A date that lies beyond the calendar is the calendar's first or last.
    """
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return date.min if moment.year == date.min.year else date.max


def expected_intervals(zone: ZoneInfo, day: date, minutes: int) -> int:
    """Return how many intervals of so many minutes a local day has.

    96 quarter hours on most days, 92 and 100 where the clock is put forward and back, 94 and 98
    on Lord Howe. Rounded up, so that a day with a part of an interval expects that part too.
    """
    inner = _in_calendar(day)
    length = day_start(zone, inner + timedelta(days=1)) - day_start(zone, inner)
    return -(-length // (minutes * 60_000_000))


def is_ambiguous(zone: ZoneInfo, wall: datetime) -> bool:
    """Say whether a time without an offset comes twice in a zone."""
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    return first.utcoffset() != second.utcoffset() and exists(zone, wall)


def exists(zone: ZoneInfo, wall: datetime) -> bool:
    """Say whether a time without an offset comes at all in a zone."""
    there = wall.replace(tzinfo=zone).astimezone(UTC)
    return there.astimezone(zone).replace(tzinfo=None) == wall
