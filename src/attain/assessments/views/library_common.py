"""What the pages of the library have in common: finding a draft, forms as pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse

from attain.assessments.models import ModelEdition
from attain.assessments.queries.editions import find_edition
from attain.assessments.queries.library import ShelvedModel, find_shipped, shelved
from attain.measurement.faults import RefusedError
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import MemberRequest, address, answer_form
from attain.organisations.rules import Permission

WRITE = Permission.WRITE_MODELS


def find_model(
    request: MemberRequest,
    edition: UUID | None,
    key: str = "",
    permission: Permission = Permission.READ_ASSESSMENTS,
) -> ShelvedModel:
    """Return the edition that an address names, or the model of attain's library."""
    if edition is None:
        return find_shipped(request.member, key, permission)
    return shelved(find_edition(request.member, edition, permission))


def page_of(request: MemberRequest, found: ShelvedModel) -> str:
    """Return the address of a model."""
    if found.row is None:
        return address(request, "library-shipped", key=found.model.model)
    return address(request, "library-model", edition=found.row.uuid)


def edition_page(request: MemberRequest, row: ModelEdition) -> str:
    """Return the address of an edition."""
    return address(request, "library-model", edition=row.uuid)


def about(found: ShelvedModel) -> dict[str, Any]:
    """Return what every page of a model is given."""
    return {"found": found, "edition": found.row, "language": found.language}


def saying_faults(refusal: RefusedError) -> RefusedActionError:
    """Return a refusal in words for a form that shows no text: each fault without its place."""
    said = dict.fromkeys(f"{each.found} ({each.expected})" for each in refusal.faults)
    return RefusedActionError("; ".join(said))


def form_page(
    request: MemberRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    *,
    then: str,
    found: ShelvedModel | None = None,
    **said: Any,
) -> HttpResponse:
    """Show a form of the library as a page, or do it and lead on to `then`."""
    context = {**(about(found) if found else {}), **said}

    def carefully(cleaned: dict[str, Any]) -> str:
        try:
            return act(cleaned)
        except RefusedError as refusal:
            raise saying_faults(refusal) from refusal

    return answer_form(
        request,
        form,
        carefully,
        then=then,
        context=context,
        template="assessments/library_form.html",
    )
