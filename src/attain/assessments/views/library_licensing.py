"""Licensed texts of items that are structure only: what was loaded, and loading a file of them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.assessments.actions.editions import LONGEST
from attain.assessments.actions.licensing import (
    FILE,
    load_into_library_model,
    load_licensed_texts,
)
from attain.assessments.forms_library import ModelFileForm
from attain.assessments.queries.library import ShelvedModel
from attain.assessments.queries.licensing import loaded_for
from attain.assessments.rules import drafting
from attain.assessments.rules.licensing import texts_to_fill
from attain.assessments.views.library import yaml_file
from attain.assessments.views.library_common import WRITE, about, edition_page, find_model, page_of
from attain.assessments.views.library_faults import text_with_faults
from attain.measurement.faults import RefusedError
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import MemberRequest, get_or_post


@get_or_post
def texts(request: MemberRequest, edition: UUID | None = None, key: str = "") -> HttpResponse:
    """Show which items lack their texts, and load those that the organisation has a licence for."""
    found = find_model(request, edition, key, WRITE)
    form = ModelFileForm(request.POST or None, request.FILES or None)
    text = ""
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["file"]
    elif request.method == "POST" and "text" in request.POST:
        # What was uploaded with faults is mended in the page and sent as text.
        text = request.POST["text"].replace("\r\n", "\n")
        form = ModelFileForm()
    if text:
        return _loaded(request, found, form, text)
    status = 422 if form.is_bound or request.method == "POST" else 200
    return _page(request, found, form, status)


def _loaded(
    request: MemberRequest, found: ShelvedModel, form: ModelFileForm, text: str
) -> HttpResponse:
    said: dict[str, Any] = {"by": request.member, "text": text, "now": datetime.now(UTC)}
    try:
        if found.row is None:
            loaded = load_into_library_model(key=found.model.model, **said)
        else:
            loaded = load_licensed_texts(base=found.row, **said)
    except RefusedError as refusal:
        return _page(request, found, form, 422, **text_with_faults(text, refusal.faults))
    except RefusedActionError as refusal:
        return _page(request, found, form, 422, text=text[:LONGEST], refusal=refusal)
    told = _("The texts are loaded. Assessments are opened by this edition from now on.")
    messages.success(request, told)
    return redirect(edition_page(request, loaded.made))


def _page(
    request: MemberRequest, found: ShelvedModel, form: ModelFileForm, status: int, **said: Any
) -> HttpResponse:
    context = {
        **about(found),
        "form": form,
        "without": [item for item in found.model.items if not item.is_rated],
        "loaded": loaded_for(found.row) if found.row else [],
        "back": page_of(request, found),
        **said,
    }
    return render(request, "assessments/library_licensing.html", context, status=status)


@require_GET
def to_fill(request: MemberRequest, edition: UUID | None = None, key: str = "") -> HttpResponse:
    """Answer with a file into which the texts of items that are structure only are written."""
    found = find_model(request, edition, key, WRITE)
    return yaml_file(drafting.text_of(texts_to_fill(found.model)), FILE)
