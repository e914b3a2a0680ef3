"""What an assessment says of practices: documented from the first level above the lowest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attain.standards.figures import Documented, Practice
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem
from attain.standards.ratings import OPEN, ItemRating, Ratings


@dataclass(frozen=True)
class StatedPractice:
    """What an assessment states of a practice, and what the records say of it now.

    `recorded` is None where nothing is on record, and then its `revision` is 0.
    """

    item: ModelItem
    stated: Practice
    recorded: Practice | None
    revision: int

    @property
    def differs(self) -> bool:
        """Whether the records say something else, whatever their evidence is called."""
        if self.recorded is None:
            return True
        stated, there = self.stated, self.recorded
        return (stated.documented, stated.reason) != (there.documented, there.reason)


def stated_practices(
    model: MaturityModel,
    ratings: Ratings,
    shown: Mapping[str, Sequence[str]],
    origin: str,
    recorded: Mapping[str, tuple[int, Practice]],
) -> list[StatedPractice]:
    """Return what ratings state of the practice of each item, in the order of the model.

    An item is documented where it is above its lowest level; one without a level states nothing.
    `shown` are the titles of its evidence, `origin` names the assessment, `recorded` holds what is
    on record of an item, with its revision.
    """
    found = [
        (item, _practice(model, item, ratings.get(item.key, OPEN), shown.get(item.key, ()), origin))
        for item in model.rated_items
    ]
    return [_beside(item, practice, recorded.get(item.key)) for item, practice in found if practice]


def _beside(
    item: ModelItem, stated: Practice, recorded: tuple[int, Practice] | None
) -> StatedPractice:
    revision, there = recorded or (0, None)
    return StatedPractice(item, stated, there, revision)


def _practice(
    model: MaturityModel, item: ModelItem, rating: ItemRating, shown: Sequence[str], origin: str
) -> Practice | None:
    if rating.not_applicable is not None:
        return Practice(item.key, Documented.NOT_APPLICABLE, rating.not_applicable, None)
    if rating.level is None:
        return None
    if rating.level <= model.levels_of(item)[0]:
        return Practice(item.key, Documented.NO, None, None)
    return Practice(item.key, Documented.YES, None, "; ".join((origin, *shown)))
