"""Requirement kind: incidents ranked by severity, with their response and cost."""

from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import Incident
from attain.standards.findings import Finding, joined, not_applicable
from attain.standards.kinds.base import Evidence, RequirementKind
from attain.standards.needs import Need, Step, all_needs
from attain.standards.sentences import Sentence, listed, say


class SeverityRankedResponse(RequirementKind):
    """Every incident has its severity, its response in minutes, and its cost; 0 is a value.

    Not applicable where there was no incident.
    """

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE})
    kind: Literal["severity_ranked_response"]

    def find(self, evidence: Evidence) -> Finding:
        """Judge every incident."""
        asked = say("every incident has severity, response and cost")
        children = [_of_incident(incident) for incident in evidence.standing.incidents]
        if not children:
            return not_applicable(self.kind, asked, say("no incident was opened"))
        return joined(self.kind, asked, children, threshold=say("every incident"))

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Assess each incident that is not."""
        return all_needs(
            [_assess(i) for i in evidence.standing.incidents if _lacks(i)],
        )


def _lacks(incident: Incident) -> list[Sentence]:
    parts = (
        (say("severity"), incident.severity),
        (say("responded_minutes"), incident.responded_minutes),
        (say("cost_impact"), incident.cost_impact),
    )
    return [name for name, value in parts if value is None]


def _assess(incident: Incident) -> Step:
    name = f"incidents {incident.incident}"
    lacks = listed(*_lacks(incident))
    text = say("give incident %(incident)s its %(what)s", incident=incident.incident, what=lacks)
    return Step(name, text, 1, (name, "incidents"))


def _of_incident(incident: Incident) -> Finding:
    lacks = _lacks(incident)
    asked = say("incident %(incident)s has severity, response and cost", incident=incident.incident)
    return Finding(
        key=incident.incident,
        outcome=met_if(not lacks),
        asked=asked,
        measured=say("lacks %(what)s", what=listed(*lacks)) if lacks else say("all three"),
        threshold=say("severity, responded_minutes, cost_impact"),
    )
