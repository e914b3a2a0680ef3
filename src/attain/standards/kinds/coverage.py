"""Requirement kind: coverage of the scope."""

from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import ScopeKind
from attain.standards.findings import Finding
from attain.standards.kinds.base import AppliedThreshold, Evidence, RequirementKind, ShareThreshold
from attain.standards.needs import NOTHING, Need, Step
from attain.standards.sentences import Sentence, Share, say


class Coverage(RequirementKind):
    """What is assessed carries enough of the whole site's volume of the last twelve months.

    Undetermined where the site's volume is 0.
    """

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED})
    kind: Literal["coverage"]
    site: ShareThreshold
    """The share that must be assessed where the scope is a site."""
    programme: ShareThreshold
    """The share that must be assessed where the scope is a programme."""

    def find(self, evidence: Evidence) -> Finding:
        """Compare the assessed volume with the share of the site's that is asked for."""
        scope, share = evidence.standing.figures.scope, self._share(evidence)
        known = scope.site_volume > 0
        enough = scope.assessed_volume >= share.value * scope.site_volume
        return Finding(
            key=self.kind,
            outcome=met_if(enough) if known else Outcome.UNDETERMINED,
            asked=say("%(share)s of the site's contacts are assessed", share=Share(share.value)),
            measured=f"{scope.assessed_volume}/{scope.site_volume}" if known else None,
            threshold=_threshold(scope.kind, Share(share.value)),
            sources=(share.source,),
            missing=() if known else (say("dossier volume.site"),),
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Assess more contacts, or state the site's volume."""
        outcome = self.find(evidence).outcome
        if outcome is Outcome.MET:
            return NOTHING
        if outcome is Outcome.UNDETERMINED:
            text = say("state how many contacts the whole site had")
            return Step("dossier volume.site", text, 1, ("coverage",))
        scope, share = evidence.standing.figures.scope, self._share(evidence).value
        lacking = -(-share.numerator * scope.site_volume // share.denominator)
        more = lacking - scope.assessed_volume
        text = say("assess %(more)s more contacts of the site", more=more)
        return Step("coverage", text, 1, ("coverage",))

    def _share(self, evidence: Evidence) -> AppliedThreshold:
        is_site = evidence.standing.figures.scope.kind is ScopeKind.SITE
        return evidence.thresholds[self.site if is_site else self.programme]


def _threshold(kind: ScopeKind, share: Share) -> Sentence:
    if kind is ScopeKind.SITE:
        return say("at least %(share)s for a site", share=share)
    return say("at least %(share)s for a programme", share=share)
