"""A centre's figures as the rules read them, whatever they were read from.

Nothing here knows files or databases. The dossier room fills these records from a folder, the
website fills the same records from its tables, and both ask the same rules. All texts that may
be missing are None, never "".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from attain.measurement.metrics import DatedValue, Direction, Reading
from attain.measurement.periods import Month
from attain.measurement.volumes import ServiceLevelTarget, Volumes


class ProcessClass(StrEnum):
    """Whether a process, or a system, faces end users or enables those that do."""

    END_USER_FACING = "end_user_facing"
    ENABLING = "enabling"


class Aspect(StrEnum):
    """What side of a process a metric measures."""

    SERVICE = "service"
    QUALITY = "quality"
    EFFICIENCY = "efficiency"
    COST = "cost"
    SATISFACTION = "satisfaction"
    REVENUE = "revenue"
    OTHER = "other"


class Documented(StrEnum):
    """Whether a practice is documented."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class ScopeKind(StrEnum):
    """What is assessed: a whole site, or one client's programme."""

    SITE = "site"
    PROGRAMME = "programme"


class Operation(StrEnum):
    """Who runs the centre."""

    INTERNAL = "internal"
    THIRD_PARTY = "third_party"


class SatisfactionKind(StrEnum):
    """Whose satisfaction was measured."""

    END_USER = "end_user"
    STAFF = "staff"


class QualityMeasure(StrEnum):
    """A share that is counted from the records of quality assurance over the last months."""

    PUBLISHED_SCORECARDS = "evaluations_on_published_scorecards"
    SCHEDULED_DRAWS = "evaluations_from_scheduled_draws"
    EVEN_ALLOCATION = "evaluators_with_an_even_share"
    DOCUMENTS_APPROVED = "documents_approved_before_sending"
    COACHED_IN_TIME = "failed_evaluations_coached_in_time"
    DISPUTES_IN_TIME = "disputes_answered_in_time"
    COACHING_APART = "coaching_apart_from_disputes"
    LIFTS_MEASURED = "coached_questions_with_a_measured_lift"
    AWARDS_BY_RANK = "awards_from_rank_intervals"
    AWARDS_ON_TOO_FEW = "awards_on_too_few_evaluations"
    CALIBRATIONS_HELD = "calibrations_held_as_scheduled"
    QUESTIONS_AGREED = "questions_whose_agreement_is_shown"
    EVALUATORS_CERTIFIED = "evaluators_in_certificate"
    AUTOMATIC_IN_CERTIFICATE = "automatic_answers_in_certificate"
    AUTOMATIC_RECHECKED = "automatic_answers_rechecked_blind"
    INTERACTIONS_ASSESSED = "interactions_assessed"


class ChangeKind(StrEnum):
    """What was done to technology."""

    PURCHASE = "purchase"
    ENHANCEMENT = "enhancement"
    UPGRADE = "upgrade"


@dataclass(frozen=True)
class Scope:
    """What is assessed, and how much of the site's volume it is (contacts of 12 months)."""

    kind: ScopeKind
    name: str
    operation: Operation
    timezone: str
    channels: tuple[str, ...]
    site_volume: int
    assessed_volume: int


@dataclass(frozen=True)
class Process:
    """A process of the centre and what exempts its metrics."""

    process: str
    facing: ProcessClass
    low_volume: bool
    time_and_materials: bool


@dataclass(frozen=True)
class Metric:
    """A measured thing of a process, with its direction, targets and readings."""

    metric: str
    process: Process
    aspect: Aspect
    unit: str | None
    better: Direction
    targets: tuple[DatedValue, ...] = ()
    readings: Mapping[Month, Reading] = field(default_factory=dict)


@dataclass(frozen=True)
class Uptime:
    """The share of a month that a system was up, and its target for that month."""

    uptime: Fraction
    target: Fraction


@dataclass(frozen=True)
class System:
    """A technology system with its uptime by month."""

    system: str
    facing: ProcessClass
    uptime: Mapping[Month, Uptime] = field(default_factory=dict)


@dataclass(frozen=True)
class Initiative:
    """An improvement initiative of a process; completed, analysis and outcome may be missing."""

    initiative: str
    process: str
    started: date
    completed: date | None
    structured: bool
    analysis: str | None
    outcome: str | None


@dataclass(frozen=True)
class ImprovementAction:
    """What was done about a metric that missed its target in a month."""

    metric: str
    month: Month
    action: str
    taken_on: date


@dataclass(frozen=True)
class Practice:
    """An item of a model, and whether the centre has it documented."""

    item: str
    documented: Documented
    reason: str | None
    evidence: str | None


@dataclass(frozen=True)
class Document:
    """A document on file, with what it covers and when it was made known and tested."""

    kind: str
    title: str
    dated: date
    covers_backup_and_recovery: bool
    sets_acceptable_levels: bool
    communicated_on: date | None
    tested_on: date | None


@dataclass(frozen=True)
class Satisfaction:
    """The satisfaction of end users or staff in a month, and its target."""

    kind: SatisfactionKind
    month: Month
    value: Fraction
    target: Fraction


@dataclass(frozen=True)
class Incident:
    """An incident of a system; what is None was not assessed."""

    incident: str
    system: str
    opened: datetime
    severity: str | None
    responded_minutes: Fraction | None
    cost_impact: Fraction | None


@dataclass(frozen=True)
class TechnologyChange:
    """A purchase, enhancement or upgrade, and what it refers to."""

    change: str
    kind: ChangeKind
    on: date
    business_requirement: str | None
    annual_plan_reference: str | None


@dataclass(frozen=True)
class Figures:
    """Everything that a centre hands in, before anything is left out as later than `as_of`."""

    scope: Scope
    metrics: tuple[Metric, ...] = ()
    service_levels: tuple[ServiceLevelTarget, ...] = ()
    volumes: Volumes = field(default_factory=dict)
    systems: tuple[System, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    actions: tuple[ImprovementAction, ...] = ()
    practices: tuple[Practice, ...] = ()
    documents: tuple[Document, ...] = ()
    satisfaction: tuple[Satisfaction, ...] = ()
    incidents: tuple[Incident, ...] = ()
    changes: tuple[TechnologyChange, ...] = ()
    quality: Mapping[QualityMeasure, Reading] = field(default_factory=dict)

    def metrics_of(self, facing: ProcessClass) -> Iterator[Metric]:
        """Yield the metrics of the processes of one class."""
        return (metric for metric in self.metrics if metric.process.facing is facing)
