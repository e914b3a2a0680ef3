"""A dossier: a centre's figures as a folder of plain files, read strictly.

Every fault of every file is found before anything is refused. The intervals come last, because
their local dates and targets are told by the other files; an estate reads all the others first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from attain.dossier import assembly, header
from attain.dossier.cells import listed
from attain.dossier.doubts import Doubt, doubts_of
from attain.dossier.intervals import IntervalsRead, read_intervals
from attain.dossier.rows import TableRead, read_table
from attain.dossier.tables import INTERVALS, TABLES
from attain.measurement.faults import Fault, RefusedError, printable
from attain.measurement.periods import last_full_month, months_until
from attain.measurement.volumes import ServiceLevelTarget, Volumes
from attain.measurement.zones import zone_named
from attain.standards.figures import Figures

PARQUET = "intervals.parquet"
_TABLE_FILES = (*(table.file for table in TABLES.values()), PARQUET)
_INTERVALS = (INTERVALS.file, PARQUET)
_SUFFIXES = (".csv", ".parquet")
_NO_DAY = date(2000, 1, 31)


@dataclass(frozen=True)
class Dossier:
    """A centre's figures, and the day as of which they are judged."""

    figures: Figures
    as_of: date


@dataclass(frozen=True)
class CheckedDossier:
    """A dossier with what was read of it: how many rows of each table, and what is doubtful."""

    dossier: Dossier
    rows: Mapping[str, int]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class OpenDossier:
    """A dossier of which everything is read but the intervals.

    `figures` has no volumes yet, and is None where a file has a fault. `intervals` are the files
    of intervals that lie in the folder.
    """

    folder: Path
    as_of: date | None
    zone: ZoneInfo | None
    targets: tuple[ServiceLevelTarget, ...]
    figures: Figures | None
    rows: Mapping[str, int]
    intervals: tuple[str, ...]
    faults: tuple[Fault, ...]

    def with_volumes(self, volumes: Volumes) -> Dossier:
        """Return the dossier with volumes that a shared lake gives it.

        Raises RefusedError with every fault; a file of intervals in the folder is one.
        """
        expected = "no intervals here: they come from the lake that the estate shares"
        faults = [
            Fault(file, 1, "file", "a file of intervals", expected) for file in self.intervals
        ]
        return self._with(volumes, tuple(faults))

    def with_intervals(self) -> Dossier:
        """Return the dossier with the volumes of its own intervals.

        Raises RefusedError with every fault.
        """
        read = self._read_intervals()
        return self._with(read.volumes, read.faults)

    def check(self) -> CheckedDossier:
        """Return the dossier with what was read of it, and what is doubtful.

        Raises RefusedError with every fault.
        """
        read = self._read_intervals()
        dossier = self._with(read.volumes, read.faults)
        rows = {**self.rows, INTERVALS.name: read.count} if read.count else self.rows
        return CheckedDossier(dossier, rows, doubts_of(dossier.figures, read.starts))

    def _read_intervals(self) -> IntervalsRead:
        """Read the file of intervals, if there is one.

        Its own faults are wanted even where the zone or the day is not known.
        """
        zone = self.zone or zone_named("UTC")
        if INTERVALS.file in self.intervals:
            return read_intervals(self.folder / INTERVALS.file, zone, self.targets)
        if PARQUET not in self.intervals:
            return IntervalsRead()
        # Brings in the engine, which nothing else of a dossier needs.
        from attain.lake.intervals import tally_file

        months = months_until(last_full_month(self.as_of or _NO_DAY), 12)
        try:
            return IntervalsRead(tally_file(self.folder / PARQUET, zone.key, self.targets, months))
        except RefusedError as error:
            return IntervalsRead(faults=error.faults)

    def _with(self, volumes: Volumes, faults: tuple[Fault, ...]) -> Dossier:
        """Put volumes to the figures, unless there is a fault anywhere."""
        if self.faults or faults or self.figures is None or self.as_of is None:
            raise RefusedError(sorted((*self.faults, *faults), key=_place))
        return Dossier(replace(self.figures, volumes=volumes), self.as_of)


def read_dossier(
    folder: Path,
    as_of: date | None = None,
    *,
    extra: frozenset[str] = frozenset(),
    volumes: Volumes | None = None,
) -> Dossier:
    """Read the dossier in a folder; RefusedError with every fault of every file otherwise.

    `as_of` goes before the day that the dossier names. `extra` names further files that may lie
    there. `volumes` are those of a shared lake, in place of a file of intervals.
    """
    opened = open_dossier(folder, as_of, extra=extra)
    return opened.with_intervals() if volumes is None else opened.with_volumes(volumes)


def check_dossier(folder: Path, as_of: date | None = None) -> CheckedDossier:
    """Read the dossier in a folder and say what was read, and what is doubtful about it."""
    return open_dossier(folder, as_of).check()


def open_dossier(
    folder: Path, as_of: date | None = None, *, extra: frozenset[str] = frozenset()
) -> OpenDossier:
    """Read everything of a dossier but its intervals; faults are kept, not raised."""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
        faults = list(_stray_files(folder, names, extra))
    except OSError as error:
        return _no_dossier(folder, error.strerror or "an error")
    files = [name for name in _TABLE_FILES if name in names and (folder / name).is_file()]
    about = _read_header(folder / header.FILE, as_of)
    tables = _read_tables(folder, names, files, about.zone)
    faults += [*about.faults, *(fault for table in tables.values() for fault in table.faults)]
    rows = {name: table.rows for name, table in tables.items()}
    return OpenDossier(
        folder,
        as_of or about.as_of,
        about.zone,
        assembly.service_levels(rows),
        None if faults or about.scope is None else assembly.figures_of(about.scope, rows),
        {name: len(table) for name, table in rows.items()},
        tuple(name for name in files if name in _INTERVALS),
        tuple(sorted(faults, key=_place)),
    )


def _no_dossier(folder: Path, why: str) -> OpenDossier:
    """Return what is known of a path that is no folder."""
    expected = "the folder of a dossier; “attain dossier new” makes one"
    fault = Fault(printable(folder), 1, "folder", why, expected)
    return OpenDossier(folder, None, None, (), None, {}, (), (fault,))


def _stray_files(folder: Path, names: list[str], extra: frozenset[str]) -> Iterator[Fault]:
    """Yield a fault for each file that cannot be, or cannot be read as, a table."""
    for name in names:
        path = folder / name
        if name in _TABLE_FILES or name in extra:
            if not path.is_file():
                found = "a folder" if path.is_dir() else "a broken link or a device"
                yield Fault(name, 1, "file", found, "a file")
        elif name.lower().endswith(_SUFFIXES) and not path.is_dir():
            found = "a file that is no table of a dossier"
            yield Fault(printable(name), 1, "file", found, f"only {listed(sorted(_TABLE_FILES))}")
    if all(name in names for name in _INTERVALS):
        yield Fault(PARQUET, 1, "file", f"it beside {INTERVALS.file}", "only one of the two")


def _read_header(path: Path, as_of: date | None) -> header.Header:
    """Read `dossier.yaml`, which every dossier has."""
    if path.is_file():
        return header.read_header(path, as_of)
    found = "something else of that name" if path.exists() else "no such file"
    expected = "the file with which a dossier begins; “attain dossier new” makes one"
    return header.Header(None, None, None, (Fault(header.FILE, 1, "file", found, expected),))


def _read_tables(
    folder: Path, names: list[str], files: list[str], zone: ZoneInfo | None
) -> dict[str, TableRead]:
    """Read each table but the intervals; one that is not among the names is an empty one."""
    read: dict[str, TableRead] = {}
    known: dict[str, frozenset[str] | None] = {}
    for name, table in TABLES.items():
        if table.file in files and table is not INTERVALS:
            read[name] = read_table(folder / table.file, table, known, zone)
        absent = None if table.file in names else frozenset[str]()
        known[name] = read[name].keys if name in read else absent
    return read


def _place(fault: Fault) -> tuple[int, str, int]:
    """Return where a fault stands among those of all files: the header, the tables, the rest."""
    order = (header.FILE, *_TABLE_FILES)
    place = order.index(fault.file) if fault.file in order else len(order)
    return place, fault.file, fault.line
