"""Apache Spark on a cluster: the engine for lakes that one machine cannot hold or may not read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from attain.lake.engine import BatchFunction, Columns, Query, Snapshot, UnreadableError
from attain.lake.snapshots import snapshot_of
from attain.lake.spark_sql import to_spark
from attain.measurement.faults import Fault, RefusedError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_GLOB = re.compile(r"[\\*?\[\]{}]")
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SparkEngine:
    """Queries run on the cluster; this process is their driver."""

    def __init__(self, master: str) -> None:
        self._spark = _session(master)

    def read(self, table: Path) -> Snapshot:
        """Return the snapshot of a table."""
        return snapshot_of(table)

    def query(self, query: Query) -> _Answer:
        """Answer a query; it is worked out when the answer is taken."""
        return _Answer(self._spark, query)

    def write(self, query: Query, table: Path, after: int | None) -> int:
        """Append the rows of a query to a Delta table, in one commit of the driver."""
        from attain.lake.delta import append

        return append(table, self.query(query).arrow(), after)

    def map_batches(
        self, function: BatchFunction, table: Snapshot, schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Map the batches of a table on the workers, which must be able to import the function."""
        from pyspark.sql.pandas.types import from_arrow_schema

        rows = _data_frame(self._spark, table)
        mapped = rows.mapInArrow(function, from_arrow_schema(schema)).toArrow()
        yield from mapped.cast(schema).to_batches()


class _Answer:
    """The answer to a query of Spark."""

    def __init__(self, spark: SparkSession, query: Query) -> None:
        self._spark = spark
        self._query = query

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows, for answers that are small."""
        return [tuple(row) for row in self._take("collect")]

    def arrow(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        table: pa.Table = self._take("toArrow")
        return table

    def _take(self, how: str) -> Any:
        """Put the tables of the query up as views, and take its rows."""
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]
        from pyspark.errors import PySparkException

        try:
            self._put_up(self._query.tables)
            text = to_spark(self._query.statement.text)
            return getattr(self._spark.sql(text, args=dict(self._query.parameters)), how)()
        except (PySparkException, Py4JError) as error:
            raise UnreadableError(str(error)) from error

    def _put_up(self, tables: Mapping[str, Snapshot | Columns | Query]) -> None:
        """Put the tables of a query where its statement finds them."""
        for name, table in tables.items():
            if isinstance(table, Query):
                self._put_up(table.tables)
                frame = self._spark.sql(to_spark(table.statement.text))
            elif isinstance(table, Snapshot):
                frame = _with_rows_numbered(_data_frame(self._spark, table))
            else:
                kinds = {
                    c: "STRING" if isinstance(v[0], str) else "BIGINT" for c, v in table.items()
                }
                rows = list(zip(*table.values(), strict=True))
                schema = ", ".join(f"{column} {kind}" for column, kind in kinds.items())
                frame = self._spark.createDataFrame(rows, schema)
            frame.createOrReplaceTempView(name)


def _session(master: str) -> SparkSession:
    """Return the session with a cluster; RefusedError where there is none to be had."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        expected = "pyspark to be installed, by the extra attain[spark]"
        raise RefusedError([Fault("environment", 1, "ATTAIN_ENGINE", master, expected)]) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("attain")
    host = urlsplit(master).hostname or ""
    if host in _LOOPBACK:
        # A cluster on this machine alone is talked to on this machine alone.
        builder = builder.config("spark.driver.host", host)
        builder = builder.config("spark.driver.bindAddress", host)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        expected = f"a Spark cluster that answers, and Java 17 ({str(error).splitlines()[0]})"
        raise RefusedError([Fault("environment", 1, "ATTAIN_ENGINE", master, expected)]) from error


def _data_frame(spark: SparkSession, table: Snapshot) -> DataFrame:
    """Return the rows of a snapshot, with the columns of its folders and its constants."""
    from pyspark.sql.functions import lit

    reader = spark.read.option("basePath", str(table.root)) if table.partitions else spark.read
    frame = reader.parquet(*(_GLOB.sub(r"\\\g<0>", str(file)) for file in table.files))
    for name, value in table.constants.items():
        frame = frame.withColumn(name, lit(value))
    return frame


def _with_rows_numbered(frame: DataFrame) -> DataFrame:
    """Return the rows of a snapshot, each with its file and its row number."""
    names = [f"`{name}`" for name in frame.columns]
    place = ("_metadata.file_path AS file_name", "_metadata.row_index AS row_number")
    return frame.selectExpr(*names, *place)
