"""Figures of an estate's map: their colours, targets and order, and what denies them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessed import MODEL
from attain.assessments.rules.cells import (
    EstateCell,
    colour_of_figure,
    denied_by_records,
    in_order,
    targets_of,
)
from attain.standards.library import default_library
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_rules import Colour, Colours, RollUp
from attain.standards.ratings import ItemRating, roll_up

BY_LEVEL = Colours(by="level", red=1, amber=2)


def ruled(rule: str, colours: Colours | None = None) -> MaturityModel:
    given = {"roll_up": RollUp(rule=rule)}  # type: ignore[arg-type]
    return MODEL.model_copy(update={**given, **({"colours": colours} if colours else {})})


@pytest.mark.parametrize(
    ("rule", "value", "target", "expected"),
    [
        ("lowest", Fraction(2), Fraction(2), Colour.GREEN),
        ("lowest", Fraction(1), Fraction(2), Colour.AMBER),
        ("lowest", Fraction(0), Fraction(2), Colour.RED),
        ("mean", Fraction(2), Fraction(2), Colour.GREEN),
        # A hundredth of a level short is short.
        ("mean", Fraction(199, 100), Fraction(2), Colour.AMBER),
        ("mean", Fraction(1), Fraction(2), Colour.AMBER),
        ("mean", Fraction(99, 100), Fraction(2), Colour.RED),
        ("share_at_level", Fraction(1), Fraction(1), Colour.GREEN),
        ("share_at_level", Fraction(1, 2), Fraction(1), Colour.AMBER),
        ("share_at_level", Fraction(499, 1000), Fraction(1), Colour.RED),
        ("ladder", Fraction(0), Fraction(0), Colour.GREEN),
        ("mean", Fraction(1), None, None),
        ("mean", None, Fraction(2), None),
    ],
)
def test_a_figure_has_the_colour_of_the_models_rule(
    rule: str, value: Fraction | None, target: Fraction | None, expected: Colour | None
) -> None:
    assert colour_of_figure(ruled(rule), value, target) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(1), Colour.RED),
        (Fraction(199, 100), Colour.RED),
        (Fraction(2), Colour.AMBER),
        (Fraction(3), Colour.GREEN),
    ],
)
def test_by_level_a_figure_is_on_the_level_that_it_has_whole(
    value: Fraction, expected: Colour
) -> None:
    assert colour_of_figure(ruled("mean", BY_LEVEL), value, None) is expected


def test_targets_roll_up_by_the_rule_and_leave_out_what_does_not_apply() -> None:
    ratings = {
        "forecast": ItemRating(0, 2),
        "budget": ItemRating(not_applicable="no budget here"),
        "hiring": ItemRating(1, 3),
    }
    found = targets_of(ruled("mean"), ratings)
    assert found.whole.value == Fraction(5, 2)
    assert found.parts["planning"].value == 2
    assert found.parts["planning"].rated == 1


LEVELS = st.one_of(st.none(), st.integers(0, 3))


@given(st.tuples(LEVELS, LEVELS, LEVELS), st.sampled_from(["lowest", "mean", "ladder"]))
def test_a_roll_up_of_open_items_holds_what_each_answer_comes_to(
    levels: tuple[int | None, int | None, int | None], rule: str
) -> None:
    model = ruled(rule)
    keys = [item.key for item in model.rated_items]
    given_ = {key: ItemRating(level) for key, level in zip(keys, levels, strict=True)}
    found = roll_up(model, given_).whole
    values = []
    for fill in range(4):
        filled = {k: ItemRating(fill) if r.is_open else r for k, r in given_.items()}
        values.append(roll_up(model, filled).whole.value)
    assert (found.low, found.high) == (min(values), max(values))  # type: ignore[type-var]
    assert found.open == levels.count(None)


def test_a_claim_is_denied_from_the_level_that_asks_for_it() -> None:
    model = default_library().model("centre-performance")
    item = next(i for i in model.rated_items if i.evidenced_by)
    asked = item.evidenced_by[0].level
    outcomes = [{"outcome": "not_met"}, *[{"outcome": "met"}] * (len(item.evidenced_by) - 1)]
    assert denied_by_records(item, asked, outcomes) == 1
    assert denied_by_records(item, asked - 1, outcomes) == 0
    assert denied_by_records(item, None, outcomes) == 0
    assert denied_by_records(item, asked, [{"outcome": "undetermined"}]) == 0


def cell(value: int | None, *, is_comparable: bool = True) -> EstateCell:
    figure = None if value is None else Fraction(value)
    return EstateCell(figure, None, None, 1, 0, 0, 0, is_comparable)


def test_what_cannot_be_compared_comes_last_in_either_order() -> None:
    cells = {"a": cell(2), "b": None, "c": cell(1), "d": cell(3, is_comparable=False)}
    assert in_order(cells, cells.get, descending=False) == ["c", "a", "b", "d"]
    assert in_order(cells, cells.get, descending=True) == ["a", "c", "b", "d"]
