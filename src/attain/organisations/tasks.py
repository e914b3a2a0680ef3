"""What the room does by itself and regularly."""

from django.utils import timezone
from django_tasks import task

from attain.organisations.actions.notices import send_digests
from attain.organisations.jobs import schedules


@task()
def mail_digests() -> None:
    """Mail members what they were told since yesterday, all together."""
    send_digests(now=timezone.now())


schedules.register(
    "organisations.digests", "Daily digest of notices", mail_digests, schedules.daily(6)
)
