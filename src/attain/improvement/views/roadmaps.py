"""The list of roadmaps, opening one, and one roadmap with what to do next."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.improvement import forms_roadmaps as forms
from attain.improvement.actions import roadmaps as actions
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.opening import RoadmapOpening, next_quarter, places_to_plan
from attain.improvement.queries.reading import read_roadmap
from attain.improvement.queries.roadmap_lists import RoadmapLine, roadmap_lines
from attain.improvement.queries.sources import SourceStanding, sources_of, standing_of_sources
from attain.improvement.tables_roadmaps import RoadmapsTable
from attain.improvement.views.roadmap_common import CRUMBS, about, page_of
from attain.organisations.errors import UnknownError
from attain.organisations.pages import (
    MemberRequest,
    address,
    answer_form,
    get_or_post,
    now_and_today,
)
from attain.organisations.queries import demand_somewhere, may_somewhere
from attain.organisations.rules import Permission
from attain.organisations.versions import SeenForm

P = Permission


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the roadmaps of places that a member may see."""
    demand_somewhere(request.member, P.READ_ROADMAPS)
    every = roadmap_lines(request.member)
    form = forms.RoadmapsFilter(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {"state": "", "q": ""}
    context = {
        "form": form,
        "is_empty": not every,
        "may_open": may_somewhere(request.member, P.PLAN_ROADMAPS),
    }
    exports = may_somewhere(request.member, P.ANALYSE)
    table = RoadmapsTable(_fitting(every, said))
    return table.answer(request, "improvement/roadmaps.html", context, exports=exports)


def _fitting(lines: Sequence[RoadmapLine], said: dict[str, Any]) -> list[RoadmapLine]:
    wanted, words = said["state"] or "in_use", said["q"].casefold()
    return [
        line
        for line in lines
        if wanted in ("all", line.state)
        and words in f"{line.roadmap.title} {line.place}".casefold()
    ]


@get_or_post
def open_one(request: MemberRequest) -> HttpResponse:
    """Open a roadmap: first its place and model, then its assessments and how it counts."""
    member = request.member
    demand_somewhere(member, P.PLAN_ROADMAPS)
    asked = request.POST or request.GET
    places = places_to_plan(member)
    opening = RoadmapOpening.of(member, places, asked.get("place", ""), asked.get("model", ""))
    form = _open_form(request, opening)
    opened: list[str] = []

    def act(said: dict[str, Any]) -> str:
        made = actions.open_roadmap(
            by=member,
            centre=opening.centre,
            settings=form.settings,
            sources=opening.chosen(said["sources"]),
            now=now_and_today(request)[0],
        )
        opened.append(page_of(request, made))
        return _("The roadmap is open. Appraise its steps next.")

    context = {"where": _where_form(opening), "opening": opening, "crumbs": CRUMBS}
    then = address(request, "improvement-roadmaps")
    template = "improvement/roadmap_open.html"
    answer = answer_form(request, form, act, then=then, context=context, template=template)
    if opened:
        answer["Location"] = opened[0]
    return answer


def _open_form(request: MemberRequest, opening: RoadmapOpening) -> forms.OpenForm:
    _now, today = now_and_today(request)
    first = next_quarter(today)
    initial = {
        "place": opening.place,
        "model": opening.model,
        "sources": opening.latest,
        "first_month": first,
        "title": _("Roadmap %(year)s") % {"year": first.first_day.year},
    }
    return forms.OpenForm(request.POST or None, initial=initial, sources=opening.source_choices)


def _where_form(opening: RoadmapOpening) -> forms.WhereForm:
    return forms.WhereForm(
        initial={"place": opening.place, "model": opening.model},
        places=opening.place_choices,
        models=opening.model_choices,
    )


@require_GET
def show(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Show a roadmap: what to do next, its sources, and how far it is."""
    found = find_roadmap(request.member, roadmap)
    reading = read_roadmap(found)
    context = {
        **about(request, found, "roadmap"),
        "reading": reading,
        "goals": [] if "" in reading.goals else list(reading.goals),
        "sources": standing_of_sources(found, request.member),
        "ranked": len(reading.ranking.ranked),
        "plans": list(found.plans.order_by("-number")[:5]),
    }
    return render(request, "improvement/roadmap.html", context)


@get_or_post
def change(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Change how a roadmap counts."""
    found = find_roadmap(request.member, roadmap, P.PLAN_ROADMAPS)
    now, _today = now_and_today(request)
    form = forms.ChangeSettingsForm(request.POST or None, initial=forms.settings_of(found))

    def act(said: dict[str, Any]) -> str:
        settings, seen = form.settings, said["version"]
        actions.change_roadmap(
            by=request.member, roadmap=found, seen=seen, settings=settings, now=now
        )
        return _("The roadmap is changed.")

    context = {**about(request, found), "title": _("Change the roadmap")}
    return answer_form(request, form, act, then=page_of(request, found), context=context)


@get_or_post
def archive(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Put a roadmap away."""
    found = find_roadmap(request.member, roadmap, P.PLAN_ROADMAPS)
    now, _today = now_and_today(request)
    form = SeenForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        seen = said["version"]
        actions.archive_roadmap(by=request.member, roadmap=found, seen=seen, now=now)
        return _("The roadmap is archived.")

    context = {
        **about(request, found),
        "title": _("Archive the roadmap"),
        "about": _("It stays readable, and nothing of it can be changed any more."),
        "submit": _("Archive"),
        "danger": True,
    }
    return answer_form(request, form, act, then=page_of(request, found), context=context)


@get_or_post
def take_later(request: MemberRequest, roadmap: UUID, source: UUID) -> HttpResponse:
    """Take the later assessment of a place in the place of a source."""
    found = find_roadmap(request.member, roadmap, P.PLAN_ROADMAPS)
    row = next((each for each in sources_of(found) if each.uuid == source), None)
    if row is None:
        raise UnknownError
    now, _today = now_and_today(request)
    standing = _standing(standing_of_sources(found, request.member), row.assessment_id)
    if standing.later is None:
        raise UnknownError
    later = standing.later
    form = SeenForm(request.POST or None, initial={"version": row.version})

    def act(said: dict[str, Any]) -> str:
        seen = said["version"]
        actions.take_later(
            by=request.member, roadmap=found, source=row, seen=seen, later=later, now=now
        )
        return _("The later assessment is taken. What was said of steps that remain is kept.")

    explained = _(
        "%(later)s of %(place)s takes the place of %(before)s. Steps have their names from item "
        "and level: what was said of those that remain is kept, and of those that are gone it is "
        "listed."
    ) % {"later": later.title, "place": later.place, "before": standing.line.title}
    context = {
        **about(request, found),
        "title": _("Take the later assessment"),
        "about": explained,
        "submit": _("Take the later one"),
    }
    return answer_form(request, form, act, then=page_of(request, found), context=context)


def _standing(found: Sequence[SourceStanding], pk: int) -> SourceStanding:
    return next(each for each in found if each.line.pk == pk)
