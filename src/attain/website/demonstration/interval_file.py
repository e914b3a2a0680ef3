"""The intervals of the demonstration as Parquet: by centre, channel and start."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from attain.website.demonstration.centres import DemonstrationCentre

_START = pa.timestamp("us", tz="UTC")
_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("site", pa.string()),
    ("channel", pa.string()),
    ("start", _START),
    ("offered", pa.int32()),
    ("answered", pa.int32()),
    ("within_threshold", pa.int32()),
]
SCHEMA = pa.schema(_COLUMNS)


def open_intervals(path: Path) -> pq.ParquetWriter:
    """Begin a file of intervals, which is to be closed."""
    return pq.ParquetWriter(path, SCHEMA, compression="zstd")


def add_intervals(file: pq.ParquetWriter, centre: DemonstrationCentre) -> int:
    """Add the intervals of a centre to a file, and say how many they are."""
    tables = list(intervals_of(centre))
    for table in tables:
        file.write_table(table)
    return sum(table.num_rows for table in tables)


def intervals_of(centre: DemonstrationCentre) -> Iterator[pa.Table]:
    """Yield the intervals of each channel of a centre."""
    for channel, found in sorted(centre.contacts.items()):
        length = len(found.offered)
        columns: list[pa.Array[Any]] = [
            pa.repeat(pa.scalar(centre.key), length),
            pa.repeat(pa.scalar(channel), length),
            pa.array(found.hours.starts, type=pa.int64()).cast(_START),
            *(
                pa.array(count.astype(np.int32))
                for count in (found.offered, found.answered, found.within)
            ),
        ]
        yield pa.Table.from_arrays(columns, schema=SCHEMA)
