"""What the room does by itself and regularly."""

from django.utils import timezone
from django_tasks import task

from attain.certification.actions.certificates import expire_certificates
from attain.certification.actions.corrective import act_on_overdue
from attain.certification.actions.watches import watch_certificates
from attain.organisations.jobs import schedules
from attain.organisations.pages import Organisation


@task()
def keep_certificates() -> None:
    """Write down each day which certificates expired, and act on what is overdue."""
    now = timezone.now()
    expire_certificates(now)
    for organisation in Organisation.objects.filter(suspended_at=None):
        act_on_overdue(organisation, now)


@task()
def watch_every_certificate() -> None:
    """Judge each certificate anew, once the month before is recorded and acted on."""
    now = timezone.now()
    for organisation in Organisation.objects.filter(suspended_at=None):
        watch_certificates(organisation, now)


schedules.register(
    "certification.keep_certificates",
    "Daily expiry and overdue corrective actions",
    keep_certificates,
    schedules.daily(3),
)
schedules.register(
    "certification.watch",
    "Monthly watch over certificates",
    watch_every_certificate,
    schedules.monthly(16, 4),
)
