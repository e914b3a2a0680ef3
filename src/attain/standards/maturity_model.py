"""Maturity models: categories or components, their groups and items, a descriptor per level."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from attain.standards.definition import Definition

Criticality = Literal["key", "moderate", "low"]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$")]


class Level(Definition):
    """What is true of an item on one level, and the evidence that shows it."""

    level: int
    """The number of the level."""
    text: str
    """What is true at this level, so that two people would see the same."""
    evidence: tuple[str, ...] = ()
    """What an assessor would be shown."""


class ItemText(Definition):
    """One item of a model as its file states it."""

    title: str
    """The name of the item."""
    question: str
    """What an assessor asks."""
    criticality: Criticality = "moderate"
    """How much harm is done where the item is not in place."""
    levels: tuple[Level, ...] = Field(min_length=2)
    """A descriptor for each level, lowest first."""

    @model_validator(mode="after")
    def _levels_ascend(self) -> Self:
        numbers = [level.level for level in self.levels]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"levels {numbers}; expected each once, ascending")
        return self


class ModelItem(ItemText):
    """An item with its key, as rules read it."""

    key: str
    """The key of the item, which a dossier's practices name."""


class Group(Definition):
    """A group of items within a category or component."""

    title: str
    """The name of the group."""
    items: Mapping[Key, ItemText] = Field(min_length=1)
    """The items by key."""


class Part(Definition):
    """A category or component: groups of items, or items without groups."""

    title: str
    """The name of the category or component."""
    groups: Mapping[Key, Group] = {}
    """The groups by key."""
    items: Mapping[Key, ItemText] = {}
    """The items by key, where there are no groups."""

    @model_validator(mode="after")
    def _has_groups_or_items(self) -> Self:
        if bool(self.groups) == bool(self.items):
            raise ValueError("both or neither of groups and items; expected one of them")
        return self

    @property
    def all_items(self) -> tuple[ModelItem, ...]:
        """The items of the part with their keys, in the order of the file."""
        listed = [*self.items.items(), *(i for g in self.groups.values() for i in g.items.items())]
        return tuple(ModelItem(key=key, **dict(item)) for key, item in listed)


class MaturityModel(Definition):
    """A maturity model in one edition."""

    model: Key
    """The key of the model."""
    title: str
    """The name of the model."""
    edition: str
    """The edition; a published one is frozen."""
    status: Literal["draft", "published", "withdrawn"]
    """Whether it may be used for an assessment."""
    licence: str
    """Under which licence its text is published."""
    sources: tuple[str, ...]
    """What it rests on: keys of the library's sources."""
    categories: Mapping[Key, Part] = {}
    """The categories by key."""
    components: Mapping[Key, Part] = {}
    """The components by key, where the model speaks of components."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if bool(self.categories) == bool(self.components):
            raise ValueError("both or neither of categories and components; expected one of them")
        keys = [item.key for item in self.items]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} more than once; expected each item once")
        return self

    @property
    def parts(self) -> Mapping[str, Part]:
        """The categories or components by key."""
        return self.categories or self.components

    @property
    def items(self) -> tuple[ModelItem, ...]:
        """Every item of the model, in the order of the file."""
        return tuple(item for part in self.parts.values() for item in part.all_items)

    def as_json(self) -> dict[str, Any]:
        """Return the model for another program: lists in the order of the file, each with keys."""
        head = self.model_dump(mode="json", exclude={"categories", "components"})
        name = "categories" if self.categories else "components"
        return {**head, name: [_part_json(key, part) for key, part in self.parts.items()]}


def _part_json(key: str, part: Part) -> dict[str, Any]:
    shown: dict[str, Any] = {"key": key, "title": part.title}
    if part.groups:
        shown["groups"] = [
            {"key": k, "title": group.title, "items": _items_json(group.items)}
            for k, group in part.groups.items()
        ]
    else:
        shown["items"] = _items_json(part.items)
    return shown


def _items_json(items: Mapping[str, ItemText]) -> list[dict[str, Any]]:
    return [{"key": key, **item.model_dump(mode="json")} for key, item in items.items()]
