"""A person's own file read by its mapping: which rows are taken, and to which scope."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from attain.dossier import cells
from attain.dossier.cells import shown
from attain.dossier.faultlist import FaultList
from attain.dossier.filled_rows import FilledRow, RowFiller
from attain.dossier.filling import DATES, MappingCheck
from attain.dossier.mapping import ColumnSum, Mapping, Source
from attain.dossier.scopes import ScopeRows
from attain.dossier.source_cells import is_empty, read_key, read_number, written_as
from attain.dossier.sources import OwnFile, open_source
from attain.dossier.spreadsheets import SourceRow
from attain.dossier.tables import Table
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.periods import Month
from attain.standards.yaml_nodes import Document

MOST_ROWS = 200_000
MOST_SCOPES = 2_000


@dataclass(frozen=True)
class FileRead:
    """What was read of a person's own file: its scopes with their rows, and what was left out.

    `gaps` are the lines of rows without a figure; `scopes` has one without a code where the
    mapping does not split the file.
    """

    scopes: tuple[ScopeRows, ...]
    count: int
    filtered: int
    gaps: tuple[int, ...]


def read_own_file(path: Path, table: Table, mapping: Mapping, document: Document) -> FileRead:
    """Read a person's own file by its mapping; RefusedError with every fault of either."""
    read, faults = take_own_file(path, table, mapping, document)
    if faults:
        raise RefusedError(faults)
    return read


def take_own_file(
    path: Path, table: Table, mapping: Mapping, document: Document, shown: str = ""
) -> tuple[FileRead, tuple[Fault, ...]]:
    """Read a person's own file, and return what was taken of it with the faults of single rows.

    `shown` is the name by which faults call the file. RefusedError where it is refused as a whole.
    """
    faults = FaultList(shown or str(path))
    with open_source(path, mapping.file, faults) as own:
        intake = _Intake(table, mapping, document, own, faults)
        for row in own.rows:
            intake.take(row)
            if faults.full:
                break
    read = intake.read()
    return read, faults.in_order()


def day_column(table: Table) -> int | None:
    """Return which column says when a row of a table is: of its key, or else the first date."""
    dated = [at for at, column in enumerate(table.columns) if column.cell in DATES]
    in_key = [at for at in dated if table.columns[at].name in table.key]
    return next(iter(in_key or dated), None)


class _Intake:
    """Takes the rows of one file, each to its scope."""

    def __init__(
        self, table: Table, mapping: Mapping, document: Document, own: OwnFile, faults: FaultList
    ) -> None:
        check = MappingCheck(table, document, own)
        entries = check.entries(mapping)
        self._conditions = [
            (condition, check.place(("filter", n, "column"), condition.column))
            for n, condition in enumerate(mapping.filter)
        ]
        self._code_at, self._name_at = _scope_places(mapping, check)
        self._day_at = day_column(table)
        self._sums = dict(_sum_places(mapping, check, self._day_at))
        if check.faults:
            raise RefusedError(sorted(check.faults))
        self._table, self._options = table, mapping.file
        self._own, self._faults = own, faults
        self._filler = RowFiller(table, mapping, entries, own, faults)
        self._scopes: dict[str, ScopeRows] = {}
        self._count = self._filtered = self._taken = 0
        self._gaps: list[int] = []

    def take(self, row: SourceRow) -> None:
        """Take one row of the file, or leave it out as the filter says."""
        self._count += 1
        if not all(c.keeps(written_as(row.cells[at]).strip()) for c, at in self._conditions):
            self._filtered += 1
            return
        scope = self._scope_of(row)
        if scope is None:
            return
        day = None
        for filled in self._filler.fill(row, scope.code):
            day = self._day_of(filled)
            if filled.is_gap:
                self._gaps.append(row.line)
            else:
                scope.rows.append(filled)
                scope.months |= {Month.of(day)} if day else set()
                self._taken += 1
        self._note_name(scope, row, day)
        self._note_volumes(scope, row, day)
        self._check_size(row)

    def _scope_of(self, row: SourceRow) -> ScopeRows | None:
        """Return the scope that a row belongs to; None, and a fault, where its code is missing."""
        code = ""
        if self._code_at is not None:
            try:
                cell = row.cells[self._code_at]
                code = "" if is_empty(cell, self._options) else read_key(cell).strip()
            except ValueError as error:
                self._refuse(row, self._code_at, str(error))
                return None
            if not code:
                self._refuse(row, self._code_at, "the code of the site or programme")
                return None
        return self._scopes.setdefault(code, ScopeRows(code))

    def _refuse(self, row: SourceRow, at: int, expected: str) -> None:
        """Take down a fault of a cell."""
        found = shown(written_as(row.cells[at]))
        self._faults.add(row.line, self._own.column(at), found, expected)

    def _day_of(self, filled: FilledRow) -> date | None:
        """Return when a row is: the first day of its month, its date, or its local date."""
        if self._day_at is None or not filled.texts[self._day_at]:
            return None
        text = filled.texts[self._day_at]
        if self._table.columns[self._day_at].cell is cells.MONTH:
            return Month.parse(text).first_day
        return date.fromisoformat(text[:10])

    def _note_name(self, scope: ScopeRows, row: SourceRow, day: date | None) -> None:
        """Note by what name the file calls the scope."""
        if self._name_at is None:
            return
        cell = row.cells[self._name_at]
        if is_empty(cell, self._options):
            self._refuse(row, self._name_at, "the name of the site or programme")
        else:
            scope.name_on(written_as(cell).strip(), day, row.line)

    def _note_volumes(self, scope: ScopeRows, row: SourceRow, day: date | None) -> None:
        """Note the contacts of a row for the columns that are added up."""
        for column, at in self._sums.items():
            contacts = self._contacts(row, column, at)
            if day is not None:
                scope.volumes[column].count(Month.of(day), contacts, row.line)

    def _contacts(self, row: SourceRow, column: str, at: int) -> int | None:
        """Return the contacts of a row; None where the cell is empty, or has a fault."""
        cell = row.cells[at]
        if is_empty(cell, self._options):
            return None
        try:
            value = read_number(cell, Source(column=column), self._options)
            if value < 0 or value.denominator != 1:
                raise ValueError("a whole number of 0 or more")
        except ValueError as error:
            self._refuse(row, at, str(error))
            return None
        return value.numerator

    def _check_size(self, row: SourceRow) -> None:
        """Refuse more rows or scopes than one import is meant to hold."""
        for what, count, most in (
            ("rows", self._taken, MOST_ROWS),
            ("codes", len(self._scopes), MOST_SCOPES),
        ):
            if count > most:
                found, expected = f"more than {most} {what}", f"at most {most}; split the file"
                raise RefusedError([Fault(self._faults.file, row.line, "file", found, expected)])

    def read(self) -> FileRead:
        """Return what was taken; faults are added where that is nothing, or a name is not clear."""
        if not self._taken and not self._faults:
            found = f"{self._count} rows, none of them taken"
            expected = "a row that the `filter` keeps, with a figure"
            self._faults.add(self._own.header_line, "file", found, expected)
        for scope in self._scopes.values():
            self._check_name(scope)
        scopes = tuple(self._scopes.values())
        return FileRead(scopes, self._count, self._filtered, tuple(self._gaps))

    def _check_name(self, scope: ScopeRows) -> None:
        """Refuse two names of one code on its latest day: neither is the later one."""
        if self._name_at is None:
            return
        names = scope.latest_names()
        for name, other in names[1:]:
            first, use = names[0]
            expected = f"one name of {scope.code} at a time, as {shown(first)} on line {use.line}"
            self._faults.add(other.line, self._own.column(self._name_at), shown(name), expected)


def _scope_places(mapping: Mapping, check: MappingCheck) -> tuple[int | None, int | None]:
    """Return where the code and the name of a scope stand, None where the mapping has none."""
    if mapping.scope is None:
        return None, None
    code = check.place(("scope", "column"), mapping.scope.column)
    if mapping.scope.name is None:
        return code, None
    return code, check.place(("scope", "name"), mapping.scope.name)


def _sum_places(
    mapping: Mapping, check: MappingCheck, day_at: int | None
) -> Iterator[tuple[str, int]]:
    """Yield where the columns stand that are added up to a volume."""
    volume = mapping.dossier.volume if mapping.dossier else None
    for key in ("site", "assessed"):
        given = getattr(volume, key, None)
        if isinstance(given, ColumnSum):
            path = ("dossier", "volume", key)
            if day_at is None:
                check.refuse(path, "a sum", "a number: this table has no months to add up")
            yield given.sum, check.place(path, given.sum)
