"""The verdict over intervals in Parquet, of one dossier or of an estate, without loading them.

One statement judges every interval, and sees whether every row can be. Only where it says that one
cannot, or that two starts may be one, other statements go and find which.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from attain.lake.engine import Columns, Engine, Snapshot
from attain.lake.engines import engine_from_environment
from attain.lake.interval_table import IntervalTable, Key
from attain.lake.layout import LARGEST_NARROW, broken
from attain.lake.refusals import Crowded, Refusals, in_order, is_channel
from attain.lake.stretches import (
    LARGEST_WIDE,
    Calendars,
    CentreWindow,
    Stretch,
    moment_of,
)
from attain.measurement.counting import Tally
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.periods import Month, months_until
from attain.measurement.volumes import ServiceLevelTarget, Volumes

_ONE_SITE = ""
_NOWHERE = CentreWindow("UTC", (), ())
# Slots of starts, in microseconds: a quarter of an hour, 5 minutes, a minute, a second.
_SLOTS = (900_000_000, 300_000_000, 60_000_000, 1_000_000)


class _Place(NamedTuple):
    """What the verdict says of one key in one stretch of its calendar."""

    key: Key
    stretch: Stretch
    rows: int
    sound: int
    offered: int
    attained: int
    crowded: int

    def tally(self) -> Tally:
        """Return the volume that is known to attain, and what may fall either side."""
        if self.stretch.target is None:
            return Tally(0, self.attained, self.offered)
        return Tally(self.attained, 0, self.offered)


@dataclass(frozen=True)
class EstateVolumes:
    """The volumes of each centre of an estate, and the sites of the lake that no dossier names."""

    by_site: Mapping[str, Volumes]
    unnamed: tuple[str, ...]


def tally_file(
    path: Path,
    timezone: str,
    targets: tuple[ServiceLevelTarget, ...],
    months: tuple[Month, ...],
    engine: Engine | None = None,
) -> Volumes:
    """Judge the intervals of one dossier; RefusedError with every fault where a row cannot be."""
    engine = engine or engine_from_environment(os.environ)
    table = Snapshot(path, (path,), constants={"site": _ONE_SITE})
    centres = {_ONE_SITE: CentreWindow(timezone, targets, months)}
    intervals = IntervalTable(table, engine)
    return _judge(intervals, centres, _slot(intervals)).by_site[_ONE_SITE]


def tally_lake(
    root: Path, centres: Mapping[str, CentreWindow], engine: Engine | None = None
) -> EstateVolumes:
    """Judge the intervals of an estate, a row of which names its site; RefusedError likewise."""
    return open_lake(root, engine).tally(centres)


@dataclass(frozen=True)
class OpenLake:
    """The intervals of an estate, of which everything is known but who is to be judged by them."""

    intervals: IntervalTable
    slot: int

    def tally(self, centres: Mapping[str, CentreWindow]) -> EstateVolumes:
        """Judge the intervals; RefusedError with every fault where a row cannot be."""
        return _judge(self.intervals, centres, self.slot)


@dataclass(frozen=True)
class CentreAsked:
    """A centre whose volumes are asked for: its time zone, its targets, and its channels."""

    timezone: str
    targets: tuple[ServiceLevelTarget, ...]
    channels: frozenset[str]

    def window(self, months: tuple[Month, ...]) -> CentreWindow:
        """Return what is asked for of these months."""
        return CentreWindow(self.timezone, self.targets, months)


def tally_centres(
    root: Path, centres: Mapping[str, CentreAsked], most_months: int, engine: Engine | None = None
) -> dict[str, dict[str, dict[Month, Tally]]]:
    """Judge the intervals of some centres of a lake in one pass, up to the last month that it has.

    Every row was checked when it was appended, so that what belongs to nobody asked for is let be.
    """
    lake = open_lake(root, engine)
    if lake.intervals.layout.rows == 0:
        return {site: {} for site in centres}
    [[first, last]] = lake.intervals.ask("span", {})
    months = _months_between(first, last)[-most_months:]
    windows = {site: asked.window(months) for site, asked in centres.items()}
    keys = [Key(site, channel) for site, asked in centres.items() for channel in asked.channels]
    return _volumes(_verdict(lake.intervals, keys, windows, lake.slot), windows)


def _months_between(first: int, last: int) -> tuple[Month, ...]:
    """Return the months between two instants, in whatever zone they are read."""
    day = timedelta(days=1)
    bounds = (moment_of(first) - day).date(), (moment_of(last) + day).date()
    early, late = map(Month.of, bounds)
    return months_until(late, late.index - early.index + 1)


def open_lake(root: Path, engine: Engine | None = None) -> OpenLake:
    """Look how the intervals of an estate are written; RefusedError where they are none."""
    engine = engine or engine_from_environment(os.environ, estate=True)
    intervals = IntervalTable(engine.read(root), engine)
    return OpenLake(intervals, _slot(intervals))


def check(intervals: IntervalTable) -> None:
    """Refuse intervals of which a row cannot be, with every fault."""
    _judge(intervals, {}, _slot(intervals))


def _judge(
    intervals: IntervalTable, centres: Mapping[str, CentreWindow], slot: int
) -> EstateVolumes:
    """Judge every row; RefusedError where one cannot be.

    The keys that have a target are judged at once. Only where some row belongs to none of them are
    the other keys looked up, and judged in a second pass.
    """
    if intervals.layout.rows == 0:
        return EstateVolumes({site: {} for site in centres}, ())
    keys = {
        Key(site, target.channel) for site, window in centres.items() for target in window.targets
    }
    places = _verdict(intervals, keys, centres, slot)
    others: set[Key] = set()
    if sum(place.rows for place in places) < intervals.layout.rows:
        others = set(intervals.keys()) - keys
        places += _verdict(intervals, (key for key in others if None not in key), centres, slot)
    _refuse(intervals, places, others, centres)
    sites = {str(place.key.site) for place in places}
    return EstateVolumes(_volumes(places, centres), tuple(sorted(sites - centres.keys())))


def _slot(intervals: IntervalTable) -> int:
    """Return the widest slot that keeps the starts of the first rows apart.

    Any slot gives the same answer: a narrower one needs more memory, a wider one more looking.
    """
    if intervals.layout.rows == 0:
        return _SLOTS[-1]
    [[starts, *apart]] = intervals.ask("spacing", {})
    slots = (slot for slot, found in zip(_SLOTS, apart, strict=True) if found == starts)
    return next(slots, _SLOTS[-1])


def _verdict(
    intervals: IntervalTable,
    keys: Iterable[Key],
    centres: Mapping[str, CentreWindow],
    slot: int,
) -> list[_Place]:
    """Run the one statement over the intervals that have one of some keys."""
    listed = sorted(keys)
    if not listed:
        return []
    of_key = [centres.get(str(k.site), _NOWHERE).stretches(str(k.channel)) for k in listed]
    distinct = {calendar: n for n, calendar in enumerate(dict.fromkeys(of_key))}
    largest = LARGEST_WIDE if intervals.layout.wide else LARGEST_NARROW
    calendars = Calendars(tuple(distinct), largest)
    columns: Columns = {
        "key_id": list(range(len(listed))),
        "key_site": [str(key.site) for key in listed],
        "key_channel": [str(key.channel) for key in listed],
        "key_calendar": [distinct[calendar] for calendar in of_key],
    }
    tables = {"keys": columns, "stretches": calendars.columns()}
    rows = intervals.ask("verdict", tables, slot=slot, **calendars.blocks)
    return [
        _Place(listed[key_id], of_key[key_id][stretch_id], *map(int, sums))
        for key_id, stretch_id, *sums in rows
    ]


def _refuse(
    intervals: IntervalTable,
    places: Iterable[_Place],
    keys: Iterable[Key],
    centres: Mapping[str, CentreWindow],
) -> None:
    """Raise every fault there is: RefusedError where a row cannot be, or repeats a key."""
    refusals = Refusals(intervals, lambda site: centres.get(site, _NOWHERE).timezone)
    refused = {str(key.channel) for key in keys if not is_channel(key.channel)}
    faults: list[Fault] = []
    if refused or sum(place.sound for place in places) < intervals.layout.rows:
        faults += refusals.unsound(refused)
    faults += refusals.repeated([Crowded(p.key, p.stretch, p.rows) for p in places if p.crowded])
    if faults:
        raise RefusedError(in_order(faults))
    if sum(place.rows for place in places) != intervals.layout.rows:
        raise broken(intervals.table, str(intervals.table.root), "fewer rows than it says")


def _volumes(
    places: Iterable[_Place], centres: Mapping[str, CentreWindow]
) -> dict[str, dict[str, dict[Month, Tally]]]:
    """Add up the places of each month that is asked for and has a counted interval."""
    volumes: dict[str, dict[str, dict[Month, Tally]]] = {site: {} for site in centres}
    for place in places:
        month = place.stretch.month
        if month is not None and place.offered:
            months = volumes[str(place.key.site)].setdefault(str(place.key.channel), {})
            months[month] = months.get(month, Tally(0, 0, 0)) + place.tally()
    return volumes
