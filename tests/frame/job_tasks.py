"""Tasks to try workers with. Their effects are regions, whose keys no organisation has twice."""

import os
import signal
import time

from django.db import connection, transaction
from django_tasks import task

from attain.organisations.jobs.running import current_job, current_member, progress, step
from attain.organisations.models import Organisation, Region


def _make_region(key: str) -> None:
    job = current_job()
    assert job is not None
    assert job.organisation is not None
    with transaction.atomic():
        Region.objects.create(organisation=job.organisation, key=key, name=key)


@task()
def make_regions(count: int, pause: float = 0.0) -> None:
    """Make regions, each in a step of its own."""
    for number in range(count):
        with step(f"region {number}") as due:
            if due:
                _make_region(f"made-{number:03}")
        progress(number + 1, count, f"region {number}")
        time.sleep(pause)


@task()
def ask_the_database_at_length() -> None:
    """Ask the database what takes it two seconds, and again."""
    _make_region("made-begun")
    slow = "SELECT pg_sleep(2)" if connection.vendor == "postgresql" else "SELECT 1"
    with connection.cursor() as cursor:
        for _ in range(3000):
            cursor.execute(slow)
            time.sleep(0.01)


@task()
def make_one_region(key: str) -> None:
    """Make a region that would clash if it were made twice."""
    time.sleep(0.02)
    _make_region(key)


@task()
def kill_the_worker() -> None:
    """End the process that works on this."""
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def raise_an_error() -> None:
    """Fail in a way that nobody foresaw."""
    raise ZeroDivisionError("nobody foresaw this")


@task()
def say_who_asks() -> None:
    """Write the name of the member and their roles into the name of a region."""
    member = current_member()
    assert member is not None
    roles = ",".join(sorted(held.role for held in member.roles.all()))
    Region.objects.create(
        organisation=Organisation.objects.get(), key="said", name=f"{member.account.name}: {roles}"
    )


@task()
def mark_the_day() -> None:
    """Come regularly."""
