"""The pages of long work and of the installation: who sees what, and what may be done there."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from attain.organisations.jobs import leases
from attain.organisations.jobs.actions import enqueue
from attain.organisations.jobs.models import Job
from attain.organisations.jobs.worker import work_off
from attain.organisations.models import Member
from attain.organisations.rules import Role
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


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


def ask(estate: Estate, task: object = job_tasks.make_regions, **arguments: object) -> Job:
    return enqueue(
        task,  # type: ignore[arg-type]
        by=estate.member(Role.SITE_LEAD),
        organisation=estate.organisation,
        title="Importing <March>",
        **arguments,
    )


def test_a_job_is_seen_by_who_started_it_and_by_leads_alone(estate: Estate) -> None:
    job, stranger = ask(estate, count=2), make_estate("southwind").member(Role.ADMINISTRATOR)
    address = f"/o/northwind/jobs/{job.uuid}/"
    answers = {
        role: client_of(member).get(address).status_code for role, member in estate.members.items()
    }
    seeing = {Role.SITE_LEAD, Role.PROGRAMME_LEAD, Role.ADMINISTRATOR}
    assert {role for role, status in answers.items() if status == 200} == seeing
    assert {status for role, status in answers.items() if role not in seeing} == {404}
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(stranger).get(f"/o/southwind/jobs/{job.uuid}/").status_code == 404
    assert Client().get(address).status_code == 302


def test_the_list_shows_a_member_their_own_jobs(estate: Estate) -> None:
    ask(estate, count=2)
    mine = client_of(estate.member(Role.SITE_LEAD)).get("/o/northwind/jobs/").content.decode()
    assert "Importing &lt;March&gt;" in mine
    others = client_of(estate.member(Role.ANALYST)).get("/o/northwind/jobs/").content.decode()
    assert "No long work was asked for yet" in others


def test_the_progress_is_asked_for_again_until_the_job_is_over(estate: Estate) -> None:
    job = ask(estate, count=4)
    client, address = client_of(estate.member(Role.SITE_LEAD)), f"/o/northwind/jobs/{job.uuid}/"
    waiting = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{address}"' in waiting
    assert "<html" not in waiting
    work_off()
    over = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in over
    assert "4 of 4" in over


def test_a_job_that_has_failed_says_why_and_is_tried_again(estate: Estate) -> None:
    job = ask(estate, job_tasks.raise_an_error)
    for _ in range(leases.MOST_LOSSES):
        work_off(leases.Pace(patience=0))
    client, address = client_of(estate.member(Role.SITE_LEAD)), f"/o/northwind/jobs/{job.uuid}/"
    assert "nobody foresaw this" in client.get(address).content.decode()
    assert client.get(f"{address}again/").status_code == 405
    assert client.post(f"{address}again/").status_code == 302
    assert Job.objects.get(pk=job.pk).state == "queued"
    assert client.post(f"{address}again/").status_code == 422


def test_the_health_page_is_for_administrators_and_tells_nothing_of_others(
    estate: Estate,
) -> None:
    make_estate("southwind")
    for role, member in estate.members.items():
        answer = client_of(member).get("/o/northwind/health")
        assert answer.status_code == (200 if role is Role.ADMINISTRATOR else 403), role
        assert "southwind" not in answer.content.decode()
    shown = client_of(estate.member(Role.ADMINISTRATOR)).get("/o/northwind/health")
    assert "the database refuses changes" in shown.content.decode()
    assert "0 at work" in shown.content.decode()
