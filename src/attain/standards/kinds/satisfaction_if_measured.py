"""Requirement kind: satisfaction at or above target, if it is measured."""

from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import SatisfactionKind
from attain.standards.findings import Finding, not_applicable
from attain.standards.kinds.base import Evidence, RequirementKind
from attain.standards.needs import IMPOSSIBLE, NOTHING, Need, Step
from attain.standards.sentences import Exact, say


class SatisfactionIfMeasured(RequirementKind):
    """Satisfaction of its latest month, however old, is at or above target.

    Not applicable where it was never measured.
    """

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE})
    kind: Literal["satisfaction_if_measured"]
    of: Literal["end_user", "staff"]
    """Whose satisfaction."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge the latest month."""
        latest = evidence.standing.latest_satisfaction(SatisfactionKind(self.of))
        asked = _ASKED[self.of]
        if latest is None:
            return not_applicable(self.kind, asked, _NOT_MEASURED[self.of])
        return Finding(
            key=self.kind,
            outcome=met_if(latest.value >= latest.target),
            asked=asked,
            measured=say("%(value)s in %(month)s", value=Exact(latest.value), month=latest.month),
            threshold=say(
                ">= %(target)s (the target of %(month)s)",
                target=Exact(latest.target),
                month=latest.month,
            ),
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Be at target in a coming month."""
        if self.find(evidence).outcome is not Outcome.NOT_MET:
            return NOTHING
        if horizon < 1:
            return IMPOSSIBLE
        name = f"satisfaction {self.of}"
        return Step(name, _TO_DO[self.of], 1, (name, "satisfaction"))


_ASKED = {
    "end_user": say("end-user satisfaction is at or above target"),
    "staff": say("staff satisfaction is at or above target"),
}
_NOT_MEASURED = {
    "end_user": say("end_user satisfaction is not measured"),
    "staff": say("staff satisfaction is not measured"),
}
_TO_DO = {
    "end_user": say("end-user satisfaction at or above target next month"),
    "staff": say("staff satisfaction at or above target next month"),
}
