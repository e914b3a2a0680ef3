"""`intervals.parquet` in a dossier: the verdict of the same rows in CSV, and its own faults."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from attain.dossier.folder import read_dossier
from attain.measurement.periods import Month, months_until
from dossiers import HEADER, faults_of, write_dossier

LEVELS = "channel,from,target,of\nphone,2025-01-01,0.8,offered\nphone,2026-03-29,0.5,answered\n"
COLUMNS = ["channel", "start", "offered", "answered", "within_threshold"]


def rows() -> list[tuple[str, datetime, int, int, int]]:
    chance, first = Random(2), datetime(2025, 10, 30, tzinfo=UTC)
    made = []
    for n in range(4_000):
        offered = chance.randint(0, 9)
        answered = chance.randint(0, offered)
        within = chance.randint(0, answered)
        channel = chance.choice(["phone", "email"])
        made.append((channel, first + n * timedelta(minutes=137), offered, answered, within))
    return made


def write_parquet(path: Path, made: list[tuple[str, datetime, int, int, int]]) -> None:
    columns = list(zip(*made, strict=True))
    arrays = [pa.array(column) for column in columns]
    pq.write_table(pa.table(dict(zip(COLUMNS, arrays, strict=True))), path)


def test_the_volumes_are_those_of_the_same_rows_in_csv(tmp_path: Path) -> None:
    made = rows()
    text = ",".join(COLUMNS) + "\n"
    text += "".join(f"{c},{s.isoformat()},{o},{a},{w}\n" for c, s, o, a, w in made)
    in_csv = write_dossier(tmp_path / "a", {"service_levels.csv": LEVELS, "intervals.csv": text})
    in_parquet = write_dossier(tmp_path / "b", {"service_levels.csv": LEVELS})
    write_parquet(in_parquet / "intervals.parquet", made)
    months = months_until(Month.parse("2026-10"), 12)
    from_csv, from_parquet = (
        {
            (channel, month): tally
            for channel, tallies in read_dossier(folder).figures.volumes.items()
            for month, tally in tallies.items()
            if month in months
        }
        for folder in (in_csv, in_parquet)
    )
    assert from_csv == from_parquet
    assert len(from_csv) == 2 * 12


def test_a_fault_of_the_parquet_file_stands_among_those_of_the_other_files(tmp_path: Path) -> None:
    folder = write_dossier(
        tmp_path / "d",
        {"dossier.yaml": HEADER.replace("2026-10-31", "x"), "systems.csv": "system,class\na,b\n"},
    )
    start = datetime(2026, 10, 1, tzinfo=UTC)
    write_parquet(
        folder / "intervals.parquet", [("phone", start, 1, 2, 1), ("phone", start, 1, 1, 1)]
    )
    faults = faults_of(folder)
    assert [fault.split(":")[0] for fault in faults] == [
        "dossier.yaml",
        "systems.csv",
        *["intervals.parquet"] * (len(faults) - 2),
    ]
    assert len(faults) >= 3


def test_a_dossier_without_parquet_brings_in_no_engine(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "d")
    script = (
        "import sys; from pathlib import Path; from attain.dossier.folder import read_dossier; "
        f"read_dossier(Path({str(folder)!r})); "
        "print(sorted({'duckdb', 'pyarrow', 'deltalake', 'sqlglot', 'pyspark', 'typer', 'pydantic'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
