"""What the room does by itself and regularly."""

from django.utils import timezone
from django_tasks import task

from attain.assessments.actions.reminding import remind
from attain.organisations.jobs import schedules
from attain.organisations.pages import Organisation


@task()
def remind_assessors() -> None:
    """Remind each day of the parts that are due within three days or overdue."""
    now = timezone.now()
    for organisation in Organisation.objects.filter(suspended_at=None):
        remind(organisation, now)


schedules.register(
    "assessments.remind",
    "Daily reminders of parts of assessments",
    remind_assessors,
    schedules.daily(6),
)
