"""The API of long work: what waits, runs, is done or has failed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema

from attain.organisations.api_parts import Listed, PageAsked, answers, listed, member_of
from attain.organisations.jobs import actions, queries
from attain.organisations.jobs.models import Job

router = Router(tags=["jobs"])


class JobOut(Schema):
    """A piece of work, who asked for it, how far it is, and what went wrong."""

    uuid: UUID
    title: str
    state: str
    by: str | None
    asked_at: datetime
    finished_at: datetime | None
    done: int
    total: int
    percent: int | None
    text: str
    problem: str

    @staticmethod
    def resolve_by(job: Job) -> str | None:
        """Return the name of who asked for it."""
        return job.by.account.name if job.by else None

    @staticmethod
    def resolve_asked_at(job: Job) -> datetime:
        """Return when it was asked for."""
        return job.result.enqueued_at

    @staticmethod
    def resolve_finished_at(job: Job) -> datetime | None:
        """Return when it ended."""
        return job.result.finished_at


@router.get("/jobs", response=answers((200, Listed[JobOut])))
def index(request: HttpRequest, asked: Query[PageAsked]) -> Any:
    """List the member's own jobs, or all where they lead the organisation; the latest first."""
    return listed(queries.visible_jobs(member_of(request)), asked)


@router.get("/jobs/{job}", response=answers((200, JobOut)))
def one(request: HttpRequest, job: Path[UUID]) -> Any:
    """Return a job with its progress."""
    return queries.find_job(member_of(request), job)


@router.post("/jobs/{job}/try-again", response=answers((200, JobOut)))
def try_again(request: HttpRequest, job: Path[UUID]) -> Any:
    """Put a job that has failed back into the queue."""
    member = member_of(request)
    actions.try_again(job=queries.find_job(member, job), by=member)
    return queries.find_job(member, job)
