"""Translations of a definition: its texts in further languages, each beside what it says itself."""

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
