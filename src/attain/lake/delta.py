"""Writing to a Delta table: rows are appended in one commit, or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from attain.lake.engine import ConflictError

if TYPE_CHECKING:
    import pyarrow as pa


def append(table: Path, rows: "pa.Table | pa.RecordBatchReader", after: int | None) -> int:
    """Append rows to a Delta table that stands at a version, None where it is to be begun.

    Returns the new version; ConflictError where another has been written in the meantime.
    """
    try:
        if after is None:
            write_deltalake(table, rows, mode="error")
            return DeltaTable(table).version()
        target = DeltaTable(table, version=after)
        once = CommitProperties(max_commit_retries=0)
        write_deltalake(target, rows, mode="append", commit_properties=once)
        return target.version()
    except DeltaError as error:
        raise ConflictError(str(error)) from error
