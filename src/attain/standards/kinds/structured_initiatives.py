"""Requirement kind: structured improvement initiatives."""

from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import Initiative
from attain.standards.findings import Finding
from attain.standards.kinds.base import CountThreshold, Evidence, RequirementKind
from attain.standards.needs import NOTHING, Need, Step


class StructuredInitiatives(RequirementKind):
    """Enough improvement initiatives are structured, with their analysis and outcome documented.

    An initiative counts from the day on which it started; it need not be completed.
    """

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET})
    kind: Literal["structured_initiatives"]
    count: CountThreshold
    """How many initiatives there must be."""

    def find(self, evidence: Evidence) -> Finding:
        """Count the initiatives that are structured and documented."""
        count = evidence.thresholds[self.count]
        children = tuple(_of_initiative(i) for i in evidence.standing.initiatives)
        counted = sum(child.outcome is Outcome.MET for child in children)
        return Finding(
            key=self.kind,
            outcome=met_if(counted >= count.whole),
            asked=f"{count.whole} structured initiatives have documented analysis and outcome",
            measured=str(counted),
            threshold=f"at least {count.whole}",
            sources=(count.source,),
            children=children,
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Run, or document, as many initiatives as are lacking."""
        finding = self.find(evidence)
        lacking = evidence.thresholds[self.count].whole - int(finding.measured or 0)
        if lacking <= 0:
            return NOTHING
        plural = "s" if lacking > 1 else ""
        text = f"{lacking} more structured initiative{plural}, analysis and outcome documented"
        return Step("initiatives", text, lacking, ("initiatives",))


def _of_initiative(initiative: Initiative) -> Finding:
    lacks = [
        name
        for name, there in (
            ("structured", initiative.structured),
            ("analysis", initiative.analysis),
            ("outcome", initiative.outcome),
        )
        if not there
    ]
    return Finding(
        key=initiative.initiative,
        outcome=met_if(not lacks),
        asked=f"{initiative.initiative} is structured, its analysis and outcome documented",
        measured=f"lacks {', '.join(lacks)}" if lacks else "structured and documented",
        threshold="structured, analysis, outcome",
    )
