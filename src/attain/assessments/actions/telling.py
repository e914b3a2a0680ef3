"""Whom the events of assessments concern, and what they are told."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from attain.assessments.models import Assessment, AssessorPart
from attain.assessments.queries.finding import place_of
from attain.organisations.actions.notices import tell
from attain.organisations.pages import Member
from attain.organisations.queries import who_may
from attain.organisations.rules import Permission


def tell_named(part: AssessorPart, now: datetime) -> None:
    """Tell an assessor that they rate a part, and until when."""
    assessment = part.assessment
    text = format_lazy(
        _("{title}: you rate a part by {due}"), title=assessment.title, due=part.due_on
    )
    key = f"named {part.uuid} {part.assessor_id}"
    _tell([part.assessor], key, text, assessment, now, "assessments-rate")


def tell_handed_in(assessment: Assessment, now: datetime) -> None:
    """Tell who leads an assessment that every part is handed in."""
    text = format_lazy(_("{title}: every part is handed in"), title=assessment.title)
    # Another assessor may be named after all had handed in; their part is told again.
    key = f"handed in {assessment.uuid} {assessment.parts.count()}"
    leading = who_may(Permission.LEAD_ASSESSMENTS, place_of(assessment))
    _tell(leading, key, text, assessment, now)


def tell_due(part: AssessorPart, now: datetime, *, is_overdue: bool) -> None:
    """Remind an assessor of a part that is due soon, or overdue."""
    words = (
        _("{title}: your part was due on {due}")
        if is_overdue
        else _("{title}: your part is due on {due}")
    )
    text = format_lazy(words, title=part.assessment.title, due=part.due_on)
    key = f"{'overdue' if is_overdue else 'due'} {part.uuid} {part.assessor_id}"
    _tell([part.assessor], key, text, part.assessment, now, "assessments-rate")


def _tell(
    members: Iterable[Member],
    key: str,
    text: str | Promise,
    assessment: Assessment,
    now: datetime,
    name: str = "assessments-one",
) -> None:
    link = reverse(name, args=[assessment.organisation.key, assessment.uuid])
    tell(members=members, subject="assessment", key=key, text=text, link=link, now=now)
