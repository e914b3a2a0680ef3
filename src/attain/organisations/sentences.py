"""What the rules say, told in the language of who reads: sentences, and the figures in them.

A sentence of the rules brings its template and its figures. A text that brings none, such as one of
a proof that was kept before sentences were, is told as it stands and marked as English.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from attain.measurement.periods import Month
from attain.standards.sentences import Exact, Figure, Listing, OwnText, Sentence, Share

# A month of a sentence, and no part of a date or of a name.
_MONTH = re.compile(r"(?<![\w-])([12]\d{3})-(0[1-9]|1[0-2])(?![\w-])", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+(\.\d+)?)?", re.ASCII)
_BETWEEN: Mapping[str, str | Promise] = {" or ": pgettext_lazy("one thing or another", "or")}


@dataclass(frozen=True)
class Told:
    """A text as it is told, and its language; none where it is that of who reads."""

    words: str
    language: str = ""

    def __str__(self) -> str:
        """Return the words."""
        return self.words


def told(text: str) -> Told:
    """Tell a text of the rules: a sentence or a number as its reader says it, else as it stands."""
    if isinstance(text, Sentence):
        return Told(_sentence(text))
    if _NUMBER.fullmatch(text):
        return Told(_share_of(text) or _number(text))
    return Told(_MONTH.sub(_english_words, text), "en")


def month_told(key: str) -> Told | None:
    """Tell a month by its key, None where it is none."""
    return Told(_words(Month.parse(key))) if _MONTH.fullmatch(key) else None


def _sentence(sentence: Sentence) -> str:
    template = _(sentence.template)
    figures = {name: _figure(each) for name, each in sentence.figures.items()}
    return template % figures if figures else template


def _figure(figure: Figure) -> str:
    match figure:
        case Sentence():
            return _sentence(figure)
        case OwnText():
            language = (translation.get_language() or "en").partition("-")[0]
            return figure.translations.get(language, figure.text)
        case Listing():
            return _between(figure.between).join(map(_figure, figure.parts))
        case Month():
            return _words(figure)
        case date():
            return date_format(figure)
        case Share():
            number, _space, percent = str(figure).partition(" ")
            return f"{_number(number)} %" if percent else _number(number)
        case Exact() | int():
            return _number(str(figure))
    return figure


def _between(between: str) -> str:
    return f" {_BETWEEN[between]} " if between in _BETWEEN else between


def _number(text: str) -> str:
    """Write a number, or one over another, to each of its digits."""
    parts = (number_format(Decimal(part), force_grouping=True) for part in text.split("/"))
    return "/".join(parts)


def _share_of(text: str) -> str | None:
    """Write of 1083083/1457231 the share, and on how many; None of anything else."""
    part, slash, whole = text.partition("/")
    if not (slash and part.isdecimal() and whole.isdecimal() and int(whole)):
        return None
    # Cut, not rounded: a share that falls short must not be read as one that does not.
    share = Decimal(int(part) * 1000 // int(whole)) / 10
    return _("%(share)s %% (%(part)s of %(whole)s)") % {
        "share": number_format(share, 1),
        "part": number_format(int(part), force_grouping=True),
        "whole": number_format(int(whole), force_grouping=True),
    }


def _words(month: Month) -> str:
    return date_format(month.first_day, "YEAR_MONTH_FORMAT")


def _english_words(month: re.Match[str]) -> str:
    with translation.override("en"):
        return _words(Month.parse(month[0]))
