"""Requirement kind: a document on file."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.measurement.periods import same_day_before
from attain.standards.figures import Document
from attain.standards.findings import Finding, Source
from attain.standards.kinds.base import Evidence, MonthsThreshold, RequirementKind
from attain.standards.needs import NOTHING, Need, Step


class DocumentOnFile(RequirementKind):
    """One document of a kind is dated by now and has all that is asked of it."""

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET})
    kind: Literal["document_on_file"]
    document: str
    """The kind of document, such as `business_continuity_plan`."""
    covers_backup_and_recovery: bool = False
    """Whether it must cover backup and recovery."""
    sets_acceptable_levels: bool = False
    """Whether it must set the levels of continuity that are acceptable."""
    communicated: bool = False
    """Whether it must have been made known."""
    tested_within: MonthsThreshold | None = None
    """How many months ago its last test may be, to the day."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge each document of the kind; one that has everything suffices."""
        children = tuple(
            _of_document(document, tuple(self._lacks(document, evidence, evidence.standing.as_of)))
            for document in self._of_kind(evidence)
        )
        met = [child for child in children if child.outcome is Outcome.MET]
        plain = self.document.replace("_", " ")
        return Finding(
            key=self.kind,
            outcome=met_if(bool(met)),
            asked=f"a {plain} is on file with all that is asked of it",
            measured=met[0].key if met else (children[0].measured if children else "none on file"),
            threshold=self._asked(evidence),
            sources=self._sources(evidence),
            children=children,
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Complete the document that lacks least, or write one; test again what lapses by then."""
        on = evidence.standing.after(horizon)
        lacks = [tuple(self._lacks(d, evidence, on)) for d in self._of_kind(evidence)]
        least = min(lacks, key=len, default=("be written", *self._everything()))
        if not least:
            return NOTHING
        name = f"documents {self.document}"
        text = f"the {self.document.replace('_', ' ')} must {', '.join(least)}"
        return Step(name, text, 1, (name, "documents"))

    def _of_kind(self, evidence: Evidence) -> list[Document]:
        # In an order of their own, so that the one that is named does not hang on the rows' order.
        of_kind = [d for d in evidence.standing.documents if d.kind == self.document]
        return sorted(of_kind, key=lambda document: document.title)

    def _lacks(self, document: Document, evidence: Evidence, on: date) -> Iterator[str]:
        if self.covers_backup_and_recovery and not document.covers_backup_and_recovery:
            yield "cover backup and recovery"
        if self.sets_acceptable_levels and not document.sets_acceptable_levels:
            yield "set acceptable levels"
        if self.communicated and document.communicated_on is None:
            yield "be communicated"
        if self.tested_within is not None:
            first = same_day_before(on, evidence.thresholds[self.tested_within].whole)
            if document.tested_on is None or document.tested_on < first:
                yield f"be tested on or after {first}"

    def _everything(self) -> list[str]:
        asked = {
            "cover backup and recovery": self.covers_backup_and_recovery,
            "set acceptable levels": self.sets_acceptable_levels,
            "be communicated": self.communicated,
            "be tested": self.tested_within is not None,
        }
        return [words for words, is_asked in asked.items() if is_asked]

    def _sources(self, evidence: Evidence) -> tuple[Source, ...]:
        within = self.tested_within
        return () if within is None else (evidence.thresholds[within].source,)

    def _asked(self, evidence: Evidence) -> str:
        words = ", ".join(self._everything()) or "be on file"
        if self.tested_within is None:
            return words
        within = evidence.thresholds[self.tested_within]
        return f"{words} within {within.whole} months"


def _of_document(document: Document, lacks: tuple[str, ...]) -> Finding:
    return Finding(
        key=document.title,
        outcome=met_if(not lacks),
        asked=f"{document.title} has all that is asked of it",
        measured=f"must {', '.join(lacks)}" if lacks else f"dated {document.dated}",
    )
