"""Made-up estates to measure: many sites with a lake of quarter hours, or with many metrics."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from attain.lake.stretches import Calendars, CentreWindow
from attain.measurement.periods import Month, months_until
from attain.measurement.volumes import ServiceLevelTarget

AS_OF = date(2026, 10, 31)
MONTHS = months_until(Month.of(AS_OF), 12)
CHANNELS = ("phone", "email", "chat", "sms")
ZONE = "Europe/London"
QUARTERS = 35_040
HEADER = f"""scope: {{kind: site, name: Site, operation: internal}}
as_of: {AS_OF}
timezone: {ZONE}
channels: [{", ".join(CHANNELS)}]
volume: {{site: 100000, assessed: 90000}}
"""
SEED = 7


def write_lake_estate(folder: Path, sites: int) -> None:
    """Write sites that share a lake of a year of quarter hours."""
    lake = folder / "intervals"
    lake.mkdir(parents=True)
    names = [f"site-{number:04d}" for number in range(sites)]
    for name in names:
        _write_site(folder / name)
    random = np.random.default_rng(SEED)
    for start in range(0, sites, 20):
        _write_part(lake / f"part-{start:04d}.parquet", names[start : start + 20], random)
    _write_peers_tables(folder, names)


def _write_site(folder: Path) -> None:
    folder.mkdir()
    (folder / "dossier.yaml").write_text(HEADER)
    rows = "".join(f"{channel},2024-01-01,0.8,offered\n" for channel in CHANNELS)
    (folder / "service_levels.csv").write_text("channel,from,target,of\n" + rows)


def _write_part(path: Path, sites: Iterable[str], random: np.random.Generator) -> None:
    kinds = (pa.string(), pa.string(), pa.timestamp("us", tz="UTC"), *[pa.int32()] * 3)
    names = ("site", "channel", "start", "offered", "answered", "within_threshold")
    schema = pa.schema([pa.field(name, kind) for name, kind in zip(names, kinds, strict=True)])
    first = int(datetime(2025, 11, 1, tzinfo=UTC).timestamp()) * 1_000_000
    starts = first + np.arange(QUARTERS, dtype=np.int64) * 900_000_000
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for site in sites:
            for channel in CHANNELS:
                offered = random.poisson(12, QUARTERS).astype(np.int32)
                answered = random.binomial(offered, 0.95).astype(np.int32)
                within = random.binomial(answered, 0.88).astype(np.int32)
                columns = [
                    pa.array([site] * QUARTERS, pa.string()),
                    pa.array([channel] * QUARTERS, pa.string()),
                    pa.array(starts, pa.timestamp("us", tz="UTC")),
                    pa.array(offered),
                    pa.array(answered),
                    pa.array(within),
                ]
                writer.write_batch(pa.record_batch(columns, schema=schema))


def _write_peers_tables(folder: Path, sites: list[str]) -> None:
    """Write the small tables that the statement joins, for the peer that runs it bare."""
    targets = tuple(
        ServiceLevelTarget(channel, date(2024, 1, 1), Fraction(4, 5), "offered")
        for channel in CHANNELS
    )
    window = CentreWindow(ZONE, targets, MONTHS)
    keys = [(site, channel) for site in sites for channel in CHANNELS]
    distinct = list(dict.fromkeys(window.stretches(channel) for channel in CHANNELS))
    calendars = Calendars(tuple(distinct), 2**31 - 1)
    tables = {
        "keys": {
            "key_id": list(range(len(keys))),
            "key_site": [site for site, _ in keys],
            "key_channel": [channel for _, channel in keys],
            "key_calendar": [distinct.index(window.stretches(c)) for _, c in keys],
        },
        "stretches": {name: list(values) for name, values in calendars.columns().items()},
        "parameters": {"slot": 900_000_000, **calendars.blocks},
    }
    (folder / "peers.json").write_text(json.dumps(tables))


def write_metrics_estate(folder: Path, sites: int, metrics: int = 60, months: int = 24) -> None:
    """Write sites with many metrics over two years, without intervals."""
    random = Random(SEED)
    for number in range(sites):
        _write_metrics(folder / f"site-{number:04d}", metrics, months, random)


def _write_metrics(folder: Path, metrics: int, months: int, random: Random) -> None:
    folder.mkdir(parents=True)
    (folder / "dossier.yaml").write_text(HEADER.replace(", ".join(CHANNELS), "letter"))
    names = [f"metric-{number:02d}" for number in range(metrics)]
    _table(
        folder,
        "processes,process,class,low_volume,time_and_materials",
        ["calls,end_user_facing,no,no", "planning,enabling,no,no"],
    )
    _table(
        folder,
        "metrics,metric,process,aspect,unit,better",
        [f"{n},{('calls', 'planning')[i % 2]},service,,higher" for i, n in enumerate(names)],
    )
    _table(folder, "targets,metric,from,target", [f"{name},2020-01-01,0.9" for name in names])
    _table(
        folder,
        "readings,metric,month,numerator,denominator",
        [
            f"{name},{month},{random.randint(8000, 9999)},10000"
            for name in names
            for month in months_until(MONTHS[-1], months)
        ],
    )


def _table(folder: Path, named: str, rows: list[str]) -> None:
    name, _, header = named.partition(",")
    (folder / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n")


if __name__ == "__main__":
    write = {"lake": write_lake_estate, "metrics": write_metrics_estate}[sys.argv[1]]
    write(Path(sys.argv[2]), int(sys.argv[3]))
