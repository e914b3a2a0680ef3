"""The library: the list of models, one model to be read, its file, and what editions differ by."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attain.assessments import library_words as words
from attain.assessments.forms_library import ShelfFilter
from attain.assessments.library_tables import LibraryTable
from attain.assessments.queries.library import ShelvedModel, edition_before, other_editions, shelf
from attain.assessments.queries.library_reading import parts_to_read
from attain.assessments.queries.moving import movable_assessments
from attain.assessments.rules.template import TEMPLATE
from attain.assessments.views.library_common import WRITE, about, find_model
from attain.organisations.pages import MemberRequest
from attain.organisations.queries import demand_somewhere, may, may_somewhere
from attain.organisations.rules import Permission


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the models of attain's library and the organisation's own editions."""
    every = shelf(request.member)
    form = ShelfFilter(request.GET or None)
    shown = _fitting(every, form.cleaned_data) if form.is_valid() else every
    context = {
        "form": form,
        "may_write": may(request.member, WRITE),
        "has_own": any(not each.is_of_attain for each in every),
    }
    exports = may_somewhere(request.member, Permission.ANALYSE)
    table = LibraryTable(shown)
    table.organisation = request.member.organisation.key
    return table.answer(request, "assessments/library.html", context, exports=exports)


def _fitting(every: Sequence[ShelvedModel], said: dict[str, Any]) -> list[ShelvedModel]:
    wanted = said["q"].casefold()
    return [
        each
        for each in every
        if said["status"] in ("", each.status)
        and said["origin"] in ("", "attain" if each.is_of_attain else "own")
        and wanted in f"{each.told.title} {each.model.model}".casefold()
    ]


@require_GET
def show(request: MemberRequest, edition: UUID | None = None, key: str = "") -> HttpResponse:
    """Show a model to be read."""
    found = find_model(request, edition, key)
    before = edition_before(found.row) if found.row else None
    is_next = before is not None and found.status == "published"
    context = {
        **about(found),
        "model": found.told,
        "may_write": may(request.member, WRITE),
        "others": other_editions(found.row) if found.row else [],
        "before": before,
        "movable": movable_assessments(request.member, before) if before and is_next else [],
        "roll_up": words.ROLL_UPS[found.model.roll_up.rule],
        "coloured_by": words.COLOURS[found.model.colours.by],
        "parts": parts_to_read(found.told),
    }
    return render(request, "assessments/library_model.html", context)


@require_GET
def file(request: MemberRequest, edition: UUID | None = None, key: str = "") -> HttpResponse:
    """Answer with the text of a model as a file."""
    found = find_model(request, edition, key)
    return yaml_file(found.file, f"{found.model.model}.yaml")


@require_GET
def template(request: MemberRequest) -> HttpResponse:
    """Answer with the small model from which an author starts."""
    demand_somewhere(request.member, Permission.READ_ASSESSMENTS)
    return yaml_file(TEMPLATE, "my-model.yaml")


def yaml_file(text: str, name: str) -> HttpResponse:
    """Answer with a text as a YAML file to be kept."""
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
