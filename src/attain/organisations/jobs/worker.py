"""A worker: takes one job after another, and beats so that its jobs stay its own."""

import logging
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from types import FrameType
from uuid import uuid4

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, close_old_connections, connection
from django.db.models.functions import Now
from django.utils import timezone, translation
from django_scopes import scope, scopes_disabled

from attain.measurement.faults import RefusedError
from attain.organisations import queries
from attain.organisations.errors import (
    ChangedMeanwhileError,
    ForbiddenError,
    RefusedActionError,
    UnknownError,
)
from attain.organisations.jobs import leases, locks, schedules
from attain.organisations.jobs.errors import LeaseLostError
from attain.organisations.jobs.leases import Lease, Pace
from attain.organisations.jobs.models import Worker
from attain.organisations.jobs.running import Progress, Running, running
from attain.organisations.models import Member

logger = logging.getLogger(__name__)
_REFUSALS = (
    ChangedMeanwhileError,
    ForbiddenError,
    RefusedActionError,
    RefusedError,
    UnknownError,
)


class ToldToEnd(BaseException):
    """The process was told to end; passes through what a task catches."""


class Heart:
    """Writes again and again that the worker lives, and how far its job is."""

    def __init__(self, worker: Worker, pace: Pace) -> None:
        self._worker, self._pace = worker, pace
        self._lease: Lease | None = None
        self._told: Progress | None = None
        self._lost = False
        self._stop = Event()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Beat in a thread of its own, with a connection of its own."""
        thread = Thread(target=self._beat_on, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join(timeout=self._pace.beat + 1)

    def works_on(self, lease: Lease | None) -> None:
        """Say for which job progress is told from now on."""
        self._lease, self._told, self._lost = lease, None, False

    def tell(self, told: Progress) -> None:
        """Keep the progress for the next beat; LeaseLostError where the job is somebody else's."""
        if self._lost and self._lease:
            raise LeaseLostError(self._lease.job.title)
        self._told = told

    def tell_last(self) -> None:
        """Write what was told since the last beat, as the job is over."""
        if self._lease and self._told:
            _write_progress(self._lease, self._told)
        self.works_on(None)

    def _beat_on(self) -> None:
        while not self._stop.wait(self._pace.beat):
            try:
                beat(self._worker)
                self._write()
            except DatabaseError:
                # Somebody writes at length, or the database starts anew: the next beat tells.
                logger.warning("A beat of worker %s was missed.", self._worker, exc_info=True)
                connection.close()
        connection.close()

    def _write(self) -> None:
        lease, told = self._lease, self._told
        if lease and told:
            kept = _write_progress(lease, told)
            if lease is self._lease:
                self._lost = not kept


def beat(worker: Worker) -> None:
    """Write that a worker lives, also where it was given up meanwhile."""
    started = {"host": worker.host, "process": worker.process, "started_at": worker.started_at}
    Worker.objects.update_or_create(
        pk=worker.pk, defaults={"beat_at": Now()}, create_defaults={**started, "beat_at": Now()}
    )


def _write_progress(lease: Lease, told: Progress) -> bool:
    return bool(lease.rows().update(done=told.done, total=told.total, text=told.text[:200]))


def new_worker() -> Worker:
    """Return this process as a worker that nobody knows yet."""
    return Worker(
        id=str(uuid4()),
        host=socket.gethostname(),
        process=os.getpid(),
        started_at=timezone.now(),
    )


def work(pace: Pace | None = None, parent: int | None = None) -> None:
    """Do jobs until the process is told to end, or until its parent is gone."""
    pace, worker = pace or Pace(), new_worker()
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, _end)
    lock = locks.hold(worker.id)
    try:
        beat(worker)
        heart = Heart(worker, pace)
        with heart.beating():
            _work_on(worker, pace, heart, parent)
    except ToldToEnd:
        logger.info("Worker %s was told to end.", worker)
        _leave_the_question()
    finally:
        locks.remove(worker.id)
        os.close(lock)
        Worker.objects.filter(pk=worker.pk, jobs=None).delete()


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise ToldToEnd


def _leave_the_question() -> None:
    """Begin a new connection: one that was told to end in the midst of a question is of no use."""
    connection.close()


def _work_on(worker: Worker, pace: Pace, heart: Heart, parent: int | None) -> None:
    looked = float("-inf")
    while parent is None or os.getppid() == parent:
        close_old_connections()
        try:
            if time.monotonic() - looked >= pace.beat:
                _look_around(worker, pace)
                looked = time.monotonic()
            busy = _do_next(worker, pace, heart)
        except DatabaseError:
            # It restarts, or is busy. Of a job in its midst nothing more is known here.
            logger.warning("Worker %s met a fault of the database.", worker, exc_info=True)
            connection.close()
            busy, looked = False, float("-inf")
        if not busy:
            time.sleep(pace.idle)


def _look_around(worker: Worker, pace: Pace) -> None:
    beat(worker)
    for job in [*leases.take_from(worker, pace), *leases.reap(pace)]:
        logger.warning("Job %s was taken from a lost worker.", job.uuid)
    schedules.enqueue_due(timezone.now())


def work_off(pace: Pace | None = None) -> int:
    """Do in this process every job that is due now, and return how many were begun."""
    worker, pace, begun = new_worker(), pace or Pace(), 0
    beat(worker)
    while _do_next(worker, pace, None):
        begun += 1
    worker.delete()
    return begun


def _do_next(worker: Worker, pace: Pace, heart: Heart | None) -> bool:
    lease = leases.take_next(worker)
    if lease is None:
        return False
    try:
        _do(lease, pace, heart)
    except LeaseLostError:
        logger.warning("Job %s is somebody else's now.", lease.job.uuid)
    except ToldToEnd:
        _leave_the_question()
        # Where it is done, or somebody else's, there is nothing to give back.
        with suppress(LeaseLostError):
            leases.give_back(lease)
        raise
    return True


def _do(lease: Lease, pace: Pace, heart: Heart | None) -> None:
    try:
        _call(lease, heart)
    except LeaseLostError:
        raise
    except _REFUSALS as refusal:
        leases.fail(lease, _words(refusal), refusal)
    except (ImportError, SuspiciousOperation, TypeError) as error:
        # There is no such task in this version, or it takes other arguments.
        logger.exception("Job %s cannot be done.", lease.job.uuid)
        leases.fail(lease, str(error), error)
    except Exception as error:
        logger.exception("Job %s was lost.", lease.job.uuid)
        leases.lose(lease, f"{type(error).__name__}: {error}", error, pace)
    else:
        leases.finish(lease)


def _call(lease: Lease, heart: Heart | None) -> None:
    job = lease.job
    member = _member_now(job.by) if job.by else None
    report = heart.tell if heart else lambda told: _tell_at_once(lease, told)
    if heart:
        heart.works_on(lease)
    scoped = scope(organisation=job.organisation) if job.organisation else scopes_disabled()
    language = member.account.language if member else ""
    with scoped, translation.override(language or None), running(Running(lease, member, report)):
        leases.call(job)
    if heart:
        heart.tell_last()


def _member_now(member: Member) -> Member:
    """Return a member with the roles held now; UnknownError where they may do nothing any more."""
    return queries.find_member(member.account, member.organisation.key)


def _tell_at_once(lease: Lease, told: Progress) -> None:
    if not _write_progress(lease, told):
        raise LeaseLostError(lease.job.title)


def _words(refusal: Exception) -> str:
    return str(refusal) or type(refusal).__name__
