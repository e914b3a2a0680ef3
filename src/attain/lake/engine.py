"""What an analytic engine is: read a snapshot, query a statement, write a result, map batches.

Statements are SQL files, written once in DuckDB's dialect; every engine gives the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    import pyarrow as pa

BatchFunction = Callable[[Iterator["pa.RecordBatch"]], Iterator["pa.RecordBatch"]]
# A small table that is handed over with a query: its columns by name, of equal length.
Columns = Mapping[str, Sequence[int] | Sequence[str]]


class UnreadableError(Exception):
    """An engine could not read the files of a table; the message says what it met."""


class ConflictError(Exception):
    """A table has been written by someone else in the meantime; nothing was written."""


@dataclass(frozen=True)
class Statement:
    """One SQL file in DuckDB's dialect, with named parameters, written once for every engine."""

    name: str
    text: str

    @classmethod
    @cache
    def named(cls, name: str) -> Statement:
        """Return the statement that stands in `statements/`."""
        file = resources.files("attain.lake") / "statements" / f"{name}.sql"
        return cls(name, file.read_text("utf-8"))


@dataclass(frozen=True)
class Snapshot:
    """A table as it stood at one version, if it has versions: its Parquet files, in order.

    `partitions` are the columns that stand in the folders' names (`site=leeds/`) instead of in the
    files, and `constants` those that are the same in every row. Every row also has its `file_name`
    and its `row_number`, from 0 on.
    """

    root: Path
    files: tuple[Path, ...]
    partitions: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    version: int | None = None

    def fixed_in(self, file: Path) -> dict[str, str]:
        """Return the columns that are the same in every row of a file."""
        folders = (folder.partition("=") for folder in file.relative_to(self.root).parts[:-1])
        return {name: unquote(value) for name, sign, value in folders if sign} | self.constants

    def name_of(self, file: str) -> str:
        """Return the name by which a fault shows a file: its place in the table."""
        # Spark names a file by its address.
        path = Path(unquote(urlsplit(file).path) if file.startswith("file:") else file).absolute()
        root = self.root.absolute()
        return str(path.relative_to(root)) if path != root else path.name


@dataclass(frozen=True)
class Query:
    """A statement with its tables by name and its parameters.

    A table is a snapshot, a few columns at hand, or another query, which then has no parameters.
    """

    statement: Statement
    tables: Mapping[str, Snapshot | Columns | Query]
    parameters: Mapping[str, int | str] = field(default_factory=dict)


class Answer(Protocol):
    """What an engine answers to a query; it can be taken once."""

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows, for answers that are small."""

    def arrow(self) -> pa.Table:
        """Return the rows as an Arrow table."""


class Engine(Protocol):
    """What queries the lake."""

    def read(self, table: Path) -> Snapshot:
        """Return the snapshot of a table: a Delta table, a folder of Parquet files, or one."""

    def query(self, query: Query) -> Answer:
        """Answer a query; UnreadableError where the files of a table cannot be read."""

    def write(self, query: Query, table: Path, after: int | None) -> int:
        """Append the rows of a query to a Delta table, all or none; return its new version.

        `after` is the version that it follows, None for the first; ConflictError if it cannot.
        """

    def map_batches(
        self, function: BatchFunction, table: Snapshot, schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Yield what a function makes of the batches of a table, in any order of the batches.

        The function is one that can be imported by name, as it runs in other processes.
        """
