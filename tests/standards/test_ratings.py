"""Gaps and colours of ratings, and how ratings roll up by each declared rule."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_rules import Colour, Colours
from attain.standards.ratings import ItemRating, Ratings, colour_of, roll_up
from attain.standards.yaml_nodes import read_yaml

TEXT = """
model: small
title: Small
edition: "1"
status: draft
licence: Apache-2.0
sources: []
scale:
  - {level: 0, title: Not yet, text: nothing of it is there}
  - {level: 1, title: Adequate}
  - {level: 2, title: Superior}
roll_up: ROLL_UP
categories:
  one:
    title: One
    items:
      a: {title: A, question: "?", levels: LEVELS}
      b: {title: B, question: "?", levels: LEVELS}
  two:
    title: Two
    items:
      c: {title: C, question: "?", levels: LEVELS}
      d: {title: D, structure_only: its text belongs to somebody else}
""".replace("LEVELS", "[{level: 1, text: some}, {level: 2, text: more}]")
RULES = (
    "{rule: lowest}",
    "{rule: mean}",
    "{rule: share_at_level}",
    "{rule: share_at_level, level: 1}",
    "{rule: ladder}",
)


def model(rule: str = "{rule: lowest}") -> MaturityModel:
    return load(read_yaml(TEXT.replace("ROLL_UP", rule), "small.yaml"), MaturityModel)


def rated(**levels: int | None) -> Ratings:
    return {key: ItemRating(level, 2) for key, level in levels.items() if level is not None}


@pytest.mark.parametrize(
    ("rule", "part", "whole"),
    [
        ("{rule: lowest}", Fraction(1), Fraction(1)),
        ("{rule: mean}", Fraction(3, 2), Fraction(5, 3)),
        ("{rule: share_at_level}", Fraction(1, 2), Fraction(2, 3)),
        ("{rule: share_at_level, level: 1}", Fraction(1), Fraction(1)),
        ("{rule: ladder}", Fraction(1, 2), Fraction(0)),
    ],
)
def test_levels_roll_up_by_the_rule_of_the_model(
    rule: str, part: Fraction, whole: Fraction
) -> None:
    standing = roll_up(model(rule), rated(a=1, b=2, c=2))
    assert (standing.parts["one"].value, standing.whole.value) == (part, whole)


def test_a_ladder_is_climbed_in_order() -> None:
    ladder = model("{rule: ladder}")
    assert roll_up(ladder, rated(a=2, b=2, c=1)).whole.value == 1
    assert roll_up(ladder, rated(a=2, b=2, c=2)).whole.value == 2
    assert roll_up(ladder, rated(a=1, b=2, c=2)).whole.value == 0


def test_an_open_item_leaves_the_whole_open_until_it_cannot_matter() -> None:
    whole = roll_up(model(), rated(a=1, b=2)).whole
    assert (whole.value, whole.low, whole.high) == (None, Fraction(0), Fraction(1))
    assert whole.open == 1
    sunk = roll_up(model(), rated(a=0, b=2)).whole
    assert (sunk.value, sunk.open) == (Fraction(0), 1)


def test_what_is_not_applicable_drops_out_and_is_counted() -> None:
    ratings = {**rated(a=1, b=2), "c": ItemRating(not_applicable="no calls are taken")}
    standing = roll_up(model(), ratings)
    assert standing.parts["two"].value is None
    assert (standing.whole.value, standing.whole.not_applicable) == (Fraction(1), 1)


def test_an_item_that_is_structure_only_is_not_counted() -> None:
    assert roll_up(model(), rated(c=2)).parts["two"].rated == 1
    assert roll_up(model(), rated(c=2)).parts["two"].open == 0


@pytest.mark.parametrize(
    ("level", "target", "gap", "colour"),
    [
        (2, 2, 0, Colour.GREEN),
        (2, 1, 0, Colour.GREEN),
        (1, 2, 1, Colour.AMBER),
        (0, 2, 2, Colour.RED),
        (1, None, None, None),
        (None, 2, None, None),
    ],
)
def test_a_gap_is_what_a_level_is_short_of_its_target(
    level: int | None, target: int | None, gap: int | None, colour: Colour | None
) -> None:
    rating = ItemRating(level, target)
    assert rating.gap == gap
    assert colour_of(model(), rating) is colour


@pytest.mark.parametrize(
    ("level", "colour"), [(1, Colour.RED), (2, Colour.AMBER), (3, Colour.GREEN)]
)
def test_a_model_may_colour_by_level_whatever_the_target(level: int, colour: Colour) -> None:
    assert Colours(by="level", red=1, amber=2).of(level, None) is colour


_LEVELS = st.none() | st.integers(0, 2)


@given(st.sampled_from(RULES), _LEVELS, _LEVELS, _LEVELS)
def test_raising_a_rating_never_lowers_a_roll_up(
    rule: str, a: int | None, b: int | None, c: int | None
) -> None:
    before = roll_up(model(rule), rated(a=a, b=b, c=c)).whole
    raised = roll_up(model(rule), rated(a=min(2, (a or 0) + 1), b=b, c=c)).whole
    if a is not None and before.low is not None and raised.low is not None:
        assert raised.low >= before.low
        assert (raised.high or 0) >= (before.high or 0)


@given(st.sampled_from(RULES), _LEVELS, _LEVELS, _LEVELS)
def test_rating_an_open_item_stays_within_what_was_told(
    rule: str, a: int | None, b: int | None, c: int | None
) -> None:
    before = roll_up(model(rule), rated(a=None, b=b, c=c)).whole
    after = roll_up(model(rule), rated(a=a, b=b, c=c)).whole
    assert before.low is not None
    assert before.high is not None
    assert after.low is not None
    if a is not None or rule != "{rule: share_at_level}":
        assert before.low <= after.low <= before.high
