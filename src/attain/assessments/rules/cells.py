"""The cells of an estate's map: a figure beside its target, with its colour and what denies it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any, TypeVar

from attain.measurement.outcomes import Outcome
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem
from attain.standards.model_rules import Colour
from attain.standards.ratings import ItemRating, ModelStanding, Ratings, roll_up

Line = TypeVar("Line")
_LEVELS = ("lowest", "mean")


@dataclass(frozen=True)
class EstateCell:
    """A figure of a centre beside its target: of the whole, a category, or an item.

    `rated` and `not_applicable` count its items, `short` those below their target, `denied` those
    whose level records deny. What `is_comparable` is not was asked otherwise by another edition:
    it has no colour, and is neither ordered nor counted with the others.
    """

    value: Fraction | None
    target: Fraction | None
    colour: Colour | None
    rated: int
    not_applicable: int
    short: int
    denied: int
    is_comparable: bool = True


def colour_of_figure(
    model: MaturityModel, value: Fraction | None, target: Fraction | None
) -> Colour | None:
    """Return the colour of a rolled-up figure; None where the figure or its target is not known.

    A level or a mean of levels has the colour that the model's rule gives it, a part of a level
    counting as a whole one short. A share or a rung is green on its target, and amber where it is
    at least half of it.
    """
    if value is None:
        return None
    if model.roll_up.rule in _LEVELS and model.colours.by == "level":
        return model.colours.of(floor(value), None)
    if target is None:
        return None
    if model.roll_up.rule in _LEVELS:
        return model.colours.of(0, ceil(target - value))
    if value >= target:
        return Colour.GREEN
    return Colour.AMBER if 2 * value >= target else Colour.RED


def targets_of(model: MaturityModel, ratings: Ratings) -> ModelStanding:
    """Return how the targets of ratings roll up: what a centre comes to where each is reached."""
    aimed = {
        key: rating if rating.not_applicable else ItemRating(rating.target, rating.target)
        for key, rating in ratings.items()
    }
    return roll_up(model, aimed)


def denied_by_records(
    item: ModelItem, level: int | None, findings: Sequence[Mapping[str, Any]]
) -> int:
    """Return how many conditions of an item deny the level that it was given."""
    if level is None:
        return 0
    return sum(
        level >= condition.level and finding["outcome"] == Outcome.NOT_MET.value
        for condition, finding in zip(item.evidenced_by, findings, strict=False)
    )


def in_order(
    lines: Iterable[Line], cell_of: Callable[[Line], EstateCell | None], *, descending: bool
) -> list[Line]:
    """Return lines by the figures of a cell; those without one to compare come last either way."""
    known, unknown = [], []
    for line in lines:
        cell = cell_of(line)
        if cell is not None and cell.is_comparable and cell.value is not None:
            known.append((cell.value, line))
        else:
            unknown.append(line)
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return [line for _value, line in known] + unknown
