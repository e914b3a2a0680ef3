"""Requirement kind: a lower tier."""

from typing import Literal

from attain.measurement.outcomes import Outcome
from attain.standards.findings import Finding
from attain.standards.kinds.base import Evidence, RequirementKind
from attain.standards.needs import Need, all_needs
from attain.standards.sentences import say


class LowerTier(RequirementKind):
    """The outcome of a lower tier of the same scheme."""

    kind: Literal["lower_tier"]
    tier: int
    """The number of the lower tier."""

    def find(self, evidence: Evidence) -> Finding:
        """Take over the outcome of the lower tier, whose requirements stand under it."""
        outcome = evidence.tiers[self.tier].outcome
        asked = say("tier %(tier)s is met", tier=self.tier)
        return Finding(f"tier-{self.tier}", outcome, asked, _OUTCOMES[outcome])

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return all that the lower tier needs."""
        requirements = evidence.tiers[self.tier].definition.requirements.values()
        return all_needs([r.needs(evidence, horizon) for r in requirements])


_OUTCOMES = {
    Outcome.MET: say("met"),
    Outcome.NOT_MET: say("not_met"),
    Outcome.UNDETERMINED: say("undetermined"),
    Outcome.NOT_APPLICABLE: say("not_applicable"),
}
