"""Three-valued counting: tables, and every way to settle what is open."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.measurement.counting import Tally
from attain.measurement.outcomes import Outcome

STATES = st.lists(st.sampled_from([True, False, None]), max_size=8)
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=40)
TABLE = """
  good  open  total  needed  outcome
  7     0     12     7       met
  6     0     12     7       not_met
  6     1     12     7       undetermined
  5     1     12     7       not_met
  7     5     12     7       met
  0     12    12     12      undetermined
  0     0     0      0       met
  0     0     0      1       not_met
  0     3     3      4       not_met
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize(("good", "open_ones", "total", "needed", "outcome"), ROWS)
def test_what_is_good_and_open_against_what_is_needed(
    good: str, open_ones: str, total: str, needed: str, outcome: str
) -> None:
    tally = Tally(int(good), int(open_ones), int(total))
    assert tally.reaches(int(needed)) == outcome


def test_states_are_counted_as_good_open_and_total() -> None:
    assert Tally.of([True, None, False, True, None, True]) == Tally(good=3, open=2, total=6)
    assert Tally.of(iter([])) == Tally(0, 0, 0)


@pytest.mark.parametrize(("good", "open_ones", "total"), [(-1, 0, 1), (0, -1, 1), (1, 1, 1)])
def test_a_tally_that_cannot_be_is_refused(good: int, open_ones: int, total: int) -> None:
    with pytest.raises(ValueError, match=f"a tally of {good} good and {open_ones} open of {total}"):
        Tally(good, open_ones, total)


def test_tallies_are_counted_together_part_by_part() -> None:
    assert Tally(1, 2, 4) + Tally(10, 20, 40) == Tally(11, 22, 44)


@pytest.mark.parametrize(
    ("good", "total", "outcome"),
    [(1999, 3333, "not_met"), (2000, 3333, "met"), (94_985, 100_000, "met"), (3, 5, "met")],
)
def test_a_share_is_compared_without_rounding(good: int, total: int, outcome: str) -> None:
    """1999 of 3333 is 59.976 %, which a rounding to whole percents would let pass."""
    assert Tally(good, 0, total).reaches_share(Fraction(3, 5)) == outcome


def test_a_third_of_a_total_that_three_does_not_divide_needs_the_next_whole_one() -> None:
    shares = [Tally(good, 0, 10).reaches_share(Fraction(1, 3)) for good in (3, 4)]
    assert shares == [Outcome.NOT_MET, Outcome.MET]


@given(states=STATES, needed=st.fractions(min_value=0, max_value=9, max_denominator=6))
def test_reaching_is_what_every_way_to_settle_the_open_ones_says(
    states: list[bool | None], needed: Fraction
) -> None:
    ways = product(*[(True, False) if state is None else (state,) for state in states])
    enough = {sum(way) >= needed for way in ways}
    expected = {
        frozenset({True}): Outcome.MET,
        frozenset({False}): Outcome.NOT_MET,
        frozenset({True, False}): Outcome.UNDETERMINED,
    }[frozenset(enough)]
    assert Tally.of(states).reaches(needed) is expected


@given(states=STATES, share=SHARES, data=st.data())
def test_the_order_of_what_is_counted_does_not_matter(
    states: list[bool | None], share: Fraction, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(states))
    assert Tally.of(shuffled).reaches_share(share) is Tally.of(states).reaches_share(share)


@given(states=STATES, share=SHARES, times=st.integers(1, 10**9))
def test_counting_everything_so_many_times_over_changes_nothing(
    states: list[bool | None], share: Fraction, times: int
) -> None:
    tally = Tally.of(states)
    scaled = Tally(tally.good * times, tally.open * times, tally.total * times)
    assert scaled.reaches_share(share) is tally.reaches_share(share)


@given(states=STATES.filter(lambda s: None in s), share=SHARES, good=st.booleans())
def test_settling_one_that_is_open_only_refines_what_was_undetermined(
    states: list[bool | None], share: Fraction, good: bool
) -> None:
    settled = list(states)
    settled[settled.index(None)] = good
    before, after = Tally.of(states).reaches_share(share), Tally.of(settled).reaches_share(share)
    assert before is Outcome.UNDETERMINED or after is before


@given(states=STATES, share=SHARES)
def test_one_more_good_one_never_lowers_the_outcome(
    states: list[bool | None], share: Fraction
) -> None:
    order = [Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.MET]
    before = Tally.of(states).reaches_share(share)
    after = Tally.of([*states, True]).reaches_share(share)
    assert order.index(after) >= order.index(before)
