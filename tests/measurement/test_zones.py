"""Local days of 23, 24 and 25 hours, of missing and of doubled midnights, against a slow oracle."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attain.measurement.zones import (
    day_start,
    exists,
    expected_intervals,
    instant_of,
    is_ambiguous,
    local_date,
    zone_named,
)

MINUTE = timedelta(minutes=1)
HOUR = 3_600_000_000
# Zones whose clocks change at midnight, by half hours or by whole days, beside plain ones.
ODD = (
    "Africa/Cairo",
    "America/Havana",
    "America/Santiago",
    "America/St_Johns",
    "America/New_York",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Apia",
    "UTC",
)


def first_minute(zone: ZoneInfo, day: date) -> datetime:
    """The oracle: go minute by minute until the clock shows the date, or a later one."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    while moment.astimezone(zone).date() < day:
        moment += MINUTE
    return moment


DAYS = """
  zone                 day         hours  why
  Europe/London        2026-10-24  24     a plain day
  Europe/London        2026-03-29  23     the clock goes forward at one
  Europe/London        2026-10-25  25     the clock goes back at two
  Australia/Lord_Howe  2026-10-04  23.5   the clock goes forward by half an hour
  Australia/Lord_Howe  2026-04-05  24.5   the clock goes back by half an hour
  Africa/Cairo         2026-04-24  23     no midnight
  Asia/Beirut          2026-03-29  23     no midnight
  America/Santiago     2026-09-06  23     no midnight
  America/Havana       2026-03-08  23     no midnight
  Atlantic/Azores      2026-03-29  23     no midnight
  America/Havana       2026-11-01  25     midnight comes twice
  Atlantic/Azores      2026-10-25  25     midnight comes twice
  Pacific/Apia         2011-12-29  24     the day before the missing one
  Pacific/Apia         2011-12-30  0      the missing day
  Pacific/Apia         2011-12-31  24     the day after it
  America/St_Johns     2010-11-06  24     until midnight came the first time
  America/St_Johns     2010-11-07  25     the clock goes back at one minute past midnight
  America/Toronto      1919-03-30  23.5   the clock goes forward from 23:30 to 00:30
"""
ROWS = [line.split()[:3] for line in DAYS.strip().splitlines()[1:]]


@pytest.mark.parametrize(("key", "day", "hours"), ROWS)
def test_a_local_day_has_its_hours_and_begins_at_its_first_minute(
    key: str, day: str, hours: str
) -> None:
    zone, begins = zone_named(key), date.fromisoformat(day)
    ends = begins + timedelta(days=1)
    assert day_start(zone, begins) == instant_of(first_minute(zone, begins))
    assert day_start(zone, ends) - day_start(zone, begins) == float(hours) * HOUR


@settings(max_examples=60, deadline=None)
@given(
    key=st.sampled_from(ODD),
    day=st.dates(min_value=date(1972, 1, 1), max_value=date(2060, 12, 31)),
)
def test_any_local_day_begins_where_the_slow_oracle_says(key: str, day: date) -> None:
    zone = zone_named(key)
    assert day_start(zone, day) == instant_of(first_minute(zone, day))


@pytest.mark.parametrize(
    ("key", "day", "quarters", "halves"),
    [
        ("Europe/London", "2026-10-24", 96, 48),
        ("Europe/London", "2026-03-29", 92, 46),
        ("Europe/London", "2026-10-25", 100, 50),
        ("Australia/Lord_Howe", "2026-10-04", 94, 47),
        ("Australia/Lord_Howe", "2026-04-05", 98, 49),
        ("Pacific/Apia", "2011-12-30", 0, 0),
    ],
)
def test_the_expected_number_of_intervals_comes_from_the_zone(
    key: str, day: str, quarters: int, halves: int
) -> None:
    zone, local = zone_named(key), date.fromisoformat(day)
    assert expected_intervals(zone, local, 15) == quarters
    assert expected_intervals(zone, local, 30) == halves


def test_a_part_of_an_interval_is_expected_too() -> None:
    assert expected_intervals(zone_named("Australia/Lord_Howe"), date(2026, 10, 4), 60) == 24


@settings(max_examples=15, deadline=None)
@given(key=st.sampled_from(ODD), year=st.integers(1975, 2060))
def test_the_days_of_a_year_add_up_to_the_year(key: str, year: int) -> None:
    zone = zone_named(key)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]
    starts = [day_start(zone, day) for day in (*days, date(year + 1, 1, 1))]
    assert starts == sorted(starts)
    by_hour = sum(expected_intervals(zone, day, 1) for day in days)
    assert by_hour * MINUTE == timedelta(microseconds=starts[-1] - starts[0])


FIRST_AND_LAST_DAYS = (
    date.min,
    date(1, 12, 31),
    date(2, 12, 31),
    date(3, 1, 1),
    date(9997, 12, 31),
    date(9998, 1, 1),
    date(9999, 12, 30),
    date.max,
)


@pytest.mark.parametrize("key", ["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize("day", FIRST_AND_LAST_DAYS)
def test_the_days_at_the_ends_of_the_calendar_are_days_like_others(key: str, day: date) -> None:
    zone = zone_named(key)
    assert expected_intervals(zone, day, 15) == 96
    assert abs(day_start(zone, day) - (day - date(1970, 1, 1)).days * 24 * HOUR) <= 15 * HOUR
    if day < date.max:
        assert day_start(zone, day + timedelta(days=1)) - day_start(zone, day) == 24 * HOUR


def test_a_moment_has_the_date_of_the_zone_whatever_its_offset() -> None:
    london, samoa = zone_named("Europe/London"), zone_named("Pacific/Apia")
    moment = datetime.fromisoformat("2026-07-01T00:30:00+02:00")
    assert local_date(london, moment) == date(2026, 6, 30)
    assert local_date(samoa, moment) == date(2026, 7, 1)


def test_a_date_beyond_the_calendar_is_its_first_or_last() -> None:
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)
    assert local_date(zone_named("America/New_York"), first) == date.min
    assert local_date(zone_named("Asia/Tokyo"), last) == date.max


def test_an_instant_is_counted_in_whole_microseconds() -> None:
    assert instant_of(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert instant_of(datetime.fromisoformat("1969-12-31T23:59:59.999999+00:00")) == -1
    assert instant_of(datetime.fromisoformat("1970-01-01T01:00:00+01:00")) == 0


WALL_CLOCK = """
  zone                 wall                 comes
  Europe/London        2026-03-29T00:59:59  once
  Europe/London        2026-03-29T01:00:00  never
  Europe/London        2026-03-29T01:59:59  never
  Europe/London        2026-03-29T02:00:00  once
  Europe/London        2026-10-25T00:59:59  once
  Europe/London        2026-10-25T01:00:00  twice
  Europe/London        2026-10-25T01:59:59  twice
  Europe/London        2026-10-25T02:00:00  once
  Australia/Lord_Howe  2026-10-04T02:15:00  never
  Australia/Lord_Howe  2026-04-05T01:45:00  twice
  Africa/Cairo         2026-04-24T00:00:00  never
  America/Havana       2026-11-01T00:00:00  twice
  Pacific/Apia         2011-12-30T12:00:00  never
  UTC                  2026-03-29T01:30:00  once
"""


@pytest.mark.parametrize(
    ("key", "wall", "comes"), [line.split() for line in WALL_CLOCK.strip().splitlines()[1:]]
)
def test_a_wall_clock_time_comes_once_twice_or_never(key: str, wall: str, comes: str) -> None:
    zone, moment = zone_named(key), datetime.fromisoformat(wall)
    assert exists(zone, moment) is (comes != "never")
    assert is_ambiguous(zone, moment) is (comes == "twice")


@pytest.mark.parametrize("key", ["Europe/London", "UTC", "America/Argentina/Ushuaia", "Etc/GMT+5"])
def test_a_zone_of_the_iana_list_is_found(key: str) -> None:
    assert zone_named(key).key == key


NO_ZONES = """
  London  Europe  europe/london/  ../etc/passwd  /etc/localtime  localtime  posixrules  Factory
  posix/Europe/London  right/UTC  +01:00  zone.tab  tzdata.zi
"""


@pytest.mark.parametrize(
    "key", ["", "Europe/\0", "\ud800", "Europe/London\n", "x" * 999, *NO_ZONES.split()]
)
def test_what_is_no_zone_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(key)}$"):
        zone_named(key)
