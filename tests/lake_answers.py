"""What an engine answers about a folder of sample tables, as JSON: the same for every engine.

Run as a program with the folder as its argument, it asks the engine that ATTAIN_ENGINE names.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import write_deltalake

from attain.lake.engine import Engine, Query, Statement
from attain.lake.engines import engine_from_environment
from attain.lake.intervals import tally_file, tally_lake
from attain.lake.stretches import CentreWindow
from attain.measurement.faults import RefusedError
from attain.measurement.periods import Month, months_until
from attain.measurement.volumes import ServiceLevelTarget, Volumes
from interval_rows import Row, columns_of, utc, write_intervals, write_parquet

MONTHS = months_until(Month.parse("2026-10"), 12)
TARGETS = (
    ServiceLevelTarget("phone", date(2020, 1, 1), Fraction(4, 5), "offered"),
    ServiceLevelTarget("phone", date(2026, 4, 15), Fraction(10**30 - 1, 10**30), "answered"),
    ServiceLevelTarget("chat", date(2026, 4, 1), Fraction(2, 3), "answered"),
)
WINDOWS = {
    "leeds": CentreWindow("Europe/London", TARGETS, MONTHS),
    "bengaluru": CentreWindow("Asia/Kolkata", TARGETS[:1], MONTHS),
    "empty": CentreWindow("UTC", (), MONTHS),
}
FIELDS: Any = [("site", pa.string()), ("square", pa.int64())]
SQUARES = pa.schema(FIELDS)


def rows(count: int, step: timedelta, seed: int) -> list[Row]:
    """Return intervals with counts that vary."""
    first = utc(2025, 10, 30, 22)
    found = []
    for n in range(count):
        offered = (n * 7 + seed) % 13
        answered = offered * ((n + seed) % 5) // 4
        channel = ("phone", "email", "chat")[n % 3]
        found.append(Row(channel, first + n * step, offered, answered, answered * (n % 3) // 2))
    return found


def write_samples(folder: Path) -> None:
    """Write the tables that the answers are about."""
    hours = rows(9000, timedelta(hours=1), 1)
    for starts in ("texts", "ns"):
        write_intervals(folder / f"{starts}.parquet", hours, starts)
    most = 2**63 - 1
    write_intervals(folder / "wide.parquet", [Row("phone", utc(2026, 5, 1), most, most, most - 1)])
    bad = rows(200, timedelta(minutes=15), 2)
    bad[40:42] = [bad[3], bad[0]]
    bad[50] = bad[50]._replace(channel="Phone")
    bad[60] = bad[60]._replace(within=-1)
    bad[70] = bad[70]._replace(answered=99)
    write_intervals(folder / "bad.parquet", bad, "texts")
    for number, site in enumerate(("leeds", "bengaluru", "a hull/1")):
        columns = columns_of(rows(4000, timedelta(hours=2), number))
        table = pa.table({"site": pa.array([site] * 4000), **columns})
        write_deltalake(folder / "delta", table, mode="append", partition_by=["site"])
        hive = folder / "hive" / f"site={site[:5]}"
        hive.mkdir(parents=True)
        write_parquet(hive / "part-1.parquet", columns)


def squares(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Square the contacts offered of each interval."""
    for batch in batches:
        offered = batch.column("offered")
        arrays = [batch.column("site"), pc.multiply(offered, offered)]
        yield pa.RecordBatch.from_arrays(arrays, schema=SQUARES)


def shown(volumes: Volumes) -> dict[str, Any]:
    """Return volumes as JSON has them."""
    return {
        channel: {str(m): [t.good, t.open, t.total] for m, t in sorted(months.items())}
        for channel, months in sorted(volumes.items())
    }


def of_dossier(path: Path, engine: Engine) -> Any:
    """Return the volumes of one dossier, or the faults with which it is refused."""
    try:
        return shown(tally_file(path, "Europe/London", TARGETS, MONTHS, engine))
    except RefusedError as refused:
        return [str(fault) for fault in refused.faults]


def answers(folder: Path, engine: Engine) -> dict[str, Any]:
    """Return all answers of an engine."""
    found: dict[str, Any] = {}
    for name in ("texts", "ns", "wide", "bad"):
        found[name] = of_dossier(folder / f"{name}.parquet", engine)
    for name in ("delta", "hive"):
        estate = tally_lake(folder / name, WINDOWS, engine)
        by_site = {site: shown(volumes) for site, volumes in estate.by_site.items()}
        found[name] = {"by_site": by_site, "unnamed": list(estate.unnamed)}
    lake = engine.read(folder / "delta")
    mapped = pa.Table.from_batches(engine.map_batches(squares, lake, SQUARES), SQUARES)
    sums = mapped.group_by("site").aggregate([("square", "sum")])
    found["squares"] = sums.sort_by("site").to_pylist()
    busiest = Statement("busiest", "SELECT site, MAX(offered) AS most FROM rows GROUP BY site")
    target = folder / f"written-{type(engine).__name__}"
    query = Query(busiest, {"rows": lake})
    found["versions"] = [engine.write(query, target, after) for after in (None, 0)]
    # Read by the files that the table's log names, as every engine does.
    written = pa.concat_tables(pq.read_table(file) for file in engine.read(target).files)
    found["written"] = written.sort_by("site").to_pylist()
    return found


if __name__ == "__main__":
    print(json.dumps(answers(Path(sys.argv[1]), engine_from_environment(os.environ))))
