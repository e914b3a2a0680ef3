"""Milestones, comments and documents of an initiative."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attain.improvement import forms_initiatives as forms
from attain.improvement.actions import documents, progress
from attain.improvement.models import Initiative
from attain.improvement.queries.initiatives import (
    find_document,
    find_milestone,
    find_to_carry_on,
)
from attain.improvement.views.initiative_common import CRUMBS, about, form_page, page_of, seen_of
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import MemberRequest, get_or_post, now_and_today


@get_or_post
def add_milestone(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Add a milestone."""
    found = find_to_carry_on(request.member, initiative)
    now, _today = now_and_today(request)
    form = forms.InitiativeMilestoneForm(request.POST or None, initial={"due_on": found.due_on})

    def act(said: dict[str, Any]) -> str:
        progress.add_milestone(by=request.member, initiative=found, now=now, **said)
        return _("The milestone is added.")

    return form_page(request, form, act, found, title=_("Add a milestone"))


@require_POST
def finish_milestone(
    request: MemberRequest, initiative: UUID, initiative_milestone: UUID
) -> HttpResponse:
    """Say that a milestone is reached."""
    found = find_to_carry_on(request.member, initiative)
    now, _today = now_and_today(request)
    row, seen = find_milestone(found, initiative_milestone), seen_of(request)
    progress.finish_milestone(by=request.member, milestone=row, seen=seen, now=now)
    return redirect(page_of(request, found))


@require_POST
def take_up_milestone(
    request: MemberRequest, initiative: UUID, initiative_milestone: UUID
) -> HttpResponse:
    """Say that a milestone is not reached after all."""
    found = find_to_carry_on(request.member, initiative)
    now, _today = now_and_today(request)
    row, seen = find_milestone(found, initiative_milestone), seen_of(request)
    progress.take_up_milestone(by=request.member, milestone=row, seen=seen, now=now)
    return redirect(page_of(request, found))


@require_POST
def comment(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Say something of an initiative: its owner may, and who plans where it belongs."""
    found = find_to_carry_on(request.member, initiative)
    now, _today = now_and_today(request)
    form = forms.CommentForm(request.POST)
    if not form.is_valid():
        raise RefusedActionError(_("A comment has between 1 and 20,000 characters."))
    text = form.cleaned_data["text"]
    progress.say(by=request.member, initiative=found, text=text, now=now)
    return redirect(f"{page_of(request, found)}#comments")


@get_or_post
def add_document(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Add a document; `way` says whether as a link or as a file."""
    found = find_to_carry_on(request.member, initiative)
    way = request.POST.get("way", "")
    files = request.FILES if way == "file" else None
    ways: dict[str, forms.DocumentLinkForm | forms.DocumentFileForm] = {
        "link": forms.DocumentLinkForm(request.POST if way == "link" else None, auto_id="link-%s")
    }
    if found.centre:
        sent = request.POST if way == "file" else None
        ways["file"] = forms.DocumentFileForm(sent, files, auto_id="file-%s")
    form = ways.get(way)
    if form is not None and form.is_valid() and _added(request, found, way, form):
        return redirect(page_of(request, found))
    context = {**about(found), "ways": ways, "crumbs": CRUMBS}
    status = 422 if request.method == "POST" else 200
    return render(request, "improvement/initiative_document.html", context, status=status)


def _added(
    request: MemberRequest,
    initiative: Initiative,
    way: str,
    form: forms.DocumentLinkForm | forms.DocumentFileForm,
) -> bool:
    now, _today = now_and_today(request)
    given: dict[str, Any] = {"by": request.member, "initiative": initiative, "now": now}
    said = form.cleaned_data
    try:
        if way == "file":
            documents.add_file(**given, name=said["file"].name, **said)
        else:
            documents.add_link(**given, **said)
    except RefusedActionError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The document is added."))
    return True


@require_POST
def withdraw_document(request: MemberRequest, initiative: UUID, document: UUID) -> HttpResponse:
    """Withdraw a document; it stays on record."""
    found = find_to_carry_on(request.member, initiative)
    now, _today = now_and_today(request)
    row, seen = find_document(found, document), seen_of(request)
    documents.withdraw_document(by=request.member, document=row, seen=seen, now=now)
    return redirect(page_of(request, found))
