"""Findings as a page shows them: each with an address of its own, the lacking ones open."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from attain.measurement.outcomes import Outcome

Links = Mapping[str, Sequence[tuple[str, str]]]
_LEVELS_THAT_OPEN = 1
# A month of a sentence, and no part of a date or of a name.
_MONTH = re.compile(r"(?<![\w-])([12]\d{3})-(0[1-9]|1[0-2])(?![\w-])", re.ASCII)


@dataclass(frozen=True)
class Node:
    """A finding as an entry of the tree; `links` lead to what it rests on."""

    id: str
    asked: str
    language: str
    outcome: str
    measured: str | None
    threshold: str | None
    sources: tuple[str, ...]
    missing: tuple[str, ...]
    left_out: tuple[str, ...]
    months: tuple[dict[str, object], ...]
    links: tuple[tuple[str, str], ...]
    children: tuple["Node", ...]
    is_open: bool

    @property
    def has_facts(self) -> bool:
        """Whether there is more to say than what was asked and what came of it."""
        return any((self.threshold, self.months, self.missing, self.left_out, self.links))


def nodes_of(
    findings: Iterable[object],
    start: str,
    links: Links,
    path: str = "",
    depth: int = 0,
    language: str = "en",
) -> tuple[Node, ...]:
    """Return findings, or the JSON of them, as entries; the outer ones that lack are open.

    `language` is that in which the outer ones ask; what the rules say of their parts is English.
    """
    seen: Counter[str] = Counter()
    nodes = []
    for finding in findings:
        key = str(_of(finding, "key"))
        name = slugify(key) or "part"
        seen[name] += 1
        address = f"{start}-{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")
        place = f"{path}/{key}".lstrip("/")
        nodes.append(_node(finding, address, links, place, depth, language))
    return tuple(nodes)


def _node(
    finding: object, address: str, links: Links, path: str, depth: int, language: str
) -> Node:
    outcome = Outcome(_of(finding, "outcome"))
    return Node(
        id=address,
        asked=str(_in_english(_of(finding, "asked")) or _of(finding, "key")),
        language=language,
        outcome=outcome.value,
        measured=_in_english(_measured(_of(finding, "measured"))),
        threshold=_in_english(_of(finding, "threshold")),
        sources=tuple(map(str, _of(finding, "sources") or ())),
        missing=tuple(_of(finding, "missing") or ()),
        left_out=tuple(_of(finding, "all_left_out") or _of(finding, "left_out") or ()),
        months=_months(_of(finding, "strip")),
        links=tuple(links.get(path, ())),
        children=nodes_of(_of(finding, "children") or (), address, links, path, depth + 1),
        is_open=outcome.is_lacking and depth < _LEVELS_THAT_OPEN,
    )


def _of(finding: object, name: str) -> Any:
    if isinstance(finding, Mapping):
        return finding.get(name)
    return getattr(finding, name, None)


def _measured(text: str | None) -> str | None:
    """Return what was measured as it is read: of 1083083/1457231 the share, and on how many."""
    part, slash, whole = (text or "").partition("/")
    if not (slash and part.isdecimal() and whole.isdecimal() and int(whole)):
        return text
    # Cut, not rounded: a share that falls short must not be read as one that does not.
    share = Decimal(int(part) * 1000 // int(whole)) / 10
    return _("%(share)s %% (%(part)s of %(whole)s)") % {
        "share": number_format(share, 1),
        "part": number_format(int(part), force_grouping=True),
        "whole": number_format(int(whole), force_grouping=True),
    }


def _months(strip: Any) -> tuple[dict[str, object], ...]:
    if strip is None:
        return ()
    pairs = zip(strip.months, strip.states, strict=True)
    return tuple({"month": _words(month.first_day), "state": state} for month, state in pairs)


def _words(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


def _in_english(text: str | None) -> str | None:
    """Return a sentence of the rules with its months in words, in its own language."""
    return text and _MONTH.sub(_english_words, text)


def _english_words(month: re.Match[str]) -> str:
    with translation.override("en"):
        return _words(date(int(month[1]), int(month[2]), 1))
