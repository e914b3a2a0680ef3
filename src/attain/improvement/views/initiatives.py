"""The list of initiatives, one with all that is known of it, and changing what was planned."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.improvement import forms_initiatives as forms
from attain.improvement.actions.initiatives import change_initiative
from attain.improvement.models import Initiative
from attain.improvement.models.lists import STATES
from attain.improvement.plan_words import money_words
from attain.improvement.queries import initiatives as queries
from attain.improvement.queries.choosing import (
    owners_of,
    processes_by_key,
    those_to_wait_for,
)
from attain.improvement.queries.finding import find_initiative, place_of
from attain.improvement.queries.realised import benefits_of
from attain.improvement.queries.recorded import centres_of, recorded_at
from attain.improvement.rules.stages import ENDED, InitiativeState
from attain.improvement.tables_initiatives import InitiativesTable
from attain.improvement.views.benefit_charts import benefit_shown
from attain.improvement.views.initiative_common import about, form_page
from attain.organisations.pages import MemberRequest, get_or_post, now_and_today
from attain.organisations.queries import demand_somewhere, may, may_somewhere
from attain.organisations.rules import Permission

P = Permission
_SOON = timedelta(days=30)


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the initiatives that a member may see."""
    member = request.member
    _now, today = now_and_today(request)
    every = queries.initiative_lines(member, today)
    if not every:
        demand_somewhere(member, P.READ_ROADMAPS)
    form = forms.InitiativeFilter(request.GET or None, places=[line.place for line in every])
    context = {
        "form": form,
        "is_empty": not every,
        "may_plan": may_somewhere(member, P.PLAN_ROADMAPS),
    }
    lines = _fitting(every, form.asked, request, today)
    exports = may_somewhere(member, P.ANALYSE)
    table = InitiativesTable(lines)
    return table.answer(request, "improvement/initiatives.html", context, exports=exports)


def _fitting(
    lines: Sequence[queries.InitiativeLine],
    asked: dict[str, Any],
    request: MemberRequest,
    today: date,
) -> list[queries.InitiativeLine]:
    words, mine = asked.get("words", "").casefold(), request.member.pk
    return [
        line
        for line in lines
        if asked.get("state", line.initiative.state) == line.initiative.state
        and ("whose" not in asked or line.initiative.owner_id == mine)
        and asked.get("place", line.place) == line.place
        and _is_due(line, asked.get("due"), today)
        and words in f"{line.title} {line.place} {line.owner}".casefold()
    ]


def _is_due(line: queries.InitiativeLine, asked: str | None, today: date) -> bool:
    if asked == "overdue":
        return line.is_overdue
    is_open = line.initiative.state not in ENDED
    return asked is None or (is_open and today <= line.due_on <= today + _SOON)


@require_GET
def show(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Show an initiative with its steps, milestones, documents, comments and what it brought."""
    found = find_initiative(request.member, initiative)
    _now, today = now_and_today(request)
    context = {
        **about(found),
        **_standing(found, today),
        **_permissions(request, found),
        "steps": queries.steps_taken(found),
        "milestones": queries.milestone_lines(found, today),
        "comments": found.comments.select_related("said_by__account"),
        "documents": found.documents.select_related("added_by__account", "file__centre"),
        "waits_for": queries.waited_for(found),
        "waiting": queries.waiting(found),
        "benefits": [benefit_shown(b) for b in benefits_of(found, request.member, today)],
        "recorded": recorded_at(found) if found.is_structured else (),
        "comment_form": forms.CommentForm(),
    }
    return render(request, "improvement/initiative.html", context)


def _standing(initiative: Initiative, today: date) -> dict[str, Any]:
    return {
        "state_words": STATES[initiative.state],
        "is_overdue": queries.is_overdue(initiative, today),
        "is_open": initiative.state not in ENDED,
        "is_planned": initiative.state == InitiativeState.PLANNED,
        "is_running": initiative.state == InitiativeState.RUNNING,
        "is_done": initiative.state == InitiativeState.DONE,
        "cost": _cost(initiative),
    }


def _cost(initiative: Initiative) -> str:
    return "" if initiative.cost is None else money_words(initiative.cost, initiative.currency)


def _permissions(request: MemberRequest, initiative: Initiative) -> dict[str, bool]:
    member, place = request.member, place_of(initiative)
    may_plan = may(member, P.PLAN_ROADMAPS, place)
    roadmap = initiative.roadmap
    return {
        "may_plan": may_plan,
        "may_carry_on": may_plan or initiative.owner_id == member.pk,
        "may_assess": may(member, P.LEAD_ASSESSMENTS, place),
        "may_see_roadmap": roadmap is not None and may(member, P.READ_ROADMAPS, place_of(roadmap)),
    }


@get_or_post
def change(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Change what was planned of an initiative."""
    found = queries.find_to_plan(request.member, initiative)
    now, _today = now_and_today(request)
    form = forms.ChangeForm(
        request.POST or None,
        initial=forms.initial_of(found),
        owners=owners_of(found.centre, found.owner),
        processes=processes_by_key(centres_of(found)),
        others=those_to_wait_for(request.member, found),
    )

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        change_initiative(by=request.member, initiative=found, seen=seen, now=now, **said)
        return _("The initiative is changed.")

    return form_page(request, form, act, found, title=_("Change the initiative"))
