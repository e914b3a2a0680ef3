"""Reminding owners of initiatives and milestones that are due."""

from datetime import datetime, timedelta

from django_scopes import scope

from attain.improvement.actions.telling import tell_due, tell_milestone
from attain.improvement.models import Initiative, InitiativeMilestone
from attain.improvement.rules.stages import ENDED
from attain.organisations.days import today_of
from attain.organisations.pages import Organisation

SOON = timedelta(days=7)


def remind(organisation: Organisation, now: datetime) -> int:
    """Remind of what is due within seven days or overdue; return how many things there are.

    Run as often as liked: each is told once that it is due, and once that it is overdue.
    """
    today = today_of(organisation, now)
    with scope(organisation=organisation):
        rows = Initiative.objects.exclude(state__in=ENDED).filter(owner__suspended_at=None)
        rows = rows.select_related("organisation", "owner__account", "owner__organisation")
        due = list(rows.filter(due_on__lte=today + SOON))
        for each in due:
            tell_due(each, now, is_overdue=each.due_on < today)
        open_ones = {row.pk: row for row in rows}
        steps = list(
            InitiativeMilestone.objects.filter(
                initiative__in=open_ones, done_on=None, due_on__lte=today + SOON
            )
        )
        for step in steps:
            step.initiative = open_ones[step.initiative_id]
            tell_milestone(step, now, is_overdue=step.due_on < today)
    return len(due) + len(steps)
