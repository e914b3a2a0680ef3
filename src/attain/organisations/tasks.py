"""What the room does by itself and regularly."""

from datetime import timedelta

from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from attain.organisations.actions import answered, sign_ins, webhooks
from attain.organisations.actions.notices import send_digests
from attain.organisations.jobs import actions, schedules
from attain.organisations.models import Webhook


@task()
def mail_digests() -> None:
    """Mail members what they were told since yesterday, all together."""
    send_digests(now=timezone.now())


schedules.register(
    "organisations.digests", "Daily digest of notices", mail_digests, schedules.daily(6)
)


@task()
def tell_webhooks() -> None:
    """Write down what happened since the last round, and send what is due."""
    now = timezone.now()
    with scopes_disabled():
        active = Webhook.objects.filter(stopped_at=None, organisation__suspended_at=None)
        found = list(active.select_related("organisation").order_by("pk"))
    for webhook in found:
        with scope(organisation=webhook.organisation):
            webhooks.announce(webhook, now)
            webhooks.deliver_due(webhook, timezone.now())
    # A round a minute would fill the list of jobs.
    rounds = DBTaskResult.objects.filter(task_path=tell_webhooks.module_path)
    over = rounds.filter(status=TaskResultStatus.SUCCESSFUL)
    over.filter(finished_at__lt=now - timedelta(hours=1)).delete()


schedules.register(
    "organisations.webhooks",
    "Telling webhooks what happened",
    tell_webhooks,
    lambda now: now + timedelta(minutes=1),
)


@task()
def forget_what_is_over() -> None:
    """Forget jobs, answers to programs and sign-ins that are long over."""
    actions.prune(timezone.now())
    answered.prune(timezone.now())
    sign_ins.prune(timezone.now())


schedules.register(
    "organisations.prune", "Forgetting jobs that are long over", forget_what_is_over,
    schedules.daily(4),
)  # fmt: skip
