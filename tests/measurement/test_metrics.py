"""Metrics by month: the target in force, what is known of each month, and enough of them.

Months are drawn as strips that end with the last month: `+` on target, `-` off, `?` a reading
without a target in force, `.` no reading.
"""

from datetime import date
from fractions import Fraction

import pytest

from attain.measurement.counting import Tally
from attain.measurement.metrics import (
    DatedValue,
    Direction,
    EnoughPeriods,
    MonthState,
    Reading,
    Track,
    in_force,
    judge_months,
    tracked,
)
from attain.measurement.periods import Month, months_until
from strips import LAST, track_of

SEVEN_OF_TWELVE = EnoughPeriods(share=Fraction(3, 5), least=6, count=7)
NINE_OF_TWELVE = EnoughPeriods(share=Fraction(3, 4), least=12, count=9)
UPTIME_2 = EnoughPeriods(share=Fraction(2, 3), least=6)
UPTIME_3 = EnoughPeriods(share=Fraction(9, 10), least=12)


@pytest.mark.parametrize(
    ("value", "target", "higher", "lower"),
    [
        ("0.95", "0.95", True, True),
        ("0.94985", "0.95", False, True),
        ("0.95018", "0.95", True, False),
        ("-1", "-2", True, False),
    ],
)
def test_at_the_target_is_on_target_either_way(
    value: str, target: str, higher: bool, lower: bool
) -> None:
    pair = Fraction(value), Fraction(target)
    assert Direction.HIGHER.reached(*pair) is higher
    assert Direction.LOWER.reached(*pair) is lower


def test_a_ratio_is_compared_before_it_is_rounded() -> None:
    """94.985 % is not 95 %, however few digits it is shown with."""
    reading = Reading(Fraction(18997), Fraction(20000))
    assert not Direction.HIGHER.reached(reading.value, Fraction(95, 100))
    assert Direction.HIGHER.reached(
        Reading(Fraction(19000), Fraction(20000)).value, Fraction("0.95")
    )


def test_a_denominator_of_0_is_no_data() -> None:
    reading = Reading(Fraction(0), Fraction(0))
    assert not reading.has_data
    with pytest.raises(ZeroDivisionError):
        _ = reading.value


# The target in force ----------------------------------------------------------------------------
TARGETS = (
    DatedValue(date(2026, 7, 31), Fraction(3)),
    DatedValue(date(2026, 1, 1), Fraction(1)),
    DatedValue(date(2026, 7, 1), Fraction(2)),
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), 1),
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), 2),
        (date(2026, 7, 30), 2),
        (date(2026, 7, 31), 3),
        (date.max, 3),
    ],
)
def test_the_latest_value_on_or_before_the_day_is_in_force(day: date, value: int | None) -> None:
    found = in_force(TARGETS, day)
    assert (found.value if found else None) == value


def test_a_month_is_judged_by_the_target_of_its_last_day() -> None:
    readings = {Month.parse(m): Reading(Fraction(2), Fraction(1)) for m in ("2026-06", "2026-07")}
    judged = judge_months(readings, TARGETS, Direction.HIGHER, LAST)
    assert {str(month): good for month, good in judged.items()} == {
        "2026-06": True,
        "2026-07": False,
    }


def test_a_target_that_begins_amid_a_month_holds_for_that_month_and_not_before() -> None:
    readings = {Month.parse(m): Reading(Fraction(9), Fraction(1)) for m in ("2026-02", "2026-03")}
    targets = [DatedValue(date(2026, 3, 31), Fraction(5))]
    judged = judge_months(readings, targets, Direction.HIGHER, LAST)
    assert {str(month): good for month, good in judged.items()} == {
        "2026-02": None,
        "2026-03": True,
    }


def test_months_after_the_last_and_months_without_data_are_not_judged() -> None:
    readings = {
        LAST.plus(1): Reading(Fraction(1), Fraction(1)),
        LAST: Reading(Fraction(1), Fraction(0)),
        LAST.plus(-1): Reading(Fraction(1), Fraction(1)),
    }
    judged = judge_months(readings, TARGETS, Direction.HIGHER, LAST)
    assert list(judged) == [LAST.plus(-1)]


# What is known of each month --------------------------------------------------------------------
def states(strip: str, months: int) -> list[str]:
    track = track_of(strip)
    return [track.state(month).name for month in months_until(LAST, months)]


def test_every_month_has_one_of_five_states() -> None:
    assert states("+-?.+", 6) == [
        "BEFORE_FIRST",
        "ON_TARGET",
        "OFF_TARGET",
        "NO_TARGET",
        "NO_READING",
        "ON_TARGET",
    ]


def test_without_any_reading_no_month_is_before_the_first() -> None:
    assert states("", 3) == ["NO_READING"] * 3


def test_a_reading_without_a_target_is_a_first_reading() -> None:
    assert states("?.", 3) == ["BEFORE_FIRST", "NO_TARGET", "NO_READING"]


@pytest.mark.parametrize(
    ("state", "good"),
    [
        (MonthState.ON_TARGET, True),
        (MonthState.OFF_TARGET, False),
        (MonthState.NO_TARGET, None),
        (MonthState.NO_READING, None),
        (MonthState.BEFORE_FIRST, False),
    ],
)
def test_a_state_is_good_bad_or_open(state: MonthState, good: bool | None) -> None:
    assert state.is_good is good


@pytest.mark.parametrize(
    ("strip", "length", "window"),
    [
        ("+", 12, 1),
        ("+" * 11, 12, 11),
        ("+" * 12, 12, 12),
        ("+" * 20, 12, 12),
        ("+..", 12, 3),
        ("", 12, 12),
        ("+" * 20, 6, 6),
    ],
)
def test_a_window_runs_from_the_first_reading_if_that_is_later(
    strip: str, length: int, window: int
) -> None:
    months = track_of(strip).window(length)
    assert len(months) == window
    assert months[-1] == LAST


def test_the_gaps_are_the_months_without_data_after_the_first() -> None:
    track = track_of("+.?.-")
    assert track.gaps(months_until(LAST, 9)) == [LAST.plus(-3), LAST.plus(-1)]


# Tracked for months -----------------------------------------------------------------------------
TRACKED = """
  strip          months  outcome
  +++            3       met
  +-?            3       met
  ++             3       not_met
  .++            3       not_met
  +.+            3       undetermined
  ++.            3       undetermined
  ...            3       undetermined
  -              1       met
  .+             1       met
  +.             2       undetermined
  +.             3       not_met
  ++++++++++++   12      met
  +++++++++++    12      not_met
  .+++.+++++++   12      not_met
  +.++++++++++   12      undetermined
  ++++++++++++   0       met
"""


@pytest.mark.parametrize(
    ("strip", "months", "outcome"), [line.split() for line in TRACKED.strip().splitlines()[1:]]
)
def test_tracked_means_data_in_each_of_the_last_months(
    strip: str, months: str, outcome: str
) -> None:
    assert tracked(track_of(strip), int(months)) == outcome


# Enough periods ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "needed"),
    [
        (SEVEN_OF_TWELVE, {6: 4, 7: 5, 8: 5, 9: 6, 10: 6, 11: 7, 12: 7}),
        (NINE_OF_TWELVE, {11: 9, 12: 9}),
        (UPTIME_2, {6: 4, 7: 5, 8: 6, 9: 6, 10: 7, 11: 8, 12: 8}),
        (UPTIME_3, {12: 11}),
    ],
)
def test_how_many_months_a_window_needs(rule: EnoughPeriods, needed: dict[int, int]) -> None:
    assert {window: rule.needed(window) for window in needed} == needed


ENOUGH = """
  rule      strip          outcome       why
  seven     (none)         undetermined  no reading yet
  seven     ............   undetermined  no reading yet
  seven     +++++          not_met       a window of five is too short
  seven     +....          not_met       and so it stays, whatever the gaps turn out to be
  seven     ++++--         met           four of six
  seven     +++---         not_met       three of six
  seven     +++.--         undetermined  three or four of six
  seven     ++..--         undetermined  two to four of six
  seven     +-..--         not_met       one to three of six
  seven     +++++-----     not_met       five of ten
  seven     ++++++-----    not_met       six of eleven is under three fifths
  seven     +++++++-----   met           seven of twelve, though it is under three fifths
  seven     ++++++------   not_met       six of twelve
  seven     ++++++.-----   undetermined  six or seven of twelve
  seven     ??++++++-----  undetermined  six in the window, and one that may fall either side
  seven     +++++++------  not_met       the first of thirteen has left the window
  nine      +++++++++++    not_met       a window of eleven is too short
  nine      +++++++++---   met           nine of twelve
  nine      ++++++++----   not_met       eight of twelve
  nine      ++++++++?---   undetermined  eight or nine
  up-2      ++++--         met           two thirds of six is four
  up-2      +++---         not_met       three of six
  up-2      ++++---        not_met       four of seven is under two thirds
  up-2      +++++--        met           five of seven
  up-3      +++++++++++-   met           nine tenths of twelve is eleven
  up-3      ++++++++++--   not_met       ten of twelve
  up-3      ++++++++++.-   undetermined  ten or eleven
"""
RULES = {"seven": SEVEN_OF_TWELVE, "nine": NINE_OF_TWELVE, "up-2": UPTIME_2, "up-3": UPTIME_3}


@pytest.mark.parametrize(
    ("rule", "strip", "outcome"), [line.split()[:3] for line in ENOUGH.strip().splitlines()[1:]]
)
def test_on_target_in_enough_of_the_window(rule: str, strip: str, outcome: str) -> None:
    assert RULES[rule].judge(track_of("" if strip == "(none)" else strip)) == outcome


def test_the_tally_of_a_window_counts_its_months_alone() -> None:
    assert SEVEN_OF_TWELVE.tally(track_of("+++" + "+-?.++-+.-++")) == Tally(6, 3, 12)
    assert SEVEN_OF_TWELVE.tally(track_of("+-.")) == Tally(1, 1, 3)


def test_a_metric_without_readings_has_no_first_month() -> None:
    assert Track("answer-time", {}, LAST).first is None
    assert track_of(".+-").first == LAST.plus(-1)
