"""What the room does by itself and regularly."""

from django.utils import timezone
from django_tasks import task

from attain.improvement.actions.reminding import remind
from attain.organisations.jobs import schedules
from attain.organisations.pages import Organisation


@task()
def remind_owners() -> None:
    """Remind each day of the initiatives and milestones that are due within seven days, or late."""
    now = timezone.now()
    for organisation in Organisation.objects.filter(suspended_at=None):
        remind(organisation, now)


schedules.register(
    "improvement.remind",
    "Daily reminders of initiatives and milestones",
    remind_owners,
    schedules.daily(6),
)
