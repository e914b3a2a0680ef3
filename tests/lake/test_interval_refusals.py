"""Every row of a bad file is named: its line, its column, what was found, what was expected."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from attain.dossier import cells
from attain.lake.duckdb_engine import DuckdbEngine
from attain.lake.engine import Query, Snapshot, Statement
from attain.lake.interval_table import IntervalTable
from attain.lake.intervals import tally_file, tally_lake
from attain.lake.stretches import EARLIEST, LATEST, CentreWindow
from attain.measurement.faults import MOST_OF_A_FILE, RefusedError
from attain.measurement.periods import Month, months_until
from attain.measurement.zones import MICROSECOND, instant_of
from interval_rows import Row, columns_of, utc, write_intervals, write_parquet

ENGINE = DuckdbEngine()
# The folder of a test is the same for all examples; each writes its file anew.
SHARED_FOLDER = [HealthCheck.function_scoped_fixture]
MONTHS = months_until(Month.parse("2026-10"), 12)


def sound(count: int = 3) -> list[Row]:
    return [
        Row("phone", utc(2026, 10, 5) + n * timedelta(minutes=15), 3, 2, 1) for n in range(count)
    ]


def faults(path: Path, zone: str = "UTC") -> list[str]:
    with pytest.raises(RefusedError) as refused:
        tally_file(path, zone, (), MONTHS, ENGINE)
    return [str(fault) for fault in refused.value.faults]


def with_cells(column: str, values: list[Any], kind: pa.DataType) -> dict[str, Any]:
    """Return the columns of sound rows, one of them with other cells."""
    return {**columns_of(sound(len(values))), column: pa.array(values, kind)}


BAD_ROWS = [
    ("channel", [None, "phone"], pa.string(), "channel: found nothing, expected a channel"),
    ("channel", ["Phone", "phone"], pa.string(), 'channel: found "Phone", expected a channel'),
    ("channel", ["phone\n", "phone"], pa.string(), 'channel: found "phone\\n", expected a channel'),
    ("channel", ["", "phone"], pa.string(), 'channel: found "", expected a channel'),
    (
        "start",
        [None, utc(2026, 10, 5)],
        pa.timestamp("us", "UTC"),
        "start: found nothing, expected",
    ),
    ("offered", [None, 3], pa.int64(), "offered: found nothing, expected a whole number"),
    ("offered", [1, 3], pa.int64(), "answered: found 2, expected at most the 1 offered"),
    ("answered", [None, 3], pa.int64(), "answered: found nothing, expected a whole number"),
    ("answered", [-1, 3], pa.int64(), "answered: found -1, expected a whole number"),
    (
        "within_threshold",
        [-1, 2],
        pa.int64(),
        "within_threshold: found -1, expected a whole number",
    ),
    ("within_threshold", [3, 2], pa.int64(), "within_threshold: found 3, expected at most the 2"),
]


@pytest.mark.parametrize(("column", "values", "kind", "message"), BAD_ROWS)
def test_a_row_that_cannot_be_is_named_with_its_line(
    tmp_path: Path, column: str, values: list[Any], kind: pa.DataType, message: str
) -> None:
    path = tmp_path / "intervals.parquet"
    # The bad row is the last one: the first row stands on line 2.
    write_parquet(path, with_cells(column, values[::-1], kind))
    assert [fault for fault in faults(path) if message in fault]
    assert all(fault.startswith("intervals.parquet:3: ") for fault in faults(path))


BAD_TEXTS = [
    "2026-10-05T09:00:00",
    "2026-10-05 09:00:00+00:00",
    "2026-02-29T09:00:00Z",
    "2026-10-05T24:00:00Z",
    "2026-10-05T09:00:60Z",
    "2026-10-05T09:00:00+0100",
    "2026-10-05T09:00:00z",
    "2026-10-05T09:00:00Z\n",
    "20261005T090000Z",
    "46300.375",
    "2026-10-05T09:00:00.1234567Z",
    "٢٠٢٦-10-05T09:00:00Z",
    "",
]


@pytest.mark.parametrize("text", BAD_TEXTS)
def test_a_start_that_is_no_time_with_an_offset_is_refused(tmp_path: Path, text: str) -> None:
    path = write_parquet(
        tmp_path / "intervals.parquet",
        with_cells("start", ["2026-10-05T08:00:00Z", text], pa.string()),
    )
    [fault] = faults(path)
    assert fault.startswith("intervals.parquet:3: start: found ")
    assert "expected a time with its offset from UTC" in fault


def instants_of(path: Path) -> list[int | None]:
    table = IntervalTable(Snapshot(path, (path,), constants={"site": ""}), ENGINE)
    statement = Statement("instants", "SELECT instant FROM intervals ORDER BY row_number")
    return [
        instant for [instant] in ENGINE.query(Query(statement, {"intervals": table.view})).rows()
    ]


def instant_as_in_csv(text: str) -> int | None:
    try:
        instant = instant_of(cells.TIME.read(text))
    except (ValueError, OverflowError):
        return None
    return instant if EARLIEST <= instant < LATEST else None


moments = st.builds(
    "{}{}{}".format,
    st.dates().map(str) | st.sampled_from(["2026-02-30", "0000-01-01", "2026-13-01", "2026-1-01"]),
    st.from_regex(r"[T ]([01]\d|2[0-5]):[0-6]\d(:[0-6]\d(\.\d{1,7})?)?", fullmatch=True),
    st.from_regex(r"Z|z|[+-]([01]\d|2[0-4])(:?[0-6]\d)?|", fullmatch=True),
)


@settings(max_examples=40, deadline=None, suppress_health_check=SHARED_FOLDER)
@given(texts=st.lists(moments | st.text(max_size=30), min_size=1, max_size=40))
@example(texts=["2026-10-05T09:00+01", "2026-10-05T09:00:00.5-05:30", "2026-10-05T09:00Z"])
def test_a_text_means_the_same_time_in_parquet_as_in_csv(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "intervals.parquet"
    try:
        write_parquet(path, with_cells("start", texts, pa.string()))
    except UnicodeEncodeError:
        return
    found = [i if i is None or EARLIEST <= i < LATEST else None for i in instants_of(path)]
    assert found == [instant_as_in_csv(text) for text in texts]


def test_a_timestamp_finer_than_a_microsecond_is_refused_and_not_rounded(tmp_path: Path) -> None:
    start = pa.array([0, 10**18, 10**18 + 1], pa.timestamp("ns", "UTC"))
    path = write_parquet(tmp_path / "intervals.parquet", {**columns_of(sound()), "start": start})
    [fault] = faults(path)
    assert fault.startswith("intervals.parquet:4: start: found ")


def test_a_timestamp_outside_the_calendar_is_refused(tmp_path: Path) -> None:
    start = pa.array([0, LATEST, EARLIEST - 1], pa.timestamp("us", "UTC"))
    path = write_parquet(tmp_path / "intervals.parquet", {**columns_of(sound()), "start": start})
    assert [fault.split(": found")[0] for fault in faults(path)] == [
        "intervals.parquet:3: start",
        "intervals.parquet:4: start",
    ]


def test_two_starts_that_are_one_instant_are_a_repeated_key(tmp_path: Path) -> None:
    texts = ["2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00", "2026-10-25T00:30:00Z"]
    path = write_parquet(tmp_path / "intervals.parquet", with_cells("start", texts, pa.string()))
    assert faults(path, "Europe/London") == [
        'intervals.parquet:4: start: found "phone 2026-10-25T01:30:00+01:00" again, '
        "first on line 2, expected each channel and start once"
    ]


@pytest.mark.parametrize("year", [1850, 2020, 2026, 2150])
def test_a_repeated_key_is_found_also_outside_the_months_asked_for(
    tmp_path: Path, year: int
) -> None:
    rows = [
        Row("phone", utc(year, 3, 1), 0, 0, 0),
        Row("email", utc(year, 3, 1), 0, 0, 0),
        Row("phone", utc(year, 3, 1), 5, 5, 5),
        Row("phone", utc(year, 3, 1), 5, 5, 5),
    ]
    path = write_intervals(tmp_path / "intervals.parquet", rows)
    assert [fault.split(": found")[0] for fault in faults(path)] == [
        "intervals.parquet:4: start",
        "intervals.parquet:5: start",
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=SHARED_FOLDER)
@given(
    starts=st.lists(st.integers(0, 400), min_size=2, max_size=80),
    spacing=st.sampled_from([timedelta(minutes=15), timedelta(minutes=5), MICROSECOND]),
    channels=st.sampled_from([("phone",), ("phone", "email")]),
)
def test_exactly_the_rows_that_repeat_an_earlier_key_are_named(
    tmp_path: Path, starts: list[int], spacing: timedelta, channels: tuple[str, ...]
) -> None:
    rows = [
        Row(channels[n % len(channels)], utc(2026, 9, 30) + start * spacing, 1, 1, 1)
        for n, start in enumerate(starts)
    ]
    keys = [(row.channel, row.start) for row in rows]
    repeated = [n + 2 for n, key in enumerate(keys) if key in keys[:n]]
    path = write_intervals(tmp_path / "intervals.parquet", rows)
    found: list[int] = []
    try:
        tally_file(path, "Europe/London", (), MONTHS, ENGINE)
    except RefusedError as refused:
        found = [fault.line for fault in refused.faults]
    assert found == repeated


def test_all_faults_are_named_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = sound(5)
    rows[1] = rows[0]
    rows[3] = rows[3]._replace(answered=9, within=10)
    path = write_intervals(tmp_path / "intervals.parquet", rows)
    assert [fault.split(": found")[0] for fault in faults(path)] == [
        "intervals.parquet:3: start",
        "intervals.parquet:5: answered",
        "intervals.parquet:5: within_threshold",
    ]


def test_a_file_full_of_faults_names_the_first_thousand_and_that_there_are_more(
    tmp_path: Path,
) -> None:
    path = write_intervals(tmp_path / "intervals.parquet", sound(1) * (2 * MOST_OF_A_FILE))
    found = faults(path)
    assert len(found) == MOST_OF_A_FILE + 1
    assert found[0].startswith("intervals.parquet:3: start: ")
    assert "more faults than these" in found[-1]


def test_a_fault_in_an_estate_names_the_file_and_its_row(tmp_path: Path) -> None:
    columns = columns_of(sound(2))
    for site in ("leeds", "york"):
        (tmp_path / f"site={site}").mkdir()
        write_parquet(tmp_path / f"site={site}" / "1.parquet", columns)
    write_parquet(tmp_path / "site=york" / "2.parquet", columns_of(sound(1)))
    with pytest.raises(RefusedError) as refused:
        tally_lake(tmp_path, {"leeds": CentreWindow("UTC", (), MONTHS)}, ENGINE)
    assert [str(fault) for fault in refused.value.faults] == [
        "site=york/2.parquet:2: start: found "
        '"york phone 2026-10-05T00:00:00+00:00" again, first on line 2 of site=york/1.parquet, '
        "expected each site, channel and start once"
    ]


def test_a_site_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    columns = {"site": pa.array(["leeds", None, "leeds"]), **columns_of(sound())}
    path = write_parquet(tmp_path / "lake.parquet", columns)
    with pytest.raises(RefusedError, match=r"lake\.parquet:3: site: found nothing"):
        tally_lake(path, {}, ENGINE)
