"""Findings as a page shows them: each with an address of its own, the lacking ones open."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.text import slugify

from attain.measurement.outcomes import Outcome
from attain.organisations.sentences import Told, month_told, told
from attain.standards.sentences import Sentence

Links = Mapping[str, Sequence[tuple[str, str]]]
_LEVELS_THAT_OPEN = 1


@dataclass(frozen=True)
class Node:
    """A finding as an entry of the tree; `links` lead to what it rests on."""

    id: str
    asked: Told
    outcome: str
    measured: Told | None
    threshold: Told | None
    sources: tuple[Told, ...]
    missing: tuple[Told, ...]
    left_out: tuple[Told, ...]
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

    `language` is that of the titles that the outer ones ask by.
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
        asked=_asked(finding, language),
        outcome=outcome.value,
        measured=_told(_of(finding, "measured")),
        threshold=_told(_of(finding, "threshold")),
        sources=tuple(told(source.told) for source in _of(finding, "sources") or ()),
        missing=tuple(map(told, _of(finding, "missing") or ())),
        left_out=tuple(map(told, _of(finding, "all_left_out") or _of(finding, "left_out") or ())),
        months=_months(_of(finding, "strip")),
        links=tuple(links.get(path, ())),
        children=nodes_of(_of(finding, "children") or (), address, links, path, depth + 1),
        is_open=outcome.is_lacking and depth < _LEVELS_THAT_OPEN,
    )


def _asked(finding: object, language: str) -> Told:
    asked, key = _of(finding, "asked"), str(_of(finding, "key"))
    if not asked:
        return month_told(key) or Told(key, language)
    words = told(asked)
    return words if isinstance(asked, Sentence) else replace(words, language=language)


def _told(text: str | None) -> Told | None:
    return told(text) if text else None


def _of(finding: object, name: str) -> Any:
    if isinstance(finding, Mapping):
        return finding.get(name)
    return getattr(finding, name, None)


def _months(strip: Any) -> tuple[dict[str, object], ...]:
    if strip is None:
        return ()
    pairs = zip(strip.months, strip.states, strict=True)
    return tuple(
        {"month": date_format(month.first_day, "YEAR_MONTH_FORMAT"), "state": state}
        for month, state in pairs
    )
