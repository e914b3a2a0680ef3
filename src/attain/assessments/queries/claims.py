"""Claims of an assessment against the records of its centre."""

from collections.abc import Mapping
from datetime import date

from attain.assessments.models import Assessment
from attain.performance import queries as performance
from attain.standards.claims import ClaimFinding, find_conditions
from attain.standards.maturity_model import MaturityModel
from attain.standards.thresholds import NotInForceError


def claims_of(
    assessment: Assessment, model: MaturityModel, as_of: date
) -> Mapping[str, tuple[ClaimFinding, ...]]:
    """Return what a centre's records show of each condition of a model, by item.

    Nothing for an organisation or a team, which have no figures of their own, nor before the
    model's thresholds are in force.
    """
    if assessment.centre is None:
        return {}
    try:
        return find_conditions(model, performance.figures_of(assessment.centre), as_of)
    except NotInForceError:
        return {}
