"""Requirement kind: a share measured from the records of quality assurance."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from attain.measurement.numbers import write_share
from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import QualityMeasure
from attain.standards.findings import Finding
from attain.standards.kinds.base import Evidence, RequirementKind, ShareThreshold
from attain.standards.needs import NOTHING, Need, Step


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
        return Finding(
            key=self.kind,
            outcome=met_if(good),
            asked=f"{self.measure.words}: {_bound(least)} {write_share(bound.value)}",
            measured=f"{counted.numerator}/{counted.denominator}" if known and counted else None,
            threshold=f"{_bound(least)} {write_share(bound.value)}",
            sources=(bound.source,),
            missing=() if known else (f"quality records {self.measure}",),
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Bring the share within its bound."""
        found = self.find(evidence)
        if found.outcome is Outcome.MET:
            return NOTHING
        name = f"quality {self.measure}"
        return Step(name, f"{self.measure.words}, {found.threshold}", 1, (name, "quality"))


def _bound(least: bool) -> str:
    return "at least" if least else "at most"
