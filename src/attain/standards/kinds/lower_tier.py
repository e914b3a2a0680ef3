"""Requirement kind: a lower tier."""

from typing import Literal

from attain.standards.findings import Finding
from attain.standards.kinds.base import Evidence, RequirementKind
from attain.standards.needs import Need, all_needs


class LowerTier(RequirementKind):
    """The outcome of a lower tier of the same scheme."""

    kind: Literal["lower_tier"]
    tier: int
    """The number of the lower tier."""

    def find(self, evidence: Evidence) -> Finding:
        """Take over the outcome of the lower tier, whose requirements stand under it."""
        outcome = evidence.tiers[self.tier].outcome
        return Finding(f"tier-{self.tier}", outcome, f"tier {self.tier} is met", outcome.value)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return all that the lower tier needs."""
        requirements = evidence.tiers[self.tier].definition.requirements.values()
        return all_needs([r.needs(evidence, horizon) for r in requirements])
