"""Rows of a person's own file turned into rows of a table, or refused by their line."""

from collections.abc import Iterator
from dataclasses import dataclass

from attain.dossier.cells import CellError, shown
from attain.dossier.faultlist import FaultList
from attain.dossier.filled_cells import CellFiller
from attain.dossier.filling import FIGURES, Entry
from attain.dossier.local_times import LocalClock
from attain.dossier.mapping import Mapping
from attain.dossier.source_cells import written_as
from attain.dossier.sources import OwnFile
from attain.dossier.spreadsheets import SourceCell, SourceRow
from attain.dossier.tables import Table

_MISSING = "; an empty cell is missing and never 0 (a `filter` can leave the row out)"
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


class _EntryFiller:
    """Fills one row of the table from each row of the file."""

    def __init__(
        self, table: Table, entry: Entry, mapping: Mapping, clock: LocalClock, own: OwnFile,
        faults: FaultList,
    ) -> None:  # fmt: skip
        self._own, self._faults = own, faults
        self._fillers = [CellFiller(filling, mapping.file, clock) for filling in entry]
        # Times come last: they are placed among the rows of the same channel.
        self._order = sorted(range(len(entry)), key=lambda at: self._fillers[at].is_time)
        self._needs_figures = any(
            filler.is_figure and filler.column.empty is None for filler in self._fillers
        )
        self._key = [table.names.index(name) for name in table.key]

    def fill(self, row: SourceRow, scope: str) -> FilledRow | None:
        """Return the row of the table; None, and its faults, where a cell is refused."""
        held = [filler.held(row) for filler in self._fillers]
        is_gap = self._needs_figures and not any(
            cell is not None or not filler.stands_empty
            for filler, cell in zip(self._fillers, held, strict=True)
            if filler.is_figure
        )
        before = len(self._faults)
        texts = [""] * len(held)
        for at in self._order:
            filler = self._fillers[at]
            if is_gap and filler.is_figure:
                continue
            in_key = filler.is_time and at in self._key
            group = (scope, *(texts[place] for place in self._key)) if in_key else None
            try:
                texts[at] = filler.read(held[at], row.line, group)
                self._check_half(filler, held[at])
            except ValueError as error:
                self._refuse(row.line, filler, held[at], error)
        return FilledRow(row.line, tuple(texts), is_gap) if len(self._faults) == before else None

    def _check_half(self, filler: CellFiller, cell: SourceCell) -> None:
        """Refuse half a reading: an empty denominator counts as 1, which nobody meant here."""
        if cell is None and filler.is_figure and self._needs_figures and filler.stands_empty:
            raise ValueError(filler.column.cell.expected + _HALF)

    def _refuse(self, line: int, filler: CellFiller, cell: SourceCell, error: ValueError) -> None:
        """Take down a cell that cannot be taken, under the file's own name of its column."""
        expected = error.expected if isinstance(error, CellError) else str(error)
        if cell is None and filler.column.cell in FIGURES and filler.column.empty is None:
            expected += _MISSING
        places = filler.filling.places
        name = self._own.column(places[0]) if places else filler.column.name
        self._faults.add(line, name, shown(written_as(cell)), expected)


class RowFiller:
    """Fills the rows of a table from the rows of one file, in the file's order."""

    def __init__(
        self, table: Table, mapping: Mapping, entries: tuple[Entry, ...], own: OwnFile,
        faults: FaultList,
    ) -> None:  # fmt: skip
        clock = LocalClock(mapping.times)
        self._entries = [
            _EntryFiller(table, entry, mapping, clock, own, faults) for entry in entries
        ]

    def fill(self, row: SourceRow, scope: str) -> Iterator[FilledRow]:
        """Yield the rows of the table that a row of the file holds; faults go to the list."""
        for entry in self._entries:
            filled = entry.fill(row, scope)
            if filled is not None:
                yield filled
