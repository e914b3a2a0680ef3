"""Moderation: agreeing on one rating of each item, with the reason where assessors differed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.rating import refuse_faults
from attain.assessments.actions.recording import record_of
from attain.assessments.models import AgreedRating, Assessment
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.ratings import agreed_entries, entries_by_part, entry_of
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.moderation import Spread, spread_of, spreads, together
from attain.assessments.rules.stages import AssessmentState
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import Member


@transaction.atomic
def agree(
    *,
    by: Member,
    assessment: Assessment,
    item: str,
    seen: int,
    entry: Entry,
    rationale: str,
    now: datetime,
) -> AgreedRating:
    """Agree on a rating of an item; `seen` is the number of the agreement that was seen, 0 of none.

    Where the assessors differ, or an agreement is changed, it needs its reason.
    """
    _demand_moderation(assessment)
    model = model_of(assessment.edition)
    refuse_faults(model, item, entry)
    if entry.rating.is_open:
        raise RefusedActionError(_("Agree on a level, or that the item does not apply."))
    spread = spread_of(item, entries_by_part(assessment, item))
    if not rationale.strip() and (seen or not _is_what_all_say(spread, entry)):
        raise RefusedActionError(_("Say why, as the assessors differ or it was agreed before."))
    row = _next(by, assessment, item, seen, entry, rationale, now)
    details = {"item": item, "level": entry.level, "target": entry.target, "number": row.number}
    record_of(by, "assessments.agree", assessment, now, rationale=rationale, **details)
    return row


@transaction.atomic
def agree_where_settled(*, by: Member, assessment: Assessment, now: datetime) -> list[str]:
    """Agree on every item of which all assessors say the same and that is not agreed yet.

    The target is the highest that one of them aims at. Returns the items.
    """
    _demand_moderation(assessment)
    model, parts = model_of(assessment.edition), entries_by_part(assessment)
    agreed = agreed_entries(assessment)
    settled = [
        item
        for item, spread in spreads(model, parts).items()
        if spread.is_settled and item not in agreed
    ]
    _insert(
        [_row(by, assessment, item, 1, together(_given(parts, item)), "", now) for item in settled]
    )
    if settled:
        record_of(by, "assessments.agree_where_settled", assessment, now, items=settled)
    return settled


def _is_what_all_say(spread: Spread, entry: Entry) -> bool:
    if not spread.is_settled:
        return False
    said = set(spread.levels.values())
    return said == {entry.level} if entry.is_applicable else not said


def _next(
    by: Member,
    assessment: Assessment,
    item: str,
    seen: int,
    entry: Entry,
    rationale: str,
    now: datetime,
) -> AgreedRating:
    rows = AgreedRating.objects.filter(assessment=assessment, item=item, is_current=True)
    current = rows.first()
    number = current.number if current else 0
    # The condition of the update and the unique number keep two people from both being the last.
    ended = rows.filter(number=seen).update(is_current=False)
    if number != seen or ended != bool(current):
        theirs = asdict(entry_of(current)) if current else {}
        raise ChangedMeanwhileError(_("the agreed rating"), theirs, asdict(entry))
    row = _row(by, assessment, item, number + 1, entry, rationale, now)
    _insert([row])
    return row


def _insert(rows: Sequence[AgreedRating]) -> None:
    try:
        with transaction.atomic():
            AgreedRating.objects.bulk_create(rows)
    except IntegrityError as error:
        # Somebody else agreed on one of them between the read and the write.
        raise ChangedMeanwhileError(_("the agreed rating"), {}, {}) from error


def _row(
    by: Member,
    assessment: Assessment,
    item: str,
    number: int,
    entry: Entry,
    rationale: str,
    now: datetime,
) -> AgreedRating:
    return AgreedRating(
        organisation=assessment.organisation,
        assessment=assessment,
        item=item,
        number=number,
        rationale=rationale,
        agreed_by=by,
        agreed_at=now,
        **asdict(entry),
    )


def _given(parts: Mapping[str, Mapping[str, Entry]], item: str) -> list[Entry]:
    return [entries[item] for entries in parts.values() if item in entries]


def _demand_moderation(assessment: Assessment) -> None:
    if assessment.state != AssessmentState.MODERATION:
        raise RefusedActionError(_("Ratings are agreed on while an assessment is in moderation."))
