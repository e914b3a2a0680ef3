"""The cells of one column of a table, each read from a person's own file as declared."""

import re
from datetime import date, datetime, time, timedelta

from attain.dossier import cells
from attain.dossier.filling import DATES, Filling
from attain.dossier.local_times import LocalClock
from attain.dossier.mapping import FileOptions
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
from attain.dossier.spreadsheets import SourceCell, SourceRow
from attain.measurement.numbers import write_exact

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 9990
_MOST_REMEMBERED = 100_000


class CellFiller:
    """Fills the cells of one column, in the writing of a dossier.

    `read` raises ValueError, with what was expected, where a cell cannot be taken. What a text of
    a column means is worked out once; times are each placed anew.
    """

    def __init__(self, filling: Filling, options: FileOptions, clock: LocalClock) -> None:
        self.filling = filling
        self.column = filling.column
        self.is_figure = filling.is_figure
        self.is_time = filling.column.cell is cells.TIME
        self._is_dated = filling.column.cell in DATES
        # Whether an empty cell stays empty, as nothing else is declared for it.
        self.stands_empty = filling.source is not None and filling.source.empty is None
        self._source = filling.source
        self._options = options
        self._clock = clock
        self._known: dict[str, str] = {}
        self._first: tuple[type, int] | None = None

    def held(self, row: SourceRow) -> SourceCell:
        """Return the cell of a row that the column is filled from; None where it is empty."""
        parts = [row.cells[place] for place in self.filling.places]
        if not parts or any(is_empty(part, self._options) for part in parts):
            return None
        return parts[0] if len(parts) == 1 else _joined(parts)

    def read(self, cell: SourceCell, line: int, group: tuple[str, ...] | None) -> str:
        """Return a cell in the writing of a dossier, checked as the dossier's reader would."""
        if self._is_dated and cell is not None:
            self._check_one_kind(cell, line)
        if not isinstance(cell, str) or self.is_time:
            return self._checked(cell, group)
        if cell not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[cell] = self._checked(cell, group)
        return self._known[cell]

    def _checked(self, cell: SourceCell, group: tuple[str, ...] | None) -> str:
        """Return a cell in the writing of a dossier, after it was read back."""
        text = self._text(cell, group)
        if not self.is_time or not text:
            self.column.read(text)
        return text

    def _text(self, cell: SourceCell, group: tuple[str, ...] | None) -> str:
        """Return a cell in the writing of a dossier."""
        source = self._source
        if source is None or source.value is not None:
            return source.value or "" if source else ""
        if cell is None:
            return source.empty or ""
        if source.values is not None:
            return _translated(cell, source.values)
        kind, form = self.column.cell, source.format or "iso"
        if kind is cells.TIME:
            return self._placed(read_time(cell, form), group)
        if kind is cells.MONTH:
            return str(read_month(cell, form))
        if kind is cells.DATE:
            return read_date(cell, form).isoformat()
        if self.is_figure:
            return write_exact(read_number(cell, source, self._options))
        return self._plain(cell)

    def _placed(self, moment: datetime, group: tuple[str, ...] | None) -> str:
        """Return a time with its offset, in years that every zone and reader can reckon with."""
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise ValueError(f"a time in the years {_FIRST_YEAR} to {_LAST_YEAR}")
        return self._clock.place(moment, group).isoformat()

    def _plain(self, cell: SourceCell) -> str:
        """Return a yes or no, a key or a text as it stands."""
        if self.column.cell is cells.BOOLEAN and isinstance(cell, bool):
            return "yes" if cell else "no"
        return read_key(cell) if self.filling.is_key else read_text(cell)

    def _check_one_kind(self, cell: SourceCell, line: int) -> None:
        """Refuse a text among dates: a spreadsheet made dates of the others by guessing."""
        kind = str if isinstance(cell, str) else date
        first, first_line = self._first = self._first or (kind, line)
        if first is not kind:
            was = "a text" if first is str else "a date"
            raise ValueError(
                f"{was}, as on line {first_line}; a column that is half texts and half dates was "
                "changed by a spreadsheet: take it from its source as text"
            )


def _joined(parts: list[SourceCell]) -> SourceCell:
    """Join the cells of several columns: a spreadsheet's date with its time, texts by a space."""
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
