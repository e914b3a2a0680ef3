"""Findings: the tree of what was asked, read, compared and concluded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from attain.measurement.metrics import MonthState
from attain.measurement.outcomes import Outcome, all_of
from attain.measurement.periods import Month
from attain.standards.sentences import Sentence, listed, say


@dataclass(frozen=True)
class Source:
    """Where a threshold is laid down, and since when it holds."""

    since: date
    source: str
    clause: str

    def __str__(self) -> str:
        """Write the date and the source as a reader would cite them."""
        return str(self.told)

    @property
    def told(self) -> Sentence:
        """The date and the source as a sentence."""
        figures = {"source": self.source, "clause": self.clause}
        if self.since == date.min:
            return say("in force always: %(source)s, %(clause)s", **figures)
        return say("in force from %(since)s: %(source)s, %(clause)s", since=self.since, **figures)

    @property
    def in_force(self) -> str:
        """Since when it holds, in words."""
        return "in force always" if self.since == date.min else f"in force from {self.since}"


@dataclass(frozen=True)
class Strip:
    """A metric's or a system's months one beside the other, earliest first."""

    months: tuple[Month, ...]
    states: tuple[MonthState, ...]


@dataclass(frozen=True)
class Finding:
    """What was found of one requirement, or of one part of it.

    `sources` are those of the threshold. `missing` names what is missing as `file key`, `left_out`
    what was not counted and why; `reason` says why the whole does not apply. `asked` and `strip`
    are for the text that a person reads, which also shows what is `for_information` alone.
    """

    key: str
    outcome: Outcome
    asked: str
    measured: str | None = None
    threshold: str | None = None
    sources: tuple[Source, ...] = ()
    children: tuple["Finding", ...] = ()
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    reason: str | None = None
    strip: Strip | None = None
    for_information: bool = False

    def named(self, key: str, asked: str) -> "Finding":
        """Return the same finding under the key and the title of its requirement."""
        return replace(self, key=key, asked=asked)

    @property
    def all_left_out(self) -> tuple[str, ...]:
        """What was left out with its reason; the whole, where it does not apply."""
        if not self.reason:
            return self.left_out
        return (*self.left_out, say("%(what)s: %(why)s", what=self.key, why=self.reason))

    def as_json(self) -> dict[str, Any]:
        """Return the finding in the form of the dossier contract."""
        return {
            "key": self.key,
            "outcome": self.outcome.value,
            "measured": self.measured,
            "threshold": self._threshold_with_sources(),
            "children": [child.as_json() for child in self.children],
            "missing": list(self.missing),
            "left_out": list(self.all_left_out),
        }

    def _threshold_with_sources(self) -> str | None:
        if self.threshold is None or not self.sources:
            return self.threshold
        sources = listed(*(source.told for source in self.sources), between="; ")
        return say("%(asked)s (%(sources)s)", asked=self.threshold, sources=sources)


def gather(parts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Join lists of names, each name once and in the order of its first mention."""
    return tuple(dict.fromkeys(name for part in parts for name in part))


def joined(
    key: str,
    asked: str,
    children: Sequence[Finding],
    *,
    threshold: str | None = None,
    sources: tuple[Source, ...] = (),
) -> Finding:
    """Return the finding of a whole all of whose children must hold."""
    met = sum(child.outcome is Outcome.MET for child in children)
    counted = sum(child.outcome is not Outcome.NOT_APPLICABLE for child in children)
    return Finding(
        key=key,
        outcome=all_of(child.outcome for child in children),
        asked=asked,
        measured=say("%(part)s of %(whole)s", part=met, whole=counted) if counted else None,
        threshold=threshold,
        sources=sources,
        children=tuple(children),
        missing=gather(child.missing for child in children),
        left_out=gather(child.all_left_out for child in children),
    )


def not_applicable(key: str, asked: str, reason: str) -> Finding:
    """Return the finding of what does not apply, such as a rule over a set that is empty."""
    return Finding(key, Outcome.NOT_APPLICABLE, asked, reason=reason)
