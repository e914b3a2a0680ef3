"""Where the cells of a table come from: a mapping held against the table and the file."""

from collections.abc import Mapping as Pairs
from dataclasses import dataclass

from attain.dossier import cells
from attain.dossier.cells import CellError, shown
from attain.dossier.mapping import Mapping, Source
from attain.dossier.source_cells import check_format
from attain.dossier.sources import OwnFile
from attain.dossier.tables import Column, Table
from attain.measurement.faults import Fault
from attain.standards.yaml_nodes import Document, Path

FIGURES = (cells.NUMBER, cells.NUMBER_FROM_0, cells.WHOLE, cells.SHARE)
DATES = (cells.MONTH, cells.DATE, cells.TIME)


@dataclass(frozen=True)
class Filling:
    """A column of the table, and where its cells come from; nowhere, where it stays empty."""

    column: Column
    source: Source | None
    places: tuple[int, ...]
    is_key: bool

    @property
    def is_figure(self) -> bool:
        """Say whether a figure is read from the file here."""
        return self.column.cell in FIGURES and bool(self.places)


Entry = tuple[Filling, ...]


class MappingCheck:
    """Holds a mapping against a table and the columns of a file; its faults go to a list."""

    def __init__(self, table: Table, document: Document, own: OwnFile) -> None:
        self._table = table
        self._document = document
        self._own = own
        self.faults: list[Fault] = []

    def refuse(self, path: Path, found: str, expected: str) -> None:
        """Take down a fault at a part of the mapping."""
        self.faults.append(self._document.fault(path, found, expected))

    def place(self, path: Path, name: str) -> int:
        """Return where a column of the file stands; 0 and a fault where that cannot be told."""
        try:
            return self._own.position(name)
        except ValueError as error:
            self.refuse(path, f"{shown(name)} in the mapping", str(error))
            return 0

    def entries(self, mapping: Mapping) -> tuple[Entry, ...]:
        """Return how each row of the file fills rows of the table."""
        if not mapping.columns and not mapping.rows:
            self.refuse(("columns",), "no columns", f"where the columns of {self._table.name} are")
            return ()
        if not mapping.rows:
            return (self._entry(mapping.columns, ("columns",), mapping.columns),)
        return tuple(
            self._entry({**mapping.columns, **own}, ("rows", n), own)
            for n, own in enumerate(mapping.rows)
        )

    def _entry(self, sources: Pairs[str, Source], path: Path, own: Pairs[str, Source]) -> Entry:
        """Return how one row of the table is filled."""
        table = self._table
        for name in sources.keys() - set(table.names):
            at = (*path, name) if name in own else ("columns", name)
            self.refuse(at, name, f"a column of {table.name}: {', '.join(table.names)}")
        needed = [column.name for column in table.columns if column.empty is None]
        absent = [name for name in needed if name not in sources]
        if absent:
            found = f"no source for {', '.join(absent)}"
            wanted = f"one for each of {', '.join(needed)}: {table.name} cannot do without"
            self.refuse(path, found, wanted)
        return tuple(
            self._filling(column, sources.get(column.name), path if column.name in own else None)
            for column in table.columns
        )

    def _filling(self, column: Column, source: Source | None, path: Path | None) -> Filling:
        """Return how one column is filled, after its source's options were held against it."""
        at = (*(path or ("columns",)), column.name)
        is_key = column.name in self._table.key or column.refers_to is not None
        if source is None:
            return Filling(column, None, (), is_key)
        places = tuple(self.place(at, name) for name in source.columns)
        self._check_texts(column, source, at)
        if (source.percent or source.duration) and column.cell not in FIGURES:
            self.refuse(at, f"{column.name} as a number", f"{column.cell.expected}")
        if source.format is not None:
            self._check_format(column, source.format, (*at, "format"))
        return Filling(column, source, places, is_key)

    def _check_texts(self, column: Column, source: Source, at: Path) -> None:
        """Refuse a constant that cannot stand in the column, and an empty cell taken for 0."""
        texts: dict[Path, str | None] = {("value",): source.value, ("empty",): source.empty}
        texts |= {("values", key): text for key, text in (source.values or {}).items()}
        for key, text in texts.items():
            try:
                value = None if text is None else column.read(text)
            except CellError as error:
                self.refuse((*at, *key), shown(str(text)), error.expected)
                continue
            given_as_0 = value == 0 and column.cell in FIGURES and column.name != "target"
            if given_as_0 and key[0] != "values":
                self.refuse((*at, *key), "0", "a figure of the file; what is missing is never 0")

    def _check_format(self, column: Column, form: str, at: Path) -> None:
        """Refuse a format that does not say all that the column needs."""
        if column.cell not in DATES:
            self.refuse(at, form, f"no format: {column.name} is {column.cell.expected}")
            return
        try:
            check_format(
                form,
                with_day=column.cell is not cells.MONTH,
                with_time=column.cell is cells.TIME,
            )
        except ValueError as error:
            self.refuse(at, form, str(error))
