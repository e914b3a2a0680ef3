"""Which rows of a table of intervals cannot be, and which repeat the key of an earlier row.

Nothing here runs on sound intervals: the verdict says first that there is something to find.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from attain.lake.engine import Columns
from attain.lake.interval_table import IntervalTable, Key
from attain.lake.layout import COUNTS
from attain.lake.stretches import EARLIEST, LATEST, Stretch
from attain.measurement.faults import MOST_OF_A_FILE, Fault
from attain.measurement.zones import MICROSECOND, zone_named

_CHANNEL = re.compile(r"[a-z][a-z0-9_]*")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# As many rows as may be grouped by their exact starts at a time, to stay within memory.
_ROWS_AT_A_TIME = 2_000_000
_ROWS_OF_KEYS = 5 * MOST_OF_A_FILE
_SHOWN = 80
# Statements cut longer texts to this length, and see no keys in them.
_LONGEST_KEY = 200
_A_CHANNEL = "a channel such as phone or live_chat (a-z, 0-9 and _)"
_A_TIME = "a time with its offset from UTC such as 2026-10-31T09:15:00+01:00"
_A_COUNT = "a whole number of 0 or more such as 12"

ZoneOfSite = Callable[[str], str]


class Crowded(NamedTuple):
    """A key in a stretch of time in which two starts may be one, and how many rows it has there."""

    key: Key
    stretch: Stretch
    rows: int


class _Row(NamedTuple):
    """A row that cannot be, with its cells."""

    file: str
    number: int
    site: str | None
    channel: str | None
    written: str | None
    instant: int | None
    offered: int | None
    answered: int | None
    within: int | None


def is_channel(channel: str | None) -> bool:
    """Say whether a cell is the key of a channel."""
    return channel is not None and _CHANNEL.fullmatch(channel) is not None


@dataclass(frozen=True)
class Refusals:
    """Looks for the faults of intervals; `zone_of` says in which zone a site's times are shown."""

    intervals: IntervalTable
    zone_of: ZoneOfSite

    def unsound(self, refused: Iterable[str]) -> list[Fault]:
        """Return the faults of rows that cannot be, those with a refused channel among them."""
        rows = self.intervals.ask(
            "unsound",
            {"refused": {"refused_channel": [*refused, ""]}},
            earliest=EARLIEST,
            latest=LATEST,
            most=MOST_OF_A_FILE + 1,
        )
        return [fault for row in rows for fault in self._faults_of(_Row(*row))]

    def _faults_of(self, row: _Row) -> Iterator[Fault]:
        """Yield what is wrong with a row, cell by cell."""
        if row.site is None or len(row.site.encode()) >= _LONGEST_KEY:
            yield self._fault(row, "site", row.site, "the name of a site")
        if not is_channel(row.channel) or len(row.channel or "") >= _LONGEST_KEY:
            yield self._fault(row, "channel", row.channel, _A_CHANNEL)
        if row.instant is None or not EARLIEST <= row.instant < LATEST:
            beyond = row.instant and f"{row.instant} microseconds since 1970"
            yield self._fault(row, "start", row.written or beyond, _A_TIME)
        counts = dict(zip(COUNTS, (row.offered, row.answered, row.within), strict=True))
        for name, count in counts.items():
            if count is None or count < 0:
                yield self._fault(row, name, count, _A_COUNT)
        for part, whole in (("answered", "offered"), ("within_threshold", "answered")):
            some, most = counts[part], counts[whole]
            if some is not None and most is not None and some > most >= 0:
                yield self._fault(row, part, some, f"at most the {most} {whole}")

    def _fault(self, row: _Row, column: str, found: object, expected: str) -> Fault:
        """Name a fault of a cell; the first row stands on line 2, as in CSV."""
        file = self.intervals.name_of(row.file)
        text = _shown(found) if isinstance(found, str) else str(found)
        return Fault(file, row.number + 2, column, "nothing" if found is None else text, expected)

    def repeated(self, crowded: Sequence[Crowded]) -> list[Fault]:
        """Return the faults of rows that have the key of an earlier one."""
        faults: list[Fault] = []
        for some in _portions(crowded):
            places: Columns = {
                "crowded_site": [place.key.site or "" for place in some],
                "crowded_channel": [place.key.channel or "" for place in some],
                "from_instant": [place.stretch.start for place in some],
                "until_instant": [place.stretch.end for place in some],
            }
            keys = self.intervals.ask("repeated", {"crowded": places}, most=MOST_OF_A_FILE + 1)
            faults += self._again(keys) if keys else []
            if len(faults) > MOST_OF_A_FILE:
                break
        return faults

    def _again(self, keys: list[tuple[str, str, int]]) -> list[Fault]:
        """Return a fault for each row but the first of those that have one of some keys."""
        names = ("repeated_site", "repeated_channel", "repeated_instant")
        wanted = dict(zip(names, map(list, zip(*keys, strict=True)), strict=True))
        rows = self.intervals.ask("rows_of_keys", {"wanted": wanted}, most=_ROWS_OF_KEYS)
        first: dict[tuple[str, str, int], tuple[str, int]] = {}
        faults: list[Fault] = []
        for file, number, *key in rows:
            before = first.setdefault(tuple(key), (file, number))
            if before != (file, number):
                faults.append(self._repeated(file, number, before, *key))
        return faults

    def _repeated(
        self, file: str, number: int, first: tuple[str, int], site: str, channel: str, instant: int
    ) -> Fault:
        """Name the fault of a row whose key an earlier row has."""
        names, once = [site, channel], "site, channel and start"
        if "site" in self.intervals.table.constants:
            names, once = [channel], "channel and start"
        time = (_EPOCH + instant * MICROSECOND).astimezone(zone_named(self.zone_of(site)))
        found = (
            f"{_shown(' '.join([*names, time.isoformat()]))} again, first on line {first[1] + 2}"
        )
        if first[0] != file:
            found += f" of {self.intervals.name_of(first[0])}"
        return Fault(self.intervals.name_of(file), number + 2, "start", found, f"each {once} once")


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults by file and line, cut off where a person stops reading."""
    listed = sorted(faults, key=lambda fault: (fault.file, fault.line))
    if len(listed) <= MOST_OF_A_FILE:
        return listed
    rest = listed[MOST_OF_A_FILE]
    more = Fault(rest.file, rest.line, "file", "more faults than these", "these put right first")
    return [*listed[:MOST_OF_A_FILE], more]


def _portions(crowded: Sequence[Crowded]) -> Iterator[list[Crowded]]:
    """Split places so that not too many rows are looked at one by one at a time."""
    some: list[Crowded] = []
    rows = 0
    for place in crowded:
        if some and rows + place.rows > _ROWS_AT_A_TIME:
            yield some
            some, rows = [], 0
        some.append(place)
        rows += place.rows
    if some:
        yield some


def _shown(text: str) -> str:
    """Write a cell so that spaces can be seen: in quotation marks, cut short."""
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…" ({len(text)} characters)'
