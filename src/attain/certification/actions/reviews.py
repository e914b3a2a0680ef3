"""Reviewing an application: open a review, record answers of interviews, finish it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.certification.models import Application, InterviewAnswer, Review
from attain.certification.queries.involved import involved_in
from attain.certification.rules.applications import ApplicationState, ReviewKind, ReviewResult
from attain.certification.rules.independence import conflict_of_assessor
from attain.certification.words import CONFLICTS
from attain.organisations.actions import audit
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member

_REVIEWED = (ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW)


@transaction.atomic
def open_review(
    *,
    by: Member,
    application: Application,
    seen: int,
    kind: ReviewKind,
    assessor: Member,
    on: date,
    now: datetime,
) -> Review:
    """Open a review of a submitted application by an assessor who had no hand in it."""
    if application.state not in _REVIEWED:
        raise RefusedActionError(_("Only an application that was submitted can be reviewed."))
    conflict = conflict_of_assessor(assessor.account_id, involved_in(application))
    if conflict:
        raise RefusedActionError(str(CONFLICTS[conflict]))
    if application.reviews.filter(kind=kind, finished_at=None).exists():
        raise RefusedActionError(_("A review of this kind is open already. Finish it first."))
    change(application, seen=seen, what=_("the application"), state=ApplicationState.IN_REVIEW)
    review = Review.objects.create(
        organisation=application.organisation,
        application=application,
        kind=kind,
        assessor=assessor,
        on=on,
        opened_at=now,
    )
    _record(by, "certification.open_review", review, now, held=kind, assessor=str(assessor))
    return review


@transaction.atomic
def record_answer(
    *, by: Member, review: Review, question: str, asked: str, notes: str, now: datetime
) -> InterviewAnswer:
    """Record what somebody answered to a question of a structured interview."""
    _demand_open(review)
    answer = InterviewAnswer.objects.create(
        organisation=review.organisation,
        review=review,
        question=question,
        asked=asked,
        notes=notes,
        recorded_by=by,
        recorded_at=now,
    )
    _record(by, "certification.record_answer", review, now, question=question, asked=asked)
    return answer


@transaction.atomic
def finish_review(
    *, by: Member, review: Review, seen: int, result: ReviewResult, notes: str, now: datetime
) -> Review:
    """Close a review with its result; an on-site review has at least one interview by then."""
    _demand_open(review)
    if by.pk != review.assessor_id:
        raise RefusedActionError(_("Only the assessor of a review says what it came to."))
    if review.kind == ReviewKind.ON_SITE and not review.answers.exists():
        raise RefusedActionError(
            _("An on-site review rests on interviews. Record who was asked what first.")
        )
    change(review, seen=seen, what=_("the review"), result=result, notes=notes, finished_at=now)
    _record(by, "certification.finish_review", review, now, result=result)
    return review


def _demand_open(review: Review) -> None:
    if review.finished_at is not None:
        raise RefusedActionError(_("The review is finished. Open another one to look again."))
    if review.application.state != ApplicationState.IN_REVIEW:
        raise RefusedActionError(_("The application is no longer under review."))


def _record(by: Member, action: str, review: Review, now: datetime, **details: object) -> None:
    audit.record(
        by=by,
        action=action,
        kind="review",
        key=str(review.uuid),
        details={"application": str(review.application.uuid), **details},
        now=now,
    )
