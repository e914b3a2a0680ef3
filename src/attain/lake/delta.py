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


def remove(table: Path, rows: "pa.Table", key: tuple[str, ...]) -> bool:
    """Remove the rows of a Delta table that have the keys of some rows, in one commit.

    Returns whether any row is left; ConflictError where another version was written meanwhile.
    """
    condition = " AND ".join(f"there.{name} = these.{name}" for name in key)
    once = CommitProperties(max_commit_retries=0)
    target = DeltaTable(table)
    try:
        merging = target.merge(
            rows.select(list(key)),
            condition,
            source_alias="these",
            target_alias="there",
            commit_properties=once,
        )
        merging.when_matched_delete().execute()
        return bool(target.file_uris())
    except DeltaError as error:
        raise ConflictError(str(error)) from error
