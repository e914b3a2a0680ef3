"""Sharing what was noted of an item as good practice with the organisation, and withdrawing it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.recording import record_of
from attain.assessments.models import Assessment, GoodPractice
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.results import ratings_at_closing
from attain.assessments.rules.stages import AssessmentState
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member
from attain.standards.ratings import OPEN


@transaction.atomic
def share_note(
    *, by: Member, assessment: Assessment, item: str, text: str, now: datetime
) -> GoodPractice:
    """Share how a closed assessment's centre came to its level of an item; once an item."""
    _demand_level(assessment, item)
    if not text.strip():
        raise RefusedActionError(_("Say what is done, so that others can do it too."))
    if assessment.practices.filter(item=item, withdrawn_at=None).exists():
        raise RefusedActionError(_("The practice is shared already. Withdraw it first."))
    shared = GoodPractice.objects.create(
        organisation=assessment.organisation,
        assessment=assessment,
        item=item,
        text=text.strip(),
        shared_by=by,
        shared_at=now,
    )
    record_of(by, "assessments.share_note", assessment, now, item=item, text=shared.text)
    return shared


@transaction.atomic
def withdraw_share(*, by: Member, practice: GoodPractice, seen: int, now: datetime) -> GoodPractice:
    """Withdraw a shared practice; it stays on record, and is no longer shown."""
    if practice.withdrawn_at is not None:
        raise RefusedActionError(_("The practice is withdrawn already."))
    change(practice, seen=seen, what=_("the practice"), withdrawn_at=now, withdrawn_by=by)
    record_of(by, "assessments.withdraw_share", practice.assessment, now, item=practice.item)
    return practice


def _demand_level(assessment: Assessment, item: str) -> None:
    if assessment.state != AssessmentState.CLOSED or assessment.centre is None:
        raise RefusedActionError(_("Only closed assessments of a centre have something to share."))
    if item not in {each.key for each in model_of(assessment.edition).rated_items}:
        raise RefusedActionError(_("The model has no such item."))
    if not ratings_at_closing(assessment).get(item, OPEN).counts:
        raise RefusedActionError(_("The item has no level: there is nothing to share."))
