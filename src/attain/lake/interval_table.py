"""A table of intervals as statements see it: its layout checked, its starts made instants."""

from typing import Any, NamedTuple

from attain.lake.engine import (
    Columns,
    Engine,
    Query,
    Snapshot,
    Statement,
    UnreadableError,
)
from attain.lake.layout import COLUMNS, broken, layout_of
from attain.measurement.faults import Fault, RefusedError

_MOST_KEYS = 100_000
_FILES = "FROM files"
_COUNTS_OF_64_BITS = "AS BIGINT) AS contacts_"


class Key(NamedTuple):
    """A site and a channel of it, as intervals name them; None where a cell is missing."""

    site: str | None
    channel: str | None


class IntervalTable:
    """The intervals of a dossier or an estate; RefusedError where its files hold none.

    What statements see of them is one view, whatever type the starts are of, and wide where a
    count may be too large for 64-bit arithmetic.
    """

    def __init__(self, table: Snapshot, engine: Engine, files: str = "files") -> None:
        self.table = table
        self._engine = engine
        self.layout = layout_of(table, ("site", *COLUMNS))
        text = Statement.named(self.layout.view).text.replace(_FILES, f"FROM {files}")
        if self.layout.wide:
            text = text.replace(_COUNTS_OF_64_BITS, "AS HUGEINT) AS contacts_")
        self.view = Query(Statement(self.layout.view, text), {files: table})

    def ask(self, statement: str, tables: dict[str, Columns], **parameters: int) -> list[Any]:
        """Return the rows that a statement finds about the intervals."""
        named = Statement.named(statement)
        try:
            return self._engine.query(
                Query(named, {"intervals": self.view, **tables}, parameters)
            ).rows()
        except UnreadableError as error:
            raise self._broken(error) from error

    def keys(self) -> list[Key]:
        """Return every site with every channel that has an interval."""
        keys = [Key(*row) for row in self.ask("keys", {}, most=_MOST_KEYS)]
        if len(keys) == _MOST_KEYS:
            found = f"{_MOST_KEYS:,} different channels or more"
            expected = "the channels in which customers reach the centre"
            raise RefusedError([Fault(self.table.root.name, 1, "channel", found, expected)])
        return keys

    def name_of(self, file: str) -> str:
        """Return the name by which a fault shows a file."""
        return self.table.name_of(file)

    def _broken(self, error: UnreadableError) -> RefusedError:
        """Return the refusal of the first file that cannot be read on its own."""
        for file in self.table.files if len(self.table.files) > 1 else ():
            alone = Snapshot(self.table.root, (file,), self.table.partitions, self.table.constants)
            view = Query(self.view.statement, dict.fromkeys(self.view.tables, alone))
            try:
                self._engine.query(Query(Statement.named("all_cells"), {"intervals": view})).rows()
            except UnreadableError as reason:
                return broken(self.table, str(file), str(reason))
        return broken(self.table, str(self.table.root), str(error))
