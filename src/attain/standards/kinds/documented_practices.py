"""Requirement kind: practices documented."""

from typing import Literal

from attain.measurement.outcomes import Outcome
from attain.standards.figures import Documented, Practice
from attain.standards.findings import Finding, joined, not_applicable
from attain.standards.kinds.base import Evidence, RequirementKind
from attain.standards.needs import Need, Step, all_needs
from attain.standards.sentences import say


class DocumentedPractices(RequirementKind):
    """Every practice is documented, or not applicable with a reason.

    Where no practice is listed the whole is undetermined; so is each practice of `only` that is
    not listed.
    """

    kind: Literal["documented_practices"]
    only: tuple[str, ...] = ()
    """The practices that are asked for; every listed one where none is named."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge each practice."""
        asked = say("every practice is documented, or not applicable with a reason")
        practices = {p.item: p for p in evidence.standing.figures.practices}
        if not practices and not self.only:
            return Finding(self.kind, Outcome.UNDETERMINED, asked, missing=(say("practices"),))
        items = self.only or tuple(practices)
        children = [_of_practice(item, practices.get(item)) for item in items]
        return joined(self.kind, asked, children, threshold=say("every practice"))

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Document each practice that is not."""
        finding = self.find(evidence)
        if finding.outcome is Outcome.UNDETERMINED and not finding.children:
            text = say("list the practices, each documented")
            return Step("practices", text, 1, ("practices",))
        return all_needs(
            [_document(f.key) for f in finding.children if f.outcome.is_lacking],
        )


def _document(item: str) -> Step:
    name = f"practices {item}"
    return Step(name, say("document the practice %(item)s", item=item), 1, (name, "practices"))


def _of_practice(item: str, practice: Practice | None) -> Finding:
    asked = say("%(item)s is documented", item=item)
    if practice is None:
        missing = say("practices %(item)s", item=item)
        return Finding(item, Outcome.UNDETERMINED, asked, missing=(missing,))
    excused = practice.documented is Documented.NOT_APPLICABLE
    if excused and practice.reason:
        return not_applicable(item, asked, practice.reason)
    documented = practice.documented is Documented.YES
    return Finding(
        item,
        Outcome.MET if documented else Outcome.NOT_MET,
        asked,
        _WITHOUT_A_REASON if excused else _DOCUMENTED[practice.documented],
        say("yes, or not_applicable with a reason"),
    )


_WITHOUT_A_REASON = say("not_applicable without a reason")
_DOCUMENTED = {
    Documented.YES: say("yes"),
    Documented.NO: say("no"),
    Documented.NOT_APPLICABLE: say("not_applicable"),
}
