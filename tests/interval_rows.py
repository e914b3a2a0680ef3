"""Intervals for the tests of the lake: rows, how they are written, and a slow verdict."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from attain.measurement.counting import Tally
from attain.measurement.periods import Month
from attain.measurement.volumes import ServiceLevelTarget, Volumes, attains, target_in_force
from attain.measurement.zones import local_date, zone_named


class Row(NamedTuple):
    """One interval of a channel."""

    channel: str
    start: datetime
    offered: int
    answered: int
    within: int


def at(text: str) -> datetime:
    """Read a time with its offset."""
    return datetime.fromisoformat(text)


def columns_of(rows: Iterable[Row], starts: str = "us") -> dict[str, Any]:
    """Return the columns of rows; starts are texts, or timestamps of a unit."""
    listed = list(rows)
    kind: Any = pa.string()
    values: list[Any] = [row.start for row in listed]
    if starts == "texts":
        values = [value.isoformat() for value in values]
    else:
        unit: Any = starts
        kind = pa.timestamp(unit, "UTC")
    return {
        "channel": pa.array([row.channel for row in listed], pa.string()),
        "start": pa.array(values, kind),
        "offered": pa.array([row.offered for row in listed], pa.int64()),
        "answered": pa.array([row.answered for row in listed], pa.int64()),
        "within_threshold": pa.array([row.within for row in listed], pa.int64()),
    }


def write_parquet(path: Path, columns: dict[str, Any] | pa.Table, **options: Any) -> Path:
    """Write columns to a Parquet file."""
    table = columns if isinstance(columns, pa.Table) else pa.table(columns)
    pq.write_table(table, path, **options)
    return path


def write_intervals(path: Path, rows: Iterable[Row], starts: str = "us") -> Path:
    """Write rows to a Parquet file."""
    return write_parquet(path, columns_of(rows, starts))


def tally_slowly(
    rows: Iterable[Row],
    timezone: str,
    targets: Iterable[ServiceLevelTarget],
    months: Iterable[Month],
) -> Volumes:
    """Judge rows one by one, as the contract is worded."""
    volumes: dict[str, dict[Month, Tally]] = defaultdict(dict)
    for row in rows:
        day = local_date(zone_named(timezone), row.start)
        month = Month.of(day)
        if row.offered == 0 or month not in set(months):
            continue
        own = [target for target in targets if target.channel == row.channel]
        good = attains(row.offered, row.answered, row.within, target_in_force(own, day))
        tally = Tally(row.offered * (good is True), row.offered * (good is None), row.offered)
        volumes[row.channel][month] = volumes[row.channel].get(month, Tally(0, 0, 0)) + tally
    return dict(volumes)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a time in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
