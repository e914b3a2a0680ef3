"""Verdicts: which tier a centre's figures reach under a scheme, with the proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from attain.measurement.outcomes import Outcome, all_of
from attain.standards.figures import Figures
from attain.standards.findings import Finding
from attain.standards.kinds.base import Evidence, JudgedTier
from attain.standards.kinds.lower_tier import LowerTier
from attain.standards.maturity_model import MaturityModel
from attain.standards.scheme import Scheme, Tier
from attain.standards.standing import Standing


@dataclass(frozen=True)
class TierFinding:
    """What was found of one tier: its outcome, and the findings of its own requirements."""

    tier: int
    title: str
    outcome: Outcome
    requirements: tuple[Finding, ...]
    builds_on: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the tier in the form of the dossier contract."""
        requirements = [finding.as_json() for finding in self.requirements]
        return {"tier": self.tier, "outcome": self.outcome.value, "requirements": requirements}


@dataclass(frozen=True)
class Verdict:
    """The tier that was reached, None where none was, and what was found of every tier."""

    scheme: Scheme
    as_of: date
    tier: int | None
    tiers: tuple[TierFinding, ...]
    evidence: Evidence

    def as_json(self) -> dict[str, Any]:
        """Return the verdict in the form of the dossier contract."""
        return {
            "scheme": self.scheme.scheme,
            "edition": self.scheme.edition,
            "as_of": self.as_of.isoformat(),
            "tier": self.tier,
            "tiers": [tier.as_json() for tier in self.tiers],
        }


def certify(
    figures: Figures,
    scheme: Scheme,
    as_of: date,
    models: Mapping[str, MaturityModel] | None = None,
) -> Verdict:
    """Judge every tier of a scheme on a centre's figures as they stand at `as_of`.

    Raises NotInForceError where a threshold of the scheme is not yet in force at `as_of`.
    """
    standing, thresholds = Standing(figures, as_of), scheme.thresholds_at(as_of)
    judged: dict[int, JudgedTier] = {}
    evidence = Evidence(standing, thresholds, judged, models or {})
    tiers = []
    for tier in scheme.tiers:
        finding = _judge(tier, evidence)
        judged[tier.tier] = JudgedTier(tier, finding.outcome)
        tiers.append(finding)
    reached = max((t.tier for t in tiers if t.outcome is Outcome.MET), default=None)
    return Verdict(scheme, as_of, reached, tuple(tiers), evidence)


def _judge(tier: Tier, evidence: Evidence) -> TierFinding:
    found = {key: r.find(key, evidence) for key, r in tier.requirements.items()}
    deciding = [found[key].outcome for key, r in tier.requirements.items() if r.strength == "must"]
    own = [found[key] for key, r in tier.requirements.items() if not isinstance(r.rule, LowerTier)]
    return TierFinding(tier.tier, tier.title, all_of(deciding), tuple(own), tier.lower_tiers)
