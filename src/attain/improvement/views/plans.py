"""The plans of a roadmap: the list, one plan, its title, and the one that is adopted."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.improvement.actions import planning
from attain.improvement.forms_plans import RenameForm
from attain.improvement.models import KeptPlan
from attain.improvement.plan_charts import cumulative
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.plan_jobs import jobs_of_plans
from attain.improvement.queries.plans import plan_lines, plan_page
from attain.improvement.showing_plans import shown
from attain.improvement.tables_plans import PlansTable
from attain.improvement.views.making_plans import waiting
from attain.improvement.views.plan_common import P, about, find, form_page
from attain.organisations.pages import MemberRequest, get_or_post, now_and_today
from attain.organisations.queries import may_somewhere
from attain.organisations.versions import SeenForm


@require_GET
def index(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Show the plans of a roadmap, and those that are being made."""
    found = find_roadmap(request.member, roadmap)
    lines = plan_lines(found)
    context = {
        **about(request, found),
        "is_empty": not lines,
        "jobs": jobs_of_plans(request.member, found),
    }
    exports = may_somewhere(request.member, P.ANALYSE)
    return PlansTable(lines).answer(request, "improvement/plans.html", context, exports=exports)


@require_GET
def show(request: MemberRequest, roadmap: UUID, plan: UUID) -> HttpResponse:
    """Show a plan whole; while a worker looks for it, how far that is."""
    found = find_roadmap(request.member, roadmap)
    kept = found.plans.select_related("made_by__account", "adopted_by__account")
    row: KeptPlan | None = kept.filter(uuid=plan).first()
    if row is None:
        return waiting(request, found, plan)
    if request.headers.get("HX-Request") == "true":
        # The page that waited asked for its progress: there is a plan to be seen now.
        return HttpResponse(headers={"HX-Refresh": "true"})
    row.roadmap = found
    page = plan_page(row)
    context = {
        **about(request, found),
        **shown(page),
        "plan": row,
        "chart": cumulative(page),
        "has_others": found.plans.exclude(pk=row.pk).exists(),
    }
    return render(request, "improvement/plan.html", context)


@get_or_post
def rename(request: MemberRequest, roadmap: UUID, plan: UUID) -> HttpResponse:
    """Give a plan another title."""
    found = find(request, roadmap, plan, P.PLAN_ROADMAPS)
    initial = {"version": found.version, "title": found.title}
    form = RenameForm(request.POST or None, initial=initial)
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        planning.rename_plan(
            by=request.member, plan=found, seen=said["version"], title=said["title"], now=now
        )
        return _("The plan has its title.")

    return form_page(request, form, act, found, title=_("Rename the plan"))


@get_or_post
def adopt(request: MemberRequest, roadmap: UUID, plan: UUID) -> HttpResponse:
    """Go by a plan from now on."""
    found = find(request, roadmap, plan, P.PLAN_ROADMAPS)
    form = SeenForm(request.POST or None, initial={"version": found.version})
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        planning.adopt_plan(by=request.member, plan=found, seen=said["version"], now=now)
        return _("The plan is adopted. Its steps can be carried out.")

    return form_page(
        request,
        form,
        act,
        found,
        title=_("Adopt the plan"),
        explained=_(
            "The roadmap goes by this plan from then on. A plan that was adopted before stays, and "
            "so do the initiatives that carry it out."
        ),
        submit=_("Adopt"),
    )
