"""Asking for a plan, and waiting for it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from attain.improvement.forms_plans import PlanForm, initial_of
from attain.improvement.models import Roadmap
from attain.improvement.plan_tasks import ask_for_plan
from attain.improvement.plan_words import LACKING, days_words, money_words
from attain.improvement.queries.candidates import RoadmapSteps, steps_to_plan
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.plan_jobs import job_of_plan, wishes_of_job
from attain.improvement.queries.plans import wishes_of
from attain.improvement.queries.roadmaps import StepWords
from attain.improvement.rules.candidates import Candidate
from attain.improvement.rules.kept_plans import PlanWishes
from attain.improvement.rules.offering import Offer, PlanUnit
from attain.improvement.views.plan_common import CRUMBS, P, about
from attain.organisations.errors import UnknownError
from attain.organisations.jobs.models import Job
from attain.organisations.pages import Member, MemberRequest, address, answer_form, get_or_post


@get_or_post
def new(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Ask for a plan of a roadmap; `again` names a plan whose means and locks are taken over."""
    found = find_roadmap(request.member, roadmap, P.PLAN_ROADMAPS)
    steps = steps_to_plan(found)
    offers = {unit: steps.offered(unit, has_budget=False) for unit in PlanUnit}
    free = {each.key: each for offered in offers.values() for each in offered.candidates}
    words = {key: steps.words[key] for key in steps.words if key in free}
    form = PlanForm(
        request.POST or None, roadmap=found, words=words, initial=_initial(request, found, steps)
    )
    asked: list[str] = []

    def act(_said: dict[str, Any]) -> str:
        _job, plan = ask_for_plan(by=request.member, roadmap=found, wishes=form.wishes)
        asked.append(address(request, "improvement-plan", roadmap=found.uuid, plan=plan))
        return _("The plan is being made.")

    context = {
        **about(request, found),
        "title": _("Make a plan"),
        "crumbs": CRUMBS,
        "usual": steps.unit,
        "in_money": len(offers[PlanUnit.MONEY].candidates),
        "in_points": len(offers[PlanUnit.POINTS].candidates),
        "horizon": max(found.quarters, found.years * 4),
        "rows": [_row(free[key], words, form, found.currency, offers) for key in words],
        "apart": _apart(steps),
        "taken": _taken(steps),
    }
    then = address(request, "improvement-plans", roadmap=found.uuid)
    answer = answer_form(
        request, form, act, then=then, context=context, template="improvement/plan_new.html"
    )
    if asked:
        answer["Location"] = asked[0]
    return answer


def _initial(request: MemberRequest, roadmap: Roadmap, steps: RoadmapSteps) -> dict[str, Any]:
    again = request.GET.get("again", "")
    if not again:
        number = roadmap.plans.count() + 1
        return {"title": _("Plan %(number)s") % {"number": number}, "unit": steps.unit.value}
    wishes = _asked_before(request.member, roadmap, again)
    return {"unit": steps.unit.value, **initial_of(wishes)}


def _asked_before(member: Member, roadmap: Roadmap, plan: str) -> PlanWishes:
    try:
        uuid = UUID(plan)
    except ValueError:
        raise UnknownError from None
    kept = roadmap.plans.filter(uuid=uuid).first()
    if kept is not None:
        return wishes_of(kept)
    job = job_of_plan(member, roadmap, uuid)
    if job is None:
        raise UnknownError
    return wishes_of_job(job)


def _row(
    candidate: Candidate,
    words: Mapping[str, StepWords],
    form: PlanForm,
    currency: str,
    offers: Mapping[PlanUnit, Offer],
) -> dict[str, Any]:
    unpriced = any(candidate.key in each.unpriced for each in offers.values())
    return {
        "words": words[candidate.key],
        "cost": "–" if unpriced else money_words(candidate.cost, currency),
        "days": days_words(candidate.days),
        "quarters": candidate.quarters,
        "field": form.lock_of(candidate.key),
    }


def _apart(steps: RoadmapSteps) -> list[dict[str, Any]]:
    offered = steps.offered(steps.unit)
    return [
        {"words": steps.words[key], "lacking": [LACKING[each] for each in lacking]}
        for key, lacking in offered.apart.items()
    ]


def _taken(steps: RoadmapSteps) -> list[dict[str, Any]]:
    return [
        {"words": steps.words[key], "initiative": each} for key, each in steps.initiatives.items()
    ]


def waiting(request: MemberRequest, roadmap: Roadmap, plan: UUID) -> HttpResponse:
    """Show how far a plan is that a worker looks for; UnknownError where nobody looks for it."""
    job = job_of_plan(request.member, roadmap, plan)
    if job is None:
        raise UnknownError
    part = request.headers.get("HX-Request") == "true"
    template = "improvement/plan_progress.html" if part else "improvement/plan_waiting.html"
    return render(request, template, {**about(request, roadmap), **_of_job(job), "awaited": plan})


def _of_job(job: Job) -> dict[str, Any]:
    return {"job": job, "wishes": wishes_of_job(job)}
