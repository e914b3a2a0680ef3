"""Reminding assessors of parts that are due."""

from datetime import datetime, timedelta

from django_scopes import scope

from attain.assessments.actions.telling import tell_due
from attain.assessments.models import AssessorPart
from attain.assessments.rules.stages import AssessmentState
from attain.organisations.days import today_of
from attain.organisations.pages import Organisation

SOON = timedelta(days=3)


def remind(organisation: Organisation, now: datetime) -> int:
    """Remind of each part that is due within three days or overdue; return how many there are.

    Run as often as liked: each is told once that it is due, and once that it is overdue.
    """
    today = today_of(organisation, now)
    with scope(organisation=organisation):
        parts = AssessorPart.objects.filter(
            submitted_at=None,
            due_on__lte=today + SOON,
            assessment__state=AssessmentState.RATING.value,
            assessor__suspended_at=None,
        ).select_related("assessment__organisation", "assessor__account", "assessor__organisation")
        found = list(parts)
        for part in found:
            tell_due(part, now, is_overdue=part.due_on < today)
    return len(found)
