"""Two assessments beside each other: what rose, what fell, and what cannot be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import OPEN, ItemRating, Ratings


class Movement(StrEnum):
    """What became of an item between two assessments."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True)
class ItemMovement:
    """An item in two assessments."""

    item: str
    before: ItemRating
    after: ItemRating

    @property
    def movement(self) -> Movement:
        """Whether it rose or fell; an item without a level on both sides cannot be compared."""
        if self.before.level is None or self.after.level is None:
            return Movement.NOT_COMPARABLE
        if self.before.level == self.after.level:
            return Movement.SAME
        return Movement.ROSE if self.after.level > self.before.level else Movement.FELL


def compare(model: MaturityModel, before: Ratings, after: Ratings) -> Mapping[str, ItemMovement]:
    """Return what became of each item of a model, in its order."""
    return {
        item.key: ItemMovement(item.key, before.get(item.key, OPEN), after.get(item.key, OPEN))
        for item in model.rated_items
    }
