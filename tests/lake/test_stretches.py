"""Stretches of local time are exact: no engine needs to know a time zone."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attain.lake.stretches import EARLIEST, LATEST, CentreWindow, ceiling, changes_of_date
from attain.measurement.periods import Month, months_until
from attain.measurement.volumes import ServiceLevelTarget, target_in_force
from attain.measurement.zones import instant_of, local_date, zone_named

ZONES = [
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Kolkata",
    "America/St_Johns",
    "Pacific/Apia",
    "Asia/Kathmandu",
]
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moment=moments, zone=st.sampled_from(ZONES), days=st.integers(-1, 1))
@example(datetime(2009, 11, 1, 2, 30, tzinfo=UTC), "America/St_Johns", 0)
@example(datetime(2011, 12, 30, 10, tzinfo=UTC), "Pacific/Apia", 0)
def test_the_changes_of_a_date_say_whether_it_is_reached(
    moment: datetime, zone: str, days: int
) -> None:
    there = local_date(zone_named(zone), moment)
    day = there + timedelta(days=days)
    passed = [c for c in changes_of_date(zone_named(zone), day) if c <= instant_of(moment)]
    assert (len(passed) % 2 == 1) == (there >= day)


@given(
    moment=moments,
    zone=st.sampled_from(ZONES),
    starts=st.lists(st.dates(date(1899, 1, 1), date(2101, 1, 1)), max_size=4, unique=True),
    last=st.integers(-3, 14),
)
def test_every_moment_lies_in_one_stretch_with_its_month_and_its_target(
    moment: datetime, zone: str, starts: list[date], last: int
) -> None:
    day = local_date(zone_named(zone), moment)
    months = months_until(Month.of(day).plus(last), 12)
    near = [*starts, day, day.replace(day=1)]
    targets = [ServiceLevelTarget("phone", d, Fraction(1), "offered") for d in dict.fromkeys(near)]
    window = CentreWindow(zone, tuple(targets), months)
    [found] = [s for s in window.stretches("phone") if s.start <= instant_of(moment) < s.end]
    asked = Month.of(day) in months
    assert found.month == (Month.of(day) if asked else None)
    assert found.target == (target_in_force(targets, day) if asked else None)


@pytest.mark.parametrize("last", ["0001-01", "0001-11", "9999-12"])
def test_stretches_cover_the_calendar_to_its_ends(last: str) -> None:
    window = CentreWindow("Asia/Kolkata", (), months_until(Month.parse(last), 12))
    stretches = window.stretches("phone")
    assert stretches[0].start == EARLIEST
    assert stretches[-1].end == LATEST
    assert all(a.end == b.start for a, b in pairwise(stretches))


@given(
    share=st.fractions(0, 1),
    largest=st.integers(1, 40),
    part=st.integers(0, 40),
    whole=st.integers(1, 40),
)
def test_a_share_is_reached_as_often_as_its_ceiling(
    share: Fraction, largest: int, part: int, whole: int
) -> None:
    whole = min(whole, largest)
    found = ceiling(share, largest)
    assert found >= share
    assert found.denominator <= largest
    assert (Fraction(part, whole) >= found) == (Fraction(part, whole) >= share)
