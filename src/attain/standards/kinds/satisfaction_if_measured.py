"""Requirement kind: satisfaction at or above target, if it is measured."""

from typing import ClassVar, Literal

from attain.measurement.numbers import write_exact
from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import SatisfactionKind
from attain.standards.findings import Finding, not_applicable
from attain.standards.kinds.base import Evidence, RequirementKind
from attain.standards.needs import IMPOSSIBLE, NOTHING, Need, Step


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
        asked = f"{self.of.replace('_', '-')} satisfaction is at or above target"
        if latest is None:
            return not_applicable(self.kind, asked, f"{self.of} satisfaction is not measured")
        return Finding(
            key=self.kind,
            outcome=met_if(latest.value >= latest.target),
            asked=asked,
            measured=f"{write_exact(latest.value)} in {latest.month}",
            threshold=f">= {write_exact(latest.target)} (the target of {latest.month})",
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Be at target in a coming month."""
        if self.find(evidence).outcome is not Outcome.NOT_MET:
            return NOTHING
        if horizon < 1:
            return IMPOSSIBLE
        name = f"satisfaction {self.of}"
        text = f"{self.of.replace('_', '-')} satisfaction at or above target next month"
        return Step(name, text, 1, (name, "satisfaction"))
