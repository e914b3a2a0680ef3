"""What a task may say and ask while it runs. Called outside a job, it works all the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import transaction
from django_scopes import scopes_disabled

from attain.organisations.jobs.leases import Lease
from attain.organisations.jobs.models import Job, JobStep
from attain.organisations.models import Member


@dataclass(frozen=True)
class Progress:
    """How much is done of how much, and a word on it."""

    done: int
    total: int
    text: str = ""


@dataclass(frozen=True)
class Running:
    """The job that this process does: its lease, whose it is now, and how progress is written."""

    lease: Lease
    member: Member | None
    report: Callable[[Progress], None]


_RUNNING: ContextVar[Running | None] = ContextVar("running", default=None)


@contextmanager
def running(job: Running) -> Iterator[None]:
    """Make a job the one that tasks speak of."""
    token = _RUNNING.set(job)
    try:
        yield
    finally:
        _RUNNING.reset(token)


def current_job() -> Job | None:
    """Return the job that this process does, None outside of one."""
    now = _RUNNING.get()
    return now.lease.job if now else None


def current_member() -> Member | None:
    """Return who asked for the job, with the roles that they hold now; None for attain itself."""
    now = _RUNNING.get()
    return now.member if now else None


def progress(done: int, total: int, text: str = "") -> None:
    """Show how far the job is. LeaseLostError where it was given to somebody else.

    On SQLite, what is told while a transaction is open shows when it ends.
    """
    now = _RUNNING.get()
    if now:
        now.report(Progress(done, total, text))


@contextmanager
def step(name: str) -> Iterator[bool]:
    """Do a part of the job in one transaction, once for all: no where it is done already.

    with running.step("rows 1 to 1000") as due:
        if due:
            ...

    A worker that lost the job meanwhile is refused before it writes anything, and nobody else gets
    the job while the transaction is open.
    """
    now = _RUNNING.get()
    with transaction.atomic():
        if now is None:
            yield True
            return
        now.lease.demand()
        with scopes_disabled():
            _, due = JobStep.objects.get_or_create(job=now.lease.job, name=name)
        yield due
        now.lease.show_life()
