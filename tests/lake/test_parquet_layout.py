"""What is no Parquet file of intervals is refused by its footer, with what to do about it."""

import resource
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from attain.lake.duckdb_engine import DuckdbEngine
from attain.lake.intervals import tally_file, tally_lake
from attain.lake.layout import MOST_ROWS
from attain.measurement.faults import RefusedError
from interval_rows import Row, columns_of, utc, write_parquet
from project import ROOT

ENGINE = DuckdbEngine()
TRUSTING = DuckdbEngine("600MB", trusting=True)
ROWS = [Row("phone", utc(2026, 10, 5, hour), 3, 2, 1) for hour in range(10)]


def faults(path: Path) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        tally_file(path, "UTC", (), (), ENGINE)
    return [str(fault) for fault in refused.value.faults]


def written(folder: Path, **columns: Any) -> Path:
    """Write sound intervals, with some columns put in their place or added."""
    return write_parquet(folder / "intervals.parquet", {**columns_of(ROWS), **columns})


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "intervals.parquet"
    path.touch()
    [fault] = faults(path)
    assert fault.startswith(
        "intervals.parquet:1: file: found an empty file, expected a Parquet file"
    )


def test_a_zip_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "intervals.parquet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("intervals.csv", b"0" * 50_000_000)
    [fault] = faults(path)
    assert "found a zip archive or a spreadsheet" in fault


@pytest.mark.parametrize("text", ["channel,start\n", "PAR1", "PAR1PAR1", "\0" * 1000])
def test_another_kind_of_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "intervals.parquet"
    path.write_text(text)
    [fault] = faults(path)
    assert fault.startswith("intervals.parquet:1: file: found ")


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    [fault] = faults(tmp_path)
    assert ":1: file: found Is a directory, expected a file that can be read" in fault


@pytest.mark.parametrize("length", range(15, 1700, 153))
def test_a_file_that_breaks_off_is_refused(tmp_path: Path, length: int) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    [fault] = faults(path)
    assert "found a Parquet file that breaks off" in fault


@pytest.mark.parametrize("place", range(4, 1800, 71))
def test_a_file_with_a_broken_byte_is_judged_or_refused_and_nothing_else(
    tmp_path: Path, place: int
) -> None:
    path = written(tmp_path)
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 0xFF
    path.write_bytes(content)
    for engine in (ENGINE, TRUSTING):
        with suppress(RefusedError):
            tally_file(path, "UTC", (), (), engine)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    columns = columns_of(ROWS)
    del columns["answered"]
    [fault] = faults(write_parquet(tmp_path / "intervals.parquet", columns))
    assert fault == (
        "intervals.parquet:1: answered: found no such column, "
        "expected the columns channel, start, offered, answered, within_threshold"
    )


@pytest.mark.parametrize("name", ["site", "Channel", "start_time"])
def test_an_unknown_column_is_named(tmp_path: Path, name: str) -> None:
    [fault] = faults(written(tmp_path, **{name: pa.array(["x"] * 10)}))
    assert fault.startswith(
        f'intervals.parquet:1: {name}: found the column "{name}", expected only'
    )


def test_a_column_that_stands_twice_is_named(tmp_path: Path) -> None:
    columns = columns_of(ROWS)
    names = [*columns, "offered"]
    table = pa.Table.from_arrays([*columns.values(), columns["offered"]], names=names)
    pq.write_table(table, tmp_path / "intervals.parquet")
    [fault] = faults(tmp_path / "intervals.parquet")
    assert (
        fault == "intervals.parquet:1: offered: found the column 2 times, expected each column once"
    )


def test_ten_thousand_columns_are_one_fault(tmp_path: Path) -> None:
    path = written(tmp_path, **{f"c{n}": pa.array([n] * 10) for n in range(10_000)})
    [fault] = faults(path)
    assert "found 10005 columns" in fault


def test_a_name_that_a_terminal_would_obey_is_not_shown_as_a_column(tmp_path: Path) -> None:
    [fault] = faults(written(tmp_path, **{"a:\x1b[2J\n": pa.array([1] * 10)}))
    assert fault.startswith('intervals.parquet:1: file: found the column "a:\\x1b[2J\\n", expected')


NAIVE = [datetime(2026, 10, 5, hour) for hour in range(10)]  # noqa: DTZ001  on purpose
WRONG_TYPES = [
    ("channel", pa.array(range(10))),
    ("channel", pa.array([b"phone"] * 10)),
    ("start", pa.array(NAIVE, pa.timestamp("us"))),
    ("start", pa.array(NAIVE, pa.timestamp("ns"))),
    ("start", pa.array([date(2026, 10, 5)] * 10)),
    ("start", pa.array(range(10), pa.int64())),
    ("offered", pa.array([3.0] * 10)),
    ("offered", pa.array(["3"] * 10)),
    ("offered", pa.array([True] * 10)),
    ("answered", pa.array([Decimal(2)] * 10)),
    ("answered", pa.array([[2]] * 10)),
    ("within_threshold", pa.array([{"a": 1}] * 10)),
    ("within_threshold", pa.array([datetime(2026, 1, 1, tzinfo=UTC)] * 10)),
]


@pytest.mark.parametrize(("name", "values"), WRONG_TYPES)
def test_a_column_of_the_wrong_type_is_named(tmp_path: Path, name: str, values: Any) -> None:
    [fault] = faults(written(tmp_path, **{name: values}))
    assert fault.startswith(f"intervals.parquet:1: {name}: found values of type ")


def test_an_old_timestamp_that_says_no_time_zone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "intervals.parquet"
    write_parquet(path, columns_of(ROWS), use_deprecated_int96_timestamps=True)
    [fault] = faults(path)
    assert "expected texts as in CSV, or timestamps with a time zone" in fault


def test_a_table_without_rows_may_leave_its_types_open(tmp_path: Path) -> None:
    empty = {name: pa.array([], pa.null()) for name in columns_of([])}
    assert tally_file(write_parquet(tmp_path / "none.parquet", empty), "UTC", (), (), ENGINE) == {}


def test_the_files_of_a_lake_may_differ_in_the_width_of_their_counts(tmp_path: Path) -> None:
    wide = columns_of([Row("phone", utc(2026, 10, 6), 2**40, 2**40, 1)])
    narrow = columns_of(ROWS)
    for name in ("offered", "answered", "within_threshold"):
        narrow[name] = narrow[name].cast("int8")
    write_parquet(tmp_path / "1.parquet", {"site": pa.array(["leeds"] * 10), **narrow})
    write_parquet(tmp_path / "2.parquet", {"site": pa.array(["leeds"]), **wide})
    assert tally_lake(tmp_path, {}, ENGINE).unnamed == ("leeds",)


def test_the_files_of_a_lake_may_not_differ_in_the_type_of_their_starts(tmp_path: Path) -> None:
    site = {"site": pa.array(["leeds"] * 10)}
    write_parquet(tmp_path / "1.parquet", {**site, **columns_of(ROWS, "texts")})
    write_parquet(tmp_path / "2.parquet", {**site, **columns_of(ROWS, "us")})
    with pytest.raises(RefusedError, match="starts of one type in all files"):
        tally_lake(tmp_path, {}, ENGINE)


def test_every_bad_file_of_a_lake_is_named(tmp_path: Path) -> None:
    write_parquet(tmp_path / "1.parquet", {"site": pa.array(["leeds"] * 10), **columns_of(ROWS)})
    (tmp_path / "2.parquet").write_bytes(b"PK\3\4 and so on")
    (tmp_path / "3.parquet").touch()
    with pytest.raises(RefusedError) as refused:
        tally_lake(tmp_path, {}, ENGINE)
    assert [fault.file for fault in refused.value.faults] == ["2.parquet", "3.parquet"]


def test_a_column_that_would_inflate_is_refused_before_it_does(tmp_path: Path) -> None:
    channel = pa.array(["a" * 300 * 2**20] + ["b"] * 9)
    path = tmp_path / "intervals.parquet"
    write_parquet(path, {**columns_of(ROWS), "channel": channel}, compression="zstd")
    assert path.stat().st_size < 100_000
    [fault] = faults(path)
    assert "channel: found 300 MiB in one piece of the column, expected at most 256 MiB" in fault


ONE_FILE = """
import sys
from pathlib import Path
from attain.lake.intervals import tally_file
from attain.measurement.faults import RefusedError
try:
    tally_file(Path(sys.argv[1]), "UTC", (), ())
except RefusedError as refused:
    print(refused.faults[0])
"""


@pytest.mark.parametrize("column", ["channel", "start"])
@pytest.mark.parametrize("shared", [False, True])
def test_a_cell_of_hundreds_of_megabytes_is_refused_in_bounded_time_and_memory(
    tmp_path: Path, column: str, shared: bool
) -> None:
    # One cell of 200 MB, or one of 40 MB that ten thousand rows share through a dictionary.
    texts: Any = pa.array(["a" * 200 * 2**20] + ["b"] * 9)
    columns = columns_of(ROWS)
    if shared:
        columns = {name: pa.concat_arrays([value] * 1000) for name, value in columns.items()}
        places = pa.array([0] * 10_000, pa.int32())
        texts = pa.DictionaryArray.from_arrays(places, pa.array(["a" * 40 * 2**20]))
    path = tmp_path / "intervals.parquet"
    write_parquet(path, {**columns, column: texts}, compression="zstd")
    command = [sys.executable, "-c", ONE_FILE, str(path)]
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run = subprocess.run(
        ["/usr/bin/env", f"PYTHONPATH={ROOT / 'src'}", *command], capture_output=True, text=True
    )
    assert run.stdout.startswith("intervals.parquet:"), run.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 20
    assert time.monotonic() - began < 60


def test_more_rows_than_can_be_judged_in_time_are_refused(tmp_path: Path) -> None:
    # Runs of equal values take no room: a few kilobytes may say that they are any number of rows.
    some = pa.table(columns_of([Row("phone", utc(2026, 1, 1), 1, 1, 1)] * 1_000_000))
    path = tmp_path / "intervals.parquet"
    with pq.ParquetWriter(path, some.schema, compression="zstd") as writer:
        for _ in range(MOST_ROWS // 1_000_000 + 1):
            writer.write_table(some)
    assert faults(path) == [
        f"intervals.parquet:1: file: found {MOST_ROWS + 1_000_000:,} rows, "
        "expected at most 100,000,000 rows; split it by month"
    ]


def test_what_a_file_says_of_the_range_of_its_values_is_not_believed(tmp_path: Path) -> None:
    # The middle one of three counts stands in no statistics of the footer; it is overwritten there.
    middle = 0x0102030405060708
    rows = [
        Row("phone", utc(2026, 10, 5, n), c, c, c) for n, c in enumerate((0, middle, 2 * middle))
    ]
    path = tmp_path / "intervals.parquet"
    write_parquet(path, columns_of(rows), use_dictionary=False, compression="none")
    before = middle.to_bytes(8, "little")
    head, offered, answered, tail = path.read_bytes().split(before)
    path.write_bytes(head + before + offered + b"\xff" * 8 + answered + before + tail)
    assert [fault.split(", expected")[0] for fault in faults(path)] == [
        "intervals.parquet:3: answered: found -1",
    ]
