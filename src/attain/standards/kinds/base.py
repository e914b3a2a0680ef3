"""What every kind of requirement has in common: typed options, a finding, and what it needs."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar

from attain.measurement.outcomes import Outcome
from attain.measurement.units import Unit
from attain.standards.definition import Definition
from attain.standards.findings import Finding, Source
from attain.standards.needs import Need
from attain.standards.standing import Standing

if TYPE_CHECKING:
    from attain.standards.maturity_model import MaturityModel
    from attain.standards.scheme import Tier


@dataclass(frozen=True)
class ThresholdReference:
    """Marks an option that names a threshold of the scheme, and the unit that it must have."""

    unit: Unit


@dataclass(frozen=True)
class ModelReference:
    """Marks an option that names a maturity model of the library."""


ShareThreshold = Annotated[str, ThresholdReference(Unit.SHARE)]
MonthsThreshold = Annotated[str, ThresholdReference(Unit.MONTHS)]
CountThreshold = Annotated[str, ThresholdReference(Unit.COUNT)]
LevelThreshold = Annotated[str, ThresholdReference(Unit.LEVEL)]
ModelKey = Annotated[str, ModelReference()]


@dataclass(frozen=True)
class AppliedThreshold:
    """The value of a threshold that is in force, with its source."""

    value: Fraction
    source: Source

    @property
    def whole(self) -> int:
        """The value as a whole number, of a threshold in months, a count or a level."""
        return int(self.value)


@dataclass(frozen=True)
class JudgedTier:
    """A lower tier that was judged already, with its definition."""

    definition: "Tier"
    outcome: Outcome


@dataclass(frozen=True)
class Evidence:
    """All that a rule may read: the figures as they stand, the thresholds in force, lower tiers."""

    standing: Standing
    thresholds: Mapping[str, AppliedThreshold]
    tiers: Mapping[int, JudgedTier] = field(default_factory=dict)
    models: Mapping[str, "MaturityModel"] = field(default_factory=dict)


class RequirementKind(Definition, ABC):
    """A kind of requirement. Its fields are its options, in the words of the file."""

    can_be: ClassVar[frozenset[Outcome]] = frozenset(Outcome)
    """The outcomes that a requirement of the kind can have."""

    @property
    def possible(self) -> frozenset[Outcome]:
        """The outcomes that this requirement can have; the library keeps golden cases of them."""
        return self.can_be

    @abstractmethod
    def find(self, evidence: Evidence) -> Finding:
        """Judge the requirement and return the proof."""

    @abstractmethod
    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return what the requirement needs to be met `horizon` months from now.

        Assumes that everything goes on being measured, that each coming miss gets its action,
        and that what is met today and does not lapse by its dates goes on being met.
        """
