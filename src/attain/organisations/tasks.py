"""What the room does by itself and regularly."""

from django.utils import timezone
from django_tasks import task

from attain.organisations.actions.checkpoints import take_checkpoint
from attain.organisations.jobs import schedules


@task()
def take_daily_checkpoint() -> None:
    """Sign each day how long each chain of the audit trail is."""
    take_checkpoint(now=timezone.now())


schedules.register(
    "organisations.audit_checkpoint",
    "Daily checkpoint of the audit trail",
    take_daily_checkpoint,
    schedules.daily(2),
)
