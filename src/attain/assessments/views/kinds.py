"""Self, mock, peer and external assessment of a place beside each other."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.assessments.models.lists import KINDS
from attain.assessments.queries.finding import find_assessment
from attain.assessments.queries.kinds import KindsBeside, OfKind, kinds_beside
from attain.assessments.rules.kinds import ItemByKind
from attain.assessments.views.common import about
from attain.assessments.views.entries import named_level
from attain.assessments.views.estate_common import FigureWords
from attain.organisations.pages import MemberRequest
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import OPEN, ItemRating, ModelStanding, RolledUp

_FEW = 2


@require_GET
def show(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show what each kind of assessment found of a place, per category and item."""
    found = find_assessment(request.member, assessment)
    beside = kinds_beside(found, request.member)
    context = about(found)
    if beside is not None and len(beside.kinds) >= _FEW:
        context |= _context(beside)
    return render(request, "assessments/kinds.html", context)


def _context(beside: KindsBeside) -> dict[str, Any]:
    words = FigureWords(beside.model)
    base = beside.kinds[0]
    return {
        "beside": beside,
        "kinds": [{"of": each, "title": KINDS[each.kind]} for each in beside.kinds],
        "base": KINDS[base.kind],
        "whole": _figures(beside, "", words.of_whole),
        "categories": [
            {"title": part.title, "cells": _figures(beside, key, words.of_part)}
            for key, part in beside.model.parts.items()
        ],
        "rows": [_item_row(beside, each, base.kind) for each in beside.items],
    }


def _figures(
    beside: KindsBeside, part: str, written: Callable[[Fraction | None], str]
) -> list[dict[str, str]]:
    first = _figure(beside.kinds[0], part)
    values = [_figure(each, part) for each in beside.kinds]
    return [
        {
            "value": written(value),
            "difference": _signed(value, first, written) if number else "",
        }
        for number, value in enumerate(values)
    ]


def _figure(of: OfKind, part: str) -> Fraction | None:
    """Return a figure that may be compared with the others; the whole where no part is named."""
    standing: ModelStanding = of.standing
    if not part:
        return standing.whole.value if of.beside.whole else None
    rolled: RolledUp | None = standing.parts.get(part)
    return rolled.value if rolled and part in of.beside.parts else None


def _signed(
    value: Fraction | None, base: Fraction | None, written: Callable[[Fraction | None], str]
) -> str:
    """Write by how much a figure lies above the base; nothing where one is not known."""
    if value is None or base is None:
        return ""
    if value == base:
        return "±0"
    return f"{'+' if value > base else '−'}{written(abs(value - base))}"


def _item_row(beside: KindsBeside, row: ItemByKind, base: str) -> dict[str, Any]:
    model = beside.model
    item = next(each for each in model.rated_items if each.key == row.item)
    first = row.ratings.get(base, OPEN).level
    cells = []
    for number, each in enumerate(beside.kinds):
        rating = row.ratings.get(each.kind, OPEN)
        apart = _signed(_exact(rating.level), _exact(first), str) if number else ""
        cells.append({"value": _level(model, rating), "difference": apart})
    return {"item": item, "cells": cells, "spread": row.spread}


def _exact(level: int | None) -> Fraction | None:
    return None if level is None else Fraction(level)


def _level(model: MaturityModel, rating: ItemRating) -> str:
    if rating.not_applicable is not None:
        return _("Not applicable")
    return "–" if rating.level is None else named_level(model, rating.level)
