"""Jobs and answers that are long over are forgotten, and nothing that may still be asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_scopes import scopes_disabled
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from attain.organisations.actions import answered
from attain.organisations.jobs import schedules
from attain.organisations.jobs.actions import enqueue, prune
from attain.organisations.jobs.models import Job, JobStep
from attain.organisations.models import AnsweredRequest
from attain.organisations.rules import Role
from attain.organisations.tasks import forget_what_is_over
from estate import Estate, make_estate
from frame.job_tasks import make_regions
from programs import Program

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DONE, FAILED = TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED


@pytest.fixture
def estate() -> Any:
    made = make_estate()
    with scopes_disabled():
        yield made


def job(estate: Estate, title: str, status: TaskResultStatus, ended: timedelta | None) -> None:
    by = estate.member(Role.SITE_LEAD)
    made = enqueue(make_regions, by=by, organisation=estate.organisation, title=title, count=1)
    JobStep.objects.create(job=made, name="first")
    at = NOW - ended if ended is not None else None
    DBTaskResult.objects.filter(pk=made.result_id).update(status=status, finished_at=at)


def test_jobs_that_were_done_a_month_ago_are_forgotten_and_failed_ones_later(
    estate: Estate,
) -> None:
    days = timedelta(days=1)
    job(estate, "done long ago", DONE, 31 * days)
    job(estate, "done lately", DONE, 29 * days)
    job(estate, "failed some time ago", FAILED, 179 * days)
    job(estate, "failed long ago", FAILED, 181 * days)
    job(estate, "waits", TaskResultStatus.READY, None)
    job(estate, "runs", TaskResultStatus.RUNNING, None)
    assert prune(NOW) == 2
    left = set(Job.objects.values_list("title", flat=True))
    assert left == {"done lately", "failed some time ago", "waits", "runs"}
    assert JobStep.objects.count() == DBTaskResult.objects.count() == 4
    assert prune(NOW) == 0


def test_an_answer_is_given_again_for_a_month(estate: Estate) -> None:
    program = Program(estate.member(Role.ADMINISTRATOR))
    said = {"key": "west", "name": "West"}
    key = {"Idempotency-Key": "k"}
    assert program.ask("POST", "/regions", said, **key).status_code == 201
    assert answered.prune(datetime.now(UTC) + timedelta(days=29)) == 0
    assert program.ask("POST", "/regions", said, **key).status_code == 201
    assert answered.prune(datetime.now(UTC) + timedelta(days=31)) == 1
    assert program.ask("POST", "/regions", said, **key).status_code == 422
    AnsweredRequest.objects.get()


def test_it_happens_each_night(estate: Estate) -> None:
    job(estate, "done long ago", DONE, timedelta(days=400))
    [found] = [each for each in schedules.registered() if each.name == "organisations.prune"]
    assert found.next_after(NOW) - NOW <= timedelta(days=1)
    forget_what_is_over.call()
    assert not Job.objects.exists()
