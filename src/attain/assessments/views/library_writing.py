"""Beginning models: from the template, from a file, or from another model."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attain.assessments import forms_library as forms
from attain.assessments.actions.cloning import clone_as_edition, clone_as_model
from attain.assessments.actions.editions import LONGEST, write_draft
from attain.assessments.models import ModelEdition
from attain.assessments.queries.library import ShelvedModel
from attain.assessments.rules import drafting
from attain.assessments.rules.template import from_template
from attain.assessments.views.library_common import (
    WRITE,
    edition_page,
    find_model,
    form_page,
    page_of,
)
from attain.assessments.views.library_faults import text_with_faults
from attain.measurement.faults import RefusedError
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import MemberRequest, address, get_or_post
from attain.organisations.queries import demand


@get_or_post
def new(request: MemberRequest) -> HttpResponse:
    """Begin a model with the small template."""
    demand(request.member, WRITE)
    made: list[ModelEdition] = []

    def act(said: dict[str, Any]) -> str:
        text = drafting.text_of(from_template(**said))
        made.append(write_draft(by=request.member, text=text, now=datetime.now(UTC)))
        return _("The draft has two categories of two items to begin with. Make it yours.")

    answer = form_page(
        request,
        forms.NewModelForm(request.POST or None),
        act,
        then=address(request, "library"),
        title=_("Write a model"),
        submit=_("Begin"),
    )
    return _leading_to(request, answer, made)


def _leading_to(
    request: MemberRequest, answer: HttpResponse, made: list[ModelEdition]
) -> HttpResponse:
    if made:
        answer.headers["Location"] = edition_page(request, made[0])
    return answer


@get_or_post
def upload(request: MemberRequest) -> HttpResponse:
    """Enter a model from a YAML file as a draft; a text with faults is shown with each of them."""
    demand(request.member, WRITE)
    form = forms.ModelFileForm(request.POST or None, request.FILES or None)
    text = ""
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["file"]
    elif request.method == "POST" and "text" in request.POST:
        # What was uploaded with faults is mended in the page and sent as text.
        text = request.POST["text"].replace("\r\n", "\n")
        form = forms.ModelFileForm()
    if text:
        return _entered(request, form, text)
    context = {"form": form, "back": address(request, "library")}
    status = 422 if form.is_bound or request.method == "POST" else 200
    return render(request, "assessments/library_upload.html", context, status=status)


def _entered(request: MemberRequest, form: forms.ModelFileForm, text: str) -> HttpResponse:
    try:
        draft = write_draft(by=request.member, text=text, now=datetime.now(UTC))
    except RefusedError as refusal:
        return _not_entered(request, form, text_with_faults(text, refusal.faults))
    except RefusedActionError as refusal:
        return _not_entered(request, form, {"text": text[:LONGEST], "refusal": refusal})
    return redirect(edition_page(request, draft))


def _not_entered(
    request: MemberRequest, form: forms.ModelFileForm, said: dict[str, Any]
) -> HttpResponse:
    context = {"form": form, "back": address(request, "library"), **said}
    return render(request, "assessments/library_upload.html", context, status=422)


@get_or_post
def clone(request: MemberRequest, edition: UUID | None = None, key: str = "") -> HttpResponse:
    """Begin a model from another."""
    found = find_model(request, edition, key, WRITE)
    made: list[ModelEdition] = []
    is_draft = found.status == "draft"
    form = forms.CloneForm(
        request.POST or None,
        initial={"title": found.model.title, "as_what": "model" if is_draft else "edition"},
    )

    def act(said: dict[str, Any]) -> str:
        made.append(_cloned(request, found, said))
        return _("The draft is made. Change it, and publish it when it is whole.")

    answer = form_page(
        request,
        form,
        act,
        then=page_of(request, found),
        found=found,
        title=_("Clone %(model)s") % {"model": found.model.title},
        submit=_("Clone"),
    )
    return _leading_to(request, answer, made)


def _cloned(request: MemberRequest, found: ShelvedModel, said: dict[str, Any]) -> ModelEdition:
    further = {"title": said["title"], "edition": said["edition"], "now": datetime.now(UTC)}
    if said["as_what"] == "edition":
        return clone_as_edition(by=request.member, found=found, **further)
    return clone_as_model(by=request.member, found=found, key=said["key"], **further)
