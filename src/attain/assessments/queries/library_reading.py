"""A model laid out to be read: its categories, their groups, and each item with its levels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from django.utils.functional import Promise

from attain.assessments.library_words import CRITICALITIES, FACING
from attain.standards.maturity_model import MaturityModel, Part
from attain.standards.model_items import ItemText, Level

Word = str | Promise


@dataclass(frozen=True)
class ReadLevel:
    """A level of an item, with the name that the model gives it."""

    level: Level
    title: str


@dataclass(frozen=True)
class ReadItem:
    """An item with its number in the model."""

    number: int
    key: str
    item: ItemText
    criticality: Word
    facing: Word
    levels: tuple[ReadLevel, ...]


@dataclass(frozen=True)
class ReadGroup:
    """A group of items; one without a title where the category has none."""

    title: str
    items: tuple[ReadItem, ...]


@dataclass(frozen=True)
class ReadPart:
    """A category or component with its groups."""

    key: str
    title: str
    groups: tuple[ReadGroup, ...]

    @property
    def size(self) -> int:
        """How many items stand in it."""
        return sum(len(group.items) for group in self.groups)


def parts_to_read(model: MaturityModel) -> list[ReadPart]:
    """Return the categories or components of a model with everything that is in them."""
    numbers = count(1)
    return [
        ReadPart(key, part.title, tuple(_groups(model, part, numbers)))
        for key, part in model.parts.items()
    ]


def _groups(model: MaturityModel, part: Part, numbers: Iterator[int]) -> Iterator[ReadGroup]:
    if part.items:
        yield ReadGroup("", _items(model, part.items, numbers))
    for group in part.groups.values():
        yield ReadGroup(group.title, _items(model, group.items, numbers))


def _items(
    model: MaturityModel, items: Mapping[str, ItemText], numbers: Iterator[int]
) -> tuple[ReadItem, ...]:
    return tuple(
        ReadItem(
            number=next(numbers),
            key=key,
            item=item,
            criticality=CRITICALITIES[item.criticality],
            facing=FACING.get(item.facing or "", ""),
            levels=tuple(ReadLevel(each, model.title_of(each.level)) for each in item.levels),
        )
        for key, item in items.items()
    )
