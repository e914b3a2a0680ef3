"""Stretches of local time: spans in one local month with one target in force, as UTC instants.

Statements know no time zones. They compare instants with the bounds of stretches, which are worked
out here, exactly: where the clocks go back over midnight a date comes twice, as its stretches do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from attain.lake.engine import Columns
from attain.lake.layout import LARGEST_NARROW
from attain.measurement.periods import Month
from attain.measurement.volumes import ServiceLevelTarget, target_in_force
from attain.measurement.zones import MICROSECOND, instant_of, local_date, zone_named

# The years that a calendar knows; an interval that starts outside them is refused.
EARLIEST = instant_of(datetime(1, 1, 3, tzinfo=UTC))
LATEST = instant_of(datetime(9999, 12, 29, tzinfo=UTC))
LARGEST_WIDE = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_SHORTEST_BLOCK = timedelta(days=30) // MICROSECOND
_MOST_BLOCKS = 400


@dataclass(frozen=True)
class Stretch:
    """A span of time in one local month, None where it is not asked for, and its target if any."""

    start: int
    end: int
    month: Month | None
    target: ServiceLevelTarget | None

    def factors(self, largest: int) -> tuple[int, int, int]:
        """Return the denominator of the target, and its numerator under what it is a share of.

        Counts are not above `largest`; without a target all three are 0.
        """
        if self.target is None:
            return 0, 0, 0
        share = ceiling(self.target.share, largest)
        of_offered = share.numerator if self.target.of == "offered" else 0
        return share.denominator, of_offered, share.numerator - of_offered


@dataclass(frozen=True)
class CentreWindow:
    """What of a centre's intervals is asked for: its time zone, its targets, and the months."""

    timezone: str
    targets: tuple[ServiceLevelTarget, ...]
    months: tuple[Month, ...]

    def stretches(self, channel: str) -> tuple[Stretch, ...]:
        """Return the stretches of a channel, which cover all the time that a calendar knows."""
        own = tuple(target for target in self.targets if target.channel == channel)
        return _stretches(self.timezone, own, self.months)


@lru_cache(maxsize=4096)
def _stretches(
    timezone: str, targets: tuple[ServiceLevelTarget, ...], months: tuple[Month, ...]
) -> tuple[Stretch, ...]:
    """Cut time where a month begins or ends, or where a target comes into force in one."""
    zone = zone_named(timezone)
    ends = {index for month in months for index in (month.index, month.index + 1)}
    days = {Month(index).first_day for index in ends if MINYEAR <= index // 12 <= MAXYEAR}
    days |= {target.start for target in targets if Month.of(target.start) in months}
    cuts = sorted({instant for day in days for instant in changes_of_date(zone, day)})
    inner = [cut for cut in cuts if EARLIEST < cut < LATEST]
    bounds = [EARLIEST, *inner, LATEST]
    return tuple(_stretch(zone, start, end, targets, months) for start, end in pairwise(bounds))


def _stretch(
    zone: ZoneInfo,
    start: int,
    end: int,
    targets: Iterable[ServiceLevelTarget],
    months: Sequence[Month],
) -> Stretch:
    """Return the stretch between two cuts: it is in the month and under the target of its start."""
    day = local_date(zone, moment_of(start))
    month = Month.of(day)
    if month not in months:
        return Stretch(start, end, None, None)
    return Stretch(start, end, month, target_in_force(targets, day))


def moment_of(instant: int) -> datetime:
    """Return an instant as a time of UTC."""
    return _EPOCH + instant * MICROSECOND


def spans_of_offsets(zone: ZoneInfo, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return the spans between two instants over which the offset from UTC stays the same.

    Each is its bounds and the microseconds by which its clocks are ahead of UTC.
    """
    spans = _offsets(zone, moment_of(start), moment_of(end))
    return [(instant_of(a), instant_of(b), offset // MICROSECOND) for a, b, offset in spans]


@lru_cache(maxsize=65536)
def changes_of_date(zone: ZoneInfo, day: date) -> tuple[int, ...]:
    """Return the instants at which the local date becomes `day` or later, or earlier again.

    One as a rule. Three where the clocks go back from just after midnight to the day before.
    """
    day = min(max(day, date(1, 1, 4)), date(9999, 12, 27))
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    changes: list[int] = []
    for start, end, offset in _offsets(zone, midnight - 48 * _HOUR, midnight + 48 * _HOUR):
        reached = len(changes) % 2 == 1
        if (start >= midnight - offset) != reached:
            changes.append(instant_of(start))
            reached = not reached
        if not reached and start < midnight - offset < end:
            changes.append(instant_of(midnight - offset))
    return tuple(changes)


def _offsets(
    zone: ZoneInfo, start: datetime, end: datetime
) -> list[tuple[datetime, datetime, timedelta]]:
    """Return the spans of a few days over which the offset from UTC stays the same."""
    spans: list[tuple[datetime, datetime, timedelta]] = []
    begun = start
    for hour in range((end - start) // _HOUR):
        early, late = start + hour * _HOUR, start + (hour + 1) * _HOUR
        if _offset(zone, early) != _offset(zone, late):
            change = _change(zone, early, late)
            spans.append((begun, change, _offset(zone, begun)))
            begun = change
    return [*spans, (begun, end, _offset(zone, begun))]


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """Return the first instant of an hour at which another offset holds than at its start."""
    before = _offset(zone, early)
    while late - early > MICROSECOND:
        middle = early + (late - early) // 2
        if _offset(zone, middle) == before:
            early = middle
        else:
            late = middle
    return late


def ceiling(share: Fraction, largest: int) -> Fraction:
    """Return the least fraction from `share` on whose denominator is not above `largest`.

    No ratio of counts up to `largest` lies between the two, so that either judges them alike.
    """
    nearest = share.limit_denominator(largest)
    if nearest >= share:
        return nearest
    a, b = nearest.numerator, nearest.denominator
    # The next fraction c/d after a/b has c*b - a*d = 1, with the largest d that there is.
    d = largest - (largest + pow(a, -1, b)) % b
    return Fraction((1 + a * d) // b, d)


@dataclass(frozen=True)
class Calendars:
    """The stretches of each distinct calendar, and the blocks of time by which they are found.

    Counts in the intervals are not above `largest`.
    """

    listed: Sequence[tuple[Stretch, ...]]
    largest: int = LARGEST_NARROW

    @cached_property
    def blocks(self) -> dict[str, int]:
        """How long a block is, and between which two those lie in which any time is cut."""
        cuts = [stretch.start for calendar in self.listed for stretch in calendar[1:]] or [0]
        block = max(_SHORTEST_BLOCK, (max(cuts) - min(cuts)) // _MOST_BLOCKS)
        first, last = _quotient(min(cuts), block) - 1, _quotient(max(cuts), block) + 1
        return {"block": block, "first_block": first, "last_block": last}

    def columns(self) -> Columns:
        """Return a row for every block that a stretch of a calendar touches."""
        rows = [
            (
                calendar_id,
                stretch_id,
                block,
                stretch.start,
                stretch.end,
                *stretch.factors(self.largest),
            )
            for calendar_id, calendar in enumerate(self.listed)
            for stretch_id, stretch in enumerate(calendar)
            for block in self._touched(stretch)
        ]
        names = ("calendar_id", "stretch_id", "block", "from_instant", "until_instant")
        factors = ("den", "of_offered", "of_answered")
        return dict(zip((*names, *factors), map(list, zip(*rows, strict=True)), strict=True))

    def _touched(self, stretch: Stretch) -> range:
        """Return the blocks that a stretch touches."""
        block, least, most = self.blocks.values()
        first = max(least, min(most, _quotient(stretch.start, block)))
        last = max(least, min(most, _quotient(stretch.end - 1, block)))
        return range(first, last + 1)


def _quotient(instant: int, block: int) -> int:
    """Divide like SQL does, towards 0."""
    return instant // block if instant >= 0 else -(-instant // block)
