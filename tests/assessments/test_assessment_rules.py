"""What an assessment may become, what may be entered, and what moderation and comparing tell."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessed import MODEL, entries
from attain.assessments.rules.comparing import Movement, compare
from attain.assessments.rules.entries import Entry, EntryFault, faults_of
from attain.assessments.rules.moderation import agreement_by_category, spreads
from attain.assessments.rules.stages import AssessmentState, covers, may_move, uncovered
from attain.standards.ratings import ItemRating

S = AssessmentState


def test_a_closed_assessment_stays_closed() -> None:
    assert not any(may_move(S.CLOSED, to) for to in S)


def test_moderation_follows_rating_and_may_go_back_to_it() -> None:
    assert may_move(S.RATING, S.MODERATION)
    assert may_move(S.MODERATION, S.RATING)
    assert not may_move(S.RATING, S.CLOSED)


def test_a_category_that_nobody_has_is_told() -> None:
    assert uncovered([["planning"], ["people"]], ["planning", "people", "process"]) == ["process"]
    assert uncovered([[]], ["planning", "people"]) == []
    assert covers([], "anything")


@pytest.mark.parametrize(
    ("item", "entry", "fault"),
    [
        ("nothing", Entry(level=1), EntryFault.UNKNOWN_ITEM),
        ("outside", Entry(level=1), EntryFault.NOT_RATED),
        ("forecast", Entry(level=4), EntryFault.UNKNOWN_LEVEL),
        ("forecast", Entry(target=-1), EntryFault.UNKNOWN_TARGET),
        ("forecast", Entry(level=2, target=1), EntryFault.TARGET_BELOW_LEVEL),
        ("forecast", Entry(is_applicable=False, reason=" "), EntryFault.NO_REASON),
        (
            "forecast",
            Entry(level=1, is_applicable=False, reason="no calls"),
            EntryFault.LEVEL_OF_NOT_APPLICABLE,
        ),
    ],
)
def test_an_entry_that_cannot_stand_is_told_with_its_fault(
    item: str, entry: Entry, fault: EntryFault
) -> None:
    assert faults_of(MODEL, item, entry) == [fault]


@given(st.none() | st.integers(0, 3), st.none() | st.integers(0, 3))
def test_every_level_and_every_target_at_or_above_it_stands(
    level: int | None, target: int | None
) -> None:
    faults = faults_of(MODEL, "forecast", Entry(level, target))
    below = level is not None and target is not None and target < level
    assert faults == ([EntryFault.TARGET_BELOW_LEVEL] if below else [])


def test_the_spread_of_an_item_is_what_its_assessors_differ_by() -> None:
    found = spreads(MODEL, {"a": entries(forecast=1), "b": entries(forecast=3)})
    assert found["forecast"].width == 2
    assert not found["forecast"].is_settled
    assert found["budget"].width is None


def test_an_item_is_settled_where_two_say_the_same_and_nobody_calls_it_not_applicable() -> None:
    same = spreads(MODEL, {"a": entries(forecast=2), "b": entries(forecast=2)})
    assert same["forecast"].is_settled
    alone = spreads(MODEL, {"a": entries(forecast=2)})
    assert not alone["forecast"].is_settled
    none = Entry(is_applicable=False, reason="no calls")
    split = spreads(MODEL, {"a": entries(forecast=2), "b": {"forecast": none}})
    assert not split["forecast"].is_settled
    both = spreads(MODEL, {"a": {"forecast": none}, "b": {"forecast": none}})
    assert both["forecast"].is_settled


def test_agreement_is_told_for_each_category_with_what_was_counted() -> None:
    parts = {
        "a": entries(forecast=1, budget=2, hiring=1),
        "b": entries(forecast=1, budget=3, hiring=1),
    }
    found = agreement_by_category(MODEL, parts, seed=1)
    assert found["planning"].units == 2
    assert found["planning"].alpha is not None
    assert found["people"].alpha is None
    assert found["people"].units == 1


@pytest.mark.parametrize(
    ("before", "after", "movement"),
    [
        (1, 2, Movement.ROSE),
        (2, 1, Movement.FELL),
        (2, 2, Movement.SAME),
        (None, 2, Movement.NOT_COMPARABLE),
        (2, None, Movement.NOT_COMPARABLE),
    ],
)
def test_an_item_rises_or_falls_only_between_two_levels(
    before: int | None, after: int | None, movement: Movement
) -> None:
    found = compare(MODEL, {"forecast": ItemRating(before)}, {"forecast": ItemRating(after)})
    assert found["forecast"].movement is movement
    assert "outside" not in found


def test_alpha_of_assessors_who_agree_on_everything_is_one() -> None:
    parts = {"a": entries(forecast=1, budget=2), "b": entries(forecast=1, budget=2)}
    assert agreement_by_category(MODEL, parts, seed=1)["planning"].alpha == Fraction(1)
