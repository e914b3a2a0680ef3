"""What a job is while it waits, what it may do, and how it fails."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.jobs import leases, queries, schedules
from attain.organisations.jobs.actions import enqueue, try_again
from attain.organisations.jobs.errors import LeaseLostError
from attain.organisations.jobs.models import DueTime, Job, JobStep, Worker
from attain.organisations.jobs.running import Running, progress, running, step
from attain.organisations.jobs.worker import beat, new_worker, work_off
from attain.organisations.models import AuditEntry, Member, Region
from attain.organisations.rules import Role
from estate import Estate, make_estate
from frame import job_tasks

pytestmark = pytest.mark.django_db
EAGER = leases.Pace(patience=0)


@pytest.fixture(autouse=True)
def _everything_is_found() -> Any:
    with scopes_disabled():
        yield


@pytest.fixture
def estate() -> Estate:
    return make_estate()


def ask(estate: Estate, task: Any, role: Role = Role.PROGRAMME_LEAD, **arguments: Any) -> Job:
    return enqueue(
        task,
        by=estate.member(role),
        organisation=estate.organisation,
        title="To be done",
        **arguments,
    )


def now(job: Job) -> Job:
    return Job.objects.select_related("result").get(pk=job.pk)


def known_worker() -> Worker:
    worker = new_worker()
    beat(worker)
    return Worker.objects.get(pk=worker.pk)


def test_what_was_asked_for_in_vain_leaves_nothing(estate: Estate) -> None:
    with transaction.atomic():
        ask(estate, job_tasks.make_regions, count=3)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert work_off() == 0


def test_a_job_runs_for_the_member_with_the_roles_held_then(estate: Estate) -> None:
    ask(estate, job_tasks.say_who_asks)
    lead = estate.member(Role.PROGRAMME_LEAD)
    lead.roles.update(role=Role.AUDITOR)
    assert work_off() == 1
    assert Region.objects.get(key="said").name == f"{lead.account.name}: auditor"


@pytest.mark.parametrize("suspended", ["member", "organisation"])
def test_a_job_of_somebody_who_was_suspended_is_not_done(estate: Estate, suspended: str) -> None:
    job = ask(estate, job_tasks.make_regions, count=3)
    row = estate.member(Role.PROGRAMME_LEAD) if suspended == "member" else estate.organisation
    row.suspended_at = timezone.now()
    row.save()
    work_off()
    assert now(job).status == TaskResultStatus.FAILED
    assert not Region.objects.filter(key__startswith="made").exists()


def test_an_unforeseen_error_is_tried_again_later_and_later(estate: Estate) -> None:
    job = ask(estate, job_tasks.raise_an_error)
    pace, waits = leases.Pace(patience=100), []
    for _ in range(leases.MOST_LOSSES - 1):
        work_off(pace)
        assert now(job).status == TaskResultStatus.READY
        waits.append((now(job).result.run_after - timezone.now()).total_seconds())
        assert work_off(pace) == 0
        DBTaskResult.objects.update(run_after=timezone.now())
    assert [round(wait, -1) for wait in waits] == [100, 200, 400, 800]
    work_off(pace)
    assert now(job).status == TaskResultStatus.FAILED
    assert "nobody foresaw this" in now(job).problem
    assert "ZeroDivisionError" in now(job).result.traceback


def test_a_job_that_has_failed_is_tried_again_on_request(estate: Estate) -> None:
    job = ask(estate, job_tasks.make_one_region, key="north")
    for _ in range(leases.MOST_LOSSES):
        work_off(EAGER)
    assert now(job).status == TaskResultStatus.FAILED
    Region.objects.filter(key="north").update(key="moved")
    administrator = estate.member(Role.ADMINISTRATOR)
    try_again(job=now(job), by=administrator)
    assert work_off() == 1
    assert (now(job).status, now(job).problem) == (TaskResultStatus.SUCCESSFUL, "")
    told = AuditEntry.objects.get(action="organisations.try_job_again")
    assert (told.actor, told.object_key) == (str(administrator.uuid), str(job.uuid))
    with pytest.raises(RefusedActionError):
        try_again(job=now(job), by=administrator)


def test_a_lease_that_was_taken_over_writes_nothing(estate: Estate) -> None:
    job = ask(estate, job_tasks.make_regions, count=3)
    first = leases.take_next(known_worker())
    assert first is not None
    assert [j.pk for j in leases.take_from(first.worker, EAGER)] == [job.pk]
    second = leases.take_next(known_worker())
    assert second is not None
    assert second.attempt == 2
    paused = running(Running(first, None, lambda _told: None))
    with paused, pytest.raises(LeaseLostError), step("too late"):
        Region.objects.create(organisation=estate.organisation, key="late", name="Late")
    for ending in (leases.finish, leases.give_back):
        with pytest.raises(LeaseLostError):
            ending(first)
    assert not JobStep.objects.exists()
    assert not Region.objects.filter(key="late").exists()
    leases.finish(second)
    assert now(job).status == TaskResultStatus.SUCCESSFUL


def test_the_same_worker_with_an_older_lease_is_refused_too(estate: Estate) -> None:
    ask(estate, job_tasks.make_regions, count=3)
    worker = known_worker()
    first = leases.take_next(worker)
    leases.take_from(worker, EAGER)
    second = leases.take_next(worker)
    assert first is not None
    assert second is not None
    with pytest.raises(LeaseLostError), transaction.atomic():
        first.demand()
    with transaction.atomic():
        second.demand()


def test_a_worker_that_beats_keeps_its_job_and_a_silent_one_loses_it(estate: Estate) -> None:
    job = ask(estate, job_tasks.make_regions, count=3)
    worker = known_worker()
    assert leases.take_next(worker)
    assert leases.reap(leases.Pace(silence=60)) == []
    Worker.objects.update(beat_at=timezone.now() - timedelta(seconds=61))
    assert [j.pk for j in leases.reap(leases.Pace(silence=60))] == [job.pk]
    assert now(job).status == TaskResultStatus.READY
    assert not Worker.objects.exists()


def test_a_step_that_took_long_ends_with_a_beat(estate: Estate) -> None:
    ask(estate, job_tasks.make_regions, count=3)
    lease = leases.take_next(known_worker())
    assert lease is not None
    with running(Running(lease, None, lambda _told: None)), step("long") as due:
        assert due
        Worker.objects.update(beat_at=timezone.now() - timedelta(seconds=61))
    assert leases.reap(leases.Pace(silence=60)) == []


def test_progress_and_steps_outside_a_job_are_nobodys_burden(estate: Estate) -> None:
    progress(1, 2)
    with step("anything") as due:
        assert due
    assert not JobStep.objects.exists()


def test_who_started_a_job_sees_it_and_so_does_who_leads(estate: Estate) -> None:
    job = ask(estate, job_tasks.make_regions, Role.SITE_LEAD, count=1)
    elsewhere = make_estate("southwind")
    seen = {role for role, member in estate.members.items() if sees(member, job)}
    assert seen == {Role.SITE_LEAD, Role.PROGRAMME_LEAD, Role.ADMINISTRATOR}
    with pytest.raises(UnknownError):
        find(elsewhere.member(Role.ADMINISTRATOR), job)


def find(member: Member, job: Job) -> Job:
    with scope(organisation=member.organisation):
        return queries.find_job(member, job.uuid)


def sees(member: Member, job: Job) -> bool:
    try:
        return find(member, job) == job
    except UnknownError:
        return False


def test_what_is_due_is_done_once_even_where_no_worker_ran_for_days(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedules, "_REGISTERED", {})
    schedules.register("day", "The day", job_tasks.mark_the_day, schedules.daily(2))
    begin = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert schedules.enqueue_due(begin) == []
    assert schedules.enqueue_due(begin + timedelta(hours=13)) == []
    assert schedules.enqueue_due(begin + timedelta(days=3, hours=15)) == ["day"]
    assert schedules.enqueue_due(begin + timedelta(days=3, hours=15)) == []
    assert DueTime.objects.get().due_at == datetime(2026, 3, 6, 2, tzinfo=UTC)
    assert Job.objects.get().organisation is None
    assert work_off() == 1
    assert Job.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_a_month_is_due_on_its_day() -> None:
    rule = schedules.monthly(28, 3)
    first = rule(datetime(2026, 1, 31, tzinfo=UTC))
    assert first == datetime(2026, 2, 28, 3, tzinfo=UTC)
    assert rule(first) == datetime(2026, 3, 28, 3, tzinfo=UTC)
    assert schedules.monthly()(datetime(2026, 12, 1, 3, tzinfo=UTC)) == datetime(
        2027, 1, 1, 3, tzinfo=UTC
    )
