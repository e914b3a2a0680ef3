"""What the pages of plans have in common: forms as pages, the words of steps, the way back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse

from attain.improvement.models import KeptPlan, Roadmap
from attain.improvement.plan_words import quarter_months, quarter_words
from attain.improvement.queries.finding import find_plan, find_roadmap, place_of
from attain.measurement.periods import Month
from attain.organisations import pages
from attain.organisations.pages import MemberRequest, address
from attain.organisations.queries import may
from attain.organisations.rules import Permission

CRUMBS = "improvement/plan_crumbs.html"
P = Permission


def find(
    request: MemberRequest, roadmap: UUID, plan: UUID, permission: Permission = P.READ_ROADMAPS
) -> KeptPlan:
    """Return a plan of a roadmap of a place at which the member may do what is asked."""
    return find_plan(find_roadmap(request.member, roadmap, permission), plan)


def page_of(request: MemberRequest, plan: KeptPlan) -> str:
    """Return the address of a plan."""
    return address(request, "improvement-plan", roadmap=plan.roadmap.uuid, plan=plan.uuid)


def about(request: MemberRequest, roadmap: Roadmap) -> dict[str, Any]:
    """Return what every page of plans is given."""
    place = place_of(roadmap)
    return {
        "roadmap": roadmap,
        "place": place,
        "may_plan": may(request.member, P.PLAN_ROADMAPS, place) and roadmap.archived_at is None,
    }


def heads(first: Month, quarters: int) -> list[dict[str, str]]:
    """Return the heads of the columns of quarters."""
    return [
        {"name": quarter_words(number), "months": quarter_months(first, number)}
        for number in range(quarters)
    ]


def form_page(
    request: MemberRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    plan: KeptPlan,
    *,
    title: str,
    explained: str = "",
    submit: str = "",
) -> HttpResponse:
    """Show a form of a plan as a page, or do it and lead back to the plan."""
    return pages.form_page(
        request,
        form,
        act,
        then=page_of(request, plan),
        title=title,
        about=explained,
        submit=submit,
        crumbs=CRUMBS,
        plan=plan,
        **about(request, plan.roadmap),
    )
