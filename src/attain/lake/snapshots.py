"""The snapshot of a table: the Parquet files of which a Delta log or a folder says it consists."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from attain.lake.engine import Snapshot
from attain.measurement.faults import Fault, RefusedError

if TYPE_CHECKING:
    from deltalake import DeltaTable

# What a Delta table may ask of its readers and still have its rows in its files as they are;
# deletion vectors are looked for one by one.
_HARMLESS = {"timestampNtz", "v2Checkpoint", "vacuumProtocolCheck", "deletionVectors"}
# What the library that reads Delta logs cannot bear in a path.
_ODD = re.compile(r"[\[\\\]^|]|%[0-9A-Fa-f]{2}")
_PLAIN = "a Delta table whose files hold its rows as they are"


def snapshot_of(table: Path) -> Snapshot:
    """Return the snapshot of a Delta table, of a folder of Parquet files, or of one such file."""
    version = None
    if is_delta(table):
        version, files = _version_of_delta(table)
    elif table.is_dir():
        files = sorted(path for path in table.rglob("*.parquet") if _belongs(path, table))
    elif table.is_file():
        return Snapshot(table, (table,))
    else:
        raise RefusedError([_fault(table, "no such file or folder", "a lake of intervals")])
    if not files:
        raise RefusedError([_fault(table, "no Parquet file", "a lake of intervals")])
    return Snapshot(table, tuple(files), _partitions(table, files), version=version)


def is_delta(table: Path) -> bool:
    """Say whether a folder is a Delta table; RefusedError where it is one but cannot be read."""
    there = (table / "_delta_log").is_dir()
    odd = _ODD.search(str(table.absolute()))
    if odd and (there or not table.exists()):
        expected = "a lake in a folder whose path has none of [ \\ ] ^ | and nothing like %20 in it"
        raise RefusedError([_fault(table, f"a path with {odd[0]}", expected)])
    return there


def _belongs(path: Path, table: Path) -> bool:
    """Say whether a file is part of a folder's table: `_` and `.` begin what is set aside."""
    places = path.relative_to(table).parts
    return path.is_file() and not any(place.startswith(("_", ".")) for place in places)


def _fault(table: Path, found: str, expected: str) -> Fault:
    return Fault(table.name, 1, "lake", found, expected)


def _version_of_delta(table: Path) -> tuple[int, list[Path]]:
    """Return the last version and the files that it names; an erased row is in none of them."""
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        delta = DeltaTable(table)
        asked = _asked_of_readers(delta)
        if not asked:
            return delta.version(), sorted(_files(table, delta))
    except (DeltaError, OSError, ValueError) as error:
        found = f"a Delta log that does not read ({str(error).splitlines()[0]})"
        raise RefusedError([_fault(table, found, _PLAIN)]) from error
    raise RefusedError([_fault(table, f"a Delta table with {asked}", _PLAIN)])


def _files(table: Path, delta: "DeltaTable") -> Iterator[Path]:
    """Yield the files of a version; the log writes their places as a part of an address."""
    for place in delta.get_add_actions(flatten=True).column("path").to_pylist():
        if "://" in place:
            raise RefusedError([_fault(table, f"a file that lies elsewhere ({place})", _PLAIN)])
        yield table / unquote(place)


def _asked_of_readers(delta: "DeltaTable") -> str:
    """Say what a reader of the files alone would read wrongly; nothing where there is no such."""
    features = set(delta.protocol().reader_features or ())
    mode = delta.metadata().configuration.get("delta.columnMapping.mode") or "none"
    if mode != "none":
        features.add("columnMapping")
    if features - _HARMLESS:
        return ", ".join(sorted(features - _HARMLESS))
    if "deletionVectors" in features and any(b.num_rows for b in delta.deletion_vectors()):
        return "deletion vectors (rewrite its files: REORG TABLE ... APPLY (PURGE))"
    return ""


def _partitions(table: Path, files: Iterable[Path]) -> tuple[str, ...]:
    """Return the columns that stand in the folders' names, which must be the same everywhere."""
    first: tuple[str, ...] | None = None
    for file in files:
        folders = file.relative_to(table).parts[:-1]
        names = tuple(folder.partition("=")[0] for folder in folders if "=" in folder)
        if first is not None and names != first:
            found = f"{file.relative_to(table)} beside folders named by {', '.join(first) or '-'}"
            raise RefusedError([_fault(table, found, "every file in folders named alike")])
        first = names
    return first or ()
