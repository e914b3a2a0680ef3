"""What is wrong with an installation at work is noticed, and said with what to do."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import write_deltalake
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone
from django_scopes import scopes_disabled
from django_tasks_db.models import DBTaskResult

from attain.organisations import triggers
from attain.organisations.actions import audit
from attain.organisations.jobs import leases
from attain.organisations.jobs.actions import enqueue
from attain.organisations.jobs.models import Worker
from attain.organisations.jobs.worker import beat, new_worker, work_off
from attain.organisations.models import AuditEntry
from attain.organisations.rules import Role
from attain.performance.queries.volumes import lake_of
from attain.website import health_at_work, migrating
from attain.website.health import State
from estate import Estate, make_estate
from frame import job_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything_is_found() -> Iterator[None]:
    with scopes_disabled():
        yield


@pytest.fixture
def estate() -> Estate:
    return make_estate()


def test_a_lake_that_lost_a_file_is_noticed(
    estate: Estate, settings: LazySettings, tmp_path: Path
) -> None:
    settings.LAKE = tmp_path
    assert health_at_work.lakes().found == "0 organisations with intervals"
    table = lake_of("northwind")
    write_deltalake(table, pa.table({"offered": [1, 2, 3]}))
    assert health_at_work.lakes().found == "1 organisations with intervals"
    next(table.glob("*.parquet")).unlink()
    lost = health_at_work.lakes()
    assert (lost.state, lost.advice) == (State.FAILED, "Restore a backup.")
    assert health_at_work.lakes("southwind").state is State.OK


def test_a_trail_without_its_guard_is_noticed_and_migrating_brings_it_back(
    estate: Estate,
) -> None:
    assert health_at_work.guard().state is State.OK
    triggers.remove(connection)
    assert health_at_work.guard().state is State.FAILED
    (_, again) = migrating.migrate()
    assert "The audit trail is guarded again" in again
    assert health_at_work.guard().state is State.OK


def test_a_trail_that_was_changed_at_its_end_is_noticed(estate: Estate) -> None:
    audit.record(by=estate.member(Role.ADMINISTRATOR), action="a.b", kind="c", key="d")
    assert health_at_work.tails().state is State.OK
    triggers.remove(connection)
    AuditEntry.objects.update(action="a.c")
    triggers.install(connection)
    assert health_at_work.tails().advice == "Run: attain audit verify"


def test_workers_count_while_they_beat(estate: Estate) -> None:
    assert health_at_work.workers().state is State.WARNING
    worker = new_worker()
    beat(worker)
    assert (health_at_work.workers().state, health_at_work.workers().found) == (
        State.OK,
        "1 at work",
    )
    Worker.objects.update(beat_at=timezone.now() - timedelta(minutes=2))
    assert health_at_work.workers().state is State.WARNING


def test_jobs_that_wait_for_long_or_have_failed_are_noticed(estate: Estate) -> None:
    assert health_at_work.jobs().state is State.OK
    enqueue(job_tasks.make_regions, by=None, organisation=None, title="x", count=1)
    assert health_at_work.jobs().state is State.OK
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=20))
    assert health_at_work.jobs().found.startswith("1 wait, 1 of them")
    assert health_at_work.jobs().state is State.WARNING
    DBTaskResult.objects.all().delete()
    enqueue(job_tasks.raise_an_error, by=None, organisation=None, title="x")
    for _ in range(leases.MOST_LOSSES):
        work_off(leases.Pace(patience=0))
    assert health_at_work.jobs().found == "0 wait, 0 of them for over 15 minutes; 1 have failed"


def test_a_mail_server_that_does_not_answer_is_noticed(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        found = health_at_work.mail()
    assert found.state is State.FAILED
    assert "ATTAIN_MAIL_URL" in found.advice
