"""Maturity models: categories or components, their groups and items, a descriptor per level."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from attain.standards.definition import Criticality, Definition, Key
from attain.standards.kinds.documented_practices import DocumentedPractices
from attain.standards.kinds.lower_tier import LowerTier
from attain.standards.kinds.practice_levels import PracticeFloors, PracticeShare
from attain.standards.model_rules import Colours, RollUp
from attain.standards.rule import Rule
from attain.standards.thresholds import Threshold

Size = Annotated[int, Field(ge=1, le=5)]


class ScaleLevel(Definition):
    """A level of the model: its name, and what is true on it of every item."""

    level: int = Field(ge=0)
    """The number of the level."""
    title: str
    """The name of the level."""
    text: str = ""
    """What is true on it of any item, where the items do not describe it themselves."""


class LevelStep(Definition):
    """What it takes to come from the level below to this one, and what it usually brings."""

    effort: Size
    """From 1, days of one person, to 5, a programme of a year."""
    gain: Size
    """From 1, hardly seen, to 5, changes the results of the centre."""
    benefit: str
    """What usually gets better."""


class Level(Definition):
    """What is true of an item on one level, and the evidence that shows it."""

    level: int = Field(ge=0)
    """The number of the level."""
    text: str
    """What is true at this level, so that two people would see the same."""
    evidence: tuple[str, ...] = ()
    """What an assessor would be shown."""
    step: LevelStep | None = None
    """The step from the level below."""
    licence: str = ""
    """The licence of this text, where it is another than the model's."""


class ClaimCondition(Definition):
    """What the centre's own records must show of whoever claims a level."""

    level: int
    """The lowest level that the condition is asked of."""
    title: str
    """What is asked, in a few words."""
    rule: Rule
    """The rule that decides, as in a scheme."""

    @model_validator(mode="after")
    def _looks_at_records(self) -> Self:
        if isinstance(self.rule, DocumentedPractices | LowerTier | PracticeFloors | PracticeShare):
            raise ValueError(f"{self.rule.kind}; expected a rule over readings and records")
        return self


class ItemText(Definition):
    """One item of a model as its file states it."""

    title: str
    """The name of the item."""
    question: str = ""
    """What an assessor asks."""
    criticality: Criticality = "moderate"
    """How much harm is done where the item is not in place."""
    process: Key | None = None
    """The process that the item belongs to."""
    facing: Literal["end_user_facing", "enabling"] | None = None
    """Whether that process faces end users or enables those that do."""
    structure_only: str = ""
    """Why the item stands here without its texts; it is not rated until they are supplied."""
    licence: str = ""
    """The licence of the item's texts, where it is another than the model's."""
    levels: tuple[Level, ...] = Field(default=(), min_length=2)
    """A descriptor for each level, lowest first."""
    evidenced_by: tuple[ClaimCondition, ...] = ()
    """What records must show of a claimed level."""

    @model_validator(mode="after")
    def _levels_ascend(self) -> Self:
        numbers = [level.level for level in self.levels]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"levels {numbers}; expected each once, ascending")
        if self.structure_only and (self.levels or self.question):
            raise ValueError("texts of an item that is structure only; expected neither")
        if not self.structure_only and not (self.levels and self.question):
            raise ValueError("an item without question and levels; expected both")
        return self

    @property
    def is_rated(self) -> bool:
        """Whether the item has texts to rate it by."""
        return not self.structure_only

    @property
    def highest(self) -> int:
        """The highest level that is described; 0 where none is."""
        return max((level.level for level in self.levels), default=0)


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

    @cached_property
    def all_items(self) -> tuple[ModelItem, ...]:
        """The items of the part with their keys, in the order of the file."""
        listed = [*self.items.items(), *(i for g in self.groups.values() for i in g.items.items())]
        # Only what the file gives: an item that is structure only has no levels to be checked.
        given = ((key, {n: getattr(i, n) for n in i.model_fields_set}) for key, i in listed)
        return tuple(ModelItem(key=key, **fields) for key, fields in given)


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
