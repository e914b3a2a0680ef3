"""Reviews of an application: open, interview, finish."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.certification import forms
from attain.certification.actions import reviews
from attain.certification.queries.finding import find_application, find_review
from attain.certification.views.common import permissions
from attain.organisations.pages import MemberRequest, address, form_page, get_or_post, now_and_today
from attain.organisations.queries import who_may
from attain.organisations.rules import Permission


@get_or_post
def open_one(request: MemberRequest, application: UUID) -> HttpResponse:
    """Open a review of an application."""
    found = find_application(request.member, application, Permission.REVIEW)
    now, today = now_and_today(request)
    initial = {"version": found.version, "assessor": request.member, "on": today}
    assessors = who_may(Permission.REVIEW, found.centre)
    form = forms.ReviewForm(request.POST or None, initial=initial, assessors=assessors)

    def act(said: dict[str, Any]) -> str:
        reviews.open_review(by=request.member, application=found, now=now, **said)
        return _("The review is open.")

    return form_page(
        request,
        form,
        act,
        then=address(request, "certification-application", application=found.uuid),
        title=_("Open a review of %s") % found.centre,
        about=_("Whoever assesses does not decide."),
        submit=_("Open the review"),
    )


@require_GET
def show(request: MemberRequest, review: UUID) -> HttpResponse:
    """Show a review with its interviews."""
    found = find_review(request.member, review)
    context = {
        **permissions(request.member, found.application.centre),
        "review": found,
        "centre": found.application.centre,
        "answers": found.answers.select_related("recorded_by__account"),
        "is_mine": found.assessor_id == request.member.pk,
    }
    return render(request, "certification/review.html", context)


@get_or_post
def answer(request: MemberRequest, review: UUID) -> HttpResponse:
    """Record what somebody answered in an interview."""
    found = find_review(request.member, review, Permission.REVIEW)
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        reviews.record_answer(by=request.member, review=found, now=now, **said)
        return _("The answer is recorded.")

    return form_page(
        request,
        forms.AnswerForm(request.POST or None),
        act,
        then=address(request, "certification-review", review=found.uuid),
        title=_("Record an answer"),
        about=_("What was recorded is not changed afterwards."),
        submit=_("Record the answer"),
    )


@get_or_post
def finish(request: MemberRequest, review: UUID) -> HttpResponse:
    """Say what a review came to."""
    found = find_review(request.member, review, Permission.REVIEW)
    now, _today = now_and_today(request)
    form = forms.FinishReviewForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        reviews.finish_review(by=request.member, review=found, now=now, **said)
        return _("The review is finished.")

    return form_page(
        request,
        form,
        act,
        then=address(request, "certification-review", review=found.uuid),
        title=_("Finish the review"),
        about=_("The result stands for good. Another review can be opened to look again."),
        submit=_("Finish the review"),
    )
