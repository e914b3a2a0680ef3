"""Months, quarters and years, up to both ends of the calendar."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.measurement.periods import (
    MeasurementPeriod,
    Month,
    PeriodKind,
    last_full_month,
    months_until,
    same_day_before,
)

NAMED = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)


@given(day=st.dates())
def test_a_date_lies_between_the_first_and_the_last_day_of_its_month(day: date) -> None:
    month = Month.of(day)
    assert month.first_day <= day <= month.last_day
    assert Month.of(month.first_day) == Month.of(month.last_day) == month
    assert Month.parse(str(month)) == month


@given(day=st.dates(max_value=date.max - timedelta(days=1)))
def test_a_month_ends_where_the_next_begins(day: date) -> None:
    following = day + timedelta(days=1)
    is_last = day == Month.of(day).last_day
    assert Month.of(following) == Month.of(day).plus(1 if is_last else 0)


NO_MONTHS = """
  2026-00  2026-13  0000-01  26-01  2026-1  2026/01  2026-01-01  ٢٠٢٦-٠١  ²026-01  2026-  -026-01
  10000-01
"""


@pytest.mark.parametrize("text", ["", "2026-01 ", " 2026-01", "2026-01\n", *NO_MONTHS.split()])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Month.parse(text)


def test_months_are_ordered_and_counted_across_years() -> None:
    december = Month.parse("2025-12")
    assert str(december.plus(1)) == "2026-01"
    assert str(december.plus(-12)) == "2024-12"
    assert december < december.plus(1)


def test_the_months_until_one_end_with_it() -> None:
    months = months_until(Month.parse("2026-02"), 3)
    assert [str(m) for m in months] == ["2025-12", "2026-01", "2026-02"]
    assert months_until(Month.parse("2026-02"), 0) == ()


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        ("2026-10-31", "2026-10"),
        ("2026-10-30", "2026-09"),
        ("2026-11-01", "2026-10"),
        ("2026-12-31", "2026-12"),
        ("2026-12-30", "2026-11"),
        ("2027-01-01", "2026-12"),
        ("2028-02-28", "2028-01"),
        ("2028-02-29", "2028-02"),
        ("2027-02-28", "2027-02"),
        ("1900-02-28", "1900-02"),
        ("2000-02-28", "2000-01"),
        ("9999-12-31", "9999-12"),
        ("9999-12-30", "9999-11"),
        ("0001-01-31", "0001-01"),
        ("0001-01-30", "0000-12"),
        ("0001-01-01", "0000-12"),
    ],
)
def test_the_last_full_month_ends_on_or_before_the_date(as_of: str, last: str) -> None:
    assert str(last_full_month(date.fromisoformat(as_of))) == last


@given(day=st.dates())
def test_the_last_full_month_is_over_and_the_one_after_it_is_not(day: date) -> None:
    last = last_full_month(day)
    assert last.plus(1) > Month.of(day) or last.plus(1).last_day > day
    assert last < Month.of(date.min) or last.last_day <= day


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-10-31", 12, "2025-10-31"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2028-02-29", 48, "2024-02-29"),
        ("2027-02-28", 12, "2026-02-28"),
        ("2029-02-28", 12, "2028-02-28"),
        ("2026-10-31", 1, "2026-09-30"),
        ("2026-05-31", 3, "2026-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-01-15", 0, "2026-01-15"),
        ("0001-01-01", 12, "0001-01-01"),
        ("0002-01-01", 12, "0001-01-01"),
        ("0001-06-30", 5, "0001-01-30"),
        ("0001-06-30", 6, "0001-01-01"),
        ("9999-12-31", 12, "9998-12-31"),
        ("9999-12-31", 10, "9999-02-28"),
        ("9999-12-31", 120_000, "0001-01-01"),
    ],
)
def test_the_same_day_so_many_months_before(day: str, months: int, before: str) -> None:
    assert same_day_before(date.fromisoformat(day), months).isoformat() == before


@given(day=st.dates(min_value=date(2, 1, 1)), months=st.integers(0, 12))
def test_the_same_day_before_keeps_its_number_or_takes_the_last_day(day: date, months: int) -> None:
    before = same_day_before(day, months)
    assert Month.of(before) == Month.of(day).plus(-months)
    assert before.day == day.day or before == Month.of(before).last_day
    assert before.day <= day.day


@pytest.mark.parametrize(
    ("kind", "day", "named", "first", "last"),
    [
        (PeriodKind.MONTH, "2026-10-31", "2026-10", "2026-10-01", "2026-10-31"),
        (PeriodKind.QUARTER, "2026-10-31", "2026-Q4", "2026-10-01", "2026-12-31"),
        (PeriodKind.QUARTER, "2026-03-31", "2026-Q1", "2026-01-01", "2026-03-31"),
        (PeriodKind.QUARTER, "2026-04-01", "2026-Q2", "2026-04-01", "2026-06-30"),
        (PeriodKind.YEAR, "2028-02-29", "2028", "2028-01-01", "2028-12-31"),
        (PeriodKind.YEAR, "9999-12-31", "9999", "9999-01-01", "9999-12-31"),
        (PeriodKind.QUARTER, "0001-01-01", "0001-Q1", "0001-01-01", "0001-03-31"),
    ],
)
def test_a_period_is_named_and_runs_from_its_first_to_its_last_day(
    kind: PeriodKind, day: str, named: str, first: str, last: str
) -> None:
    period = MeasurementPeriod.containing(kind, date.fromisoformat(day))
    days = [d.isoformat() for d in period.days()]
    assert str(period) == named
    assert (days[0], days[-1]) == (first, last)


@given(kind=st.sampled_from(NAMED), day=st.dates())
def test_the_periods_of_a_kind_follow_one_another_without_a_gap(
    kind: PeriodKind, day: date
) -> None:
    period = MeasurementPeriod.containing(kind, day)
    days = list(period.days())
    assert day in days
    assert len(days) == (days[-1] - days[0]).days + 1
    assert len(period.months) == period.length
    if days[-1] < date.max:
        following = MeasurementPeriod.containing(kind, days[-1] + timedelta(days=1))
        assert following.first == period.months[-1].plus(1)


@pytest.mark.parametrize(
    ("kind", "first"), [(PeriodKind.QUARTER, "2026-02"), (PeriodKind.YEAR, "2026-04")]
)
def test_a_period_that_starts_amid_another_is_refused(kind: PeriodKind, first: str) -> None:
    with pytest.raises(ValueError, match=f"a {kind} does not start in {first}"):
        MeasurementPeriod(kind, Month.parse(first))


def test_an_interval_is_no_period_of_months() -> None:
    with pytest.raises(ValueError, match="an interval is a length of a local day"):
        MeasurementPeriod(PeriodKind.INTERVAL, Month.parse("2026-01"))
