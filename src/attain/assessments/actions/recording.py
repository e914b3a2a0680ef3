"""The audit entry of what was done to an assessment."""

from datetime import datetime
from typing import Any

from attain.assessments.models import Assessment
from attain.organisations.actions import audit
from attain.organisations.pages import Member


def record_of(
    by: Member | None, action: str, assessment: Assessment, now: datetime, **details: Any
) -> None:
    """Add one entry to the trail of the organisation, in the transaction of what it tells of."""
    audit.record(
        by=by,
        action=action,
        kind="assessment",
        key=str(assessment.uuid),
        details={"title": assessment.title, **details},
        organisation=assessment.organisation,
        now=now,
    )
