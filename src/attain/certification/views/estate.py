"""The estate."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from attain.certification.forms import EstateForm, SchemeForm
from attain.certification.queries import estate
from attain.certification.queries.verdicts import scheme_choices
from attain.certification.tables import EstateTable
from attain.organisations.pages import MemberRequest, now_and_today
from attain.organisations.queries import demand_somewhere, may_somewhere
from attain.organisations.rules import Permission


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    """Show each centre with its tier, its certificate, and what keeps it from the next tier."""
    demand_somewhere(request.member, Permission.READ_CERTIFICATION)
    now, today = now_and_today(request)
    # Which regions there are to choose from is known only after the day and the scheme.
    judged_by = SchemeForm(request.GET or None, schemes=scheme_choices())
    as_of = judged_by.day(today)
    rows = estate.estate(request.member, as_of, now, judged_by.chosen)
    regions = {row.centre.site.region for row in rows if row.centre.site.region}
    form = EstateForm(
        request.GET or None,
        regions=sorted((region.key, region.name) for region in regions),
        schemes=scheme_choices(),
        initial={"as_of": today},
    )
    chosen = [row for row in rows if _is_asked_for(row, form)]
    context = {
        "form": form,
        "as_of": as_of,
        "total": len(rows),
        "tiers": estate.tiers_counted(rows),
        "at_risk": sum(row.is_at_risk for row in rows),
        "lost": sum(row.is_lost for row in rows),
    }
    exports = may_somewhere(request.member, Permission.ANALYSE)
    table = EstateTable(chosen)
    return table.answer(request, "certification/estate.html", context, exports=exports)


def _is_asked_for(row: estate.EstateRow, form: EstateForm) -> bool:
    asked = form.cleaned_data if form.is_valid() else {}
    region = row.centre.site.region
    found = {
        "region": region.key if region else "",
        "tier": str(row.tier or "none"),
        "standing": row.standing or "none",
    }
    return all(asked.get(name) in (None, "", value) for name, value in found.items())
