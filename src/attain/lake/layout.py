"""What Parquet files say of themselves: whether they hold intervals, judged by their footers alone.

A file that is no whole Parquet file, or that would inflate, is refused before a page is read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from attain.lake.engine import Snapshot
from attain.measurement.faults import Fault, RefusedError

COUNTS = ("offered", "answered", "within_threshold")
COLUMNS = ("channel", "start", *COUNTS)
LARGEST_CHUNK = 256 * 2**20
MOST_ROWS = 100_000_000
# The largest count for which the arithmetic of the verdict stays within 64 bits.
LARGEST_NARROW = 2**31 - 1
_MANY_COLUMNS = 50
_WHOLE = {f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG")}
_WHOLE |= {"INTEGER", "UINTEGER"}
_STARTS = {
    "VARCHAR": "intervals_of_texts",
    "TIMESTAMP WITH TIME ZONE": "intervals_of_timestamps",
    "TIMESTAMPTZ_NS": "intervals_of_nanoseconds",
}
# What a column without rows is written as where its writer knew no type.
_UNTYPED = '"NULL"'
_FOREIGN = {
    b"PAR1": "a Parquet file that breaks off",
    b"PARE": "an encrypted Parquet file",
    b"PK\3\4": "a zip archive or a spreadsheet",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}
_A_PARQUET = "a Parquet file of intervals that is written whole"
_SMALL_PIECES = "texts of ordinary length, in row groups of at most 1,000,000 rows"
_NAME = re.compile(r"\w[\w .-]{0,59}")
_SCHEMA = """
SELECT file_name, name, duckdb_type, num_children
FROM parquet_schema($files)
ORDER BY file_name, column_id
"""
_CHUNKS = """
SELECT
    file_name,
    path_in_schema,
    max(total_uncompressed_size) AS largest,
    sum(row_group_num_rows) AS row_count,
    bool_and(
        coalesce(TRY_CAST(stats_max_value AS HUGEINT) BETWEEN 0 AND $narrow, FALSE)
        AND coalesce(TRY_CAST(stats_min_value AS HUGEINT) BETWEEN 0 AND $narrow, FALSE)
    ) AS narrow
FROM parquet_metadata($files)
GROUP BY file_name, path_in_schema
"""


@dataclass(frozen=True)
class Layout:
    """How the intervals of a table are written.

    `view` is the statement that reads them, `rows` is how many they are, and `wide` says that a
    count may be too large for 64-bit arithmetic.
    """

    view: str
    rows: int
    wide: bool


class _Chunk(NamedTuple):
    """What a file holds of a column: its largest piece, its rows, whether its counts are small."""

    largest: int
    rows: int
    narrow: bool


class _Footer(NamedTuple):
    """What a file says of itself: its columns with their types, in order, and their chunks."""

    types: Sequence[tuple[str, str]]
    chunks: Mapping[str, _Chunk]

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return max((chunk.rows for chunk in self.chunks.values()), default=0)

    def is_narrow(self, name: str) -> bool:
        """Say whether all values of a column are known to be small."""
        chunk = self.chunks.get(name)
        return chunk is None or chunk.rows == 0 or chunk.narrow


def layout_of(table: Snapshot, columns: tuple[str, ...] = COLUMNS) -> Layout:
    """Return the layout of a table of intervals; RefusedError where a file of it is not one."""
    _refuse(fault for file in table.files for fault in _foreign(table, file))
    footers = _footers(table)
    _refuse(
        fault
        for file, footer in footers.items()
        for fault in _faults_of(table, footer, table.name_of(file), columns)
    )
    starts = {dict(footer.types).get("start", _UNTYPED) for footer in footers.values()}
    if len(starts - {_UNTYPED}) > 1:
        found = "starts that are texts in one file and timestamps in another"
        _refuse([Fault(table.root.name, 1, "start", found, "starts of one type in all files")])
    view = _STARTS[min(starts - {_UNTYPED}, default="VARCHAR")]
    wide = not all(footer.is_narrow(name) for footer in footers.values() for name in COUNTS)
    return Layout(view, sum(footer.rows for footer in footers.values()), wide)


def _refuse(faults: Iterator[Fault] | Sequence[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise RefusedError(found)


def _foreign(table: Snapshot, file: Path) -> Iterator[Fault]:
    """Yield a fault where the first or last bytes of a file show that it is no Parquet file."""
    name = table.name_of(str(file))
    try:
        with file.open("rb") as opened:
            head = opened.read(4)
            size = opened.seek(0, 2)
            opened.seek(max(size - 4, 0))
            whole = head == opened.read(4) == b"PAR1" and size >= 12
    except OSError as error:
        yield Fault(name, 1, "file", error.strerror or "an error", "a file that can be read")
        return
    if not whole:
        found = next((what for mark, what in _FOREIGN.items() if head.startswith(mark)), None)
        found = found or ("another kind of file" if size else "an empty file")
        yield Fault(name, 1, "file", found, _A_PARQUET)


def _footers(table: Snapshot) -> dict[str, _Footer]:
    """Read the footers of all files at once; where that fails, find the file that is to blame."""
    # The engine takes a while to load, and pages that show no interval do without it.
    import duckdb

    try:
        return _read_footers([str(file) for file in table.files])
    except duckdb.Error as error:
        for file in table.files:
            try:
                _read_footers([str(file)])
            except duckdb.Error as reason:
                raise broken(table, str(file), str(reason)) from reason
        raise broken(table, str(table.root), str(error)) from error


def broken(table: Snapshot, file: str, message: str) -> RefusedError:
    """Return the refusal of a file that an engine cannot read, with the engine's own words."""
    words, expected = message.splitlines()[0].replace(file, "the file"), _A_PARQUET
    if words.startswith("Out of Memory"):
        words, expected = "pieces too large for the memory that reading may take", _SMALL_PIECES
    return RefusedError([Fault(table.name_of(file), 1, "file", words, expected)])


def _read_footers(files: list[str]) -> dict[str, _Footer]:
    """Read footers; duckdb.Error where one does not read."""
    import duckdb

    asked: dict[str, Any] = {"files": [glob_of(file) for file in files]}
    with duckdb.connect(config={"memory_limit": "256MB"}) as database:
        fields = database.execute(_SCHEMA, asked).fetchall()
        pieces = database.execute(_CHUNKS, asked | {"narrow": LARGEST_NARROW}).fetchall()
    types: dict[str, list[tuple[str, str, int]]] = {file: [] for file in files}
    chunks: dict[str, dict[str, _Chunk]] = {file: {} for file in files}
    for file, name, kind, children in fields:
        types[file].append((name, kind or "", children or 0))
    for file, path, *piece in pieces:
        chunks[file][path] = _Chunk(*piece)
    return {file: _Footer(_outermost(types[file]), chunks[file]) for file in files}


def glob_of(file: str) -> str:
    """Write the name of a file as a pattern that only it matches."""
    return re.sub(r"[*?\[]", r"[\g<0>]", file)


def _outermost(fields: list[tuple[str, str, int]]) -> list[tuple[str, str]]:
    """Return the columns of a file: a field with children is followed by them, which are none."""
    columns: list[tuple[str, str]] = []
    inner = 0
    for name, kind, children in fields[1:]:
        if inner == 0:
            columns.append((name, kind))
        inner = max(inner - 1, 0) + children
    return columns


def _faults_of(
    table: Snapshot, footer: _Footer, file: str, columns: tuple[str, ...]
) -> Iterator[Fault]:
    """Yield what is wrong with a file: its columns by name, their types, their sizes, its rows."""
    wanted = tuple(c for c in columns if c not in table.partitions and c not in table.constants)
    names = Counter(name for name, _ in footer.types)
    listed = f"the columns {', '.join(wanted)}"
    if len(names) > _MANY_COLUMNS:
        yield Fault(file, 1, "file", f"{len(names)} columns", listed)
        return
    for name, times in names.items():
        column = name if _NAME.fullmatch(name) else "file"
        if name not in wanted:
            yield Fault(file, 1, column, f'the column "{name}"', f"only {listed}")
        elif times > 1:
            yield Fault(file, 1, column, f"the column {times} times", "each column once")
    for name in wanted:
        if name not in names:
            yield Fault(file, 1, name, "no such column", listed)
    yield from _faults_of_types(footer, file, wanted)
    if footer.rows > MOST_ROWS:
        found = f"{footer.rows:,} rows"
        yield Fault(file, 1, "file", found, f"at most {MOST_ROWS:,} rows; split it by month")


def _faults_of_types(footer: _Footer, file: str, wanted: tuple[str, ...]) -> Iterator[Fault]:
    """Yield the columns of a file that are of the wrong type, or far too large when inflated."""
    for name, kind in footer.types:
        if name not in wanted:
            continue
        right, expected = _type_wanted(name)
        if kind not in right and not (kind == _UNTYPED and footer.rows == 0):
            yield Fault(file, 1, name, f"values of type {kind.lower() or 'unknown'}", expected)
        if name in footer.chunks and footer.chunks[name].largest > LARGEST_CHUNK:
            found = f"{footer.chunks[name].largest // 2**20:,} MiB in one piece of the column"
            most = f"at most {LARGEST_CHUNK // 2**20} MiB: {_SMALL_PIECES}"
            yield Fault(file, 1, name, found, most)


def _type_wanted(name: str) -> tuple[set[str], str]:
    """Return the types that a column may have, and how a person calls them."""
    if name == "start":
        return set(_STARTS), "texts as in CSV, or timestamps with a time zone"
    if name in COUNTS:
        return _WHOLE, "whole numbers (an integer type)"
    return {"VARCHAR"}, "texts"
