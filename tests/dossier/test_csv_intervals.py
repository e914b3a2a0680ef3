"""`intervals.csv`: what is tallied to which local month, and what is refused at which line."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attain.dossier.folder import read_dossier
from attain.dossier.intervals import IntervalsRead, LocalDays, moment_of, read_intervals
from attain.measurement.counting import Tally
from attain.measurement.periods import Month
from attain.measurement.volumes import Basis, ServiceLevelTarget
from attain.measurement.zones import day_start, expected_intervals, instant_of, local_date
from dossiers import HEADER, faults_with, write_dossier

COLUMNS = "channel,start,offered,answered,within_threshold\n"
LONDON = ZoneInfo("Europe/London")
QUARTER = timedelta(minutes=15)
JANUARY, OCTOBER = Month.parse("2026-01"), Month.parse("2026-10")


def target(
    start: str, share: str, of: Basis = "offered", channel: str = "phone"
) -> ServiceLevelTarget:
    return ServiceLevelTarget(channel, date.fromisoformat(start), Fraction(share), of)


def read(
    folder: Path,
    rows: Iterable[str],
    targets: Iterable[ServiceLevelTarget] = (),
    zone: ZoneInfo = LONDON,
) -> IntervalsRead:
    path = folder / "intervals.csv"
    path.write_text(COLUMNS + "".join(f"{row}\n" for row in rows), "utf-8")
    result = read_intervals(path, zone, targets)
    assert not result.faults
    return result


def faults(folder: Path, *rows: str) -> list[str]:
    files = {"intervals.csv": COLUMNS + "".join(f"{row}\n" for row in rows)}
    return [fault.removeprefix("intervals.csv:") for fault in faults_with(folder, files)]


@pytest.mark.parametrize(
    ("row", "tally"),
    [
        ("10,10,8", Tally(10, 0, 10)),
        ("10,10,7", Tally(0, 0, 10)),
        ("10,8,7", Tally(0, 0, 10)),
        ("10.0,10,8.000", Tally(10, 0, 10)),
        ("10,0,0", Tally(0, 0, 10)),
        ("1000000000000000000000,1000000000000000000000,800000000000000000000",
         Tally(10**21, 0, 10**21)),
        ("1000000000000000000000,1000000000000000000000,799999999999999999999",
         Tally(0, 0, 10**21)),
    ],
)  # fmt: skip
def test_an_interval_attains_at_its_target_and_not_below(
    tmp_path: Path, row: str, tally: Tally
) -> None:
    volumes = read(tmp_path, [f"phone,2026-01-05T09:00Z,{row}"], [target("2026-01-01", "0.8")])
    assert volumes.volumes == {"phone": {JANUARY: tally}}


def test_of_answered_leaves_out_what_was_not_answered_but_never_an_interval_without_an_answer(
    tmp_path: Path,
) -> None:
    rows = ["phone,2026-01-05T09:00Z,10,8,7", "phone,2026-01-05T09:15Z,5,0,0"]
    answered = read(tmp_path, rows, [target("2026-01-01", "0.8", "answered")])
    assert answered.volumes == {"phone": {JANUARY: Tally(10, 0, 15)}}


def test_an_interval_in_which_nobody_called_is_read_but_not_counted(tmp_path: Path) -> None:
    result = read(tmp_path, ["phone,2026-01-05T09:00Z,0,0,0"], [target("2026-01-01", "0.8")])
    assert (result.volumes, result.count) == ({}, 1)


def test_an_interval_without_a_target_may_fall_either_side_unless_none_was_answered(
    tmp_path: Path,
) -> None:
    rows = ["phone,2026-01-05T09:00Z,10,8,7", "phone,2026-01-05T09:15Z,5,0,0"]
    other = [target("2026-01-01", "0.8", channel="chat"), target("2026-01-06", "0.1")]
    assert read(tmp_path, rows, other).volumes == {"phone": {JANUARY: Tally(0, 10, 15)}}


@pytest.mark.parametrize(
    ("zone", "day", "intervals"),
    [
        ("Europe/London", "2026-03-29", 92),
        ("Europe/London", "2026-10-25", 100),
        ("Europe/London", "2026-06-30", 96),
        ("Australia/Lord_Howe", "2026-10-04", 94),
        ("Australia/Lord_Howe", "2026-04-05", 98),
        ("America/Havana", "2026-03-08", 92),
        ("America/Havana", "2026-11-01", 100),
        ("Africa/Cairo", "2026-04-24", 92),
        ("Asia/Kathmandu", "2026-01-01", 96),
    ],
)
def test_a_day_has_the_intervals_that_its_clocks_make(
    tmp_path: Path, zone: str, day: str, intervals: int
) -> None:
    place, date_ = ZoneInfo(zone), date.fromisoformat(day)
    first = day_start(place, date_ - timedelta(days=1))
    last = day_start(place, date_ + timedelta(days=2))
    rows = []
    for n, instant in enumerate(range(first, last, QUARTER // timedelta(microseconds=1))):
        there = place if n % 2 else UTC
        start = moment_of(instant, LONDON).astimezone(there).isoformat()
        rows.append(f"phone,{start},1,1,1")
    random.Random(1).shuffle(rows)
    # In force on this day only, so that what attains is what has this local date.
    only_then = [
        target(day, "1"),
        target((date_ + timedelta(days=1)).isoformat(), "0.5", "offered"),
    ]
    worse = [row.replace(",1,1,1", ",2,2,1") for row in rows]
    result = read(tmp_path, worse, only_then, place)
    tallies = [tally for months in result.volumes.values() for tally in months.values()]
    of_day_before = expected_intervals(place, date_ - timedelta(days=1), 15)
    of_day_after = expected_intervals(place, date_ + timedelta(days=1), 15)
    assert expected_intervals(place, date_, 15) == intervals
    assert sum(tally.open for tally in tallies) == 2 * of_day_before
    assert sum(tally.good for tally in tallies) == 2 * of_day_after
    assert sum(tally.total for tally in tallies) == 2 * (of_day_before + intervals + of_day_after)


def test_an_hour_that_comes_twice_at_midnight_belongs_to_the_month_that_it_begins(
    tmp_path: Path,
) -> None:
    rows = [
        "phone,2026-10-31T23:45-04:00,1,1,1",
        "phone,2026-11-01T00:00-04:00,2,1,1",
        "phone,2026-11-01T00:00-05:00,4,1,1",
    ]
    months = read(tmp_path, rows, zone=ZoneInfo("America/Havana")).volumes["phone"]
    assert {str(month): tally.total for month, tally in months.items()} == {
        "2026-10": 1,
        "2026-11": 6,
    }


def test_the_month_and_the_target_follow_the_local_date_whatever_the_offset(tmp_path: Path) -> None:
    rows = ["phone,2026-06-30T23:00Z,3,3,3", "phone,2026-07-01T11:59+14:00,5,5,5"]
    months = read(tmp_path, rows, [target("2026-07-01", "1")]).volumes["phone"]
    assert {str(month): tally for month, tally in months.items()} == {
        "2026-06": Tally(0, 5, 5),
        "2026-07": Tally(3, 0, 3),
    }


ZONES = [
    "Europe/London", "Australia/Lord_Howe", "America/Havana", "America/St_Johns", "Asia/Gaza",
    "Africa/Casablanca", "Pacific/Apia", "America/Asuncion", "Antarctica/Troll", "UTC",
]  # fmt: skip


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime.fromisoformat("0002-01-01"), datetime.fromisoformat("9998-12-30")),
)
# Clocks went back from 00:01, so that the date ran backwards for an hour.
@example("America/St_Johns", datetime.fromisoformat("2010-11-07T02:30:30"))
@example("America/St_Johns", datetime.fromisoformat("2010-11-07T02:31"))
@example("America/St_Johns", datetime.fromisoformat("2010-11-07T03:30"))
# A day that was left out.
@example("Pacific/Apia", datetime.fromisoformat("2011-12-30T09:59:59"))
@example("Pacific/Apia", datetime.fromisoformat("2011-12-30T10:00"))
def test_the_local_date_is_that_of_the_zone_at_every_instant(zone: str, wall: datetime) -> None:
    place, moment = ZoneInfo(zone), wall.replace(tzinfo=UTC)
    assert LocalDays(place).of(instant_of(moment)) == local_date(place, moment).toordinal()


ROWS = st.lists(
    st.builds(
        lambda channel, quarter, counts: (channel, quarter, sorted(counts, reverse=True)),
        st.sampled_from(["phone", "chat"]),
        st.integers(-200, 200),
        st.lists(st.integers(0, 12), min_size=3, max_size=3),
    ),
    max_size=12,
    unique_by=lambda row: row[:2],
)


@given(ROWS, st.randoms(use_true_random=False), st.sampled_from(ZONES))
def test_the_tally_does_not_depend_on_the_order_of_rows_nor_on_the_offsets_they_are_written_in(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, int, list[int]]],
    chance: random.Random,
    zone: str,
) -> None:
    folder, place = tmp_path_factory.mktemp("intervals"), ZoneInfo(zone)
    middle = datetime(2026, 4, 5, tzinfo=UTC)
    targets = [target("2026-04-01", "0.8"), target("2026-04-05", "0.5", "answered")]

    def write(there: ZoneInfo, row: tuple[str, int, list[int]]) -> str:
        start = (middle + row[1] * QUARTER).astimezone(there).isoformat()
        return f"{row[0]},{start},{','.join(map(str, row[2]))}"

    shuffled = chance.sample(rows, len(rows))
    first = read(folder, [write(place, row) for row in rows], targets, place)
    second = read(folder, [write(ZoneInfo("Asia/Tokyo"), row) for row in shuffled], targets, place)
    assert first.volumes == second.volumes
    offered = sum(row[2][0] for row in rows)
    assert offered == sum(t.total for months in first.volumes.values() for t in months.values())


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Phone,2026-01-05T09:15Z,1,1,1",
         '3: channel: found "Phone", expected a channel such as phone or live_chat '
         "(a-z, 0-9 and _)"),
        ("phone,2026-01-05T09:15,1,1,1",
         '3: start: found "2026-01-05T09:15", expected a time with its offset from UTC such as '
         "2026-10-31T09:15:00+01:00: the offset is missing"),
        ("phone,2026-03-29T01:30,1,1,1",
         '3: start: found "2026-03-29T01:30", expected a time with its offset from UTC such as '
         "2026-10-31T09:15:00+01:00: the offset is missing; the clocks of Europe/London skip that "
         "time"),
        ("phone,46027.385,1,1,1",
         '3: start: found "46027.385", expected a time with its offset from UTC such as '
         "2026-10-31T09:15:00+01:00"),
        ("phone,,1,1,1",
         "3: start: found nothing, expected a time with its offset from UTC such as "
         "2026-10-31T09:15:00+01:00"),
        ("phone,2026-01-05T09:15Z,1.5,1,1",
         '3: offered: found "1.5", expected a whole number of 0 or more such as 12'),
        ("phone,2026-01-05T09:15Z,1,1,-1",
         '3: within_threshold: found "-1", expected a whole number of 0 or more such as 12'),
        ("phone,2026-01-05T09:15Z,,1,1",
         "3: offered: found nothing, expected a whole number of 0 or more such as 12"),
        ("phone,2026-01-05T09:15Z,1,2,1",
         "3: answered: found 2, expected at most the 1 offered"),
        ("phone,2026-01-05T09:15Z,3,2,3.0",
         "3: within_threshold: found 3, expected at most the 2 answered"),
        ("phone,2026-01-05T09:15Z,1,1",
         "3: record: found 4 cells, expected the 5 of the header"),
        ("phone,2026-01-05T09:00:00.000+00:00,1,1,1",
         '3: start: found "phone 2026-01-05T09:00:00+00:00" again, first on line 2, '
         "expected each channel and start once"),
        ("phone,2026-01-05T10:00+01,1,1,1",
         '3: start: found "phone 2026-01-05T09:00:00+00:00" again, first on line 2, '
         "expected each channel and start once"),
    ],
)  # fmt: skip
def test_an_interval_that_cannot_be_is_refused_at_its_line(
    tmp_path: Path, row: str, fault: str
) -> None:
    assert faults(tmp_path, "phone,2026-01-05T09:00Z,1,1,1", row) == [fault]


def test_every_fault_of_a_row_is_named_and_its_key_still_counts(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        "phone,2026-01-05T09:00Z,1,2,3",
        "phone,2026-01-05T09:00Z,1,1,1",
        "phone,2026-01-05T09:00Z,x,y,1",
        "Phone,9:00,-1,-1,-1",
    )
    assert [fault.split(" found")[0] for fault in found] == [
        "2: answered:",
        "2: within_threshold:",
        "3: start:",
        "4: offered:",
        "4: answered:",
        "4: start:",
        "5: channel:",
        "5: start:",
        "5: offered:",
        "5: answered:",
        "5: within_threshold:",
    ]


def test_one_wall_clock_time_in_two_offsets_is_two_intervals(tmp_path: Path) -> None:
    rows = ["phone,2026-10-25T01:30+01:00,1,1,1", "phone,2026-10-25T01:30+00:00,1,1,1"]
    assert read(tmp_path, rows).volumes["phone"][OCTOBER].total == 2
    other_channel = ["phone,2026-10-25T01:30Z,1,1,1", "email,2026-10-25T01:30Z,1,1,1"]
    assert read(tmp_path, other_channel).count == 2


def test_intervals_are_read_in_any_order_of_columns_and_whatever_the_quoting(
    tmp_path: Path,
) -> None:
    text = (
        '\ufeffoffered,"start",within_threshold,channel,answered\r\n'
        '"10",2026-01-05T09:00Z,"8","phone",9\r\n\n'
    )
    rows = {"dossier.yaml": HEADER, "intervals.csv": text}
    dossier = read_dossier(write_dossier(tmp_path / "dossier", rows))
    assert dossier.figures.volumes == {"phone": {JANUARY: Tally(0, 10, 10)}}


def test_intervals_without_a_column_are_still_checked_in_the_others(tmp_path: Path) -> None:
    text = "channel,start,offered,answered\nphone,x,1,2\n"
    found = faults_with(tmp_path, {"intervals.csv": text})
    assert [fault.split(" found")[0] for fault in found] == [
        "intervals.csv:1: within_threshold:",
        "intervals.csv:2: start:",
        "intervals.csv:2: answered:",
    ]


def test_intervals_are_checked_though_the_zone_is_not_known(tmp_path: Path) -> None:
    rows = {
        "dossier.yaml": HEADER.replace("Europe/London", "Nowhere"),
        "intervals.csv": COLUMNS + "phone,2026-03-29T01:30,1,1,1\n",
    }
    assert [fault.split(" found")[0] for fault in faults_with(tmp_path, rows)] == [
        "dossier.yaml:3: timezone:",
        "intervals.csv:2: start:",
    ]


def test_an_empty_file_of_intervals_is_refused_and_a_header_alone_is_not(tmp_path: Path) -> None:
    assert faults_with(tmp_path, {"intervals.csv": COLUMNS}) == []
    assert faults_with(tmp_path, {"intervals.csv": ""}) == [
        "intervals.csv:1: header: found no header, expected a header of these names with commas "
        "between: channel, start, offered, answered, within_threshold"
    ]
