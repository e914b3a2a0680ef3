"""Sentences of the rules: English by contract, and kept so that each can be said in any language.

A sentence is the English text itself, for the command line, its JSON and every comparison; beside
that it remembers its template and its figures. A page asks a translator for the template and writes
the figures as its reader does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from attain.measurement.numbers import write_exact, write_share
from attain.measurement.periods import Month


@dataclass(frozen=True)
class Exact:
    """A number in a sentence, written exactly."""

    value: Fraction

    def __str__(self) -> str:
        """Write it as the contract does."""
        return write_exact(self.value)


@dataclass(frozen=True)
class Share:
    """A share that is asked for, as a percentage where it ends."""

    value: Fraction

    def __str__(self) -> str:
        """Write it as the contract does."""
        return write_share(self.value)


@dataclass(frozen=True)
class OwnText:
    """A text of a definition, with its translations as the definition gives them."""

    text: str
    translations: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the text itself."""
        return self.text


@dataclass(frozen=True)
class Listing:
    """Several parts of a sentence, one after the other."""

    parts: tuple["Figure", ...]
    between: str = ", "

    def __str__(self) -> str:
        """Join the parts."""
        return self.between.join(map(str, self.parts))


class Sentence(str):
    """An English sentence that remembers its template and its figures."""

    __slots__ = ("figures", "template")

    template: str
    figures: Mapping[str, "Figure"]

    def __new__(cls, template: str, figures: Mapping[str, "Figure"]) -> "Sentence":
        """Fill in the template."""
        said = super().__new__(cls, template % figures if figures else template)
        said.template, said.figures = template, figures
        return said

    def __reduce__(self) -> Any:
        """Keep the template and the figures, as a cache does."""
        return Sentence, (self.template, self.figures)


Figure: TypeAlias = str | int | Month | date | Exact | Share | OwnText | Listing | Sentence


def say(template: str, **figures: Figure) -> Sentence:
    """Say a sentence; `tools.messages` gathers its template for the translators."""
    # A proof has thousands of them: made without the detour over __new__.
    said = str.__new__(Sentence, template % figures if figures else template)
    said.template, said.figures = template, figures
    return said


def listed(*parts: Figure, between: str = ", ") -> Listing:
    """Join parts of a sentence."""
    return Listing(parts, between)


def series(parts: Sequence[Figure], between: str = ", ") -> Sentence:
    """Say several things one after the other; there is nothing in it to translate but them."""
    return Sentence("%(parts)s", {"parts": Listing(tuple(parts), between)})
