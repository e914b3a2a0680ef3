"""Mapping the batches of a table's files in a pool of processes."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from attain.lake.engine import BatchFunction, Snapshot


def map_in_processes(
    function: BatchFunction, table: Snapshot, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """Yield what a function makes of the batches of each file, a task a file.

    The processes are begun anew, not forked: threads of an engine may be running in this one.
    """
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        tasks = [
            pool.submit(_map_file, function, file, table.fixed_in(file), schema)
            for file in table.files
        ]
        for task in tasks:
            yield from task.result()


def _map_file(
    function: BatchFunction, file: Path, fixed: dict[str, str], schema: pa.Schema
) -> list[pa.RecordBatch]:
    """Map the batches of one file, and check that they are of the schema that was promised."""
    with pq.ParquetFile(file) as parquet:
        batches = (_with_columns(batch, fixed) for batch in parquet.iter_batches())
        return [batch.cast(schema) for batch in function(batches)]


def _with_columns(batch: pa.RecordBatch, fixed: dict[str, str]) -> pa.RecordBatch:
    """Return a batch with the columns that are the same in every row of its file."""
    for name, value in fixed.items():
        batch = batch.append_column(name, pa.repeat(value, batch.num_rows))
    return batch
