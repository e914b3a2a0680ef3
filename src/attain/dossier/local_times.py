"""Local times of intervals, placed in their zone: nothing is shifted, and no hour is guessed."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from attain.dossier.mapping import Times
from attain.measurement.zones import exists, instant_of, zone_named

# In the microseconds of which instants are counted.
MINUTE = 60_000_000


class LocalClock:
    """Places the local times of one file, row by row.

    A group is what has one interval at a time, such as a channel of a site. In file order the
    first row of a group with a time that comes twice is its first occurrence, so the rows of a
    group must stand in order of time.
    """

    def __init__(self, times: Times) -> None:
        self._times = times
        self._zone = None if times.timezone is None else zone_named(times.timezone)
        self._seen: Counter[tuple[Hashable, datetime]] = Counter()
        self._latest: dict[Hashable, int] = {}

    def place(self, moment: datetime, group: Hashable | None) -> datetime:
        """Return a time with its offset; ValueError where it cannot be placed.

        Without a group there is no order in which a time could come first or second.
        """
        if self._zone is None and moment.tzinfo is None:
            raise ValueError("a time with its offset, or `times: timezone` in the mapping")
        placed = self._placed(moment, group)
        if self._zone is not None:
            placed = placed.astimezone(self._zone)
        if group is not None:
            self._check_grid(placed)
            self._check_order(placed, group)
        return placed

    def _placed(self, moment: datetime, group: Hashable | None) -> datetime:
        """Give a local time its offset."""
        zone = self._zone
        if moment.tzinfo is not None or zone is None:
            return moment
        early = moment.replace(tzinfo=zone)
        if early.utcoffset() == moment.replace(tzinfo=zone, fold=1).utcoffset():
            return early
        if not exists(zone, moment):
            raise ValueError(f"a time that exists; the clocks of {zone.key} skip this one")
        if self._times.occurrence == "refuse" or group is None:
            raise ValueError(
                f"an offset; the clocks of {zone.key} show this time twice (give the offset, or "
                "declare `times: occurrence: file_order` where the rows are in order of time)"
            )
        self._seen[group, moment] += 1
        if self._seen[group, moment] > 2:
            raise ValueError("a time that comes twice to be there at most twice")
        return moment.replace(tzinfo=zone, fold=self._seen[group, moment] - 1)

    def _check_grid(self, placed: datetime) -> None:
        """Refuse the start of an interval that is not on the grid of the local day."""
        length = self._times.length
        if length is None:
            return
        minutes = placed.hour * 60 + placed.minute
        if minutes % length or placed.second or placed.microsecond:
            raise ValueError(f"a start on the grid of {length} minutes from midnight on")

    def _check_order(self, placed: datetime, group: Hashable) -> None:
        """In file order, refuse a row that goes back in time: the order is the only witness."""
        if self._times.occurrence == "refuse":
            return
        # Instants, because two times of one zone compare by their clock, blind to the offset.
        instant = instant_of(placed)
        if instant < self._latest.get(group, instant):
            raise ValueError("rows in order of time, as `occurrence: file_order` takes them")
        self._latest[group] = instant


@dataclass(frozen=True)
class IntervalRun:
    """The intervals of one channel: how many there are, and how many are missing between them."""

    count: int
    missing: int


def overlapping(instants: Iterable[int], minutes: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of starts that lie closer together than the length of an interval."""
    for earlier, later in pairwise(sorted(instants)):
        if later - earlier < minutes * MINUTE:
            yield earlier, later


def run_of(instants: Collection[int], minutes: int) -> IntervalRun:
    """Count the intervals of a channel, and those missing between the first and the last."""
    expected = (max(instants) - min(instants)) // (minutes * MINUTE) + 1
    return IntervalRun(len(instants), expected - len(instants))
