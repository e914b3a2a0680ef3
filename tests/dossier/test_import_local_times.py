"""Local times of intervals are placed in their zone: nothing is shifted, and no hour is guessed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attain.dossier.folder import check_dossier
from attain.dossier.local_times import LocalClock
from attain.dossier.mapping import Times
from attain.measurement.zones import expected_intervals
from importing import DOSSIER, bring_in, refusals, written

COLUMNS = """
columns: {channel: {value: phone}, start: At, offered: O, answered: A, within_threshold: W}
"""
LONDON = "times: {timezone: Europe/London, length: 30}\n"
IN_ORDER = "times: {timezone: Europe/London, length: 30, occurrence: file_order}\n"
SPRING, AUTUMN = "2026-03-29", "2026-10-25"


def day_of(zone: str, day: str, minutes: int) -> list[str]:
    """Return the local times without offsets of all intervals of a day, in order."""
    local = ZoneInfo(zone)
    start = datetime.fromisoformat(day).replace(tzinfo=local).astimezone(UTC)
    count = expected_intervals(local, datetime.fromisoformat(day).date(), minutes)
    times = ((start + timedelta(minutes=minutes * n)).astimezone(local) for n in range(count))
    return [time.strftime("%Y-%m-%dT%H:%M") for time in times]


def own_file(times: list[str]) -> str:
    return "At,O,A,W\n" + "".join(f"{time},{n + 1},1,1\n" for n, time in enumerate(times))


def offered(folder: Path, out: str = "out") -> int:
    return sum(int(row.split(",")[2]) for row in written(folder, "intervals", out))


def test_the_day_on_which_clocks_go_forward_has_46_half_hours(tmp_path: Path) -> None:
    times = day_of("Europe/London", SPRING, 30)
    assert len(times) == 46
    report = bring_in(tmp_path, own_file(times), COLUMNS + LONDON + DOSSIER, "intervals")
    assert len(written(tmp_path, "intervals")) == 46
    assert any(
        "46 intervals of 30 minutes in phone, 0 missing between the first" in r for r in report
    )


def test_a_time_that_the_clocks_skip_is_refused_and_never_shifted(tmp_path: Path) -> None:
    own = own_file([f"{SPRING}T00:30", f"{SPRING}T01:30"])
    (fault,) = refusals(tmp_path, own, COLUMNS + LONDON + DOSSIER, "intervals")
    assert fault == (
        f'own.csv:3: At: found "{SPRING}T01:30", expected a time that exists; '
        "the clocks of Europe/London skip this one"
    )


def test_the_hour_that_comes_twice_is_refused_without_an_offset(tmp_path: Path) -> None:
    own = own_file(day_of("Europe/London", AUTUMN, 30))
    faults = refusals(tmp_path, own, COLUMNS + LONDON + DOSSIER, "intervals")
    assert [fault.split(": ")[0] for fault in faults] == [f"own.csv:{n}" for n in (4, 5, 6, 7)]
    assert "occurrence: file_order" in faults[0]


def test_in_file_order_the_hour_that_comes_twice_is_two_hours(tmp_path: Path) -> None:
    times = day_of("Europe/London", AUTUMN, 30)
    assert len(times) == 50
    bring_in(tmp_path, own_file(times), COLUMNS + IN_ORDER + DOSSIER, "intervals")
    rows = written(tmp_path, "intervals")
    assert [row.split(",")[1] for row in rows[2:6]] == [
        f"{AUTUMN}T01:00:00+01:00",
        f"{AUTUMN}T01:30:00+01:00",
        f"{AUTUMN}T01:00:00+00:00",
        f"{AUTUMN}T01:30:00+00:00",
    ]
    assert offered(tmp_path) == sum(range(1, 51))
    assert check_dossier(tmp_path / "out").rows["intervals"] == 50


def test_with_offsets_the_hour_that_comes_twice_is_two_hours_too(tmp_path: Path) -> None:
    own = own_file([f"{AUTUMN}T01:30+01:00", f"{AUTUMN}T01:30+00:00", f"{AUTUMN}T01:00Z"])
    bring_in(tmp_path, own, COLUMNS + LONDON + DOSSIER, "intervals")
    assert len(written(tmp_path, "intervals")) == 3


def test_each_channel_has_its_own_order(tmp_path: Path) -> None:
    columns = COLUMNS.replace("{value: phone}", "{column: Q, values: {P: phone, E: email}}")
    times = [f"{AUTUMN}T01:{m}" for m in ("00", "30", "00", "30")]
    own = "Q,At,O,A,W\n" + "".join(f"{q},{time},1,1,1\n" for q in "PE" for time in times)
    dossier = DOSSIER.replace("[phone]", "[phone, email]")
    bring_in(tmp_path, own, columns + IN_ORDER + dossier, "intervals")
    assert len(written(tmp_path, "intervals")) == 8


@pytest.mark.parametrize(
    "times",
    [
        [f"{AUTUMN}T02:00", f"{AUTUMN}T01:30"],
        [f"{AUTUMN}T01:00"] * 3,
        [f"{AUTUMN}T01:30", f"{AUTUMN}T01:30", f"{AUTUMN}T01:00", f"{AUTUMN}T01:00"],
    ],
)
def test_file_order_is_refused_where_the_rows_are_not_in_order(
    tmp_path: Path, times: list[str]
) -> None:
    assert refusals(tmp_path, own_file(times), COLUMNS + IN_ORDER + DOSSIER, "intervals")


@pytest.mark.parametrize("start", ["10:15", "10:20", "10:00:30"])
def test_a_start_off_the_grid_is_refused(tmp_path: Path, start: str) -> None:
    own = own_file(["2026-06-01T10:00", f"2026-06-01T{start}"])
    (fault,) = refusals(tmp_path, own, COLUMNS + LONDON + DOSSIER, "intervals")
    assert fault.startswith("own.csv:3: At: ")
    assert "grid of 30 minutes" in fault


def test_intervals_that_overlap_are_refused_also_with_those_of_the_dossier(tmp_path: Path) -> None:
    quarters = LONDON.replace("30", "15")
    bring_in(tmp_path, own_file(["2026-06-01T10:15"]), COLUMNS + quarters + DOSSIER, "intervals")
    own = own_file(["2026-06-01T10:00", "2026-06-01T11:00"])
    (fault,) = refusals(tmp_path, own, COLUMNS + LONDON + DOSSIER, "intervals")
    assert fault.endswith("which is on own.csv:2")
    assert fault.startswith("out/intervals.csv:2: start: ")


def test_a_gap_is_told_and_is_no_interval_of_0(tmp_path: Path) -> None:
    own = own_file(["2026-06-01T10:00", "2026-06-01T11:00", "2026-06-01T12:00"])
    own = own.replace("2026-06-01T11:00,2,1,1", "2026-06-01T11:00,,,")
    report = bring_in(tmp_path, own, COLUMNS + LONDON + DOSSIER, "intervals")
    assert len(written(tmp_path, "intervals")) == 2
    assert any("2 intervals of 30 minutes in phone, 3 missing between" in line for line in report)


def test_a_local_time_needs_a_declared_zone(tmp_path: Path) -> None:
    own = own_file(["2026-06-01T10:00"])
    (fault,) = refusals(tmp_path, own, COLUMNS + DOSSIER, "intervals")
    assert "`times: timezone`" in fault
    (fault,) = refusals(
        tmp_path, own, COLUMNS + "times: {timezone: Europe/Leeds}\n" + DOSSIER, "intervals"
    )
    assert "found Europe/Leeds, expected an IANA time zone" in fault


def test_a_date_and_a_time_of_day_are_joined(tmp_path: Path) -> None:
    columns = COLUMNS.replace("At,", '{column: [D, T], format: "%d/%m/%Y %H:%M"},')
    own = "D,T,O,A,W\n01/06/2026,9:30,1,1,1\n"
    bring_in(tmp_path, own, columns + LONDON + DOSSIER, "intervals")
    assert written(tmp_path, "intervals") == ["phone,2026-06-01T09:30:00+01:00,1,1,1"]


def test_an_incident_in_the_hour_that_comes_twice_needs_its_offset_whatever_the_order(
    tmp_path: Path,
) -> None:
    mapping = """
columns: {incident: Id, system: {value: acd}, opened: At}
tables: {systems: [{system: acd, class: end_user_facing}]}
"""
    own = f"Id,At\nI1,{AUTUMN}T01:30\n"
    (fault,) = refusals(tmp_path, own, mapping + IN_ORDER + DOSSIER, "incidents")
    assert "show this time twice" in fault


def test_the_grid_holds_also_for_times_with_their_own_offset(tmp_path: Path) -> None:
    own = own_file(["2026-06-01T10:00+05:30", "2026-06-01T10:10+05:30"])
    mapping = COLUMNS + "times: {length: 15}\n" + DOSSIER
    (fault,) = refusals(tmp_path, own, mapping, "intervals")
    assert fault.startswith("own.csv:3: At: ")


ZONES = ["Europe/London", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana", "Asia/Kolkata"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_in_file_order_every_day_of_a_year_comes_back_as_the_instants_it_had(
    zone: str, day: date
) -> None:
    local = ZoneInfo(zone)
    times = day_of(zone, str(day), 15)
    clock = LocalClock(Times(timezone=zone, occurrence="file_order", length=15))
    placed = [clock.place(datetime.fromisoformat(time), ("phone",)) for time in times]
    start = datetime.fromisoformat(times[0]).replace(tzinfo=local).astimezone(UTC)
    instants = [time.astimezone(UTC) for time in placed]
    assert instants == [start + timedelta(minutes=15 * n) for n in range(len(times))]
