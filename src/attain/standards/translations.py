"""Translations of a definition: its texts in further languages, each beside what it says itself."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from attain.standards.definition import Definition

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z]{2,4})?$")]
"""A language, such as de."""


class TranslatedTitle(Definition):
    """A title in a further language."""

    title: str
    """The title."""


class TranslatedRequirement(TranslatedTitle):
    """The texts of a requirement in a further language."""

    why: str
    """What good it does."""


class TranslatedReason(Definition):
    """A reason in a further language."""

    reason: str
    """The reason."""


class TranslatedItem(TranslatedTitle):
    """The texts of an item of a model in a further language."""

    question: str = ""
    """What an assessor asks."""


class TranslatedLevel(Definition):
    """The texts of a level in a further language."""

    title: str = ""
    """The name of the level, where it has one."""
    text: str = ""
    """What is true on it."""


def reasons_in(translations: Mapping[str, TranslatedReason]) -> dict[str, str]:
    """Return a reason by the languages that it is translated into."""
    return {language: told.reason for language, told in translations.items()}


def in_language(own: str, translated: str | None) -> str:
    """Return a text in a further language, the text itself where it is not translated."""
    return translated or own
