"""Corrective actions: answer, milestones, evidence, re-test."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.certification import forms
from attain.certification.actions import corrective as actions
from attain.certification.models import CorrectiveAction
from attain.certification.queries.corrective import corrective_page, corrective_seen
from attain.certification.queries.finding import find_certificate, find_corrective, find_milestone
from attain.certification.queries.verdicts import language_of, titled, titles
from attain.certification.views.common import permissions
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.pages import MemberRequest, address, form_page, get_or_post, now_and_today
from attain.organisations.queries import demand_somewhere, who_may
from attain.organisations.rules import Permission


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the corrective actions of the centres that a member may see."""
    demand_somewhere(request.member, Permission.READ_CERTIFICATION)
    _now, today = now_and_today(request)
    rows = [
        (row, due, titles(row.certificate.scheme, row.failed), language_of(row.certificate.scheme))
        for row, due in corrective_seen(request.member, today)
    ]
    return render(request, "certification/corrective_actions.html", {"rows": rows})


@require_GET
def show(request: MemberRequest, corrective: UUID) -> HttpResponse:
    """Show a corrective action with its milestones, evidence and re-tests."""
    found = find_corrective(request.member, corrective)
    _now, today = now_and_today(request)
    context = {**corrective_page(found, today), **permissions(request.member, found.centre)}
    return render(request, "certification/corrective_action.html", context)


@require_POST
def raise_one(request: MemberRequest, number: str) -> HttpResponse:
    """Raise a corrective action on what the last watch of a certificate found lacking."""
    found = find_certificate(request.member, number, Permission.REVIEW)
    now, _today = now_and_today(request)
    watch = found.watches.order_by("-month").first()
    if watch is None:
        raise UnknownError
    raised = actions.raise_corrective_action(by=request.member, watch=watch, now=now)
    return redirect(_page(request, raised))


@get_or_post
def assign(request: MemberRequest, corrective: UUID) -> HttpResponse:
    """Say who sees to a corrective action."""
    found = find_corrective(request.member, corrective, Permission.APPLY)
    now, _today = now_and_today(request)
    initial = {"version": found.version, "owner": found.owner}
    owners = who_may(Permission.APPLY, found.centre)
    form = forms.OwnerForm(request.POST or None, initial=initial, owners=owners)

    def act(said: dict[str, Any]) -> str:
        actions.assign_corrective_action(by=request.member, corrective=found, now=now, **said)
        return _("The corrective action has an owner.")

    title = _("Who sees to it?")
    return form_page(request, form, act, then=_page(request, found), title=title)


@get_or_post
def answer(request: MemberRequest, corrective: UUID) -> HttpResponse:
    """Answer a corrective action."""
    found = find_corrective(request.member, corrective, Permission.APPLY)
    now, _today = now_and_today(request)
    initial = {"version": found.version, "cause": found.cause, "answer": found.answer}
    form = forms.CorrectiveAnswerForm(request.POST or None, initial=initial)

    def act(said: dict[str, Any]) -> str:
        actions.answer_corrective_action(by=request.member, corrective=found, now=now, **said)
        return _("The answer is given. An assessor re-tests what had failed.")

    title = _("Answer the corrective action")
    return form_page(request, form, act, then=_page(request, found), title=title)


@get_or_post
def add_milestone(request: MemberRequest, corrective: UUID) -> HttpResponse:
    """Add a milestone."""
    found = find_corrective(request.member, corrective, Permission.APPLY)
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        actions.add_milestone(by=request.member, corrective=found, now=now, **said)
        return _("The milestone is added.")

    form = forms.MilestoneForm(request.POST or None)
    title = _("Add a milestone")
    return form_page(request, form, act, then=_page(request, found), title=title)


@require_POST
def finish_milestone(request: MemberRequest, corrective: UUID, milestone: UUID) -> HttpResponse:
    """Say that a milestone is done."""
    found = find_corrective(request.member, corrective, Permission.APPLY)
    now, _today = now_and_today(request)
    form = forms.SubmitForm(request.POST)
    if not form.is_valid():
        raise RefusedActionError(_("The page is out of date. Open it again."))
    actions.finish_milestone(
        by=request.member,
        milestone=find_milestone(found, milestone),
        seen=form.cleaned_data["seen"],
        now=now,
    )
    return redirect(_page(request, found))


@get_or_post
def add_evidence(request: MemberRequest, corrective: UUID) -> HttpResponse:
    """Add a file as evidence."""
    found = find_corrective(request.member, corrective, Permission.APPLY)
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        name = said["file"].name
        actions.add_evidence(by=request.member, corrective=found, name=name, now=now, **said)
        return _("The file is kept under its hash, and is never replaced.")

    form = forms.EvidenceForm(request.POST or None, request.FILES or None)
    title = _("Add evidence")
    return form_page(request, form, act, then=_page(request, found), title=title)


@get_or_post
def retest(request: MemberRequest, corrective: UUID) -> HttpResponse:
    """Re-test exactly what had failed."""
    found = find_corrective(request.member, corrective, Permission.REVIEW)
    now, today = now_and_today(request)
    initial = {"version": found.version, "as_of": today}
    form = forms.RetestForm(request.POST or None, initial=initial)

    failed = titled(found.certificate.scheme, found.failed)

    def act(said: dict[str, Any]) -> str:
        test = actions.retest(by=request.member, corrective=found, now=now, **said)
        if test.held:
            return _("Everything that had failed holds. The corrective action is verified.")
        return _("Something fails still. The corrective action is raised again.")

    return form_page(
        request,
        form,
        act,
        then=_page(request, found),
        title=_("Re-test what had failed"),
        about=_("Exactly these are judged anew: %s.") % "; ".join(failed),
        submit=_("Re-test"),
    )


def _page(request: MemberRequest, corrective: CorrectiveAction) -> str:
    return address(request, "certification-corrective", corrective=corrective.uuid)
