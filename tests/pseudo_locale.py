"""A made-up language that writes ⟦…⟧ around every text, and a reader of pages that looks for it.

What a page says without the signs was never given to a translator, unless it is data: what
somebody wrote, a name, a key. Data stands in the database, or the page marks it by its element.
"""

import gettext
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from zoneinfo import available_timezones

from django.apps import apps
from django.db import models
from django.test import override_settings
from django.utils.translation import trans_real

LANGUAGE = "qps"
_CONTEXT = "\x04"
# Names of things that are called so in every language.
NAMES = frozenset(
    {"attain", "CSV", "Excel", "PDF", "JSON", "SHA-256", "n", "Python", "SQLite", "PostgreSQL"}
)
_DATA_ELEMENTS = frozenset({"script", "style", "code", "bdi", "kbd", "pre", "textarea"})
_SAID_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
_VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "use", "path", "polyline", "circle"})
_BLOCKS = frozenset(
    {"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "div", "button", "option", "label"}
)
_KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+|[0-9a-f]{64}")  # of an event, say, or a hash
# An amount with the code of its currency, which is the same in every language.
_AMOUNT = re.compile(r"\d[\d.,]* [A-Z]{3}\b")
_APART = re.compile(r"[,;:·–—()|=\n]|\.\s| v?\d[\d.]*(?=$|,)")


class Wrapping(gettext.NullTranslations):
    """A catalogue that has every text, with its signs around it."""

    def gettext(self, message: str) -> str:
        _context, _mark, text = message.rpartition(_CONTEXT)
        return f"⟦{text}⟧" if text else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def language(self) -> str:
        return LANGUAGE

    def to_language(self) -> str:
        return LANGUAGE


@contextmanager
def spoken() -> Iterator[None]:
    """Let the made-up language be one that a person may choose, and that of who chose none."""
    known: Any = trans_real
    before, default = dict(known._translations), known._default
    known._translations[LANGUAGE], known._default = Wrapping(), None
    try:
        with override_settings(LANGUAGE_CODE=LANGUAGE):
            yield
    finally:
        # Whatever was read meanwhile may fall back to the made-up language.
        known._translations.clear()
        known._translations.update(before)
        known._default = default


def data_of_the_database() -> set[str]:
    """Return every text that somebody wrote: a choice is a text of attain, and is not one."""
    found = set(available_timezones())
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if _is_written(field)]
        for row in model._base_manager.values_list(*names) if names else ():
            found.update(line for said in row for line in _lines(said))
    return found


def _lines(said: object) -> Iterator[str]:
    if isinstance(said, list):  # such as the channels of a centre
        yield from (text for text in said if isinstance(text, str))
    elif said:
        yield from (line.strip() for line in str(said).splitlines())


def _is_written(field: "models.Field[Any, Any]") -> bool:
    kinds = (
        models.CharField, models.TextField, models.UUIDField, models.FileField, models.JSONField
    )  # fmt: skip
    return isinstance(field, kinds) and not field.choices


class Page(HTMLParser):
    """What a page says to people: its texts, and the attributes that are read out or shown."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = tag in _DATA_ELEMENTS or (tag != "html" and "lang" in given)
        if not self._is_data():
            self.said.extend(outside(given.get(name) or "")[0] for name in _SAID_ATTRIBUTES)
        if tag not in _VOID:
            self._open.append((tag, is_data))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag in _BLOCKS:
            self._depth = 0

    def handle_data(self, data: str) -> None:
        said, self._depth = outside(data, self._depth)
        if not self._is_data():
            self.said.append(said)

    def _is_data(self) -> bool:
        return any(is_data for _tag, is_data in self._open)


def outside(text: str, depth: int = 0) -> tuple[str, int]:
    """Return what stands outside of the signs, and how many of them are still open."""
    kept = []
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧" and depth > 0)
        kept.append(sign if depth == 0 and sign != "⟧" else "\n" if sign == "⟧" else "")
    return "".join(kept), depth


def untranslated(html: str, data: Iterable[str]) -> set[str]:
    """Return what a page says that is neither a text for translators nor data."""
    known = NAMES | set(data)
    return {part for said in Page(html).said for part in _parts(said, known)}


def _parts(said: str, known: frozenset[str] | set[str]) -> Iterator[str]:
    whole = said.strip()
    if whole in known:
        return
    for part in _APART.split(_AMOUNT.sub("", whole)):
        word = part.strip(" …“”\"'+")
        if _KEY.fullmatch(word):
            continue
        if any(sign.isalpha() for sign in word) and not known & {word, f"{word}."}:
            yield word
