"""The quarter-hours of the demonstration: their number, their shapes, what too few people cost."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from attain.measurement.periods import Month
from attain.measurement.zones import expected_intervals
from attain.website.demonstration.contacts import (
    CHANNELS,
    ChannelContacts,
    Workload,
    contacts_of,
)
from attain.website.demonstration.hours import is_open
from attain.website.demonstration.opening import LONG, OFFICE, ROUND_THE_CLOCK, Opening
from attain.website.demonstration.quarter_hours import QuarterHours, quarter_hours

MARCH = Month.parse("2026-03")


def year(
    staff: float | Sequence[float] = 1.05,
    openings: tuple[Opening, ...] = LONG,
    zone: str = "Europe/London",
    seed: int = 1,
) -> dict[str, ChannelContacts]:
    each = [staff] * 12 if isinstance(staff, float) else list(staff)
    workload = Workload(1.0, openings, dict.fromkeys(CHANNELS, each), [320.0] * 12)
    return contacts_of(workload, zone, MARCH, np.random.default_rng(seed))


def in_time(found: ChannelContacts) -> float:
    return float(found.within.sum() / found.offered.sum())


def volume(found: ChannelContacts, by: np.ndarray) -> np.ndarray:
    return np.bincount(by, weights=found.offered)


def weekdays(hours: QuarterHours) -> np.ndarray:
    return np.array([day.weekday() for day in hours.days])[hours.day]


@pytest.mark.parametrize(
    ("zone", "day", "count"),
    [
        ("Europe/London", date(2026, 3, 29), 92),
        ("Europe/London", date(2026, 10, 25), 100),
        ("Europe/Warsaw", date(2026, 3, 29), 92),
        ("Europe/London", date(2026, 6, 1), 96),
        ("Asia/Manila", date(2026, 3, 29), 96),
        ("Africa/Johannesburg", date(2026, 10, 25), 96),
    ],
)
def test_a_local_day_has_as_many_quarter_hours_as_its_clocks_show(
    zone: str, day: date, count: int
) -> None:
    hours = quarter_hours(zone, MARCH, 12)
    place = hours.days.index(day)
    assert np.count_nonzero(hours.day == place) == count
    assert expected_intervals(ZoneInfo(zone), day, 15) == count


def test_the_clock_of_the_day_on_which_it_is_put_forward_skips_an_hour() -> None:
    hours = quarter_hours("Europe/London", MARCH, 1)
    slots = hours.slot[hours.day == hours.days.index(date(2026, 3, 29))]
    assert slots[:6].tolist() == [0, 1, 2, 3, 8, 9]


def test_quarter_hours_follow_each_other_without_a_gap() -> None:
    starts = quarter_hours("Europe/Dublin", MARCH, 12).starts
    assert set(np.diff(starts).tolist()) == {15 * 60 * 1_000_000}


def test_nobody_calls_while_the_site_is_closed_and_letters_come_at_any_hour() -> None:
    found = year(openings=OFFICE)
    closed = ~is_open(OFFICE)[weekdays(found["phone"].hours), found["phone"].hours.slot]
    assert found["phone"].offered[closed].sum() == 0
    assert found["chat"].offered[closed].sum() == 0
    assert found["email"].offered[closed].sum() > 0
    assert found["phone"].offered[~closed].sum() > 0


def test_mondays_are_busiest_and_the_weekend_is_quiet() -> None:
    found = year(openings=ROUND_THE_CLOCK)["phone"]
    monday, *rest, saturday, sunday = volume(found, weekdays(found.hours))
    assert monday > 1.1 * max(rest)
    assert max(saturday, sunday) < min(rest)


def test_a_day_has_two_peaks_with_a_dip_at_lunch() -> None:
    found = year()["phone"]
    of_day = volume(found, found.hours.slot)
    morning, lunch, afternoon = of_day[40:46].mean(), of_day[51:54].mean(), of_day[58:64].mean()
    assert lunch < 0.85 * morning
    assert lunch < 0.95 * afternoon
    assert of_day[76:80].mean() < 0.5 * morning


def test_more_call_in_winter_than_in_summer() -> None:
    months = year()["phone"].by_month(year()["phone"].offered)
    june, july, december, january = months[3], months[4], months[9], months[10]
    assert min(december, january) > 1.1 * max(june, july)


@pytest.mark.parametrize("channel", CHANNELS)
def test_fewer_people_answer_fewer_in_time(channel: str) -> None:
    target = float(CHANNELS[channel].target)
    enough, too_few, far_too_few = (in_time(year(s)[channel]) for s in (1.06, 0.82, 0.72))
    assert enough > target
    assert enough > too_few > far_too_few
    assert far_too_few < target


def test_a_month_with_too_few_people_shows_in_that_month_only() -> None:
    found = year([1.05] * 5 + [0.81] + [1.05] * 6)["phone"]
    shares = np.array(found.by_month(found.within)) / np.array(found.by_month(found.offered))
    assert shares[5] < 0.7
    assert np.delete(shares, 5).min() > 0.8


@pytest.mark.parametrize("staff", [1.05, 0.7])
def test_no_more_are_answered_than_come_nor_in_time_than_answered(staff: float) -> None:
    for found in year(staff).values():
        assert (found.within <= found.answered).all()
        assert (found.answered <= found.offered).all()
        assert found.within.min() >= 0


def test_the_months_add_up_to_the_year() -> None:
    found = year()["email"]
    assert sum(found.by_month(found.offered)) == found.offered.sum()
    last = found.since(9)
    assert last.offered.sum() == sum(found.by_month(found.offered)[9:])
    assert len(last.hours.starts) == len(last.offered)


def test_the_same_seed_brings_the_same_contacts_and_another_brings_others() -> None:
    first, again, other = year(seed=4)["chat"], year(seed=4)["chat"], year(seed=5)["chat"]
    assert (first.offered == again.offered).all()
    assert (first.within == again.within).all()
    assert (first.offered != other.offered).any()
