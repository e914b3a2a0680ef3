"""The items of maturity models: a question, a descriptor for each level, and what records show."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from attain.standards.definition import Criticality, Definition, Key
from attain.standards.kinds.documented_practices import DocumentedPractices
from attain.standards.kinds.lower_tier import LowerTier
from attain.standards.kinds.practice_levels import PracticeFloors, PracticeShare
from attain.standards.rule import Rule
from attain.standards.translations import (
    Language,
    TranslatedItem,
    TranslatedLevel,
    in_language,
)

Size = Annotated[int, Field(ge=1, le=5)]


class ScaleLevel(Definition):
    """A level of the model: its name, and what is true on it of every item."""

    level: int = Field(ge=0)
    """The number of the level."""
    title: str
    """The name of the level."""
    text: str = ""
    """What is true on it of any item, where the items do not describe it themselves."""
    translations: Mapping[Language, TranslatedLevel] = {}
    """Its texts in further languages."""

    def told_in(self, language: str) -> Self:
        """Return the level in a language, as far as it is translated."""
        told = self.translations.get(language, TranslatedLevel())
        given = {
            "title": in_language(self.title, told.title),
            "text": in_language(self.text, told.text),
        }
        return self.model_copy(update=given)


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
    translations: Mapping[Language, TranslatedLevel] = {}
    """The text in further languages."""

    def told_in(self, language: str) -> Self:
        """Return the level in a language, as far as it is translated."""
        told = self.translations.get(language, TranslatedLevel())
        return self.model_copy(update={"text": in_language(self.text, told.text)})


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
    translations: Mapping[Language, TranslatedItem] = {}
    """Its title and question in further languages."""

    def told_in(self, language: str) -> Self:
        """Return the item and its levels in a language, as far as they are translated."""
        told = self.translations.get(language)
        given = {
            "title": in_language(self.title, told.title if told else None),
            "question": in_language(self.question, told.question if told else None),
            "levels": tuple(level.told_in(language) for level in self.levels),
        }
        return self.model_copy(update=given)

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
