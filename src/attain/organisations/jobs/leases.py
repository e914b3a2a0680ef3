"""Who works on what: a lease on a job, kept by a beating heart, and what becomes of a lost one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django_scopes import scopes_disabled
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from attain.organisations.jobs import locks
from attain.organisations.jobs.errors import LeaseLostError
from attain.organisations.jobs.models import Job, Worker

MOST_LOSSES = 5


@dataclass(frozen=True)
class Pace:
    """How often a worker looks and beats, in seconds, and how soon it is given up.

    A worker of which nothing is heard for `silence` is given up. On SQLite a beat waits for who
    writes, up to 20 seconds, so that the silence is well above. `patience` doubles with each loss.
    """

    idle: float = 0.5
    beat: float = 5
    silence: float = 60
    patience: float = 5


@dataclass(frozen=True)
class Lease:
    """The right to write for a job, until it is lost."""

    job: Job
    worker: Worker
    attempt: int

    def rows(self) -> QuerySet[Job]:
        """Return the job where the lease still holds, nothing where it was lost."""
        with scopes_disabled():
            return Job.objects.filter(pk=self.job.pk, worker=self.worker, attempt=self.attempt)

    def demand(self) -> None:
        """Keep anybody from taking the job until the transaction ends; LeaseLostError if lost."""
        if not self.rows().update(attempt=self.attempt):
            raise LeaseLostError(self.job.title)

    def show_life(self) -> None:
        """Beat, as at the end of a transaction during which on SQLite no heart could."""
        Worker.objects.filter(pk=self.worker.pk).update(beat_at=Now())


def take_next(worker: Worker) -> Lease | None:
    """Take the job that has waited longest, None where none is due."""
    with scopes_disabled():
        # Looking costs no lock, so that an idle worker is in nobody's way.
        if not DBTaskResult.objects.ready().exists():
            return None
        with transaction.atomic():
            row = DBTaskResult.objects.ready().get_locked()
            if row is None:
                return None
            row.claim(worker.id)
            job, _ = Job.objects.get_or_create(result=row, defaults={"title": row.task_name})
            job.attempt, job.worker = job.attempt + 1, worker
            job.save(update_fields=["attempt", "worker"])
            job.result = row
            return Lease(job, worker, job.attempt)


def finish(lease: Lease) -> None:
    """Write that the job is done; LeaseLostError where it is somebody else's now."""
    with transaction.atomic():
        _give_up(lease, problem="")
        lease.job.result.set_successful(None)


def fail(lease: Lease, problem: str, error: BaseException) -> None:
    """Write that the job has failed and why; it is not tried again by itself."""
    with transaction.atomic():
        _give_up(lease, problem=problem)
        lease.job.result.set_failed(error)


def give_back(lease: Lease) -> None:
    """Put the job back into the queue, as a worker does that is told to end."""
    with transaction.atomic():
        _give_up(lease)
        _wait_until(lease.job, timezone.now())


def lose(lease: Lease, problem: str, error: BaseException, pace: Pace) -> None:
    """Put the job back for later, or park it as failed where it was lost too often."""
    losses = lease.job.losses + 1
    if losses >= MOST_LOSSES:
        with transaction.atomic():
            _give_up(lease, problem=problem, losses=losses)
            lease.job.result.set_failed(error)
        return
    wait = timedelta(seconds=pace.patience * 2 ** (losses - 1))
    with transaction.atomic():
        _give_up(lease, problem=problem, losses=losses)
        _wait_until(lease.job, timezone.now() + wait)


def _give_up(lease: Lease, **written: object) -> None:
    if not lease.rows().update(worker=None, **written):
        raise LeaseLostError(lease.job.title)


def _wait_until(job: Job, due: datetime) -> None:
    DBTaskResult.objects.filter(pk=job.result_id).update(
        status=TaskResultStatus.READY, run_after=due
    )


def reap(pace: Pace) -> list[Job]:
    """Take the jobs of workers that are no more, and return them."""
    silent = Q(beat_at__lt=Now() - timedelta(seconds=pace.silence))
    gone = list(Worker.objects.filter(silent))
    others = Worker.objects.exclude(pk__in=[worker.pk for worker in gone])
    gone += [worker for worker in others if locks.is_free(worker.id)]
    taken = [job for worker in gone for job in take_from(worker, pace)]
    for worker in gone:
        _forget(worker)
    return taken


def take_from(worker: Worker, pace: Pace) -> list[Job]:
    """Take every job from a worker that cannot be doing it, and return them."""
    with scopes_disabled():
        jobs = list(Job.objects.filter(worker=worker).select_related("result"))
    taken = []
    for job in jobs:
        lost = WorkerLostError(f"the worker {worker} was lost")
        try:
            lose(Lease(job, worker, job.attempt), str(lost), lost, pace)
        except LeaseLostError:
            continue  # Somebody else was quicker, or it was finished after all.
        taken.append(job)
    return taken


def _forget(worker: Worker) -> None:
    # One that was only slow may hold a job again; it stays known.
    with scopes_disabled():
        Worker.objects.filter(pk=worker.pk, jobs=None).delete()
    locks.remove(worker.id)


class WorkerLostError(Exception):
    """Why a job was taken from a worker."""


def call(job: Job) -> None:
    """Call the task of a job with its arguments."""
    row = job.result
    row.task.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
