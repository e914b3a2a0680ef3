"""Claims against records: whether a centre's own figures bear out the levels that it claims."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from attain.measurement.outcomes import Outcome
from attain.standards.figures import Figures
from attain.standards.findings import Finding
from attain.standards.kinds.base import Evidence
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ClaimCondition, ModelItem
from attain.standards.ratings import OPEN, Ratings
from attain.standards.standing import Standing
from attain.standards.thresholds import in_force_on


@dataclass(frozen=True)
class ClaimFinding:
    """What records show of one condition of an item, whoever claims what."""

    item: str
    condition: ClaimCondition
    finding: Finding

    def contradicts(self, level: int | None) -> bool:
        """Say whether a claimed level is denied: it asks for the condition, which is not met."""
        asked = level is not None and level >= self.condition.level
        return asked and self.finding.outcome is Outcome.NOT_MET

    def is_unproved(self, level: int | None) -> bool:
        """Say whether a claimed level asks for the condition, and records cannot tell."""
        asked = level is not None and level >= self.condition.level
        return asked and self.finding.outcome is Outcome.UNDETERMINED


def find_conditions(
    model: MaturityModel, figures: Figures, as_of: date
) -> Mapping[str, tuple[ClaimFinding, ...]]:
    """Judge every condition of a model's items by a centre's figures, by item.

    Raises NotInForceError where a threshold of the model is not in force yet.
    """
    evidence = Evidence(Standing(figures, as_of), in_force_on(model.thresholds, as_of))
    judged = ((item.key, tuple(_of_item(item, evidence))) for item in model.items)
    return {key: found for key, found in judged if found}


def _of_item(item: ModelItem, evidence: Evidence) -> Iterator[ClaimFinding]:
    for number, condition in enumerate(item.evidenced_by, 1):
        finding = condition.rule.find(evidence)
        yield ClaimFinding(
            item.key, condition, finding.named(f"{item.key}-{number}", condition.title)
        )


def contradictions(
    found: Mapping[str, tuple[ClaimFinding, ...]], ratings: Ratings
) -> Iterator[ClaimFinding]:
    """Yield every condition that denies the level claimed of its item."""
    for key, conditions in found.items():
        level = ratings.get(key, OPEN).level
        yield from (each for each in conditions if each.contradicts(level))
