"""Recording what a centre does to become better, and what it has in writing."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from attain.measurement.periods import Month
from attain.organisations.pages import Centre, Member
from attain.performance import models
from attain.performance.actions.recording import record_row
from attain.standards import figures


def take_improvement_action(
    *,
    metric: models.Metric,
    month: Month,
    action: str,
    taken_on: date,
    by: Member,
    now: datetime | None = None,
) -> models.ImprovementAction:
    """Record what was done about a metric that missed its target in a month."""
    row = {"metric": metric.key, "month": month, "action": action, "taken_on": taken_on}
    made: models.ImprovementAction = record_row(
        centre=metric.centre,
        table="improvement_actions",
        row=row,
        by=by,
        action="take_improvement_action",
        now=now,
    )
    return made


def plan_initiative(
    *,
    centre: Centre,
    initiative: figures.Initiative,
    by: Member,
    seen: int | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> models.Initiative:
    """Record an initiative of a process, or with `seen` what has become of it."""
    made: models.Initiative = _row(
        centre, "initiatives", initiative, by, "plan_initiative", seen=seen, reason=reason, now=now
    )
    return made


def document_practice(
    *,
    centre: Centre,
    practice: figures.Practice,
    by: Member,
    file: models.EvidenceFile | None = None,
    seen: int | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> models.Practice:
    """Say whether a practice is documented, with its evidence; with `seen`, say it anew."""
    made: models.Practice = _row(
        centre,
        "practices",
        practice,
        by,
        "document_practice",
        seen=seen,
        reason=reason,
        carried=_carried(file),
        now=now,
    )
    return made


def file_document(
    *,
    centre: Centre,
    document: figures.Document,
    by: Member,
    file: models.EvidenceFile | None = None,
    seen: int | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> models.Document:
    """Put a document on file; with `seen`, say when it was made known or tested."""
    made: models.Document = _row(
        centre,
        "documents",
        document,
        by,
        "file_document",
        seen=seen,
        reason=reason,
        carried=_carried(file),
        now=now,
    )
    return made


def _carried(file: models.EvidenceFile | None) -> dict[str, Any]:
    """Return what a revision takes over: its file where a new one is handed in."""
    return {"file_id": file.pk} if file else {}


def _row(centre: Centre, table: str, told: Any, by: Member, action: str, **further: Any) -> Any:
    """Record what the rules know by a class of their own, whose fields are the columns."""
    return record_row(centre=centre, table=table, row=asdict(told), by=by, action=action, **further)
