"""The audit entry of what was done to goals, roadmaps, plans and initiatives."""

from datetime import datetime
from typing import Any

from attain.improvement.models import Goal, Initiative, Roadmap
from attain.organisations.actions import audit
from attain.organisations.pages import Member

Noun = Goal | Roadmap | Initiative
_KINDS: dict[type[Noun], str] = {Goal: "goal", Roadmap: "roadmap", Initiative: "initiative"}


def record_of(by: Member | None, action: str, row: Noun, now: datetime, **details: Any) -> None:
    """Add one entry to the trail of the organisation, in the transaction of what it tells of."""
    audit.record(
        by=by,
        action=action,
        kind=_KINDS[type(row)],
        key=str(row.uuid),
        details={"title": row.title, **details},
        organisation=row.organisation,
        now=now,
    )
