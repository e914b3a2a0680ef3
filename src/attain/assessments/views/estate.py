"""The estate by a model: a heat map of sites by category, and by the items of one category."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.assessments.forms_estate import PeersFilter
from attain.assessments.queries.estate import ModelEstate
from attain.assessments.queries.peers import peer_group
from attain.assessments.views.estate_common import (
    EstatePage,
    FigureWords,
    estate_page,
)
from attain.assessments.views.estate_heat import (
    Column,
    category_columns,
    heat_of,
    item_columns,
    rows_of_file,
)
from attain.assessments.views.peers import peer_context
from attain.assessments.words import ROLL_UPS
from attain.organisations.errors import ForbiddenError, UnknownError
from attain.organisations.exports import FORMATS, download
from attain.organisations.pages import MemberRequest
from attain.organisations.queries import may_somewhere
from attain.organisations.rules import Permission

_HERE = "assessments-estate"


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    """Show each centre by category, as its latest closed assessment was rolled up."""
    page = estate_page(request)
    estate = page.found.estate
    if estate is None:
        return render(request, "assessments/estate.html", page.context(_HERE))
    columns = category_columns(page, estate)
    if file := _file(request, estate, columns, estate.model.model):
        return file
    named = {"model": estate.model.title, "rule": ROLL_UPS[estate.model.roll_up.rule]}
    caption = _("%(model)s by category: %(rule)s, beside the same of the targets") % named
    context = {
        **page.context(_HERE),
        "heat": heat_of(page, estate, columns, caption=caption, items=False),
        "exports": may_somewhere(request.member, Permission.ANALYSE),
        **_peers(page, estate),
    }
    return render(request, "assessments/estate.html", context)


def _peers(page: EstatePage, estate: ModelEstate) -> dict[str, Any]:
    chosen = PeersFilter(page.request.GET)
    chosen.offer([(centre.key, centre.name) for centre, _result in estate.assessed])
    asked = chosen.cleaned_data["peers"] if chosen.is_valid() else ""
    if not asked:
        return {"peers_form": chosen}
    group = peer_group(estate, asked)
    if group is None:
        raise UnknownError
    return {"peers_form": chosen, **peer_context(estate.model, group, FigureWords(estate.model))}


@require_GET
def category(request: MemberRequest, category: str) -> HttpResponse:
    """Show each centre by the items of a category."""
    page = estate_page(request)
    estate = page.found.estate
    if estate is None:
        return render(request, "assessments/estate.html", page.context(_HERE))
    if category not in estate.model.parts:
        raise UnknownError
    columns = item_columns(page, estate, category)
    if file := _file(request, estate, columns, f"{estate.model.model}-{category}"):
        return file
    part = estate.model.parts[category]
    caption = _("%(category)s: level and target of each item") % {"category": part.title}
    context = {
        **page.context(_HERE),
        "part": part,
        "heat": heat_of(page, estate, columns, caption=caption, items=True),
        "exports": may_somewhere(request.member, Permission.ANALYSE),
    }
    return render(request, "assessments/estate_category.html", context)


def _file(
    request: MemberRequest, estate: ModelEstate, columns: list[Column], name: str
) -> HttpResponse | None:
    asked = request.GET.get("export")
    if asked not in FORMATS:
        return None
    if not may_somewhere(request.member, Permission.ANALYSE):
        raise ForbiddenError
    rows = rows_of_file(estate, columns, request.GET.get("sort", ""))
    return download(rows, f"estate-{name}", asked)
