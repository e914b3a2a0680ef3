"""The pages of long work: what runs, what is done, what has failed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from attain.organisations.jobs import actions, queries
from attain.organisations.pages import MemberRequest

_SHOWN = 100


@require_safe
def jobs(request: MemberRequest) -> HttpResponse:
    """List the latest jobs that a member may see."""
    return render(
        request, "jobs/jobs.html", {"jobs": queries.visible_jobs(request.member)[:_SHOWN]}
    )


@require_safe
def job(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show one job; asked for by htmx, its progress alone."""
    found = queries.find_job(request.member, uuid)
    # The header says who asked: a program of htmx is answered with the part that it puts in place.
    part = request.headers.get("HX-Request") == "true"
    template = "jobs/progress.html" if part else "jobs/job.html"
    return render(request, template, {"job": found})


@require_POST
def try_again(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Put a job that has failed back into the queue."""
    found = queries.find_job(request.member, uuid)
    actions.try_again(job=found, by=request.member)
    return redirect("jobs-job", organisation=request.member.organisation.key, uuid=uuid)
