"""Gaps that sites share, and one item over the estate."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attain.assessments.queries.estate import ModelEstate
from attain.assessments.queries.gaps import ItemOverEstate, gap_lines, item_over_estate
from attain.assessments.tables_estate import GapsTable
from attain.assessments.views.entries import named_level
from attain.assessments.views.estate_common import estate_page
from attain.organisations.errors import UnknownError
from attain.organisations.pages import MemberRequest
from attain.organisations.queries import may, may_somewhere
from attain.organisations.rules import Permission

_HERE = "assessments-gaps"


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the items that two or more sites lack."""
    page = estate_page(request)
    context, estate = page.context(_HERE), page.found.estate
    if estate is None:
        return render(request, "assessments/gaps.html", context)
    lines = gap_lines(estate)
    context |= {"worst": lines[0] if lines else None, "short_of": len(lines)}
    table = GapsTable(
        lines,
        address_of=lambda item: page.to("assessments-estate-item", item=item),
        language=context["language"],
    )
    exports = may_somewhere(request.member, Permission.ANALYSE)
    return table.answer(request, "assessments/gaps.html", context, exports=exports)


@require_GET
def item(request: MemberRequest, item: str) -> HttpResponse:
    """Show an item over the estate: who is on which level, who is short, and who has it."""
    page = estate_page(request)
    estate = page.found.estate
    if estate is None:
        return render(request, "assessments/gaps.html", page.context(_HERE))
    items = {each.key: each for each in estate.model.rated_items}
    if item not in items:
        raise UnknownError
    over = item_over_estate(estate, items[item], request.member)
    context = {
        **page.context(_HERE),
        "over": over,
        "may_plan": bool(over.short) and may(request.member, Permission.PLAN_ROADMAPS),
        "bars": list(_bars(estate, over)),
        "short": [{"at": each, **_level_words(estate, each.rating)} for each in over.short],
        "donors": [{"donor": d, **_level_words(estate, d.rated.rating)} for d in over.donors],
        "others": [{"shared": each, "level": _named(estate, each.level)} for each in over.others],
    }
    return render(request, "assessments/estate_item.html", context)


def _level_words(estate: ModelEstate, rating: Any) -> dict[str, str]:
    return {"level": _named(estate, rating.level), "target": _named(estate, rating.target)}


def _named(estate: ModelEstate, level: int | None) -> str:
    return "–" if level is None else named_level(estate.model, level)


def _bars(estate: ModelEstate, over: ItemOverEstate) -> Iterator[dict[str, Any]]:
    """Yield a bar for each level, highest first: its width is out of a hundred."""
    most = max(over.levels.values(), default=0)
    for level in reversed(estate.model.levels_of(over.item)):
        n = over.levels.get(level, 0)
        text = estate.model.text_of(over.item, level)
        width = 100 * n // most if most else 0
        yield {"level": _named(estate, level), "n": n, "width": width, "text": text}
