"""The one statement judges intervals exactly as a person would, row by row."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attain.lake.duckdb_engine import DuckdbEngine
from attain.lake.intervals import tally_file, tally_lake
from attain.lake.stretches import CentreWindow
from attain.measurement.counting import Tally
from attain.measurement.periods import Month, months_until
from attain.measurement.volumes import Basis, ServiceLevelTarget, Volumes
from interval_rows import (
    Row,
    at,
    columns_of,
    tally_slowly,
    utc,
    write_intervals,
    write_parquet,
)

ZONES = ("Europe/London", "Australia/Lord_Howe", "America/Havana", "Asia/Kolkata")
CHANNELS = ("phone", "email", "chat")
OCTOBER = Month.parse("2026-10")
ENGINE = DuckdbEngine()
TRUSTING = DuckdbEngine("600MB", trusting=True)
# The folder of a test is the same for all examples; each writes its file anew.
SHARED_FOLDER = [HealthCheck.function_scoped_fixture]


def target(channel: str, start: date, share: str, of: Basis = "offered") -> ServiceLevelTarget:
    return ServiceLevelTarget(channel, start, Fraction(share), of)


def tally(
    path: Path, *targets: ServiceLevelTarget, zone: str = "UTC", last: Month = OCTOBER
) -> Volumes:
    return tally_file(path, zone, targets, months_until(last, 12), ENGINE)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    offered = draw(st.integers(0, 30))
    answered = draw(st.integers(0, offered))
    return offered, answered, draw(st.integers(0, answered))


@st.composite
def intervals(draw: st.DrawFn) -> list[Row]:
    """Draw quarter hours about the ends of months and the changes of the clocks, each key once."""
    around = st.sampled_from(
        [utc(2026, 3, 29), utc(2026, 4, 4, 15), utc(2026, 10, 25), utc(2025, 11, 2, 5)]
        + [utc(2026, month, 1) for month in (1, 4, 10, 11)]
    )
    start = st.builds(lambda t, n: t + n * timedelta(minutes=15), around, st.integers(-120, 120))
    keys = draw(st.lists(st.tuples(st.sampled_from(CHANNELS), start), max_size=60, unique=True))
    return [Row(channel, moment, *draw(counts())) for channel, moment in keys]


shares = st.one_of(
    st.sampled_from([Fraction(4, 5), Fraction(0), Fraction(1), Fraction(1, 3)]),
    st.fractions(0, 1, max_denominator=30),
    st.fractions(0, 1, max_denominator=10**40),
)
targets = st.lists(
    st.builds(
        ServiceLevelTarget,
        st.sampled_from(("phone", "email", "sms")),
        st.dates(date(2025, 9, 1), date(2026, 12, 1)),
        shares,
        st.sampled_from(("offered", "answered")),
    ),
    max_size=5,
    unique_by=lambda t: (t.channel, t.start),
)


@settings(max_examples=60, deadline=None, suppress_health_check=SHARED_FOLDER)
@given(
    rows=intervals(),
    targets=targets,
    zone=st.sampled_from(ZONES),
    starts=st.sampled_from(("texts", "ms", "us", "ns")),
)
def test_the_statement_agrees_with_judging_row_by_row(
    tmp_path: Path, rows: list[Row], targets: list[ServiceLevelTarget], zone: str, starts: str
) -> None:
    path = write_intervals(tmp_path / "intervals.parquet", rows, starts)
    months = months_until(OCTOBER, 12)
    assert tally(path, *targets, zone=zone) == tally_slowly(rows, zone, targets, months)


@settings(max_examples=20, deadline=None, suppress_health_check=SHARED_FOLDER)
@given(
    estate=st.dictionaries(
        st.sampled_from(("leeds", "cardiff", "york")),
        st.tuples(intervals(), targets, st.sampled_from(ZONES), st.integers(-2, 1)),
        min_size=1,
    )
)
def test_an_estate_is_judged_as_its_centres_are_one_by_one(
    tmp_path: Path, estate: dict[str, tuple[list[Row], list[ServiceLevelTarget], str, int]]
) -> None:
    windows, expected = {}, {}
    columns: dict[str, list[object]] = {}
    for site, (rows, own, zone, later) in estate.items():
        months = months_until(OCTOBER.plus(later), 12)
        windows[site] = CentreWindow(zone, tuple(own), months)
        expected[site] = tally_slowly(rows, zone, own, months)
        for name, values in columns_of(rows).items():
            columns.setdefault(name, []).extend(values)
        columns.setdefault("site", []).extend([site] * len(rows))
    types = columns_of([])
    path = write_parquet(
        tmp_path / "lake.parquet",
        {name: columns[name] for name in columns}
        if any(columns.values())
        else {"site": types["channel"], **types},
    )
    assert tally_lake(path, windows, ENGINE).by_site == expected
    assert tally_lake(path, windows, TRUSTING).by_site == expected


def test_a_share_exactly_at_the_target_attains_and_just_below_does_not(tmp_path: Path) -> None:
    # 94.985 % is not 95 %: 18 997 of 20 000 against 19 000 of 20 000.
    rows = [
        Row("phone", utc(2026, 10, 5, 9, 0), 20_000, 20_000, 19_000),
        Row("phone", utc(2026, 10, 5, 9, 15), 20_000, 20_000, 18_997),
    ]
    path = write_intervals(tmp_path / "intervals.parquet", rows)
    volumes = tally(path, target("phone", date(2026, 1, 1), "0.95"))
    assert volumes == {"phone": {OCTOBER: Tally(20_000, 0, 40_000)}}


def test_none_answered_counts_and_does_not_attain_even_where_nothing_is_asked(
    tmp_path: Path,
) -> None:
    rows = [
        Row("phone", utc(2026, 10, 5), 7, 0, 0),
        Row("phone", utc(2026, 10, 6), 0, 0, 0),
        Row("email", utc(2026, 10, 5), 3, 0, 0),
        Row("email", utc(2026, 10, 6), 2, 1, 0),
    ]
    path = write_intervals(tmp_path / "intervals.parquet", rows)
    volumes = tally(path, target("phone", date(2026, 1, 1), "0", "answered"))
    assert volumes == {"phone": {OCTOBER: Tally(0, 0, 7)}, "email": {OCTOBER: Tally(0, 2, 5)}}


def test_a_target_holds_from_its_local_midnight_on(tmp_path: Path) -> None:
    # 18:30 UTC is midnight in Kolkata.
    rows = [
        Row("phone", at("2026-10-14T18:15:00+00:00"), 10, 10, 9),
        Row("phone", at("2026-10-14T18:30:00+00:00"), 100, 100, 90),
    ]
    path = write_intervals(tmp_path / "intervals.parquet", rows)
    of_both = (
        target("phone", date(2026, 1, 1), "0.9"),
        target("phone", date(2026, 10, 15), "0.91"),
    )
    assert tally(path, *of_both, zone="Asia/Kolkata") == {"phone": {OCTOBER: Tally(10, 0, 110)}}


def test_a_date_that_comes_twice_is_one_date(tmp_path: Path) -> None:
    # In St John's, clocks went back from 00:01 on 1 November 2009 to 23:01 on 31 October.
    times = ["02:15", "02:30", "02:31", "03:00", "03:30"]
    rows = [
        Row("chat", at(f"2009-11-01T{time}+00:00"), 10**n, 1, 0) for n, time in enumerate(times)
    ]
    path = write_intervals(tmp_path / "intervals.parquet", rows)
    months = (Month.parse("2009-10"), Month.parse("2009-11"))
    zone = "America/St_Johns"
    found = tally_file(path, zone, (), months, ENGINE)
    assert found == tally_slowly(rows, zone, (), months)
    assert found["chat"][months[0]].total == 1101


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "uint32", "int32", "uint64", "int64"])
def test_counts_may_be_integers_of_any_width(tmp_path: Path, kind: str) -> None:
    columns = columns_of([Row("phone", utc(2026, 10, 5), 100, 100, 90)])
    for name in ("offered", "answered", "within_threshold"):
        columns[name] = columns[name].cast(kind)
    path = write_parquet(tmp_path / "intervals.parquet", columns)
    volumes = tally(path, target("phone", date(2026, 1, 1), "0.9"))
    assert volumes == {"phone": {OCTOBER: Tally(100, 0, 100)}}


@pytest.mark.parametrize("write_statistics", [True, False])
def test_counts_near_the_largest_there_are_do_not_overflow(
    tmp_path: Path, write_statistics: bool
) -> None:
    most = 2**63 - 1
    rows = [
        Row("phone", utc(2026, 10, 5), most, most, most - 1),
        Row("phone", utc(2026, 10, 6), most, most, most - 2),
    ]
    path = tmp_path / "intervals.parquet"
    write_parquet(path, columns_of(rows), write_statistics=write_statistics)
    goal = target("phone", date(2026, 1, 1), str(Fraction(most - 1, most)), "answered")
    assert tally(path, goal) == {"phone": {OCTOBER: Tally(most, 0, 2 * most)}}


def test_columns_may_stand_in_any_order_and_there_may_be_no_rows(tmp_path: Path) -> None:
    columns = columns_of([])
    path = write_parquet(tmp_path / "intervals.parquet", dict(reversed(columns.items())))
    assert tally(path) == {}


def test_starts_off_the_quarter_hour_are_judged_all_the_same(tmp_path: Path) -> None:
    rows = [
        Row("phone", utc(2026, 10, 5) + timedelta(seconds=n, microseconds=n), 1, 1, n % 2)
        for n in range(2000)
    ]
    path = write_intervals(tmp_path / "intervals.parquet", rows)
    goal = target("phone", date(2026, 1, 1), "0.5")
    assert tally(path, goal) == {"phone": {OCTOBER: Tally(1000, 0, 2000)}}


def test_two_starts_in_one_slot_are_not_one_start(tmp_path: Path) -> None:
    rows = [
        Row("phone", utc(2026, 10, 5) + timedelta(minutes=15 * n), 1, 1, 1) for n in range(30_000)
    ]
    rows.append(Row("phone", rows[-1].start + timedelta(milliseconds=1), 1, 1, 1))
    path = write_intervals(tmp_path / "intervals.parquet", rows, "us")
    volumes = tally(path, last=Month.parse("2027-09"))
    assert sum(month.total for month in volumes["phone"].values()) == len(rows)


def test_sites_that_no_dossier_names_are_reported_and_centres_without_rows_are_empty(
    tmp_path: Path,
) -> None:
    columns = columns_of([Row("phone", utc(2026, 10, 5), 1, 1, 1)])
    path = write_parquet(tmp_path / "lake.parquet", {"site": ["hull"], **columns})
    found = tally_lake(path, {"leeds": CentreWindow("UTC", (), (OCTOBER,))}, ENGINE)
    assert found.unnamed == ("hull",)
    assert found.by_site == {"leeds": {}}
