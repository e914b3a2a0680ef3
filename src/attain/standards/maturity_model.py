"""Maturity models: categories or components, their groups and items, a descriptor per level."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from attain.standards.definition import Definition, Key
from attain.standards.model_items import ItemText, ModelItem, ScaleLevel
from attain.standards.model_rules import Colours, RollUp
from attain.standards.thresholds import Threshold
from attain.standards.translations import (
    Language,
    TranslatedTitle,
    in_language,
)


def _given(item: ItemText) -> dict[str, Any]:
    return {
        name: getattr(item, name)
        for name in ItemText.model_fields
        if name != "levels" or item.levels
    }


class Group(Definition):
    """A group of items within a category or component."""

    title: str
    """The name of the group."""
    items: Mapping[Key, ItemText] = Field(min_length=1)
    """The items by key."""
    translations: Mapping[Language, TranslatedTitle] = {}
    """Its name in further languages."""

    def told_in(self, language: str) -> Self:
        """Return the group and its items in a language, as far as they are translated."""
        told = self.translations.get(language)
        items = {key: item.told_in(language) for key, item in self.items.items()}
        title = in_language(self.title, told.title if told else None)
        return self.model_copy(update={"title": title, "items": items})


class Part(Definition):
    """A category or component: groups of items, or items without groups."""

    title: str
    """The name of the category or component."""
    groups: Mapping[Key, Group] = {}
    """The groups by key."""
    items: Mapping[Key, ItemText] = {}
    """The items by key, where there are no groups."""
    translations: Mapping[Language, TranslatedTitle] = {}
    """Its name in further languages."""

    def told_in(self, language: str) -> "Part":
        """Return the part and all that is in it in a language, as far as it is translated."""
        told = self.translations.get(language)
        return Part(
            title=in_language(self.title, told.title if told else None),
            translations=self.translations,
            groups={key: group.told_in(language) for key, group in self.groups.items()},
            items={key: item.told_in(language) for key, item in self.items.items()},
        )

    @model_validator(mode="after")
    def _has_groups_or_items(self) -> Self:
        if bool(self.groups) == bool(self.items):
            raise ValueError("both or neither of groups and items; expected one of them")
        return self

    @cached_property
    def all_items(self) -> tuple[ModelItem, ...]:
        """The items of the part with their keys, in the order of the file."""
        listed = [*self.items.items(), *(i for g in self.groups.values() for i in g.items.items())]
        # Only what the file gives: an item that is structure only has no levels to be checked.
        return tuple(ModelItem(key=key, **_given(item)) for key, item in listed)


class ItemChange(Definition):
    """What became of an item of the edition before."""

    change: Literal["renamed", "split", "merged", "dropped", "reworded", "redefined"]
    """Renamed, split, merged, dropped, reworded (the same asked) or redefined (something else)."""
    to: tuple[Key, ...] = ()
    """The items of this edition that it became."""
    reason: str = ""
    """Why; a dropped item says it."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.change == "dropped") == bool(self.to):
            raise ValueError(f"{self.change} to {len(self.to)} items; {_EXPECTED_TO[self.change]}")
        if self.change == "split" and len(self.to) == 1:
            raise ValueError("split to one item; expected two or more")
        if self.change == "dropped" and not self.reason:
            raise ValueError("dropped without a reason; expected the reason")
        return self


_EXPECTED_TO = dict.fromkeys(
    ("renamed", "split", "merged", "reworded", "redefined"), "expected an item of this edition"
) | {"dropped": "expected none"}


class Follows(Definition):
    """The edition that another one follows, and its item map."""

    edition: str
    """The edition before."""
    items: Mapping[Key, ItemChange] = {}
    """What became of its items; one that is not listed is in both editions as it was."""


class MaturityModel(Definition):
    """A maturity model in one edition."""

    model: Key
    """The key of the model."""
    title: str
    """The name of the model."""
    translations: Mapping[Language, TranslatedTitle] = {}
    """The name in further languages."""
    edition: str
    """The edition; a published one is frozen."""
    status: Literal["draft", "published", "withdrawn"]
    """Whether it may be used for an assessment."""
    licence: str
    """Under which licence its text is published."""
    sources: tuple[str, ...]
    """What it rests on: keys of the library's sources."""
    scale: tuple[ScaleLevel, ...] = ()
    """The levels by which items are rated, lowest first; without it, those of each item."""
    roll_up: RollUp = RollUp(rule="lowest")
    """How the levels of items become one of their category and of the whole."""
    colours: Colours = Colours(by="gap", amber=1, red=2)
    """When an item is red, amber or green."""
    thresholds: Mapping[Key, Threshold] = {}
    """The numbers that the conditions of its items name."""
    follows: Follows | None = None
    """The edition before this one, and what became of its items."""
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

    @model_validator(mode="after")
    def _items_keep_to_the_scale(self) -> Self:
        numbers = [level.level for level in self.scale]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"levels {numbers} of the scale; expected each once, ascending")
        described = {level.level for level in self.scale if not level.text}
        for item in self.items if self.scale else ():
            found = {level.level for level in item.levels}
            if item.is_rated and found != described:
                raise ValueError(
                    f"{item.key} with levels {_listed(found)}; expected {_listed(described)}"
                )
        return self

    @model_validator(mode="after")
    def _its_item_map_leads_to_items(self) -> Self:
        keys = {item.key for item in self.items}
        for old, change in (self.follows.items if self.follows else {}).items():
            lost = [key for key in change.to if key not in keys]
            if lost:
                raise ValueError(f"{old} to {', '.join(lost)}; expected items of this edition")
        return self

    @property
    def parts(self) -> Mapping[str, Part]:
        """The categories or components by key."""
        return self.categories or self.components

    @cached_property
    def items(self) -> tuple[ModelItem, ...]:
        """Every item of the model, in the order of the file."""
        return tuple(item for part in self.parts.values() for item in part.all_items)

    @cached_property
    def rated_items(self) -> tuple[ModelItem, ...]:
        """The items that have texts to rate them by."""
        return tuple(item for item in self.items if item.is_rated)

    def told_in(self, language: str) -> "MaturityModel":
        """Return the model in a language; a text that is not translated stays as it is."""
        told = self.translations.get(language)
        given = {name: getattr(self, name) for name in self.model_fields_set}
        given |= {
            "title": in_language(self.title, told.title if told else None),
            "scale": tuple(level.told_in(language) for level in self.scale),
        }
        for name in ("categories", "components"):
            parts = getattr(self, name)
            given[name] = {key: part.told_in(language) for key, part in parts.items()}
        return MaturityModel.model_construct(**given)

    def levels_of(self, item: ItemText) -> tuple[int, ...]:
        """Return the levels that an item can be rated at, lowest first."""
        if self.scale:
            return tuple(level.level for level in self.scale)
        return tuple(level.level for level in item.levels)

    def title_of(self, level: int) -> str:
        """Return the name of a level, its number where the model names none."""
        return next((named.title for named in self.scale if named.level == level), str(level))

    def text_of(self, item: ItemText, level: int) -> str:
        """Return what is true of an item on a level; nothing where it is not described."""
        own = {each.level: each.text for each in item.levels}
        common = {each.level: each.text for each in self.scale}
        return own.get(level) or common.get(level, "")

    def as_json(self) -> dict[str, Any]:
        """Return the model for another program: lists in the order of the file, each with keys."""
        head = self.model_dump(mode="json", exclude={"categories", "components"})
        name = "categories" if self.categories else "components"
        return {**head, name: [_part_json(key, part) for key, part in self.parts.items()]}


def _listed(numbers: set[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


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
