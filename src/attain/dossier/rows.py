"""The rows of a table: its header checked against the declaration, then each cell read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from attain.dossier import cells
from attain.dossier.cells import CellError, about_missing_offset, shown
from attain.dossier.csvfile import CsvFile, Record
from attain.dossier.faultlist import FaultList, column_named
from attain.dossier.tables import TABLES, Column, Table
from attain.measurement.faults import Fault

Row = Mapping[str, Any]
# What each table lists in its key; None where that is not known in full.
Known = Mapping[str, frozenset[str] | None]
_MANY_COLUMNS = 50


@dataclass(frozen=True)
class TableRead:
    """What was read of a table: its whole rows, what its key lists, and its faults."""

    rows: tuple[Row, ...] = ()
    keys: frozenset[str] | None = frozenset()
    faults: tuple[Fault, ...] = ()


class _Memory(dict[str, Any]):
    """What each text of a column means, each text read once."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, text: str) -> Any:
        value = self[text] = self._column.read(text)
        return value


class RowReader:
    """Reads the rows under one header, and takes down what is wrong with each cell."""

    def __init__(
        self, table: Table, names: list[str], faults: FaultList, known: Known, zone: ZoneInfo | None
    ) -> None:
        self.table = table
        self._width = len(names)
        self._faults = faults
        self._zone = zone
        self._columns = [
            (column, names.index(column.name), _Memory(column), self._listed(column, known))
            for column in table.columns
            if names.count(column.name) == 1
        ]
        self._first_lines: dict[tuple[Any, ...], int] = {}
        self.has_key = all(names.count(name) == 1 for name in table.key)

    @staticmethod
    def _listed(column: Column, known: Known) -> frozenset[str] | None:
        """Return what a cell must be listed in, None where it need not be or cannot be told."""
        return known.get(column.refers_to) if column.refers_to else None

    def read(self, record: Record) -> dict[str, Any] | None:
        """Return what can be read of a record; None where its cells are not those of the header."""
        if len(record.cells) != self._width:
            found = f"{len(record.cells)} cell{'s' if record.cells[1:] else ''}"
            self._faults.add(record.line, "record", found, f"the {self._width} of the header")
            return None
        row: dict[str, Any] = {}
        for column, place, memory, listed in self._columns:
            text = record.cells[place]
            try:
                value = row[column.name] = memory[text]
            except CellError as error:
                self._refuse(record.line, column, text, error.expected)
                continue
            if listed is not None and value not in listed:
                self._faults.add(record.line, column.name, shown(text), _listing(column))
        return row

    def _refuse(self, line: int, column: Column, text: str, expected: str) -> None:
        """Take down a cell that does not read."""
        if column.cell is cells.TIME and self._zone:
            expected += about_missing_offset(text, self._zone)
        self._faults.add(line, column.name, shown(text), expected)

    def is_new(self, line: int, row: Row) -> bool:
        """Take down the key of a row that an earlier row has; a key that is not whole is let be."""
        try:
            key = tuple(row[name] for name in self.table.key)
        except KeyError:
            return True
        first = self._first_lines.setdefault(key, line)
        if first != line:
            repeated(self._faults, self.table, line, first, " ".join(map(str, key)))
        return first == line


def repeated(faults: FaultList, table: Table, line: int, first: int, key: str) -> None:
    """Take down a repeated key, with the line that has it first."""
    found = f"{shown(key)} again, first on line {first}"
    faults.add(line, table.key[-1], found, f"each {' and '.join(table.key)} once")


def _listing(column: Column) -> str:
    """Say where a cell must be listed."""
    table = TABLES[str(column.refers_to)]
    return f"a {table.key[0]} that is listed in {table.file}"


def read_header(table: Table, header: Record | None, faults: FaultList) -> bool:
    """Check the names of the columns; False where no row can be read under them."""
    wanted = ", ".join(table.names)
    if header is None or not set(header.cells) & set(table.names):
        found = shown(",".join(header.cells)) if header else "no header"
        line = header.line if header else 1
        faults.add(line, "header", found, f"a header of these names with commas between: {wanted}")
        return False
    if len(header.cells) > _MANY_COLUMNS:
        found = f"{len(header.cells)} columns"
        faults.add(header.line, "header", found, f"the {len(table.names)} columns {wanted}")
        return False
    for name in dict.fromkeys(header.cells):
        column = column_named(name, "header")
        if name not in table.names:
            found = f"the column {shown(name)}" if name else "a column without a name"
            faults.add(header.line, column, found, f"only the columns {wanted}")
        if header.cells.count(name) > 1:
            times = header.cells.count(name)
            faults.add(header.line, column, f"the column {times} times", "each column once")
    for name in table.names:
        if name not in header.cells:
            faults.add(header.line, name, "no such column", f"the columns {wanted}")
    return True


def read_table(path: Path, table: Table, known: Known, zone: ZoneInfo | None) -> TableRead:
    """Read a table of a dossier with everything that is wrong with it."""
    faults = FaultList(table.file)
    file = CsvFile(path, faults)
    records = file.records()
    header = next(records, None)
    if header is None and faults:
        return TableRead(keys=None, faults=faults.in_order())
    if not read_header(table, header, faults):
        return TableRead(keys=None, faults=faults.in_order())
    reader = RowReader(table, header.cells if header else [], faults, known, zone)
    rows: list[Row] = []
    keys: set[Any] = set()
    for record in records:
        row = reader.read(record) if record.sound else None
        if row is None:
            # Any of its pieces may be what another file refers to; one fault is enough.
            keys.update(record.cells)
            continue
        keys.add(row.get(table.key[0]))
        if reader.is_new(record.line, row) and len(row) == len(table.columns):
            rows.append(row)
    listed = frozenset(keys) if file.complete and reader.has_key else None
    return TableRead(tuple(rows), listed, faults.in_order())
