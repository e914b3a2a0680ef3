"""Every write of the jobs that people and rooms ask for."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from attain.organisations.actions import audit
from attain.organisations.errors import RefusedActionError
from attain.organisations.jobs.models import Job
from attain.organisations.models import Member, Organisation

DONE_KEPT, FAILED_KEPT = timedelta(days=30), timedelta(days=180)


@transaction.atomic
def enqueue(
    task: Task[Any, Any],
    *,
    by: Member | None,
    organisation: Organisation | None,
    title: str,
    **arguments: Any,
) -> Job:
    """Put a task into the queue, in the transaction that calls: rolled back, nothing is done.

    `title` is what people see. The arguments are kept as JSON. The task runs within the
    organisation, for the member as they are then.
    """
    result = task.enqueue(**arguments)
    with scopes_disabled():
        return Job.objects.create(
            organisation=organisation, by=by, title=title[:200], result_id=result.id
        )


@transaction.atomic
def prune(now: datetime) -> int:
    """Forget jobs that are long over; return how many. What they did stays, and so does the trail.

    Whoever looks for why something failed has longer.
    """
    over = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    old = over.filter(finished_at__lt=now - DONE_KEPT) | failed.filter(
        finished_at__lt=now - FAILED_KEPT
    )
    return old.delete()[1].get(DBTaskResult._meta.label, 0)


@transaction.atomic
def try_again(*, job: Job, by: Member) -> Job:
    """Put a job that has failed back into the queue; RefusedActionError where it has not."""
    put_back = DBTaskResult.objects.filter(pk=job.result_id, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=timezone.now(), finished_at=None
    )
    if not put_back:
        raise RefusedActionError(_("Only a job that has failed can be tried again."))
    Job.objects.filter(pk=job.pk).update(losses=0, problem="")
    audit.record(
        by=by, action="organisations.try_job_again", kind="job", key=str(job.uuid),
        details={"title": job.title},
    )  # fmt: skip
    job.refresh_from_db()
    return job
