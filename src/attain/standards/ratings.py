"""Ratings of a model's items: their gaps and colours, and how they roll up.

A rating is what was agreed of one item. An item that was not rated is open and stays so in every
roll-up until it cannot matter; one that is not applicable drops out with its reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem
from attain.standards.model_rules import Colour


@dataclass(frozen=True)
class ItemRating:
    """What was said of an item: its level, its target, or why it does not apply."""

    level: int | None = None
    target: int | None = None
    not_applicable: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing was said yet: neither a level nor that the item does not apply."""
        return self.level is None and self.not_applicable is None

    @property
    def counts(self) -> bool:
        """Whether it has a level."""
        return self.level is not None and self.not_applicable is None

    @property
    def gap(self) -> int | None:
        """The levels short of the target; 0 where it is reached or passed, None where unknown."""
        if not self.counts or self.level is None or self.target is None:
            return None
        return max(0, self.target - self.level)


OPEN = ItemRating()
Ratings = Mapping[str, ItemRating]


@dataclass(frozen=True)
class RolledUp:
    """The levels of some items as one figure, with what was counted.

    `value` is exact: a level, a mean of levels, a share, or a rung; None where it cannot be told.
    `low` and `high` bound it while items are open, `value` being both where none is.
    """

    rule: str
    low: Fraction | None
    high: Fraction | None
    rated: int
    open: int
    not_applicable: int

    @property
    def value(self) -> Fraction | None:
        """The figure where the open items cannot change it any more."""
        return self.low if self.low is not None and self.low == self.high else None


@dataclass(frozen=True)
class ModelStanding:
    """How a model's ratings roll up: each category, and the whole."""

    whole: RolledUp
    parts: Mapping[str, RolledUp]


def colour_of(model: MaturityModel, rating: ItemRating) -> Colour | None:
    """Return the colour that the model's rule gives a rating; None where it has no level."""
    if not rating.counts or rating.level is None:
        return None
    return model.colours.of(rating.level, rating.target)


def roll_up(model: MaturityModel, ratings: Ratings) -> ModelStanding:
    """Roll up ratings by the rule that the model declares, never by another."""
    parts = {
        key: _of_items(model, [i for i in part.all_items if i.is_rated], ratings)
        for key, part in model.parts.items()
    }
    if model.roll_up.rule == "ladder":
        return ModelStanding(_ladder(model, ratings), parts)
    return ModelStanding(_of_items(model, model.rated_items, ratings), parts)


def _of_items(model: MaturityModel, items: Sequence[ModelItem], ratings: Ratings) -> RolledUp:
    left = _applicable(items, ratings)
    rated = sum(rating.counts for _, rating in left)
    low = high = _joined(model.roll_up.rule, _counts(model, left, best=False))
    if rated < len(left):
        high = _joined(model.roll_up.rule, _counts(model, left, best=True))
    return RolledUp(
        rule=model.roll_up.rule,
        low=low,
        high=high,
        rated=rated,
        open=len(left) - rated,
        not_applicable=len(items) - len(left),
    )


def _counts(
    model: MaturityModel, given: Iterable[tuple[ModelItem, ItemRating]], *, best: bool
) -> list[int]:
    return [_counted(model, item, rating, best=best) for item, rating in given]


def _applicable(items: Sequence[ModelItem], ratings: Ratings) -> list[tuple[ModelItem, ItemRating]]:
    given = [(item, ratings.get(item.key, OPEN)) for item in items]
    return [(item, rating) for item, rating in given if rating.not_applicable is None]


def _counted(model: MaturityModel, item: ModelItem, rating: ItemRating, *, best: bool) -> int:
    """Return what an item adds: its level, or 1 where it is on the level that is asked."""
    level = rating.level
    if level is None:
        level = model.levels_of(item)[-1 if best else 0]
    rule = model.roll_up
    if rule.rule in ("lowest", "mean"):
        return level
    asked = rule.level if rule.level is not None else rating.target
    if rule.rule == "ladder" or asked is None:
        asked = model.levels_of(item)[-1]
    return int(level >= asked)


def _joined(rule: str, counted: Sequence[int]) -> Fraction | None:
    if not counted:
        return None
    return Fraction(min(counted)) if rule == "lowest" else Fraction(sum(counted), len(counted))


def _ladder(model: MaturityModel, ratings: Ratings) -> RolledUp:
    """Climb the categories in order: the rung is the last one up to which all items are there."""
    parts = [[i for i in part.all_items if i.is_rated] for part in model.parts.values()]
    every = _of_items(model, model.rated_items, ratings)
    low, high = (_rung(model, parts, ratings, best=best) for best in (False, True))
    return RolledUp("ladder", low, high, every.rated, every.open, every.not_applicable)


def _rung(
    model: MaturityModel, parts: Iterable[Sequence[ModelItem]], ratings: Ratings, *, best: bool
) -> Fraction:
    reached = 0
    for items in parts:
        left = _applicable(items, ratings)
        if not all(_counted(model, item, rating, best=best) for item, rating in left):
            break
        reached += 1
    return Fraction(reached)
