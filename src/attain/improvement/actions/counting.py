"""Recording structured initiatives at their centres, where certification counts them."""

from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _

from attain.improvement.models import Initiative
from attain.improvement.queries.recorded import RecordedAt, recorded_at
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member
from attain.performance.actions.improving import plan_initiative
from attain.performance.actions.recording import withdraw_row
from attain.performance.rules import RowRefusedError
from attain.standards import figures

_LONGEST_TITLE = 80


def key_of(initiative: Initiative) -> str:
    """Return the key by which an initiative is recorded; empty where it will not be.

    The same key at every centre of a central project, and never that of another initiative.
    """
    if not initiative.is_structured or initiative.process_id is None:
        return ""
    title = slugify(initiative.title)[:_LONGEST_TITLE].strip("-") or "initiative"
    return initiative.recorded_as or f"{title}-{initiative.uuid.hex[:8]}"


def record_at_centres(by: Member, initiative: Initiative, now: datetime) -> list[str]:
    """Record how an initiative stands at each centre that has its process; return which.

    What is there already is revised. What somebody withdrew stays withdrawn.
    """
    if not initiative.recorded_as:
        return []
    told = [each for each in recorded_at(initiative) if each.has_process and not _gone(each)]
    for each in told:
        _record(by, initiative, each, now)
    return [each.centre.key for each in told]


def _gone(each: RecordedAt) -> bool:
    return each.record is not None and each.record.withdrawn


def _record(by: Member, initiative: Initiative, at: RecordedAt, now: datetime) -> None:
    reason = _("The initiative is done.") if at.record else ""
    seen = at.record.revision if at.record else None
    try:
        plan_initiative(
            centre=at.centre,
            initiative=_figure(initiative),
            by=by,
            seen=seen,
            reason=reason,
            now=now,
        )
    except RowRefusedError as refusal:
        expected = "; ".join(f"{f.column}: {f.expected}" for f in refusal.faults)
        raise RefusedActionError(
            _("It cannot be recorded at %(centre)s. Expected %(expected)s.")
            % {"centre": at.centre, "expected": expected}
        ) from refusal


def _figure(initiative: Initiative) -> figures.Initiative:
    process, started = initiative.process, initiative.started_on
    if process is None or started is None:
        raise ValueError("recorded is only what has started, of a process")
    return figures.Initiative(
        initiative=initiative.recorded_as,
        process=process.key,
        started=started,
        completed=initiative.ended_on,
        structured=True,
        analysis=said_of(initiative, "analysis"),
        outcome=said_of(initiative, "outcome"),
    )


def said_of(initiative: Initiative, kind: str) -> str | None:
    """Return the analysis or the outcome as text, or the titles of the documents that hold it."""
    text: str = getattr(initiative, kind).strip()
    held = initiative.documents.filter(kind=kind, withdrawn_at=None)
    return text or "; ".join(held.values_list("title", flat=True)) or None


def withdraw_at_centres(by: Member, initiative: Initiative, reason: str, now: datetime) -> None:
    """Withdraw what was recorded of an initiative that is dropped."""
    for each in recorded_at(initiative):
        if each.record and not each.record.withdrawn:
            seen = each.record.revision
            withdraw_row(record=each.record, seen=seen, reason=reason, by=by, now=now)
