"""One centre: its tier with the proof, what the next tier would take, and what if."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attain.certification.forms import AsOfForm, read_supposition
from attain.certification.models import Application
from attain.certification.queries import roads, verdicts
from attain.certification.queries.certificates import certificates_of, state_of
from attain.certification.queries.estate import rows_of
from attain.certification.rules.proofs import write_tree
from attain.certification.rules.supposing import Supposition
from attain.certification.views.common import (
    now_and_today,
    permissions,
    tier_tree,
)
from attain.organisations.pages import Centre, MemberRequest, get_or_post
from attain.organisations.queries import find_centre
from attain.organisations.rules import Permission
from attain.standards.figures import Documented, Figures

_READ = Permission.READ_CERTIFICATION


@require_GET
def show(request: MemberRequest, centre: str) -> HttpResponse:
    """Show the tier of a centre with the finding tree of one tier, and its certificates."""
    found = find_centre(request.member, centre, _READ)
    now, today = now_and_today(request)
    form = AsOfForm(request.GET or None, initial={"as_of": today})
    row = rows_of([found], form.day(today), now)[0]
    verdict = verdicts.verdict_of(found, form.day(today)) if row.judged.is_covered else None
    context = {
        **_about(request, found, "certification-centre"),
        "form": form,
        "as_of": form.day(today),
        "row": row,
        "risks": verdicts.titled(verdicts.DEFAULT_SCHEME, row.judged.risks),
        "verdict": verdict,
        "certificates": [(each, state_of(each, now)) for each in certificates_of(found)],
        "applications": Application.objects.filter(centre=found),
    }
    if verdict:
        wanted = row.certificate.tier if row.certificate and row.is_lost else (row.tier or 0) + 1
        context |= tier_tree(request, found, verdict, wanted)
    return render(request, "certification/centre.html", context)


@require_GET
def proof(request: MemberRequest, centre: str) -> HttpResponse:
    """Answer with the proof as `attain certify --json` prints it."""
    found = find_centre(request.member, centre, _READ)
    _now, today = now_and_today(request)
    verdict = verdicts.verdict_of(found, AsOfForm(request.GET or None).day(today))
    return HttpResponse(write_tree(verdict), content_type="application/json")


@require_GET
def road(request: MemberRequest, centre: str) -> HttpResponse:
    """Show what the next tier would take, by when; the page is there before the plan is found."""
    found = find_centre(request.member, centre, _READ)
    _now, today = now_and_today(request)
    form = AsOfForm(request.GET or None, initial={"as_of": today})
    verdict = verdicts.verdict_of(found, form.day(today))
    is_plan = "plan" in request.GET
    context = {
        **_about(request, found, "certification-road"),
        "form": form,
        "as_of": form.day(today),
        "verdict": verdict,
        "is_plan": is_plan,
        "next": roads.kept_next_tier(found, verdict) if is_plan else None,
    }
    template = "certification/road_plan.html" if request.headers.get("HX-Request") else ""
    return render(request, template or "certification/road.html", context)


@get_or_post
def what_if(request: MemberRequest, centre: str) -> HttpResponse:
    """Show which tier supposed figures would reach; nothing is recorded."""
    found = find_centre(request.member, centre, _READ)
    _now, today = now_and_today(request)
    form = AsOfForm(request.POST or request.GET or None)
    as_of = form.day(today)
    figures = roads.figures_at(found, as_of)
    asked = request.method == "POST"
    supposed = read_supposition(request.POST, figures) if asked else Supposition()
    answer = roads.what_if(figures, as_of, verdicts.DEFAULT_SCHEME, supposed)
    metrics, systems = roads.strips(answer.real)
    context = {
        **_about(request, found, "certification-what-if"),
        "as_of": as_of,
        "answer": answer,
        "supposed": supposed,
        "metrics": list(_rows("metric", metrics, supposed.metrics)),
        "systems": list(_rows("system", systems, supposed.systems)),
        "practices": list(_practices(figures, supposed)),
        "documents": [
            (name, name not in supposed.without)
            for name in (f"{each.kind}/{each.title}" for each in figures.documents)
        ],
        "misses": [
            (metric, month, (metric, month) in supposed.actions)
            for metric, month in roads.misses_without_action(figures, answer.real)
        ],
    }
    return render(request, "certification/what_if.html", context)


def _about(request: MemberRequest, centre: Centre, page: str) -> dict[str, Any]:
    return {"centre": centre, "page": page, **permissions(request.member, centre)}


def _rows(kind: str, rows: list[roads.StripRow], wishes: Any) -> Iterator[dict[str, Any]]:
    for row in rows:
        months: list[dict[str, Any]] = [
            {
                "name": f"{kind}|{row.key}|{month}",
                "month": str(month),
                "state": state,
                "wish": str(wishes.get((row.key, month), "")),
            }
            for month, state in row.months
        ]
        is_changed = any(month["wish"] for month in months)
        yield {"key": row.key, "months": months, "is_changed": is_changed}


def _practices(figures: Figures, supposed: Supposition) -> Iterator[tuple[str, bool]]:
    for each in figures.practices:
        if each.documented is not Documented.NOT_APPLICABLE:
            real = each.documented is Documented.YES
            yield each.item, supposed.practices.get(each.item, real)
