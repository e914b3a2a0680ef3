"""Requirement kind: structured improvement initiatives."""

from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import Initiative
from attain.standards.findings import Finding
from attain.standards.kinds.base import CountThreshold, Evidence, RequirementKind
from attain.standards.needs import NOTHING, Need, Step
from attain.standards.sentences import listed, say


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
            asked=say(
                "%(count)s structured initiatives have documented analysis and outcome",
                count=count.whole,
            ),
            measured=str(counted),
            threshold=say("at least %(count)s", count=count.whole),
            sources=(count.source,),
            children=children,
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Run, or document, as many initiatives as are lacking."""
        finding = self.find(evidence)
        lacking = evidence.thresholds[self.count].whole - int(finding.measured or 0)
        if lacking <= 0:
            return NOTHING
        text = say("1 more structured initiative, analysis and outcome documented")
        if lacking > 1:
            text = say(
                "%(count)s more structured initiatives, analysis and outcome documented",
                count=lacking,
            )
        return Step("initiatives", text, lacking, ("initiatives",))


def _of_initiative(initiative: Initiative) -> Finding:
    lacks = [
        name
        for name, there in (
            (say("structured"), initiative.structured),
            (say("analysis"), initiative.analysis),
            (say("outcome"), initiative.outcome),
        )
        if not there
    ]
    lacking = say("lacks %(what)s", what=listed(*lacks))
    return Finding(
        key=initiative.initiative,
        outcome=met_if(not lacks),
        asked=say(
            "%(initiative)s is structured, its analysis and outcome documented",
            initiative=initiative.initiative,
        ),
        measured=lacking if lacks else say("structured and documented"),
        threshold=say("structured, analysis, outcome"),
    )
