"""DuckDB in process: the engine where nothing else is set."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast
from uuid import uuid4

import duckdb

from attain.lake.engine import BatchFunction, Columns, Query, Snapshot, UnreadableError
from attain.lake.layout import glob_of
from attain.lake.snapshots import snapshot_of

if TYPE_CHECKING:
    import pyarrow as pa


# What one dossier may take, within the half gigabyte that bad input may take of a machine, and an
# estate, within a gigabyte.
MEMORY_OF_A_DOSSIER = "256MB"
MEMORY_OF_AN_ESTATE = "600MB"


class DuckdbEngine:
    """Queries run in this process, on all its cores; what needs more memory spills to disk.

    A trusting engine plans by what files say of the range of their values, which is quicker. One
    that is not gives the right answer also where a file says what is not so.
    """

    def __init__(self, memory: str = MEMORY_OF_A_DOSSIER, *, trusting: bool = False) -> None:
        optimizers = "compressed_materialization"
        if not trusting:
            optimizers += ",statistics_propagation,join_filter_pushdown"
        self._database = duckdb.connect(
            config={
                "memory_limit": memory,
                "preserve_insertion_order": "false",
                "disabled_optimizers": optimizers,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "temp_directory": str(Path(tempfile.gettempdir(), f"attain-{uuid4().hex}")),
            }
        )

    def read(self, table: Path) -> Snapshot:
        """Return the snapshot of a table."""
        return snapshot_of(table)

    def query(self, query: Query) -> _Answer:
        """Answer a query; it is worked out when the answer is taken."""
        return _Answer(self._database, query)

    def write(self, query: Query, table: Path, after: int | None) -> int:
        """Append the rows of a query to a Delta table, batch by batch, in one commit."""
        from attain.lake.delta import append

        with _Session(self._database, query) as session:
            batches = cast("pa.RecordBatchReader", session.relation().to_arrow_reader())
            return append(table, batches, after)

    def map_batches(
        self, function: BatchFunction, table: Snapshot, schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Map the batches of each file in a pool of processes."""
        from attain.lake.batches import map_in_processes

        return map_in_processes(function, table, schema)


class _Answer:
    """The answer to a query of DuckDB."""

    def __init__(self, database: duckdb.DuckDBPyConnection, query: Query) -> None:
        self._database = database
        self._query = query

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows, for answers that are small."""
        with _Session(self._database, self._query) as session:
            return session.rows()

    def arrow(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        with _Session(self._database, self._query) as session:
            return cast("pa.Table", session.relation().to_arrow_table())


class _Session:
    """A connection on which the tables of one query stand, and nothing else."""

    def __init__(self, database: duckdb.DuckDBPyConnection, query: Query) -> None:
        self._connection = database.cursor()
        self._query = query
        self._standing: dict[str, Snapshot | Columns | Query] = {}

    def __enter__(self) -> Self:
        try:
            self._put_up(self._query.tables)
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def rows(self) -> list[tuple[Any, ...]]:
        """Run the statement once, which as a relation would be bound twice."""
        return self._connection.execute(self._query.statement.text, self._parameters).fetchall()

    def relation(self) -> duckdb.DuckDBPyRelation:
        """Return the statement as a relation, whose rows leave as Arrow without a copy."""
        return self._connection.sql(self._query.statement.text, params=self._parameters)

    @property
    def _parameters(self) -> dict[str, int | str] | None:
        return dict(self._query.parameters) or None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._connection.close()
        if isinstance(error, duckdb.Error):
            raise UnreadableError(str(error)) from error

    def _put_up(self, tables: Mapping[str, Snapshot | Columns | Query]) -> None:
        """Put the tables of a query where its statement finds them."""
        for name, table in tables.items():
            if self._standing.setdefault(name, table) is not table:
                raise ValueError(f"two tables of one query are named {name}")
            if isinstance(table, Query):
                self._put_up(table.tables)
                self._connection.execute(f"CREATE TEMP VIEW {name} AS {table.statement.text}")
            elif isinstance(table, Snapshot):
                self._connection.execute(f"CREATE TEMP VIEW {name} AS {_select(table)}")
            else:
                columns = ", ".join(f"unnest(${column}) AS {column}" for column in table)
                self._connection.execute(f"CREATE TEMP TABLE {name} AS SELECT {columns}", table)


def _select(table: Snapshot) -> str:
    """Write the selection of every row of a snapshot, with its file and its row number."""
    constants = "".join(f", {_text(v)} AS {name}" for name, v in table.constants.items())
    files = ", ".join(_text(glob_of(str(file))) for file in table.files)
    options = "hive_types_autocast = false, union_by_name = true"
    source = f"read_parquet([{files}], hive_partitioning = {bool(table.partitions)}, {options})"
    columns = f"*, filename AS file_name, file_row_number AS row_number{constants}"
    return f"SELECT {columns} FROM {source}"  # noqa: S608  every value in it is quoted


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
