"""The steps of gaps: from each level to the next, kept apart, as each has a return of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attain.assessments.rules.entries import Entry, EntryFault, faults_of
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import LevelStep, ModelItem
from attain.standards.ratings import ItemRating, Ratings


@dataclass(frozen=True, order=True)
class ItemStep:
    """One step of an item's gap: from a level to the next, at a centre.

    Effort and gain are the model's sizes from 1 to 5, and None where it gives none.
    """

    centre: str
    item: str
    level: int
    to: int
    process: str | None = None
    effort: int | None = None
    gain: int | None = None
    benefit: str = ""

    @property
    def key(self) -> str:
        """The name of the step among those of an estate."""
        return f"{self.centre}/{self.item}/{self.to}"


class UnfitRatingsError(Exception):
    """Raised where ratings do not fit the model: nothing is made of any of them."""

    def __init__(self, faults: Mapping[str, Sequence[EntryFault]]) -> None:
        self.faults = faults
        told = (f"{item}: {', '.join(found)}" for item, found in faults.items())
        super().__init__("; ".join(told))


def steps_of_gaps(centre: str, model: MaturityModel, ratings: Ratings) -> list[ItemStep]:
    """Return every step of every gap of a centre, in the order of the model, lowest first."""
    _refuse_unfit(model, ratings)
    return [
        step
        for item in model.rated_items
        if item.key in ratings
        for step in _steps_of_item(centre, model, item, ratings[item.key])
    ]


def _refuse_unfit(model: MaturityModel, ratings: Ratings) -> None:
    faults = {item: faults_of(model, item, _entry(rating)) for item, rating in ratings.items()}
    if any(faults.values()):
        raise UnfitRatingsError({item: found for item, found in faults.items() if found})


def _entry(rating: ItemRating) -> Entry:
    if rating.not_applicable is not None:
        return Entry(is_applicable=False, reason=rating.not_applicable)
    return Entry(rating.level, rating.target)


def _steps_of_item(
    centre: str, model: MaturityModel, item: ModelItem, rating: ItemRating
) -> Iterator[ItemStep]:
    if not rating.gap or rating.level is None or rating.target is None:
        return
    declared = {level.level: level.step for level in item.levels}
    between = [n for n in model.levels_of(item) if rating.level <= n <= rating.target]
    for level, to in pairwise(between):
        yield _step(centre, item, level, to, declared.get(to))


def _step(
    centre: str, item: ModelItem, level: int, to: int, declared: LevelStep | None
) -> ItemStep:
    effort, gain, benefit = (
        (declared.effort, declared.gain, declared.benefit) if declared else (None, None, "")
    )
    return ItemStep(centre, item.key, level, to, item.process, effort, gain, benefit)


def items_without_gap_known(model: MaturityModel, ratings: Ratings) -> list[str]:
    """Return the items of which no gap can be told: without a level, or without a target."""
    given = {item.key: ratings.get(item.key, ItemRating()) for item in model.rated_items}
    return [key for key, r in given.items() if r.not_applicable is None and r.gap is None]


def lower_steps(steps: Sequence[ItemStep]) -> dict[str, str]:
    """Return for each step the step of the same item that has to come before it, by their keys."""
    ending = {(step.centre, step.item, step.to): step.key for step in steps}
    found = {step.key: ending.get((step.centre, step.item, step.level)) for step in steps}
    return {key: before for key, before in found.items() if before is not None}
