"""Recording what was measured, correcting it with a reason, and closing a month."""

from datetime import UTC, datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from attain.dossier.rows import Row
from attain.measurement.periods import Month
from attain.organisations.actions import audit
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.performance import models
from attain.performance.actions.recording import record_row
from attain.standards.figures import SatisfactionKind


def record_reading(
    *,
    metric: models.Metric,
    month: Month,
    numerator: Fraction,
    denominator: Fraction | None,
    by: Member,
    now: datetime | None = None,
) -> models.Reading:
    """Record the first reading of a metric in a month. Without a denominator it is 1."""
    row = _reading(metric, month, numerator, denominator)
    return _recorded(metric, row, None, "", by, now)


def correct_reading(
    *,
    metric: models.Metric,
    month: Month,
    numerator: Fraction,
    denominator: Fraction | None,
    seen: int,
    reason: str,
    by: Member,
    now: datetime | None = None,
) -> models.Reading:
    """Correct a reading by a further revision, with its reason.

    `seen` is the revision that the editor saw; ChangedMeanwhileError where there is a later one.
    """
    row = _reading(metric, month, numerator, denominator)
    return _recorded(metric, row, seen, reason, by, now)


def _reading(
    metric: models.Metric, month: Month, numerator: Fraction, denominator: Fraction | None
) -> Row:
    if denominator is not None and denominator < 0:
        raise RefusedActionError(_("A denominator is 0 or more."))
    row = {"metric": metric.key, "month": month, "numerator": numerator}
    return row | {"denominator": denominator}


def _recorded(
    metric: models.Metric, row: Row, seen: int | None, reason: str, by: Member, now: datetime | None
) -> models.Reading:
    action = "record_reading" if seen is None else "correct_reading"
    made: models.Reading = record_row(
        centre=metric.centre,
        table="readings",
        row=row,
        by=by,
        action=action,
        seen=seen,
        reason=reason,
        now=now,
    )
    return made


@transaction.atomic
def close_month(
    *, centre: Centre, month: Month, by: Member, now: datetime | None = None
) -> models.ClosedMonth:
    """Close a month that has ended: its readings stay told as they are now.

    A later correction restates them and is shown beside; nothing is opened again.
    """
    at = now or datetime.now(UTC)
    if month >= Month.of(at.date()):
        raise RefusedActionError(_("A month is closed when it has ended."))
    if models.ClosedMonth.objects.filter(centre=centre, month=month).exists():
        raise RefusedActionError(_("%(month)s is closed already.") % {"month": month})
    readings = models.Reading.objects.filter(centre=centre)
    closed = models.ClosedMonth.objects.create(
        organisation_id=centre.organisation_id,
        centre=centre,
        month=month,
        closed_at=at,
        closed_by=by,
        last_reading=readings.aggregate(last=Max("pk"))["last"] or 0,
    )
    audit.record(
        by=by,
        action="performance.close_month",
        kind="month",
        key=f"{centre.key} {month}",
        details={"last_reading": closed.last_reading},
        now=at,
    )
    return closed


def record_satisfaction(
    *,
    centre: Centre,
    kind: SatisfactionKind,
    month: Month,
    value: Fraction,
    target: Fraction,
    by: Member,
    seen: int | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> models.SatisfactionReading:
    """Record the satisfaction of end users or staff in a month, or correct it with a reason."""
    row = {"kind": kind, "month": month, "value": value, "target": target}
    made: models.SatisfactionReading = record_row(
        centre=centre,
        table="satisfaction",
        row=row,
        by=by,
        action="record_satisfaction",
        seen=seen,
        reason=reason,
        now=now,
    )
    return made
