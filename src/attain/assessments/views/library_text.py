"""The text of a draft: changed as text, published, withdrawn."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attain.assessments import forms_library as forms
from attain.assessments.actions.editions import change_draft, publish, withdraw
from attain.assessments.models import ModelEdition
from attain.assessments.queries.editions import find_edition, model_of
from attain.assessments.queries.library import edition_before, shelved
from attain.assessments.rules.editions import lost_items
from attain.assessments.views.library_common import (
    WRITE,
    about,
    edition_page,
    form_page,
)
from attain.assessments.views.library_faults import text_with_faults
from attain.measurement.faults import RefusedError
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import MemberRequest, get_or_post
from attain.organisations.versions import SeenForm


@get_or_post
def edit_text(request: MemberRequest, edition: UUID) -> HttpResponse:
    """Change a draft as text: nothing is kept of one that has faults, and all of it is shown."""
    row = find_edition(request.member, edition, WRITE)
    if request.method != "POST":
        return _text_page(request, row, {"text": row.text, "version": row.version}, 200)
    form = forms.TextForm(request.POST)
    if not form.is_valid():
        typed = {"text": request.POST.get("text", ""), "version": row.version}
        refusal = _("Nothing was sent that can be kept.")
        return _text_page(request, row, {**typed, "refusal": refusal}, 422)
    return _changed(request, row, form.cleaned_data)


def _changed(request: MemberRequest, row: ModelEdition, said: dict[str, Any]) -> HttpResponse:
    text, seen = said["text"], said["version"]
    typed = {"text": text, "version": seen}
    try:
        change_draft(by=request.member, edition=row, seen=seen, text=text, now=datetime.now(UTC))
    except RefusedError as refusal:
        shown = text_with_faults(text, refusal.faults)
        return _text_page(request, row, {**typed, **shown}, 422)
    except RefusedActionError as refusal:
        return _text_page(request, row, {**typed, "refusal": refusal}, 422)
    except ChangedMeanwhileError as refusal:
        there = ModelEdition.objects.get(pk=row.pk)
        conflict = {"theirs": refusal.theirs["text"], "version": there.version}
        return _text_page(request, row, {**typed, **conflict}, 409)
    messages.success(request, _("The text is kept."))
    return redirect(edition_page(request, row))


def _text_page(
    request: MemberRequest, row: ModelEdition, said: dict[str, Any], status: int
) -> HttpResponse:
    context = {**about(shelved(row)), **said}
    return render(request, "assessments/library_text.html", context, status=status)


@get_or_post
def publish_model(request: MemberRequest, edition: UUID) -> HttpResponse:
    """Publish a draft for good."""
    row = find_edition(request.member, edition, WRITE)
    form = SeenForm(request.POST or None, initial={"version": row.version})

    def act(said: dict[str, Any]) -> str:
        seen = said["version"]
        publish(by=request.member, edition=row, seen=seen, now=datetime.now(UTC))
        return _("The model is published. It may be assessed with.")

    return form_page(
        request,
        form,
        act,
        then=edition_page(request, row),
        found=shelved(row),
        title=_("Publish %(model)s") % {"model": row},
        explained=_(
            "Nobody changes its text from then on. What has to change becomes the next edition."
        ),
        lost=_lost(row),
        submit=_("Publish"),
    )


def _lost(row: ModelEdition) -> list[str]:
    before = edition_before(row)
    return lost_items(model_of(before), model_of(row)) if before else []


@get_or_post
def withdraw_model(request: MemberRequest, edition: UUID) -> HttpResponse:
    """Withdraw a published edition."""
    row = find_edition(request.member, edition, WRITE)
    form = SeenForm(request.POST or None, initial={"version": row.version})

    def act(said: dict[str, Any]) -> str:
        seen = said["version"]
        withdraw(by=request.member, edition=row, seen=seen, now=datetime.now(UTC))
        return _("The model is withdrawn.")

    return form_page(
        request,
        form,
        act,
        then=edition_page(request, row),
        found=shelved(row),
        title=_("Withdraw %(model)s") % {"model": row},
        explained=_(
            "No further assessment is opened with it. What was assessed with it stays as it is. "
            "It cannot be published again."
        ),
        submit=_("Withdraw"),
        danger=True,
    )
