"""Dossiers as an import would leave them: the rows of a file put to those that are there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from pathlib import Path

from attain.dossier.cells import CellError, shown
from attain.dossier.folder import PARQUET, check_dossier
from attain.dossier.intake import FileRead
from attain.dossier.local_times import overlapping
from attain.dossier.mapping import Header, Mapping
from attain.dossier.merging import MergedTable, Origin, Row, rows_of_file
from attain.dossier.new_headers import differences, header_text, scope_name, volume_of
from attain.dossier.scopes import ScopeRows, folder_name, volume_window
from attain.dossier.staging import ANY_DAY, StagedFile
from attain.dossier.tables import INTERVALS, TABLES, Table
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.zones import instant_of
from attain.standards.yaml_nodes import Document

HEADER = "dossier.yaml"
WHOLE = "."
Constants = Pairs[str, Sequence[Row]]


@dataclass(frozen=True)
class Order:
    """What is to be imported: a table, from a file, by a mapping, to a place."""

    table: Table
    file: str
    mapping: Mapping
    document: Document
    out: Path

    def refuse(self, path: tuple[str | int, ...], found: str, expected: str) -> RefusedError:
        """Refuse at a part of the mapping."""
        return RefusedError([self.document.fault(path, found, expected)])


@dataclass(frozen=True)
class FilledDossier:
    """A dossier as the import would leave it.

    `header` is the text of a new `dossier.yaml`, None where the dossier keeps its own; `kept`
    says in what that differs from the mapping.
    """

    folder: str
    scope: ScopeRows
    header: str | None
    kept: tuple[str, ...]
    tables: Pairs[str, MergedTable]

    def staged(self, order: Order) -> dict[str, StagedFile]:
        """Return the files to be written, each table after those that it refers to."""
        files: dict[str, StagedFile] = {}
        whole = Origin(order.document.file, order.document.place(("dossier",)).line)
        if self.header is not None:
            files[HEADER] = StagedFile(self.header, {}, whole)
        for table in self.tables.values():
            if table.added:
                text, origins = table.text()
                files[table.table.file] = StagedFile(text, origins, whole)
        return files


def fill_dossiers(order: Order, read: FileRead) -> list[FilledDossier]:
    """Return each dossier as it would be; RefusedError with every fault where one cannot be."""
    constants = dict(_constants(order))
    _check_places(order, read.scopes)
    dossiers: list[FilledDossier] = []
    faults: list[Fault] = []
    for scope in read.scopes:
        try:
            dossiers.append(_fill(order, scope, read, constants))
        except RefusedError as error:
            faults += error.faults
    if faults:
        raise RefusedError(dict.fromkeys(faults))
    return dossiers


def _constants(order: Order) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of the other tables that the mapping gives, in the order of the tables."""
    given = order.mapping.tables
    for name in given:
        if name not in TABLES or name == order.table.name:
            others = ", ".join(other for other in TABLES if other != order.table.name)
            raise order.refuse(("tables", name), name, f"one of {others}")
    faults: list[Fault] = []
    for name, table in TABLES.items():
        if name in given:
            rows = [_constant(order, table, n, row, faults) for n, row in enumerate(given[name])]
            yield name, rows
    if faults:
        raise RefusedError(sorted(faults))


def _constant(
    order: Order, table: Table, n: int, given: Pairs[str, str | None], faults: list[Fault]
) -> Row:
    """Return a row that the mapping gives, its cells read as a dossier's."""
    path = ("tables", table.name, n)
    for name in given.keys() - set(table.names):
        expected = f"a column of {table.name}: {', '.join(table.names)}"
        faults.append(order.document.fault((*path, name), name, expected))
    texts = tuple(given.get(name) or "" for name in table.names)
    for column, text in zip(table.columns, texts, strict=True):
        try:
            column.read(text)
        except CellError as error:
            at = (*path, column.name)
            found = f"{column.name} {shown(text)}"
            faults.append(order.document.fault(at, found, error.expected))
    return Row(texts, Origin(order.document.file, order.document.place(path).line))


def _check_places(order: Order, scopes: Sequence[ScopeRows]) -> None:
    """Refuse folders that some file system takes for one, and dossiers inside of a dossier."""
    codes: dict[str, str] = {}
    for scope in scopes:
        other = codes.setdefault(folder_name(scope.code).casefold(), scope.code)
        if other != scope.code:
            expected = "codes that differ in more than upper and lower case"
            raise order.refuse(("scope",), f"{shown(scope.code)} and {shown(other)}", expected)
    if order.mapping.scope is not None and (order.out / HEADER).exists():
        fault = Fault(str(order.out), 1, "folder", "a dossier", "a folder for several dossiers")
        raise RefusedError([fault])


def _fill(order: Order, scope: ScopeRows, read: FileRead, constants: Constants) -> FilledDossier:
    """Put the rows of one scope to its dossier."""
    folder = WHOLE if order.mapping.scope is None else folder_name(scope.code)
    place = order.out / folder
    there = _check_there(order, place)
    tables = dict(_merged(order, scope, constants, place if there else None))
    faults = [fault for table in tables.values() for fault in table.faults]
    faults += _overlaps(order, tables)
    if faults:
        raise RefusedError(faults)
    if there:
        kept = tuple(_kept(order, scope, read, place / HEADER))
        return FilledDossier(folder, scope, None, kept, tables)
    return FilledDossier(folder, scope, _header(order, scope, read), (), tables)


def _check_there(order: Order, place: Path) -> bool:
    """Say whether a sound dossier is at its place; RefusedError where something else is."""
    if not (place / HEADER).exists():
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            found, expected = "a folder without dossier.yaml", "a dossier, or a new place"
            raise RefusedError([Fault(str(place), 1, "folder", found, expected)])
        if order.mapping.dossier is None:
            expected = "what dossier.yaml is to say, or a place with a dossier (attain dossier new)"
            raise order.refuse(("dossier",), "no `dossier` for a new one", expected)
        return False
    if order.table is INTERVALS and (place / PARQUET).exists():
        found, expected = "intervals in Parquet", "intervals in CSV, or none yet"
        raise RefusedError([Fault(str(place / PARQUET), 1, "file", found, expected)])
    try:
        check_dossier(place, ANY_DAY)
    except RefusedError as error:
        raise RefusedError(
            Fault(str(place / f.file), f.line, f.column, f.found, f.expected) for f in error.faults
        ) from error
    return True


def _merged(
    order: Order, scope: ScopeRows, constants: Constants, there: Path | None
) -> Iterator[tuple[str, MergedTable]]:
    """Yield each table that gets rows, after those that it refers to."""
    own = (Row(row.texts, Origin(order.file, row.line)) for row in scope.rows)
    given = {**constants, order.table.name: own}
    for name, table in TABLES.items():
        if name in given:
            merged = MergedTable(table)
            if there and (there / table.file).exists():
                merged.keep(rows_of_file(there / table.file, table, str(there / table.file)))
            for row in given[name]:
                merged.add(row)
            yield name, merged


def _overlaps(order: Order, tables: Pairs[str, MergedTable]) -> Iterator[Fault]:
    """Yield the intervals that overlap, where the mapping declares how long they are."""
    minutes = order.mapping.times.length
    if order.table is not INTERVALS or minutes is None:
        return
    rows: dict[str, dict[int, Row]] = defaultdict(dict)
    for (channel, start), row in tables[INTERVALS.name].by_key():
        rows[channel][instant_of(start)] = row
    for channel, by_instant in rows.items():
        for earlier, later in overlapping(by_instant, minutes):
            row, other = by_instant[later], by_instant[earlier]
            found = f"an interval of {channel} from {row.texts[1]} on"
            expected = (
                f"none within {minutes} minutes of {other.texts[1]}, which is on {other.origin}"
            )
            yield Fault(*row.origin, "start", found, expected)


def _kept(order: Order, scope: ScopeRows, read: FileRead, there: Path) -> Iterator[str]:
    """Say what the `dossier.yaml` that is there says otherwise than the mapping."""
    try:
        header = _header(order, scope, read)
    except RefusedError:
        # Its volume cannot be counted; what is there is not touched, so nothing is refused.
        return
    if header is not None:
        yield from differences(there.read_text("utf-8-sig"), header)


def _header(order: Order, scope: ScopeRows, read: FileRead) -> str | None:
    """Return what the mapping says of a scope, as the text of its `dossier.yaml`."""
    header: Header | None = order.mapping.dossier
    if header is None:
        return None
    months = {month for every in read.scopes for month in every.months}
    window = volume_window(header.as_of, months)
    site = volume_of(header.volume.site, scope, window, order.file)
    assessed = volume_of(header.volume.assessed, scope, window, order.file)
    return header_text(header, scope_name(header, scope), site, assessed)
