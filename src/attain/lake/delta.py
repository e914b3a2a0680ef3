"""Writing to a Delta table: rows are appended in one commit, or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

from deltalake import DeltaTable, write_deltalake

if TYPE_CHECKING:
    import pyarrow as pa


def append(table: Path, rows: "pa.Table | pa.RecordBatchReader") -> int:
    """Append rows to a Delta table, creating it if need be; return its new version."""
    write_deltalake(table, rows, mode="append")
    return DeltaTable(table).version()
