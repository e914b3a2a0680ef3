"""The four outcomes joined: drawn as tables, and held against every way to settle what is open.

In the tables M is met, N not met, U undetermined and A not applicable.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations_with_replacement, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.measurement.outcomes import Outcome, all_of, any_of, at_least, met_if

LETTERS = {
    "M": Outcome.MET,
    "N": Outcome.NOT_MET,
    "U": Outcome.UNDETERMINED,
    "A": Outcome.NOT_APPLICABLE,
}
OUTCOMES = tuple(LETTERS.values())
SETTLED = (Outcome.MET, Outcome.NOT_MET)
Join = Callable[[Iterable[Outcome]], Outcome]

ALL_OF = """
      M  N  U  A
  M   M  N  U  M
  N   N  N  N  N
  U   U  N  U  U
  A   M  N  U  A
"""
ANY_OF = """
      M  N  U  A
  M   M  M  M  M
  N   M  N  U  N
  U   M  U  U  U
  A   M  N  U  A
"""
AT_LEAST = """
  MMM  3  M
  MMM  4  N
  MMN  2  M
  MMN  3  N
  MMU  2  M
  MMU  3  U
  MMU  4  N
  MUU  1  M
  MUU  2  U
  MUU  3  U
  MUU  4  N
  NNU  1  U
  NNU  2  N
  MA   1  M
  MA   2  N
  UA   1  U
  UA   2  N
  AA   1  A
  AA   0  A
  NN   0  M
  UU   0  M
  N    1  N
"""


def cells(table: str) -> list[tuple[Outcome, Outcome, Outcome]]:
    heading, *rows = (line.split() for line in table.strip().splitlines())
    return [
        (LETTERS[left], LETTERS[right], LETTERS[result])
        for left, *results in rows
        for right, result in zip(heading, results, strict=True)
    ]


def rows_of(table: str) -> list[tuple[list[Outcome], int, Outcome]]:
    lines = (line.split() for line in table.strip().splitlines())
    return [([LETTERS[c] for c in given], int(n), LETTERS[r]) for given, n, r in lines]


def at_least_two(outcomes: Iterable[Outcome]) -> Outcome:
    return at_least(2, outcomes)


@pytest.mark.parametrize(("left", "right", "result"), cells(ALL_OF))
def test_all_of_two_outcomes(left: Outcome, right: Outcome, result: Outcome) -> None:
    assert all_of([left, right]) is result


@pytest.mark.parametrize(("left", "right", "result"), cells(ANY_OF))
def test_any_of_two_outcomes(left: Outcome, right: Outcome, result: Outcome) -> None:
    assert any_of([left, right]) is result


@pytest.mark.parametrize(("outcomes", "needed", "result"), rows_of(AT_LEAST))
def test_at_least_so_many(outcomes: list[Outcome], needed: int, result: Outcome) -> None:
    assert {at_least(needed, order) for order in permutations(outcomes)} == {result}


@pytest.mark.parametrize("join", [all_of, any_of, at_least_two])
def test_joining_nothing_is_not_applicable(join: Join) -> None:
    assert join([]) is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("join", [all_of, any_of])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_one_outcome_joined_is_itself(join: Join, outcome: Outcome) -> None:
    assert join([outcome]) is outcome


@pytest.mark.parametrize("join", [all_of, any_of])
@pytest.mark.parametrize("outcomes", list(product(OUTCOMES, repeat=3)))
def test_joining_in_groups_is_joining_at_once(join: Join, outcomes: tuple[Outcome, ...]) -> None:
    first, *rest = outcomes
    assert join(outcomes) is join([first, join(rest)])


def test_met_if_says_met_or_not_met_of_what_is_known() -> None:
    assert met_if(True) is Outcome.MET
    assert met_if(False) is Outcome.NOT_MET
    assert met_if(None) is Outcome.UNDETERMINED


def test_something_is_lacking_where_it_is_not_met_or_cannot_be_told() -> None:
    assert [outcome for outcome in Outcome if outcome.is_lacking] == [
        Outcome.NOT_MET,
        Outcome.UNDETERMINED,
    ]


# What is open, settled in every way -------------------------------------------------------------
def completions(outcomes: Iterable[Outcome]) -> Iterator[tuple[Outcome, ...]]:
    choices = [SETTLED if o is Outcome.UNDETERMINED else (o,) for o in outcomes]
    return product(*choices)


def by_brute_force(join: Join, outcomes: Iterable[Outcome]) -> Outcome:
    found = {join(completion) for completion in completions(outcomes)}
    return found.pop() if len(found) == 1 else Outcome.UNDETERMINED


@pytest.mark.parametrize("join", [all_of, any_of, at_least_two])
@pytest.mark.parametrize(
    "outcomes", [o for n in range(5) for o in combinations_with_replacement(OUTCOMES, n)]
)
def test_a_join_is_undetermined_just_where_settling_what_is_open_would_decide_it(
    join: Join, outcomes: tuple[Outcome, ...]
) -> None:
    assert join(outcomes) is by_brute_force(join, outcomes)


@given(outcomes=st.lists(st.sampled_from(OUTCOMES), max_size=7), needed=st.integers(0, 8))
def test_at_least_so_many_is_what_every_completion_says(
    outcomes: list[Outcome], needed: int
) -> None:
    def join(some: Iterable[Outcome]) -> Outcome:
        return at_least(needed, some)

    assert join(outcomes) is by_brute_force(join, outcomes)


# A better part never makes a worse whole --------------------------------------------------------
RANK = {Outcome.NOT_MET: 0, Outcome.UNDETERMINED: 1, Outcome.MET: 2}


def improvements(outcomes: tuple[Outcome, ...]) -> Iterator[tuple[Outcome, ...]]:
    for n, outcome in enumerate(outcomes):
        for better in RANK:
            if outcome in RANK and RANK[better] > RANK[outcome]:
                yield (*outcomes[:n], better, *outcomes[n + 1 :])


@pytest.mark.parametrize("join", [all_of, any_of, at_least_two])
def test_a_better_part_never_makes_a_worse_whole(join: Join) -> None:
    """The order is not met < undetermined < met; a part that does not apply stays so."""
    tried = 0
    for outcomes in product(OUTCOMES, repeat=3):
        for better in improvements(outcomes):
            tried += 1
            assert RANK[join(better)] >= RANK[join(outcomes)]
    assert tried == 3 * 3 * 16


def test_of_all_of_a_part_that_no_longer_applies_makes_no_worse_whole() -> None:
    """Where all must hold, what does not apply is as good as met; of 'any of' it is not."""
    rank = {**RANK, Outcome.NOT_APPLICABLE: 2}
    for first, *rest in product(OUTCOMES, repeat=3):
        without = all_of([Outcome.NOT_APPLICABLE, *rest])
        assert rank[without] >= rank[all_of([first, *rest])]
    assert any_of([Outcome.MET, Outcome.NOT_MET]) is Outcome.MET
    assert any_of([Outcome.NOT_APPLICABLE, Outcome.NOT_MET]) is Outcome.NOT_MET
