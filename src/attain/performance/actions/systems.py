"""Recording the uptime of systems, their incidents, and what was changed."""

from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from attain.measurement.periods import Month
from attain.organisations.pages import Centre, Member
from attain.performance import models
from attain.performance.actions.recording import record_row
from attain.standards import figures


def record_uptime(
    *,
    system: models.System,
    month: Month,
    uptime: Fraction,
    target: Fraction,
    by: Member,
    seen: int | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> models.UptimeReading:
    """Record the share of a month that a system was up, or correct it with a reason."""
    row = {"system": system.key, "month": month, "uptime": uptime, "target": target}
    made: models.UptimeReading = record_row(
        centre=system.centre,
        table="uptime",
        row=row,
        by=by,
        action="record_uptime",
        seen=seen,
        reason=reason,
        now=now,
    )
    return made


def record_incident(
    *, centre: Centre, incident: figures.Incident, by: Member, now: datetime | None = None
) -> models.Incident:
    """Record an incident of a system; what is not assessed yet is None."""
    made: models.Incident = _row(centre, "incidents", incident, by, "record_incident", now=now)
    return made


def assess_incident(
    *,
    centre: Centre,
    incident: figures.Incident,
    seen: int,
    reason: str,
    by: Member,
    now: datetime | None = None,
) -> models.Incident:
    """Assess an incident: its severity, the minutes to respond, its cost. A further revision."""
    made: models.Incident = _row(
        centre, "incidents", incident, by, "assess_incident", seen=seen, reason=reason, now=now
    )
    return made


def record_change(
    *,
    centre: Centre,
    change: figures.TechnologyChange,
    by: Member,
    seen: int | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> models.TechnologyChange:
    """Record a purchase, an enhancement or an upgrade, or correct it with a reason."""
    made: models.TechnologyChange = _row(
        centre,
        "technology_changes",
        change,
        by,
        "record_change",
        seen=seen,
        reason=reason,
        now=now,
    )
    return made


def _row(centre: Centre, table: str, told: Any, by: Member, action: str, **further: Any) -> Any:
    """Record what the rules know by a class of their own, whose fields are the columns."""
    return record_row(centre=centre, table=table, row=asdict(told), by=by, action=action, **further)
