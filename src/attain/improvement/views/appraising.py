"""The steps of a roadmap: their list, one step, taking it over, and a page of rows to fill in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.improvement import forms_roadmaps as forms
from attain.improvement.actions import appraising as actions
from attain.improvement.models import Roadmap
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.goals import goals_in_force
from attain.improvement.queries.reading import RoadmapReading, StepLine, read_roadmap
from attain.improvement.quick_rows import quick_rows, row_id, sides
from attain.improvement.roadmap_rows import address_of, row_of
from attain.improvement.tables_roadmaps import StepsTable
from attain.improvement.views.roadmap_common import about, by_field, may_plan
from attain.organisations.errors import (
    ChangedMeanwhileError,
    RefusedActionError,
    UnknownError,
)
from attain.organisations.pages import (
    MemberRequest,
    address,
    answer_form,
    get_or_post,
    now_and_today,
)
from attain.organisations.queries import may_somewhere
from attain.organisations.rows_saved import row_not_saved
from attain.organisations.rules import Permission

P = Permission
_RANGES = {name: f"{name}_low" for name in ("one_off", "running", "benefit")}


@require_GET
def index(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Show every step of a roadmap, as a list to filter."""
    found = find_roadmap(request.member, roadmap)
    reading = read_roadmap(found)
    form = _filter(request, reading)
    said = form.cleaned_data if form.is_valid() else {}
    lines = [line for line in reading.lines if _fits(line, said)]
    table = StepsTable([row_of(reading, line) for line in lines])
    table.file_name = "steps"
    context = {**about(request, found, "steps"), "form": form, "is_empty": not reading.lines}
    exports = may_somewhere(request.member, P.ANALYSE)
    return table.answer(request, "improvement/steps.html", context, exports=exports)


def _filter(request: MemberRequest, reading: RoadmapReading) -> forms.StepsFilter:
    return forms.StepsFilter(
        request.GET or None, processes=reading.processes, places=reading.places
    )


def _fits(line: StepLine, said: Mapping[str, str]) -> bool:
    step = line.read.step
    return (
        said.get("process", "") in ("", step.process or "none")
        and said.get("place", "") in ("", step.centre)
        and said.get("state", "") in ("", line.state)
        and said.get("q", "").casefold() in line.read.words.item.casefold()
    )


def _line(reading: RoadmapReading, place: str, item: str, to: int) -> StepLine:
    key = f"{place}/{item}/{to}"
    found = next((line for line in reading.lines if line.key == key), None)
    if found is None:
        raise UnknownError
    return found


@get_or_post
def show(request: MemberRequest, roadmap: UUID, place: str, item: str, to: int) -> HttpResponse:
    """Show what was said of a step; whoever may plan says it here."""
    permission = P.PLAN_ROADMAPS if request.method == "POST" else P.READ_ROADMAPS
    found = find_roadmap(request.member, roadmap, permission)
    reading = read_roadmap(found)
    line = _line(reading, place, item, to)
    goals = goals_in_force()
    form = forms.AppraisalForm(
        request.POST or None,
        initial=forms.said_in(line.row),
        roadmap=found,
        after=_before(reading, line),
        goals=goals,
    )
    now, _today = now_and_today(request)
    names = _RANGES | {goal.key: forms.IMPACT + goal.key for goal in goals}

    def act(said: dict[str, Any]) -> str:
        try:
            actions.appraise(
                by=request.member,
                roadmap=found,
                step=line.key,
                seen=said["version"],
                said=form.said,
                now=now,
            )
        except ValidationError as refusal:
            raise by_field(refusal, names) from refusal
        return _("The appraisal is saved.")

    context = {**about(request, found, "steps"), **_told(reading, line), "goals": goals}
    then = address(request, "improvement-steps", roadmap=found.uuid)
    template = "improvement/step.html"
    return answer_form(request, form, act, then=then, context=context, template=template)


def _before(reading: RoadmapReading, line: StepLine) -> list[tuple[str, str]]:
    """Return the steps that this one may be said to come after, in words.

    Those of the same place, and whatever was said already; its own item comes by itself.
    """
    own = line.read.step
    said = set(line.row.after) if line.row else set()
    return [
        (each.step.key, f"{each.words.title} ({each.words.centre})")
        for each in reading.steps
        if each.step.key in said or (each.step.centre == own.centre and each.step.item != own.item)
    ]


def _told(reading: RoadmapReading, line: StepLine) -> dict[str, Any]:
    lower = reading.lower.get(line.key)
    is_known = lower is not None and lower in reading.by_key
    return {
        "line": line,
        "words": line.read.words,
        "row": row_of(reading, line),
        "lower": reading.by_key[lower].words if is_known and lower else None,
        "lower_address": address_of(reading.roadmap, lower) if is_known and lower else "",
        "elsewhere": reading.elsewhere(line.key),
        "take_over": address_of(reading.roadmap, line.key, "improvement-take-over"),
    }


@get_or_post
def take_over(
    request: MemberRequest, roadmap: UUID, place: str, item: str, to: int
) -> HttpResponse:
    """Take over what was said of a step to the same step at other centres."""
    found = find_roadmap(request.member, roadmap, P.PLAN_ROADMAPS)
    reading = read_roadmap(found)
    line = _line(reading, place, item, to)
    elsewhere = reading.elsewhere(line.key)
    choices = [(each.key, _where(each)) for each in elsewhere]
    untouched = [each.key for each in elsewhere if each.row is None]
    form = forms.TakeOverForm(request.POST or None, initial={"to": untouched}, to=choices)
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        actions.take_over(by=request.member, roadmap=found, origin=line.key, to=said["to"], now=now)
        return _("The appraisal is taken over.")

    context = {**about(request, found, "steps"), **_told(reading, line)}
    then = address_of(found, line.key)
    template = "improvement/take_over.html"
    return answer_form(request, form, act, then=then, context=context, template=template)


def _where(line: StepLine) -> str:
    if line.row is None:
        return line.read.words.centre
    return _("%(place)s (what was said there is written over)") % {"place": line.read.words.centre}


@require_GET
def many(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Show the steps of a process as rows to fill in, each saved as it changes."""
    found = find_roadmap(request.member, roadmap, P.PLAN_ROADMAPS)
    reading = read_roadmap(found)
    form = _filter(request, reading)
    said = form.cleaned_data if form.is_valid() else {}
    page = quick_rows(reading, [line for line in reading.lines if _fits(line, said)])
    context = {
        **about(request, found, "appraise"),
        "form": form,
        "page": page,
        "reading": reading,
        "goals": goals_in_force(),
    }
    return render(request, "improvement/appraise.html", context)


@require_POST
def save(request: MemberRequest, roadmap: UUID, place: str, item: str, to: int) -> HttpResponse:
    """Save a row; a conflict or a refusal stands beside it."""
    found = find_roadmap(request.member, roadmap, P.PLAN_ROADMAPS)
    if not may_plan(request.member, found):
        raise RefusedActionError(_("The roadmap is archived, and stays as it is."))
    reading = read_roadmap(found)
    line = _line(reading, place, item, to)
    goals = goals_in_force()
    form = forms.QuickForm(request.POST, goals=goals)
    is_part_of_a_page = "HX-Request" in request.headers
    try:
        version = _saved(request, found, line, form)
    except (ChangedMeanwhileError, RefusedActionError) as refusal:
        if not is_part_of_a_page:
            raise
        return _not_saved(request, line, form, refusal)
    if not is_part_of_a_page:
        page = address(request, "improvement-appraise", roadmap=found.uuid)
        return redirect(f"{page}#row-{row_id(line.key)}")
    reading = read_roadmap(found)
    context = {"id": row_id(line.key), "version": version, "appraised": reading.appraised}
    return render(request, "improvement/row_saved.html", context)


def _saved(request: MemberRequest, roadmap: Roadmap, line: StepLine, form: forms.QuickForm) -> int:
    if not form.is_valid():
        raise RefusedActionError(_faults(form))
    now, _today = now_and_today(request)
    said = form.said_over(line.row)
    try:
        row = actions.appraise(
            by=request.member, roadmap=roadmap, step=line.key, seen=form.seen, said=said, now=now
        )
    except ValidationError as refusal:
        raise RefusedActionError(" ".join(refusal.messages)) from refusal
    return row.version


def _faults(form: forms.QuickForm) -> str:
    found = [
        f"{form.fields[name].label}: {error}" if form.fields[name].label else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    return " ".join(found)


def _not_saved(
    request: MemberRequest,
    line: StepLine,
    form: forms.QuickForm,
    refusal: ChangedMeanwhileError | RefusedActionError,
) -> HttpResponse:
    return row_not_saved(
        request,
        row_id(line.key),
        refusal,
        changed=_("Not saved: this step was appraised from elsewhere meanwhile."),
        current=line.row.version if line.row else 0,
        sides=lambda: sides(line, form),
    )
