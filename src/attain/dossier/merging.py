"""New rows put to those that a table of a dossier already has: each key once, or refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from attain.dossier.cells import shown
from attain.dossier.csvfile import CsvFile
from attain.dossier.faultlist import FaultList
from attain.dossier.tables import Table
from attain.measurement.faults import Fault

_MARKS = re.compile('[",\r\n]')


class Origin(NamedTuple):
    """Where a row comes from: a file as a person knows it, and a line of it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Row(NamedTuple):
    """A row of a table in the writing of a dossier, and where it comes from."""

    texts: tuple[str, ...]
    origin: Origin


@dataclass
class MergedTable:
    """A table with its rows by key, in their order, and what was said again."""

    table: Table
    faults: list[Fault] = field(default_factory=list)
    added: int = 0
    repeated: list[Origin] = field(default_factory=list)
    _rows: dict[tuple[Any, ...], Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the columns of the key."""
        names = self.table.names
        self._key_columns = [
            (names.index(name), self.table.column(name)) for name in self.table.key
        ]

    def keep(self, rows: Iterable[Row]) -> None:
        """Take the rows that the table already has."""
        for row in rows:
            self._rows[self._key(row)] = row

    def add(self, row: Row) -> None:
        """Take a new row.

        One whose key is there with equal values is one row; with other values both are refused.
        """
        first = self._rows.setdefault(self._key(row), row)
        if first is row:
            self.added += 1
        elif self._values(first) == self._values(row):
            self.repeated.append(row.origin)
        else:
            self._refuse_both(first, row)

    def _refuse_both(self, first: Row, second: Row) -> None:
        """Refuse two rows of one key that say different things."""
        once = f"each {' and '.join(self.table.key)} once"
        for row, other in ((first, second), (second, first)):
            said = ", ".join(text for text in row.texts if text)
            expected = f"{once}; {other.origin} has it with other values"
            self.faults.append(Fault(*row.origin, self.table.key[-1], shown(said), expected))

    def _values(self, row: Row) -> list[Any]:
        """Return what the cells of a row mean, so that 0.9 and 0.90 are the same."""
        return [c.read(text) for c, text in zip(self.table.columns, row.texts, strict=True)]

    def _key(self, row: Row) -> tuple[Any, ...]:
        """Return what the cells of a row's key mean."""
        return tuple(column.read(row.texts[place]) for place, column in self._key_columns)

    def by_key(self) -> Iterable[tuple[tuple[Any, ...], Row]]:
        """Return the rows with what their keys mean: those that were there, then the new ones."""
        return self._rows.items()

    def text(self) -> tuple[str, dict[int, Origin]]:
        """Return the table as the text of its file, and where the row on each line comes from."""
        lines = [",".join(self.table.names)]
        origins: dict[int, Origin] = {}
        line = 2
        for row in self._rows.values():
            origins[line] = row.origin
            lines.append(",".join(map(_cell, row.texts)))
            line += 1 + lines[-1].count("\n")
        return "\n".join(lines) + "\n", origins


def _cell(text: str) -> str:
    """Write a cell of a CSV file, in quotation marks where it needs them."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _MARKS.search(text) else text


def rows_of_file(path: Path, table: Table, shown_as: str) -> list[Row]:
    """Return the rows of a table of a dossier that has been checked, as they are written."""
    records = CsvFile(path, FaultList(table.file)).records()
    header = next(records).cells
    places = [header.index(name) for name in table.names]
    return [
        Row(tuple(record.cells[place] for place in places), Origin(shown_as, record.line))
        for record in records
    ]
