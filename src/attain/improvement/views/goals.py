"""The goals of an organisation: their list, and declaring, changing and retiring one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.improvement.actions import goals as actions
from attain.improvement.forms_roadmaps import ChangeGoalForm, GoalForm
from attain.improvement.queries.finding import find_goal
from attain.improvement.queries.goals import goal_lines
from attain.improvement.tables_roadmaps import GoalsTable
from attain.organisations.pages import (
    MemberRequest,
    address,
    answer_form,
    get_or_post,
    now_and_today,
)
from attain.organisations.queries import demand, may, may_somewhere
from attain.organisations.rules import Permission
from attain.organisations.versions import SeenForm

_CRUMBS = "improvement/goal_crumbs.html"
P = Permission


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the goals with their weights, and what each is of the whole."""
    lines = goal_lines(request.member)
    may_change = may(request.member, P.PLAN_ROADMAPS)
    key = request.member.organisation.key
    table = GoalsTable(lines, organisation=key, may_change=may_change)
    context = {"is_empty": not lines, "may_change": may_change}
    exports = may_somewhere(request.member, P.ANALYSE)
    return table.answer(request, "improvement/goals.html", context, exports=exports)


@get_or_post
def add(request: MemberRequest) -> HttpResponse:
    """Declare a goal."""
    demand(request.member, P.PLAN_ROADMAPS)
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        actions.add_goal(by=request.member, now=now, **said)
        return _("The goal is declared.")

    return _form(request, GoalForm(request.POST or None), act, title=_("Declare a goal"))


@get_or_post
def change(request: MemberRequest, goal: UUID) -> HttpResponse:
    """Change a goal, or its weight."""
    found = find_goal(request.member, goal)
    now, _today = now_and_today(request)
    names = ("title", "why", "weight", "version")
    form = ChangeGoalForm(request.POST or None, initial={n: getattr(found, n) for n in names})

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        actions.change_goal(by=request.member, goal=found, seen=seen, now=now, **said)
        return _("The goal is changed.")

    template = "improvement/goal.html"
    return _form(request, form, act, title=_("Change the goal"), template=template, goal=found)


@get_or_post
def retire(request: MemberRequest, goal: UUID) -> HttpResponse:
    """Give a goal up."""
    found = find_goal(request.member, goal)
    now, _today = now_and_today(request)
    form = SeenForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        actions.retire_goal(by=request.member, goal=found, seen=said["version"], now=now)
        return _("The goal is retired.")

    explained = _(
        "Impacts that were given by it stay on record and count for nothing. The other goals share "
        "the whole among them, so that rankings may change."
    )
    said: dict[str, Any] = {"about": explained, "submit": _("Retire"), "danger": True}
    return _form(request, form, act, title=_("Retire the goal"), **said)


def _form(
    request: MemberRequest,
    form: Any,
    act: Any,
    *,
    template: str = "organisations/form.html",
    **context: Any,
) -> HttpResponse:
    then = address(request, "improvement-goals")
    said = {"crumbs": _CRUMBS, **context}
    return answer_form(request, form, act, then=then, context=said, template=template)
