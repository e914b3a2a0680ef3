"""Rows of a person's own file turned into rows of a table, cell by cell, or refused by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from attain.dossier import cells
from attain.dossier.cells import CellError, shown
from attain.dossier.faultlist import FaultList
from attain.dossier.filling import DATES, FIGURES, Entry, Filling
from attain.dossier.local_times import LocalClock
from attain.dossier.mapping import FileOptions, Mapping, Source
from attain.dossier.source_cells import (
    is_empty,
    read_date,
    read_key,
    read_month,
    read_number,
    read_text,
    read_time,
    written_as,
)
from attain.dossier.sources import OwnFile
from attain.dossier.spreadsheets import SourceCell, SourceRow
from attain.dossier.tables import Table
from attain.measurement.numbers import write_exact

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_MISSING = "; an empty cell is missing, and never 0"
_HALF = (
    "; empty, it would make the numerator itself the reading (where it does, declare `empty: 1`)"
)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a table in the writing of a dossier, and the line of the file that it is from.

    A gap has none of the figures that the table cannot do without: it is told and never written,
    because a figure that is missing is not 0.
    """

    line: int
    texts: tuple[str, ...]
    is_gap: bool = False


class RowFiller:
    """Fills the rows of a table from the rows of one file, in the file's order."""

    def __init__(
        self, table: Table, mapping: Mapping, entries: tuple[Entry, ...], own: OwnFile,
        faults: FaultList,
    ) -> None:  # fmt: skip
        self._table = table
        self._options = mapping.file
        self._entries = entries
        self._own = own
        self._faults = faults
        self._clock = LocalClock(mapping.times)
        self._dates: dict[int, tuple[type, int]] = {}

    def fill(self, row: SourceRow, scope: str) -> Iterator[FilledRow]:
        """Yield the rows of the table that a row of the file holds; faults go to the list."""
        for entry in self._entries:
            held = [_held(filling, row, self._options) for filling in entry]
            before = len(self._faults)
            is_gap = self._is_gap(entry, held)
            texts = self._texts(entry, held, row.line, scope, is_gap)
            if len(self._faults) == before:
                yield FilledRow(row.line, texts, is_gap)

    def _is_gap(self, entry: Entry, held: list[SourceCell]) -> bool:
        """Say whether no figure is there, of a table that cannot do without."""
        figures = [
            cell is not None or bool(filling.source and filling.source.empty)
            for filling, cell in zip(entry, held, strict=True)
            if filling.is_figure
        ]
        return self._needs_figures(entry) and not any(figures)

    @staticmethod
    def _needs_figures(entry: Entry) -> bool:
        """Say whether the file gives a figure that a row of the table cannot do without."""
        return any(filling.is_figure and filling.column.empty is None for filling in entry)

    def _texts(
        self, entry: Entry, held: list[SourceCell], line: int, scope: str, is_gap: bool
    ) -> tuple[str, ...]:
        """Return the cells of a row, the times last: they are placed among their own kind."""
        texts = [""] * len(entry)
        late = [at for at, filling in enumerate(entry) if filling.column.cell is cells.TIME]
        for at in [*(n for n in range(len(entry)) if n not in late), *late]:
            filling, cell = entry[at], held[at]
            if is_gap and filling.is_figure:
                continue
            group = self._group(filling, texts, scope)
            try:
                texts[at] = self._text(filling, cell, line, group)
                filling.column.read(texts[at])
                self._check_half(entry, filling, cell)
            except ValueError as error:
                expected = error.expected if isinstance(error, CellError) else str(error)
                missing = _MISSING if cell is None and filling.column.cell in FIGURES else ""
                found = shown(written_as(cell))
                self._faults.add(line, self._column(filling), found, expected + missing)
        return tuple(texts)

    def _check_half(self, entry: Entry, filling: Filling, cell: SourceCell) -> None:
        """Refuse half a reading: an empty denominator counts as 1, which nobody meant here."""
        if cell is None and filling.is_figure and self._needs_figures(entry):
            source = filling.source
            if source is not None and source.empty is None:
                raise ValueError(filling.column.cell.expected + _HALF)

    def _column(self, filling: Filling) -> str:
        """Return the column by which a fault is shown: the file's own where it has one."""
        return self._own.column(filling.places[0]) if filling.places else filling.column.name

    def _group(self, filling: Filling, texts: list[str], scope: str) -> tuple[str, ...] | None:
        """Return what has one interval at a time: the rest of the key, where the time is in it."""
        names, key = self._table.names, self._table.key
        if filling.column.name not in key:
            return None
        return (scope, *(texts[names.index(name)] for name in key))

    def _text(
        self, filling: Filling, cell: SourceCell, line: int, group: tuple[str, ...] | None
    ) -> str:
        """Return a cell in the writing of a dossier; ValueError says what was expected."""
        source = filling.source
        if source is None or source.value is not None:
            return source.value or "" if source else ""
        if cell is None:
            return source.empty or ""
        if source.values is not None:
            return _translated(cell, source.values)
        kind = filling.column.cell
        if kind in DATES:
            self._check_one_kind(filling, cell, line)
        if kind is cells.TIME:
            placed = self._clock.place(read_time(cell, source.format or "iso"), group)
            return placed.isoformat()
        if kind in FIGURES:
            return write_exact(read_number(cell, source, self._options))
        return _plain_text(filling, cell, source)

    def _check_one_kind(self, filling: Filling, cell: SourceCell, line: int) -> None:
        """Refuse a text among dates: a spreadsheet made dates of the others by guessing."""
        kind = str if isinstance(cell, str) else date
        first, first_line = self._dates.setdefault(filling.places[0], (kind, line))
        if first is not kind:
            was = "a text" if first is str else "a date"
            raise ValueError(
                f"{was}, as on line {first_line}; a column that is half texts and half dates was "
                "changed by a spreadsheet: take it from its source as text"
            )


def _held(filling: Filling, row: SourceRow, options: FileOptions) -> SourceCell:
    """Return the cell of a row that a column is filled from, several joined; None where empty."""
    parts = [row.cells[place] for place in filling.places]
    if not parts or any(is_empty(part, options) for part in parts):
        return None
    if len(parts) == 1:
        return parts[0]
    day, clock = parts[0], _clock_of(parts[1])
    if len(parts) == 2 and isinstance(day, date) and clock is not None:
        return datetime.combine(day, clock)
    return " ".join(written_as(part) for part in parts)


def _clock_of(cell: SourceCell) -> time | None:
    """Return the time of day that stands beside a spreadsheet's date."""
    if isinstance(cell, time):
        return cell
    text = written_as(cell) if isinstance(cell, timedelta) else cell
    match = _CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match or int(match[1]) > 23:
        return None
    return time(int(match[1]), int(match[2]), int(match[3] or 0))


def _translated(cell: SourceCell, values: dict[str, str]) -> str:
    """Return what a text of the file stands for."""
    text = written_as(cell).strip()
    if text not in values:
        raise ValueError(f"one of {', '.join(values)}, as the mapping's `values` list")
    return values[text]


def _plain_text(filling: Filling, cell: SourceCell, source: Source) -> str:
    """Return a month, a date, a yes or no, or a text in the writing of a dossier."""
    column, form = filling.column, source.format or "iso"
    if column.cell is cells.MONTH:
        return str(read_month(cell, form))
    if column.cell is cells.DATE:
        return read_date(cell, form).isoformat()
    if column.cell is cells.BOOLEAN and isinstance(cell, bool):
        return "yes" if cell else "no"
    return read_key(cell) if filling.is_key else read_text(cell)
