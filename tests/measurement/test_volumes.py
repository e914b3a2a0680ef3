"""Volumes: what attains in an interval, and what a channel's months carry together."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.measurement.counting import Tally
from attain.measurement.periods import Month
from attain.measurement.volumes import Basis, ServiceLevelTarget, attains, target_in_force, total

FOUR_FIFTHS = Fraction(4, 5)
START = date(2026, 1, 1)


def target(of: Basis = "offered", share: Fraction = FOUR_FIFTHS) -> ServiceLevelTarget:
    return ServiceLevelTarget("phone", START, share, of)


ATTAINS = """
  offered  answered  within  of        attains
  10       10        8       offered   yes
  10       10        7       offered   no
  10       5         4       offered   no
  10       5         4       answered  yes
  10       5         3       answered  no
  10       0         0       offered   no
  10       0         0       answered  no
  1        1         1       offered   yes
  3        3         2       offered   no
"""


@pytest.mark.parametrize(
    ("offered", "answered", "within", "of", "expected"),
    [line.split() for line in ATTAINS.strip().splitlines()[1:]],
)
def test_an_interval_attains_at_its_target(
    offered: str, answered: str, within: str, of: Basis, expected: str
) -> None:
    found = attains(int(offered), int(answered), int(within), target(of))
    assert found is (expected == "yes")


def test_without_a_target_an_interval_may_fall_either_side_unless_none_was_answered() -> None:
    assert attains(10, 5, 5, None) is None
    assert attains(10, 0, 0, None) is False


@pytest.mark.parametrize("of", ["offered", "answered"])
def test_a_target_of_nothing_is_not_attained_where_none_was_answered(of: Basis) -> None:
    assert attains(10, 0, 0, target(of, Fraction(0))) is False
    assert attains(10, 1, 0, target(of, Fraction(0))) is True


@given(within=st.integers(0, 10**12), basis=st.integers(1, 10**12), share=st.fractions(0, 1))
def test_attaining_is_comparing_the_exact_ratio(within: int, basis: int, share: Fraction) -> None:
    found = attains(basis, basis, min(within, basis), target(share=share))
    assert found is (Fraction(min(within, basis), basis) >= share)


@given(data=st.data(), times=st.integers(1, 10**6), share=st.fractions(0, 1))
def test_so_many_times_the_contacts_attain_alike(
    data: st.DataObject, times: int, share: Fraction
) -> None:
    offered = data.draw(st.integers(1, 1000))
    answered = data.draw(st.integers(0, offered))
    within = data.draw(st.integers(0, answered))
    once = attains(offered, answered, within, target(share=share))
    assert attains(offered * times, answered * times, within * times, target(share=share)) is once


def test_the_latest_target_on_or_before_the_day_is_in_force() -> None:
    later = ServiceLevelTarget("phone", date(2026, 7, 1), Fraction(9, 10), "answered")
    targets = [later, target()]
    days = (date(2025, 12, 31), START, date(2026, 6, 30), date(2026, 7, 1))
    assert [target_in_force(targets, day) for day in days] == [None, target(), target(), later]


def test_the_volume_of_months_adds_up_and_a_month_without_any_adds_nothing() -> None:
    months = [Month.parse(text) for text in ("2026-01", "2026-02", "2026-03")]
    volumes = {months[0]: Tally(1, 2, 3), months[2]: Tally(10, 20, 30)}
    assert total(volumes, months) == Tally(11, 22, 33)
    assert total(volumes, months[1:2]) == Tally(0, 0, 0)
    assert total(volumes, []) == Tally(0, 0, 0)
