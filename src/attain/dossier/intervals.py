"""`intervals.csv`, of any length: tallied while it is read, row by row, and never held.

What is kept of a row is its instant and its line, eight bytes each, by which repeated keys and
uneven starts are found at the end.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from attain.dossier.cells import CellError, midnight_of, read_clock
from attain.dossier.csvfile import CsvFile, Record
from attain.dossier.faultlist import FaultList
from attain.dossier.rows import RowReader, read_header, repeated
from attain.dossier.tables import INTERVALS
from attain.measurement.counting import Tally
from attain.measurement.faults import Fault
from attain.measurement.periods import Month
from attain.measurement.volumes import ServiceLevelTarget, Volumes, attains, target_in_force
from attain.measurement.zones import MICROSECOND, instant_of

_DAY = timedelta(days=1) // MICROSECOND
_EPOCH = date(1970, 1, 1).toordinal()
# How many different texts or days are remembered before the memory is begun again.
_MOST_REMEMBERED = 100_000
Remembered = TypeVar("Remembered")
Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Starts:
    """The instants at which the intervals of a channel start, in order, each with its line."""

    channel: str
    instants: Sequence[int]
    lines: Sequence[int]


@dataclass(frozen=True)
class IntervalsRead:
    """What was read of the intervals: the volumes, how many rows, their starts, the faults."""

    volumes: Volumes = field(default_factory=dict)
    count: int = 0
    starts: tuple[Starts, ...] = ()
    faults: tuple[Fault, ...] = ()


def moment_of(instant: int, zone: ZoneInfo) -> datetime:
    """Return an instant as a time in a zone."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + instant * MICROSECOND).astimezone(zone)


class _Memory(dict[Asked, Remembered]):
    """What each text or day means, worked out once."""

    def __init__(self, work_out: Callable[[Asked], Remembered]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, asked: Asked) -> Remembered:
        value = self._work_out(asked)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[asked] = value
        return value


class LocalDays:
    """The local date of an instant, as days counted like `date.toordinal`.

    The offset is the same all day on nearly every day of UTC; on the others each instant is asked.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._offsets = _Memory(self._offset)

    def _offset_at(self, instant: int) -> int:
        """Return the offset from UTC at an instant, in microseconds."""
        return (moment_of(instant, self._zone).utcoffset() or timedelta()) // MICROSECOND

    def _offset(self, day: int) -> int | None:
        """Return the offset from UTC that holds on a whole day of UTC, None where it changes."""
        first, next_first = self._offset_at(day * _DAY), self._offset_at((day + 1) * _DAY)
        return first if first == next_first else None

    def wall_clock(self, instant: int) -> int:
        """Return what the clocks show at an instant, counted like one of UTC."""
        offset = self._offsets[instant // _DAY]
        return instant + (self._offset_at(instant) if offset is None else offset)

    def of(self, instant: int) -> int:
        """Return the local date of an instant."""
        return self.wall_clock(instant) // _DAY + _EPOCH


class _MonthTally:
    """The contacts offered in the counted intervals of a channel and month, as they add up."""

    def __init__(self) -> None:
        self.good = self.open = self.total = 0

    def add(self, offered: int, attained: bool | None) -> None:
        """Count an interval that attained, did not, or may fall either side."""
        self.total += offered
        if attained:
            self.good += offered
        elif attained is None:
            self.open += offered


class _Channel:
    """What adds up of one channel."""

    def __init__(self, name: str, targets: Iterable[ServiceLevelTarget]) -> None:
        self.name = name
        self.instants = array("q")
        self.lines = array("q")
        self.months: dict[Month, _MonthTally] = {}
        self._targets = [target for target in targets if target.channel == name]
        self.days = _Memory(self._day)

    def _day(self, ordinal: int) -> tuple[_MonthTally, ServiceLevelTarget | None]:
        """Return where the intervals of a local date are tallied, and its target in force."""
        day = date.fromordinal(ordinal)
        tally = self.months.setdefault(Month.of(day), _MonthTally())
        return tally, target_in_force(self._targets, day)

    def note(self, line: int, instant: int) -> None:
        """Keep the key of a row."""
        self.instants.append(instant)
        self.lines.append(line)

    def volumes(self) -> Mapping[Month, Tally]:
        """Return the volume of each month with a counted interval."""
        return {
            month: Tally(tally.good, tally.open, tally.total)
            for month, tally in sorted(self.months.items())
        }

    def starts(self) -> Starts:
        """Return the starts in order."""
        order = sorted(range(len(self.instants)), key=self.instants.__getitem__)
        instants = array("q", (self.instants[n] for n in order))
        return Starts(self.name, instants, array("q", (self.lines[n] for n in order)))


class _Intervals:
    """The channels as their rows add up."""

    def __init__(self, zone: ZoneInfo, targets: Iterable[ServiceLevelTarget]) -> None:
        self.channels: dict[str, _Channel] = {}
        self._targets = tuple(targets)
        self._local_days = LocalDays(zone)
        self._whole = _Memory(INTERVALS.column("offered").read)
        self._midnights = _Memory(_midnight)
        self._clocks = _Memory(_since_midnight)

    def channel(self, text: str) -> _Channel:
        """Return the channel of that key, begun if need be; CellError where it is no key."""
        channel = self.channels.get(text)
        if channel is None:
            name = INTERVALS.column("channel").read(text)
            channel = self.channels[text] = _Channel(name, self._targets)
        return channel

    def tally(self, line: int, row: Sequence[str]) -> bool:
        """Tally a row of five cells; False where one of them does not read or cannot be."""
        name, start, offered_text, answered_text, within_text = row
        try:
            offered, answered = self._whole[offered_text], self._whole[answered_text]
            within = self._whole[within_text]
            instant = self._midnights[start[:10]] + self._clocks[start[10:]]
            channel = self.channel(name)
        except CellError:
            return False
        if not within <= answered <= offered:
            return False
        channel.note(line, instant)
        if offered:
            tally, target = channel.days[self._local_days.of(instant)]
            tally.add(offered, attains(offered, answered, within, target))
        return True

    def refuse(self, record: Record, reader: RowReader, faults: FaultList) -> None:
        """Name what is wrong with a row, and keep its key, which may be repeated all the same."""
        row = reader.read(record)
        if row is None:
            return
        for part, whole in (("answered", "offered"), ("within_threshold", "answered")):
            if part in row and whole in row and row[part] > row[whole]:
                faults.add(record.line, part, str(row[part]), f"at most the {row[whole]} {whole}")
        if "channel" in row and "start" in row:
            self.channel(row["channel"]).note(record.line, instant_of(row["start"]))

    def volumes(self) -> Volumes:
        """Return the volumes of each channel and month with a counted interval."""
        channels = sorted(self.channels.items())
        return {name: channel.volumes() for name, channel in channels if channel.months}


def _midnight(text: str) -> int:
    """Return the instant of a date's midnight, were it UTC's."""
    return instant_of(midnight_of(text).replace(tzinfo=UTC))


def _since_midnight(text: str) -> int:
    """Return the microseconds from that midnight to the time that follows the date."""
    clock, offset = read_clock(text)
    return clock - offset


def read_intervals(
    path: Path, zone: ZoneInfo, targets: Iterable[ServiceLevelTarget]
) -> IntervalsRead:
    """Read `intervals.csv` into volumes, with everything that is wrong with it."""
    faults = FaultList(INTERVALS.file)
    records = CsvFile(path, faults).records()
    header = next(records, None)
    if (header is None and faults) or not read_header(INTERVALS, header, faults):
        return IntervalsRead(faults=faults.in_order())
    names = header.cells if header else []
    intervals = _Intervals(zone, targets)
    _read_rows(records, RowReader(INTERVALS, names, faults, {}, zone), names, intervals, faults)
    starts = tuple(channel.starts() for channel in intervals.channels.values())
    for channel in starts:
        _refuse_repeated(channel, zone, faults)
    count = sum(len(channel.lines) for channel in starts)
    return IntervalsRead(intervals.volumes(), count, starts, faults.in_order())


def _read_rows(
    records: Iterator[Record],
    reader: RowReader,
    names: list[str],
    intervals: _Intervals,
    faults: FaultList,
) -> None:
    """Tally each row that reads, and name what is wrong with each that does not."""
    if faults:
        for record in records:
            if record.sound:
                intervals.refuse(record, reader, faults)
        return
    in_order = itemgetter(*map(names.index, INTERVALS.names))
    for record in records:
        line, cells, sound = record
        if sound and not (len(cells) == len(names) and intervals.tally(line, in_order(cells))):
            intervals.refuse(record, reader, faults)


def _refuse_repeated(starts: Starts, zone: ZoneInfo, faults: FaultList) -> None:
    """Take down each interval of a channel that starts at the instant of an earlier row."""
    first = 0
    for at in range(1, len(starts.instants)):
        if starts.instants[at] != starts.instants[first]:
            first = at
            continue
        time = moment_of(starts.instants[at], zone).isoformat()
        key = f"{starts.channel} {time}"
        repeated(faults, INTERVALS, starts.lines[at], starts.lines[first], key)
