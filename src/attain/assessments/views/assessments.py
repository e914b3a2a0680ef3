"""The list of assessments, opening one, and one assessment with its parts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.assessments import forms
from attain.assessments.actions import assessing
from attain.assessments.actions.editions import enter_library_model
from attain.assessments.models import ModelEdition
from attain.assessments.queries.choosing import (
    centres_to_assess,
    library_models,
    published_editions,
    teams_to_assess,
)
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import find_assessment
from attain.assessments.queries.progress import AssessmentLine, assessment_lines, progress_of
from attain.assessments.rules.stages import AssessmentKind
from attain.assessments.tables import AssessmentsTable
from attain.assessments.views.common import CRUMBS, about, form_page
from attain.assessments.words import STEPS
from attain.organisations.pages import (
    Centre,
    MemberRequest,
    Team,
    address,
    answer_form,
    get_or_post,
    now_and_today,
)
from attain.organisations.queries import demand_somewhere, may, may_somewhere
from attain.organisations.rules import Permission
from attain.organisations.versions import SeenForm

P = Permission


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the assessments that a member may see."""
    demand_somewhere(request.member, P.READ_ASSESSMENTS)
    _now, today = now_and_today(request)
    every = assessment_lines(request.member, today)
    form = forms.ListFilter(request.GET or None)
    lines = _fitting(every, form.cleaned_data) if form.is_valid() else every
    context = {
        "form": form,
        "is_empty": not every,
        "may_open": may_somewhere(request.member, P.LEAD_ASSESSMENTS),
    }
    exports = may_somewhere(request.member, P.ANALYSE)
    table = AssessmentsTable(lines)
    return table.answer(request, "assessments/list.html", context, exports=exports)


def _fitting(lines: Sequence[AssessmentLine], said: dict[str, Any]) -> list[AssessmentLine]:
    words = said["q"].casefold()
    return [
        line
        for line in lines
        if said["state"] in ("", line.state)
        and said["kind"] in ("", line.assessment.kind)
        and words in f"{line.title} {line.place}".casefold()
    ]


@get_or_post
def open_one(request: MemberRequest) -> HttpResponse:
    """Open an assessment."""
    member = request.member
    demand_somewhere(member, P.LEAD_ASSESSMENTS)
    centres, teams, own = centres_to_assess(member), teams_to_assess(member), published_editions()
    whole = member.organisation.name if may(member, P.LEAD_ASSESSMENTS) else ""
    form = forms.OpenForm(
        request.POST or None,
        models=_models(own),
        places=forms.places_to_choose(centres, teams, organisation=whole),
        initial={"place": f"centre {centres[0].uuid}" if centres else ""},
    )
    now, _today = now_and_today(request)
    opened: list[str] = []

    def act(said: dict[str, Any]) -> str:
        made = assessing.open_assessment(
            by=member,
            title=said["title"],
            kind=AssessmentKind(said["kind"]),
            edition=_edition(request, said["model"], own),
            due_on=said["due_on"],
            now=now,
            **_place(said["place"], centres, teams),
        )
        opened.append(address(request, "assessments-one", assessment=made.uuid))
        return _("The assessment is open. Name who rates it.")

    answer = answer_form(
        request,
        form,
        act,
        then=address(request, "assessments"),
        context={"title": _("Open an assessment"), "submit": _("Open"), "crumbs": CRUMBS},
    )
    if opened:
        answer["Location"] = opened[0]
    return answer


def _models(own: Sequence[ModelEdition]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [
        (_("Library of attain"), [(f"library {key}", name) for key, name in library_models()])
    ]
    if own:
        found.append((_("Own models"), [(f"own {each.uuid}", str(each)) for each in own]))
    return found


def _edition(request: MemberRequest, chosen: str, own: Sequence[ModelEdition]) -> ModelEdition:
    kind, _space, key = chosen.partition(" ")
    if kind == "own":
        return next(each for each in own if str(each.uuid) == key)
    now, _today = now_and_today(request)
    return enter_library_model(by=request.member, key=key, now=now)


def _place(chosen: str, centres: Sequence[Centre], teams: Sequence[Team]) -> dict[str, Any]:
    kind, _space, key = chosen.partition(" ")
    if kind == "centre":
        return {"centre": next(each for each in centres if str(each.uuid) == key)}
    if kind == "team":
        return {"team": next(each for each in teams if str(each.uuid) == key)}
    return {}


@require_GET
def show(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show an assessment: what to do next, and how far each assessor is."""
    found = find_assessment(request.member, assessment)
    _now, today = now_and_today(request)
    progress = progress_of(found, request.member, today)
    later = getattr(found, "reopened_as", None)
    context = {
        **about(found),
        "model": model_of(found.edition),
        "progress": progress,
        "step": STEPS[progress.step],
        "later": later,
        "is_overdue": found.state in ("rating", "moderation") and found.due_on < today,
    }
    return render(request, "assessments/one.html", context)


@get_or_post
def withdraw(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Withdraw an assessment, and say why."""
    found = find_assessment(request.member, assessment, P.LEAD_ASSESSMENTS)
    now, _today = now_and_today(request)
    form = forms.ReasonForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        assessing.withdraw_assessment(
            by=request.member,
            assessment=found,
            seen=said["version"],
            reason=said["reason"],
            now=now,
        )
        return _("The assessment is withdrawn.")

    return form_page(
        request,
        form,
        act,
        found,
        title=_("Withdraw the assessment"),
        explained=_("What was rated stays on record. The assessment cannot be taken up again."),
        submit=_("Withdraw"),
        danger=True,
    )


@get_or_post
def begin_moderation(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Begin moderation: every assessor's ratings are seen from then on."""
    found = find_assessment(request.member, assessment, P.LEAD_ASSESSMENTS)
    now, _today = now_and_today(request)
    form = SeenForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        seen = said["version"]
        assessing.begin_moderation(by=request.member, assessment=found, seen=seen, now=now)
        return _("Moderation has begun. The items on which assessors differ most come first.")

    return form_page(
        request,
        form,
        act,
        found,
        title=_("Begin moderation"),
        explained=_("What each assessor said is shown from then on, and stays as it is."),
        submit=_("Begin moderation"),
    )


@get_or_post
def close(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Close an assessment for good."""
    found = find_assessment(request.member, assessment, P.LEAD_ASSESSMENTS)
    now, _today = now_and_today(request)
    form = SeenForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        seen = said["version"]
        assessing.close_assessment(by=request.member, assessment=found, seen=seen, now=now)
        return _("The assessment is closed.")

    return form_page(
        request,
        form,
        act,
        found,
        title=_("Close the assessment"),
        explained=_(
            "The agreed levels, how they roll up and what the records say are frozen. Reopening "
            "makes a new version, and this one stays."
        ),
        submit=_("Close"),
    )


@get_or_post
def reopen(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Reopen a closed assessment as a new version."""
    found = find_assessment(request.member, assessment, P.LEAD_ASSESSMENTS)
    now, _today = now_and_today(request)
    form = forms.ReopenForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        assessing.reopen_assessment(by=request.member, assessment=found, now=now, **said)
        return _("A new version is open, in moderation. The closed one stays as it was.")

    return form_page(
        request,
        form,
        act,
        found,
        title=_("Reopen the assessment"),
        explained=_("A new version begins in moderation with everything that was agreed."),
        submit=_("Reopen"),
    )
