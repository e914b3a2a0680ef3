"""The ranking of a roadmap, how it holds, and what processes and items are worth together."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.decorators.http import require_GET

from attain.improvement.bubbles import bubbles
from attain.improvement.forms_roadmaps import TrialForm
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.reading import read_roadmap
from attain.improvement.queries.robustness import USUAL_DRAWS, robustness_of
from attain.improvement.roadmap_rows import apart_rows, priority_rows, rank_rows
from attain.improvement.rules.ranking import gap_priorities
from attain.improvement.tables_roadmaps import ApartTable, RanksTable
from attain.improvement.views.roadmap_common import about
from attain.improvement.words import RULES_EXPLAINED
from attain.organisations.pages import MemberRequest
from attain.organisations.queries import may_somewhere
from attain.organisations.rules import Permission


@require_GET
def show(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Show the steps in order, tried over ranges and weights, and those apart."""
    found = find_roadmap(request.member, roadmap)
    reading = read_roadmap(found)
    form = TrialForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    tried = robustness_of(reading, draws=asked.get("draws") or USUAL_DRAWS, seed=asked.get("seed"))
    exports = may_somewhere(request.member, Permission.ANALYSE)
    rows = rank_rows(reading, tried)
    ranks, apart = RanksTable(rows), ApartTable(apart_rows(reading), prefix="apart-")
    ranks.file_name, apart.file_name = "ranking", "not-ranked"
    for table in (ranks, apart):
        if file := table.prepare(request, exports=exports):
            return file
    used = {"draws": tried.policy.draws, "seed": tried.policy.seed}
    context = {
        **about(request, found, "ranking"),
        "ranks": ranks,
        "apart": apart if reading.ranking.apart else None,
        "reading": reading,
        "tried": tried,
        "draws": number_format(tried.policy.draws, force_grouping=True),
        "form": TrialForm(initial=used),
        "staying": [row for row in rows if row.holds.stays],
        "priorities": priority_rows(gap_priorities(reading.ranking), reading),
        "chart": bubbles(rows, found.currency),
        "explained": RULES_EXPLAINED[reading.ranking.policy.rule],
        "bubbles": rows,
    }
    return render(request, "improvement/ranking.html", context)
