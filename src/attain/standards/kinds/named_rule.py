"""Requirement kind: a named pure function, the one escape from the closed list."""

from typing import Literal

from attain.measurement.outcomes import Outcome
from attain.standards.findings import Finding
from attain.standards.kinds.base import Evidence, RequirementKind
from attain.standards.named_rules import NAMED_RULES, RuleName
from attain.standards.needs import Need


class NamedRule(RequirementKind):
    """A rule that no other kind can say, written as a pure function and called by its name."""

    kind: Literal["named_rule"]
    name: RuleName
    """The name of the rule in `attain.standards.named_rules`."""

    @property
    def possible(self) -> frozenset[Outcome]:
        """The outcomes of the named rule."""
        return NAMED_RULES[self.name].can_be

    def find(self, evidence: Evidence) -> Finding:
        """Ask the named rule."""
        return NAMED_RULES[self.name].find(evidence.standing)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Ask the named rule what it needs."""
        return NAMED_RULES[self.name].needs(evidence.standing)
