"""The result of an assessment, and two of them beside each other."""

from collections import Counter
from collections.abc import Mapping
from textwrap import fill
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.assessments.models import Assessment
from attain.assessments.queries.finding import (
    find_assessment,
    find_closed,
    find_with_result,
    place_of,
)
from attain.assessments.queries.results import (
    CategoryResult,
    Comparison,
    ItemResult,
    Result,
    comparable,
    comparison_of,
    result_of,
)
from attain.assessments.rules.comparing import Movement
from attain.assessments.views.beside_estate import beside_estate
from attain.assessments.views.common import about
from attain.assessments.views.entries import named_level
from attain.assessments.words import MOVEMENTS, ROLL_UPS, rolled_words
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Member, MemberRequest, now_and_today
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import ItemRating

# Two categories span no area.
_FEW = 2
# A longer name of a category would leave the chart; it is broken into lines.
_LABEL = 16
_ORDER = (Movement.FELL, Movement.ROSE, Movement.NOT_COMPARABLE, Movement.SAME)


@require_GET
def show(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show how an assessment rolls up, and its items by gap."""
    found = find_with_result(request.member, assessment)
    _now, today = now_and_today(request)
    result = result_of(found, today)
    rule = result.whole.rule
    beside = beside_estate(request, found) if result.is_closed else {}
    donors = beside.get("donors", {})
    context = {
        **beside,
        **about(found),
        "result": result,
        "rule": ROLL_UPS[rule],
        "level": result.model.roll_up.level,
        "whole": rolled_words(rule, result.whole.value, is_whole=True),
        "categories": [_category_row(each, rule) for each in result.categories],
        "items": [_item_row(result.model, each, donors) for each in result.items],
        "chart": radar(result) if len(result.categories) > _FEW else None,
        "others": comparable(found, request.member) if result.is_closed else (),
        "leads": may(request.member, Permission.LEAD_ASSESSMENTS, place_of(found)),
        "exports": may(request.member, Permission.ANALYSE, place_of(found)),
        "states": result.is_closed and _states(request.member, found),
        "later": getattr(found, "reopened_as", None),
    }
    return render(request, "assessments/result.html", context)


def _states(member: Member, assessment: Assessment) -> bool:
    """Say whether a member may take over what an assessment states of its centre's practices."""
    return bool(assessment.centre) and may(member, Permission.RECORD_FIGURES, place_of(assessment))


def _category_row(each: CategoryResult, rule: str) -> dict[str, Any]:
    part = "share_at_level" if rule == "ladder" else rule
    return {
        "title": each.title,
        "value": rolled_words(part, each.rolled.value),
        "target": rolled_words(part, each.target) if each.target is not None else "–",
        "rolled": each.rolled,
    }


def _item_row(model: MaturityModel, each: ItemResult, donors: Mapping[str, int]) -> dict[str, Any]:
    rating = each.rating
    return {
        "each": each,
        "level": _words(model, rating),
        "target": "–" if rating.target is None else named_level(model, rating.target),
        "gap": "–" if rating.gap is None else str(rating.gap),
        "colour": each.colour.value if each.colour else "",
        "donors": donors.get(each.item.key),
    }


def _words(model: MaturityModel, rating: ItemRating) -> str:
    if rating.not_applicable is not None:
        return _("Not applicable")
    return "–" if rating.level is None else named_level(model, rating.level)


def radar(result: Result) -> dict[str, Any]:
    """Return the radar of the categories with their targets, as ECharts draws it."""
    is_level = result.whole.rule in ("lowest", "mean")
    highest = max(result.model.levels_of(item)[-1] for item in result.model.rated_items)
    reach = float(highest) if is_level else 1.0
    # Positions on a screen; nothing is compared with them.
    now = [float(each.rolled.low or 0) for each in result.categories]
    aimed = [float(each.target or 0) for each in result.categories]
    line = {"width": 2}
    return {
        "legend": {"bottom": 0},
        "tooltip": {},
        "radar": {
            "indicator": [
                {"name": fill(each.title, _LABEL, break_long_words=False), "max": reach}
                for each in result.categories
            ],
            "axisName": {"color": "var(--tblr-body-color)", "lineHeight": 15},
            "radius": "58%",
            "center": ["50%", "46%"],
        },
        "series": [
            {
                "type": "radar",
                "data": [
                    {"name": _("Now"), "value": now, "lineStyle": line,
                     "areaStyle": {"opacity": 0.15}},
                    {"name": _("Target"), "value": aimed, "lineStyle": {**line, "type": "dashed"}},
                ],
            }
        ],
    }  # fmt: skip


@require_GET
def comparison(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show what rose and what fell between an assessment and another of the same place."""
    found = find_closed(request.member, assessment)
    others = comparable(found, request.member)
    asked = request.GET.get("with", "")
    other = _chosen(others, asked)
    context = {**about(found), "others": others, "chosen": asked}
    if other is not None:
        context |= _compared(comparison_of(found, find_assessment(request.member, other.uuid)))
    return render(request, "assessments/comparison.html", context)


def _chosen(others: list[Assessment], asked: str) -> Assessment | None:
    if not asked:
        return None
    for each in others:
        if str(each.uuid) == asked:
            return each
    raise UnknownError


def _compared(made: Comparison) -> dict[str, Any]:
    counts = Counter(movement.movement for _item, movement in made.movements)
    rows = sorted(made.movements, key=lambda pair: _ORDER.index(pair[1].movement))
    return {
        "made": made,
        "counts": [(MOVEMENTS[each], counts[each]) for each in _ORDER],
        "rows": [
            {
                "item": item,
                "before": _words(made.model, movement.before),
                "after": _words(made.model, movement.after),
                "movement": MOVEMENTS[movement.movement],
                "icon": _ICONS[movement.movement],
            }
            for item, movement in rows
        ],
    }


_ICONS = {
    Movement.ROSE: "trending-up",
    Movement.FELL: "trending-down",
    Movement.SAME: "circle-minus",
    Movement.NOT_COMPARABLE: "help-circle",
}
