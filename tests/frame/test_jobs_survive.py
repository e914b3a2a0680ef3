"""A job ends as if nothing had happened, whatever becomes of the worker that does it."""

import os
import signal
import time

import pytest
from django_scopes import scopes_disabled
from django_tasks.base import TaskResultStatus

from attain.organisations.jobs.actions import enqueue
from attain.organisations.jobs.leases import MOST_LOSSES
from attain.organisations.jobs.models import Job, Worker
from attain.organisations.models import Region
from attain.organisations.rules import Role
from estate import Estate, make_estate
from frame import job_tasks
from frame.processes import beside, kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = ("-m", "frame.run_worker")


@pytest.fixture
def estate() -> Estate:
    return make_estate()


def ask(estate: Estate, task: object, **arguments: object) -> Job:
    lead = estate.member(Role.PROGRAMME_LEAD)
    return enqueue(
        task,  # type: ignore[arg-type]
        by=lead,
        organisation=estate.organisation,
        title="To be done",
        **arguments,
    )


def now(job: Job) -> Job:
    with scopes_disabled():
        return Job.objects.select_related("result").get(pk=job.pk)


def made() -> list[str]:
    with scopes_disabled():
        found = Region.objects.filter(key__startswith="made").order_by("key")
        return list(found.values_list("key", flat=True))


def test_a_job_whose_worker_is_killed_ends_as_if_nothing_had_happened(estate: Estate) -> None:
    job = ask(estate, job_tasks.make_regions, count=12, pause=0.1)
    with beside(*WORKER) as first:
        wait_until(lambda: len(made()) >= 3)
        kill(first)
    assert now(job).status == TaskResultStatus.RUNNING
    assert len(made()) < 12
    with beside(*WORKER):
        wait_until(lambda: now(job).is_over)
    ended = now(job)
    assert ended.status == TaskResultStatus.SUCCESSFUL
    assert made() == [f"made-{number:03}" for number in range(12)]
    assert (ended.attempt, ended.losses, ended.percent, ended.worker) == (2, 1, 100, None)


def test_a_paused_worker_that_comes_back_writes_nothing_more(estate: Estate) -> None:
    job = ask(estate, job_tasks.make_regions, count=30, pause=0.1)
    with beside(*WORKER) as paused:
        wait_until(lambda: len(made()) >= 3)
        os.kill(paused.pid, signal.SIGSTOP)
        before = len(made())
        with beside(*WORKER):
            wait_until(lambda: len(made()) >= before + 2)
            os.kill(paused.pid, signal.SIGCONT)
            wait_until(lambda: now(job).is_over)
            ended = now(job)
            assert ended.status == TaskResultStatus.SUCCESSFUL
            assert ended.attempt == 2
            assert made() == [f"made-{number:03}" for number in range(30)]
            # It has noticed, and takes the next job like any other.
            following = [ask(estate, job_tasks.make_one_region, key=f"next-{n}") for n in range(20)]
            wait_until(lambda: all(now(one).is_over for one in following))
        assert {now(one).status for one in following} == {TaskResultStatus.SUCCESSFUL}
        assert paused.poll() is None


def test_two_workers_do_each_job_once(estate: Estate) -> None:
    jobs = [ask(estate, job_tasks.make_one_region, key=f"made-{n:03}") for n in range(40)]
    with beside(*WORKER), beside(*WORKER):
        wait_until(lambda: all(now(job).is_over for job in jobs))
        workers = {row for job in jobs for row in now(job).result.worker_ids}
    assert {now(job).status for job in jobs} == {TaskResultStatus.SUCCESSFUL}
    assert {now(job).attempt for job in jobs} == {1}
    assert len(workers) == 2
    assert len(made()) == 40


def test_a_job_that_kills_its_workers_is_parked_where_everybody_sees_it(estate: Estate) -> None:
    poison = ask(estate, job_tasks.kill_the_worker)
    for _ in range(MOST_LOSSES):
        begun = now(poison).attempt
        with beside(*WORKER) as worker:
            wait_until(lambda begun=begun: now(poison).attempt > begun)  # type: ignore[misc]
            worker.wait(timeout=30)
    with beside(*WORKER):
        wait_until(lambda: now(poison).is_over)
        after = ask(estate, job_tasks.make_one_region, key="made-after")
        wait_until(lambda: now(after).is_over)
    parked = now(poison)
    assert parked.status == TaskResultStatus.FAILED
    assert (parked.attempt, parked.losses) == (MOST_LOSSES, MOST_LOSSES)
    assert "was lost" in parked.problem
    assert made() == ["made-after"]


def test_a_worker_that_is_told_to_end_gives_its_job_back_at_once(estate: Estate) -> None:
    job = ask(estate, job_tasks.make_regions, count=12, pause=0.2)
    with beside(*WORKER) as worker:
        wait_until(lambda: len(made()) >= 2)
        kill(worker, signal.SIGTERM)
        assert worker.returncode == 0
    given_back = now(job)
    assert given_back.status == TaskResultStatus.READY
    assert (given_back.attempt, given_back.losses, given_back.worker) == (1, 0, None)
    assert not Worker.objects.exists()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_told_to_end_while_the_database_answers_gives_its_job_back(
    estate: Estate, told: signal.Signals
) -> None:
    job = ask(estate, job_tasks.ask_the_database_at_length)
    with beside(*WORKER) as worker:
        wait_until(lambda: made() == ["made-begun"])
        time.sleep(0.3)
        kill(worker, told)
        assert worker.returncode == 0
    assert now(job).status == TaskResultStatus.READY
    assert (now(job).losses, now(job).worker) == (0, None)
    assert not Worker.objects.exists()


def test_the_command_does_jobs_until_it_is_interrupted(estate: Estate) -> None:
    job = ask(estate, job_tasks.make_regions, count=3)
    with beside("-m", "attain", "worker") as worker:
        wait_until(lambda: now(job).is_over)
        kill(worker, signal.SIGINT)
        assert worker.returncode == 0
    assert len(made()) == 3
