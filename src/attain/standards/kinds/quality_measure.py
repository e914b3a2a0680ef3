"""Requirement kind: a share measured from the records of quality assurance."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import QualityMeasure
from attain.standards.findings import Finding
from attain.standards.kinds.base import Evidence, RequirementKind, ShareThreshold
from attain.standards.needs import NOTHING, Need, Step
from attain.standards.sentences import Sentence, Share, say


class QualityMeasured(RequirementKind):
    """A share counted from evaluations, coaching, disputes, awards or calibrations is in bounds.

    Where nothing was counted, as in a centre that keeps no such records in attain, the whole is
    undetermined: what is not recorded is not shown to be absent.
    """

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED})
    kind: Literal["quality_measure"]
    measure: QualityMeasure = Field(strict=False)
    """What is counted."""
    at_least: ShareThreshold | None = None
    """The share that must be reached, where more is better."""
    at_most: ShareThreshold | None = None
    """The share that must not be exceeded, where less is better."""

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("both or neither of at_least and at_most; expected one of them")
        return self

    def find(self, evidence: Evidence) -> Finding:
        """Compare the counted share with its bound, exactly."""
        least = self.at_least is not None
        bound = evidence.thresholds[str(self.at_least or self.at_most)]
        counted = evidence.standing.figures.quality.get(self.measure)
        known = counted is not None and counted.has_data
        value = counted.value if counted is not None and counted.has_data else None
        good = None if value is None else value >= bound.value if least else value <= bound.value
        asked = _bound(Share(bound.value), least=least)
        return Finding(
            key=self.kind,
            outcome=met_if(good),
            asked=say("%(measure)s: %(bound)s", measure=_WORDS[self.measure], bound=asked),
            measured=f"{counted.numerator}/{counted.denominator}" if known and counted else None,
            threshold=asked,
            sources=(bound.source,),
            missing=() if known else (_missing(self.measure),),
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Bring the share within its bound."""
        found = self.find(evidence)
        if found.outcome is Outcome.MET:
            return NOTHING
        name = f"quality {self.measure}"
        text = say(
            "%(measure)s, %(bound)s", measure=_WORDS[self.measure], bound=found.threshold or ""
        )
        return Step(name, text, 1, (name, "quality"))


def _bound(share: Share, *, least: bool) -> Sentence:
    if least:
        return say("at least %(share)s", share=share)
    return say("at most %(share)s", share=share)


def _missing(measure: QualityMeasure) -> Sentence:
    return say("quality records %(measure)s", measure=measure)


_WORDS = {
    QualityMeasure.PUBLISHED_SCORECARDS: say("evaluations on published scorecards"),
    QualityMeasure.SCHEDULED_DRAWS: say("evaluations from scheduled draws"),
    QualityMeasure.EVEN_ALLOCATION: say("evaluators with an even share"),
    QualityMeasure.DOCUMENTS_APPROVED: say("documents approved before sending"),
    QualityMeasure.COACHED_IN_TIME: say("failed evaluations coached in time"),
    QualityMeasure.DISPUTES_IN_TIME: say("disputes answered in time"),
    QualityMeasure.COACHING_APART: say("coaching apart from disputes"),
    QualityMeasure.LIFTS_MEASURED: say("coached questions with a measured lift"),
    QualityMeasure.AWARDS_BY_RANK: say("awards from rank intervals"),
    QualityMeasure.AWARDS_ON_TOO_FEW: say("awards on too few evaluations"),
    QualityMeasure.CALIBRATIONS_HELD: say("calibrations held as scheduled"),
    QualityMeasure.QUESTIONS_AGREED: say("questions whose agreement is shown"),
    QualityMeasure.EVALUATORS_CERTIFIED: say("evaluators in certificate"),
    QualityMeasure.AUTOMATIC_IN_CERTIFICATE: say("automatic answers in certificate"),
    QualityMeasure.AUTOMATIC_RECHECKED: say("automatic answers rechecked blind"),
    QualityMeasure.INTERACTIONS_ASSESSED: say("interactions assessed"),
}
