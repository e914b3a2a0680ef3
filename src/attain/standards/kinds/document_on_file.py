"""Requirement kind: a document on file."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.measurement.periods import same_day_before
from attain.standards.figures import Document
from attain.standards.findings import Finding, Source
from attain.standards.kinds.base import Evidence, MonthsThreshold, RequirementKind
from attain.standards.needs import NOTHING, Need, Step
from attain.standards.sentences import Figure, Sentence, listed, say, series


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
        return Finding(
            key=self.kind,
            outcome=met_if(any(child.outcome is Outcome.MET for child in children)),
            asked=say(
                "a %(document)s is on file with all that is asked of it",
                document=_plain(self.document),
            ),
            measured=_measured(children),
            threshold=self._asked(evidence),
            sources=self._sources(evidence),
            children=children,
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Complete the document that lacks least, or write one; test again what lapses by then."""
        on = evidence.standing.after(horizon)
        lacks = [tuple(self._lacks(d, evidence, on)) for d in self._of_kind(evidence)]
        least = min(lacks, key=len, default=(say("be written"), *self._everything()))
        if not least:
            return NOTHING
        name = f"documents {self.document}"
        document = _plain(self.document)
        text = say("the %(document)s must %(what)s", document=document, what=listed(*least))
        return Step(name, text, 1, (name, "documents"))

    def _of_kind(self, evidence: Evidence) -> list[Document]:
        # In an order of their own, so that the one that is named does not hang on the rows' order.
        of_kind = [d for d in evidence.standing.documents if d.kind == self.document]
        return sorted(of_kind, key=lambda document: document.title)

    def _lacks(self, document: Document, evidence: Evidence, on: date) -> Iterator[Sentence]:
        if self.covers_backup_and_recovery and not document.covers_backup_and_recovery:
            yield say("cover backup and recovery")
        if self.sets_acceptable_levels and not document.sets_acceptable_levels:
            yield say("set acceptable levels")
        if self.communicated and document.communicated_on is None:
            yield say("be communicated")
        if self.tested_within is not None:
            first = same_day_before(on, evidence.thresholds[self.tested_within].whole)
            if document.tested_on is None or document.tested_on < first:
                yield say("be tested on or after %(day)s", day=first)

    def _everything(self) -> list[Sentence]:
        asked = {
            say("cover backup and recovery"): self.covers_backup_and_recovery,
            say("set acceptable levels"): self.sets_acceptable_levels,
            say("be communicated"): self.communicated,
            say("be tested"): self.tested_within is not None,
        }
        return [words for words, is_asked in asked.items() if is_asked]

    def _sources(self, evidence: Evidence) -> tuple[Source, ...]:
        within = self.tested_within
        return () if within is None else (evidence.thresholds[within].source,)

    def _asked(self, evidence: Evidence) -> Sentence:
        words = series(self._everything()) or say("be on file")
        if self.tested_within is None:
            return words
        within = evidence.thresholds[self.tested_within]
        return say("%(what)s within %(months)s months", what=words, months=within.whole)


def _measured(children: tuple[Finding, ...]) -> str | None:
    met = [child.key for child in children if child.outcome is Outcome.MET]
    if met:
        return series(met[:1])
    return children[0].measured if children else say("none on file")


def _of_document(document: Document, lacks: tuple[Sentence, ...]) -> Finding:
    must = say("must %(what)s", what=listed(*lacks))
    return Finding(
        key=document.title,
        outcome=met_if(not lacks),
        asked=say("%(document)s has all that is asked of it", document=document.title),
        measured=must if lacks else say("dated %(day)s", day=document.dated),
    )


_KNOWN: Mapping[str, Sentence] = {
    "business_continuity_plan": say("business continuity plan"),
    "supplier_agreement": say("supplier agreement"),
}


def _plain(document: str) -> Figure:
    # A kind of document of a definition's own has its key for a name.
    return _KNOWN.get(document) or document.replace("_", " ")
