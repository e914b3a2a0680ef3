"""Finding the jobs that a member may see: their own, and all where they lead the organisation."""

from uuid import UUID

from django.db.models import QuerySet

from attain.organisations.errors import UnknownError
from attain.organisations.jobs.models import Job
from attain.organisations.models import Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission


def visible_jobs(member: Member) -> QuerySet[Job]:
    """Return the jobs that a member may see, the latest first."""
    jobs = Job.objects.select_related("result", "by__account")
    return jobs if may(member, Permission.CHANGE_STRUCTURE) else jobs.filter(by=member)


def find_job(member: Member, uuid: UUID) -> Job:
    """Return a job that a member may see; UnknownError where there is none."""
    job = visible_jobs(member).filter(uuid=uuid).first()
    if job is None:
        raise UnknownError
    return job
