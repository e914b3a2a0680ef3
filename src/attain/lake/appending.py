"""Adding intervals to the lake of an estate: all of a file's, or none where one cannot be."""

import os
from datetime import UTC, datetime
from pathlib import Path

from attain.lake.engine import Columns, ConflictError, Engine, Query, Snapshot, Statement
from attain.lake.engines import engine_from_environment
from attain.lake.interval_table import IntervalTable
from attain.lake.intervals import check
from attain.lake.refusals import in_order
from attain.lake.snapshots import is_delta
from attain.measurement.faults import MOST_OF_A_FILE, Fault, RefusedError
from attain.measurement.zones import MICROSECOND

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def append_file(lake: Path, file: Path, site: str | None, engine: Engine | None = None) -> int:
    """Append the intervals of a Parquet file to a lake, which is begun if need be.

    They are those of a `site`, or name it in a column. Returns how many they are; RefusedError with
    every fault where one cannot be, or is in the lake already.
    """
    engine = engine or engine_from_environment(os.environ)
    table = Snapshot(file, (file,), constants={} if site is None else {"site": site})
    intervals = IntervalTable(table, engine)
    check(intervals)
    append_sound(lake, intervals.view, file.name, engine)
    return intervals.layout.rows


def append_sound(lake: Path, intervals: Query | Columns, file: str, engine: Engine) -> None:
    """Append intervals of which every row can be; RefusedError where one is in the lake already.

    They have the columns of the views of intervals, `row_number` among them.
    """
    begun = is_delta(lake)
    if lake.exists() and not begun:
        expected = "a Delta table, or a place where one can be begun"
        raise RefusedError([Fault(lake.name, 1, "lake", "something else", expected)])
    after = _refuse_present(lake, intervals, file, engine) if begun else None
    try:
        engine.write(Query(Statement.named("appended"), {"intervals": intervals}), lake, after)
    except ConflictError as error:
        found, expected = "another append at the same time", "nothing added; append again"
        raise RefusedError([Fault(lake.name, 1, "lake", found, expected)]) from error


def _refuse_present(
    lake: Path, intervals: Query | Columns, file: str, engine: Engine
) -> int | None:
    """Refuse rows whose key the lake has; return the version of the lake that was looked at."""
    faults, version = present(lake, intervals, file, engine)
    if faults:
        raise RefusedError(faults)
    return version


def present(
    lake: Path, intervals: Query | Columns, file: str, engine: Engine
) -> tuple[tuple[Fault, ...], int | None]:
    """Return the faults of rows whose key the lake has, and the version that was looked at.

    They have the columns of the views of intervals, as those of `append_sound` have.
    """
    snapshot = engine.read(lake)
    there = IntervalTable(snapshot, engine, files="lake_files")
    tables = {"intervals": intervals, "lake": there.view}
    query = Query(Statement.named("present"), tables, {"most": MOST_OF_A_FILE + 1})
    rows = engine.query(query).rows()
    return tuple(in_order(_present(file, *row) for row in rows)), snapshot.version


def _present(file: str, number: int, site: str, channel: str, instant: int) -> Fault:
    """Name the fault of a row that is in the lake already."""
    start = (_EPOCH + instant * MICROSECOND).isoformat()
    expected = "a site, channel and start that is not in the lake yet"
    return Fault(file, number + 2, "start", f'"{site} {channel} {start}"', expected)
