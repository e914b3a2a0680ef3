"""Laws of what is measured by month.

The order is not met < undetermined < met. A good month is one on target. Two facts set the limits
of these laws, and each has its own example here. The first reading of all decides since when a
metric is measured, so it can turn "cannot be told" into "not long enough". And a reading before
the first one lengthens the window by every month between, so that only the month right before the
first can be added without opening months.
"""

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from attain.measurement.metrics import (
    DatedValue,
    Direction,
    EnoughPeriods,
    MonthState,
    Reading,
    Track,
    judge_months,
    tracked,
)
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month, months_until
from strips import LAST, track_of

ORDER = [Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.MET]
STRIPS = st.text("+-?.", max_size=16)
STARTED = STRIPS.filter(lambda strip: strip.strip(".") != "")
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=12)


@st.composite
def rules(draw: st.DrawFn) -> EnoughPeriods:
    """Rules whose count for a whole window asks at most one month more than the share for one less.

    Every sensible rule is such: otherwise a good month that completes the window would be punished.
    """
    share, least = draw(SHARES), draw(st.integers(0, 12))
    by_share = EnoughPeriods(share, least)
    count = draw(st.none() | st.integers(0, by_share.needed(11) + 1))
    return EnoughPeriods(share, least, count)


def outcomes(track: Track, rule: EnoughPeriods, months: int) -> tuple[Outcome, Outcome]:
    return rule.judge(track), tracked(track, months)


def with_month(track: Track, month: Month, good: bool | None) -> Track:
    return Track(track.key, {**track.judged, month: good}, max(track.last, month))


def assert_no_lower(before: tuple[Outcome, ...], after: tuple[Outcome, ...]) -> None:
    for old, new in zip(before, after, strict=True):
        assert ORDER.index(new) >= ORDER.index(old)


@given(strip=STARTED, rule=rules(), months=st.integers(0, 13), back=st.integers(0, 15))
def test_a_good_month_since_the_first_reading_never_lowers_an_outcome(
    strip: str, rule: EnoughPeriods, months: int, back: int
) -> None:
    track, month = track_of(strip), LAST.plus(-back)
    assume(track.first is not None and month >= track.first)
    better = with_month(track, month, good=True)
    assert_no_lower(outcomes(track, rule, months), outcomes(better, rule, months))


@given(strip=STARTED, rule=rules(), months=st.integers(0, 13))
def test_a_good_month_right_before_the_first_never_lowers_an_outcome(
    strip: str, rule: EnoughPeriods, months: int
) -> None:
    track = track_of(strip)
    assert track.first is not None
    better = with_month(track, track.first.plus(-1), good=True)
    assert_no_lower(outcomes(track, rule, months), outcomes(better, rule, months))


@given(strip=STARTED, rule=rules(), months=st.integers(0, 13))
def test_the_next_month_on_target_never_lowers_an_outcome(
    strip: str, rule: EnoughPeriods, months: int
) -> None:
    track = track_of(strip)
    better = with_month(track, LAST.plus(1), good=True)
    assert_no_lower(outcomes(track, rule, months), outcomes(better, rule, months))


def test_a_good_month_long_before_the_first_opens_the_months_between() -> None:
    rule = EnoughPeriods(share=Fraction(3, 5), least=6, count=7)
    track = track_of("++++--")
    longer = with_month(track, LAST.plus(-11), good=True)
    assert rule.judge(track) is Outcome.MET
    assert rule.judge(longer) is Outcome.UNDETERMINED


def test_the_first_reading_of_all_starts_the_window() -> None:
    rule = EnoughPeriods(share=Fraction(3, 5), least=6)
    assert outcomes(track_of(""), rule, 3) == (Outcome.UNDETERMINED, Outcome.UNDETERMINED)
    assert outcomes(track_of("+"), rule, 3) == (Outcome.NOT_MET, Outcome.NOT_MET)


@given(
    strip=STARTED,
    rule=rules(),
    months=st.integers(0, 13),
    data=st.data(),
    good=st.booleans(),
)
def test_filling_an_open_month_since_the_first_only_refines_what_was_undetermined(
    strip: str, rule: EnoughPeriods, months: int, data: st.DataObject, good: bool
) -> None:
    track = track_of(strip)
    open_months = [m for m in months_until(LAST, 16) if track.state(m).is_good is None]
    assume(open_months)
    filled = with_month(track, data.draw(st.sampled_from(open_months)), good)
    before, after = outcomes(track, rule, months), outcomes(filled, rule, months)
    for old, new in zip(before, after, strict=True):
        assert old is Outcome.UNDETERMINED or new is old


@given(strip=STARTED, rule=rules(), months=st.integers(0, 13))
def test_once_every_month_since_the_first_is_settled_nothing_is_undetermined(
    strip: str, rule: EnoughPeriods, months: int
) -> None:
    assert Outcome.UNDETERMINED not in outcomes(
        track_of(strip.lstrip(".").replace(".", "-").replace("?", "-")), rule, months
    )


# Readings ---------------------------------------------------------------------------------------
NUMBERS = st.fractions(min_value=-100, max_value=100, max_denominator=50)
READINGS = st.dictionaries(
    st.integers(-5, 5).map(LAST.plus),
    st.builds(Reading, NUMBERS, st.fractions(min_value=0, max_value=100, max_denominator=50)),
    max_size=8,
)
TARGETS = st.lists(
    st.builds(DatedValue, st.integers(-8, 3).map(lambda n: LAST.plus(n).first_day), NUMBERS),
    max_size=4,
    unique_by=lambda dated: dated.start,
)
WAYS = st.sampled_from(Direction)


@settings(max_examples=40)
@given(
    readings=READINGS,
    targets=TARGETS,
    better=WAYS,
    times=st.fractions(min_value=Fraction(1, 1000), max_value=1000),
)
def test_so_many_times_numerator_and_denominator_change_nothing(
    readings: dict[Month, Reading], targets: list[DatedValue], better: Direction, times: Fraction
) -> None:
    scaled = {m: Reading(r.numerator * times, r.denominator * times) for m, r in readings.items()}
    once = judge_months(readings, targets, better, LAST)
    assert judge_months(scaled, targets, better, LAST) == once


@settings(max_examples=40)
@given(readings=READINGS, targets=TARGETS, better=WAYS, data=st.data())
def test_the_order_of_readings_and_targets_does_not_matter(
    readings: dict[Month, Reading],
    targets: list[DatedValue],
    better: Direction,
    data: st.DataObject,
) -> None:
    shuffled = dict(data.draw(st.permutations(list(readings.items()))))
    dates = data.draw(st.permutations(targets))
    once = judge_months(readings, targets, better, LAST)
    assert judge_months(shuffled, dates, better, LAST) == once


@settings(max_examples=40)
@given(readings=READINGS, targets=TARGETS, data=st.data())
def test_a_higher_reading_is_never_worse_where_higher_is_better_and_never_better_where_lower_is(
    readings: dict[Month, Reading], targets: list[DatedValue], data: st.DataObject
) -> None:
    known = [m for m, r in readings.items() if r.has_data and m <= LAST]
    assume(known)
    month = data.draw(st.sampled_from(known))
    reading = readings[month]
    raised = {**readings, month: Reading(reading.numerator + 1, reading.denominator)}
    for better in Direction:
        old = judge_months(readings, targets, better, LAST)[month]
        new = judge_months(raised, targets, better, LAST)[month]
        first, second = (old, new) if better is Direction.HIGHER else (new, old)
        assert first is None or second is None or first <= second


@settings(max_examples=40)
@given(readings=READINGS, targets=TARGETS, better=WAYS)
def test_a_month_without_data_reads_as_if_it_had_no_reading(
    readings: dict[Month, Reading], targets: list[DatedValue], better: Direction
) -> None:
    without = {m: r for m, r in readings.items() if r.denominator}
    judged = judge_months(readings, targets, better, LAST)
    assert judged == judge_months(without, targets, better, LAST)
    track = Track("aht", judged, LAST)
    for month in months_until(LAST, 6):
        has_data = month in without
        no_data = (MonthState.NO_READING, MonthState.BEFORE_FIRST)
        assert (track.state(month) in no_data) is not has_data
