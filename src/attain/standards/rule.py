"""A requirement's rule: one of the kinds. The list is closed; a new kind is a file and a line."""

from typing import Annotated

from pydantic import Field

from attain.standards.kinds.action_on_misses import ActionOnMisses
from attain.standards.kinds.change_tied_to_plan import ChangeTiedToPlan
from attain.standards.kinds.combining import AllOf, AnyOf, AtLeastNOf, ExceptionRule, Unless
from attain.standards.kinds.coverage import Coverage
from attain.standards.kinds.document_on_file import DocumentOnFile
from attain.standards.kinds.documented_practices import DocumentedPractices
from attain.standards.kinds.interval_attainment import IntervalAttainment
from attain.standards.kinds.lower_tier import LowerTier
from attain.standards.kinds.metric_followed import MetricFollowed
from attain.standards.kinds.named_rule import NamedRule
from attain.standards.kinds.practice_levels import PracticeFloors, PracticeShare
from attain.standards.kinds.quality_measure import QualityMeasured
from attain.standards.kinds.satisfaction_if_measured import SatisfactionIfMeasured
from attain.standards.kinds.severity_ranked_response import SeverityRankedResponse
from attain.standards.kinds.share_on_target import ShareOnTarget
from attain.standards.kinds.structured_initiatives import StructuredInitiatives
from attain.standards.kinds.tracked_for_months import TrackedForMonths
from attain.standards.kinds.uptime import UptimeOnTarget

Rule = Annotated[
    ActionOnMisses
    | AllOf
    | AnyOf
    | AtLeastNOf
    | ChangeTiedToPlan
    | Coverage
    | DocumentOnFile
    | DocumentedPractices
    | IntervalAttainment
    | LowerTier
    | MetricFollowed
    | NamedRule
    | PracticeFloors
    | PracticeShare
    | QualityMeasured
    | SatisfactionIfMeasured
    | SeverityRankedResponse
    | ShareOnTarget
    | StructuredInitiatives
    | TrackedForMonths
    | Unless
    | UptimeOnTarget,
    Field(discriminator="kind"),
]
"""A requirement's rule: one of the kinds, told by its `kind`."""

for _combining in (ExceptionRule, AllOf, AnyOf, AtLeastNOf, Unless):
    _combining.model_rebuild(_types_namespace={"Rule": Rule, "ExceptionRule": ExceptionRule})
