"""One centre: its tier with the proof, and what the next tier would take."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attain.assessments.queries.standing import maturity_of
from attain.certification.models import Application
from attain.certification.queries import roads, verdicts
from attain.certification.queries.certificates import certificates_of, state_of
from attain.certification.queries.estate import rows_of
from attain.certification.rules.proofs import write_tree
from attain.certification.views.common import about_centre, asked_of, tier_tree
from attain.organisations.pages import MemberRequest, now_and_today
from attain.organisations.queries import find_centre, may
from attain.organisations.rules import Permission

_READ = Permission.READ_CERTIFICATION


@require_GET
def show(request: MemberRequest, centre: str) -> HttpResponse:
    """Show the tier of a centre with the finding tree of one tier, and its certificates."""
    found = find_centre(request.member, centre, _READ)
    now, today = now_and_today(request)
    form = asked_of(request, found, today)
    as_of, scheme = form.day(today), form.chosen
    row = rows_of([found], as_of, now, scheme)[0]
    verdict = verdicts.verdict_of(found, as_of, scheme) if row.judged.is_covered else None
    context = {
        **about_centre(request, found, "certification-centre", form, as_of),
        "row": row,
        "risks": verdicts.titled(scheme, row.judged.risks),
        "verdict": verdict,
        "certificates": [
            (each, state_of(each, now), *verdicts.title_of(each.scheme))
            for each in certificates_of(found)
        ],
        "applications": Application.objects.filter(centre=found),
        "maturity": maturity_of(request.member, found),
        "reads_maturity": may(request.member, Permission.READ_ASSESSMENTS, found),
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
    asked = asked_of(request, found, today)
    verdict = verdicts.verdict_of(found, asked.day(today), asked.chosen)
    return HttpResponse(write_tree(verdict), content_type="application/json")


@require_GET
def road(request: MemberRequest, centre: str) -> HttpResponse:
    """Show what the next tier would take, by when; the page is there before the plan is found."""
    found = find_centre(request.member, centre, _READ)
    _now, today = now_and_today(request)
    asked = asked_of(request, found, today)
    as_of = asked.day(today)
    verdict = verdicts.verdict_of(found, as_of, asked.chosen)
    is_plan = "plan" in request.GET
    context = {
        **about_centre(request, found, "certification-road", asked, as_of),
        "verdict": verdict,
        "is_plan": is_plan,
        "next": roads.kept_next_tier(found, verdict) if is_plan else None,
    }
    template = "certification/road_plan.html" if request.headers.get("HX-Request") else ""
    return render(request, template or "certification/road.html", context)
