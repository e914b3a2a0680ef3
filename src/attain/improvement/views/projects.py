"""Planning an initiative: at a centre, in the whole organisation, or for a gap that is shared."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.improvement import forms_initiatives as forms
from attain.improvement.actions.initiatives import StepTaken, plan_initiative
from attain.improvement.models import Initiative
from attain.improvement.queries.choosing import (
    centres_to_plan,
    owners_of,
    processes_by_key,
    those_to_wait_for,
)
from attain.improvement.queries.shared import SharedItem, assessments_of, shared_item
from attain.improvement.views.initiative_common import CRUMBS, page_of
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.pages import (
    MemberRequest,
    address,
    answer_form,
    get_or_post,
    now_and_today,
)
from attain.organisations.queries import demand, demand_somewhere, find_centre, may
from attain.organisations.rules import Permission

_PLAN = Permission.PLAN_ROADMAPS
_WHOLE = ".organisation"
_USUAL = timedelta(days=90)


@get_or_post
def new(request: MemberRequest) -> HttpResponse:
    """Plan an initiative: for a shared gap where an item is named, otherwise at a place."""
    demand_somewhere(request.member, _PLAN)
    if "item" in request.GET:
        return _for_item(request, request.GET["item"], request.GET.get("model", ""))
    place = request.GET.get("place", "")
    if not place:
        return _where(request)
    return _at(request, place)


def _where(request: MemberRequest) -> HttpResponse:
    """Ask where an initiative belongs."""
    member = request.member
    whole = member.organisation.name if may(member, _PLAN) else ""
    form = forms.PlaceForm(centres=centres_to_plan(member), organisation=whole)
    context = {"form": form, "crumbs": CRUMBS}
    return render(request, "improvement/initiative_place.html", context)


def _at(request: MemberRequest, place: str) -> HttpResponse:
    """Plan an initiative at a centre or in the whole organisation."""
    member, centre = request.member, None
    if place == _WHOLE:
        demand(member, _PLAN)
    else:
        centre = find_centre(member, place, _PLAN)
    form = forms.InitiativeForm(
        request.POST or None,
        initial=_initial(request),
        owners=owners_of(centre),
        processes=processes_by_key([centre] if centre else []),
        others=those_to_wait_for(member),
    )

    def act(said: dict[str, Any]) -> Initiative:
        now, _today = now_and_today(request)
        return plan_initiative(by=member, centre=centre, steps=(), now=now, **said)

    title = _("Plan an initiative at %s") % (centre or member.organisation)
    return _answered(request, form, act, {"title": title})


def _initial(request: MemberRequest) -> dict[str, Any]:
    _now, today = now_and_today(request)
    return {
        "owner": request.member,
        "starts_on": today,
        "due_on": today + _USUAL,
        "currency": _usual_currency(),
    }


def _usual_currency() -> str:
    """Return the currency of the initiative that was planned last."""
    latest = Initiative.objects.order_by("-pk").values_list("currency", flat=True).first()
    return latest or "GBP"


def _answered(
    request: MemberRequest,
    form: forms.InitiativeForm,
    act: Any,
    context: dict[str, Any],
    template: str = "organisations/form.html",
) -> HttpResponse:
    """Answer with the form, or lead on to the initiative that was planned."""
    planned: list[Initiative] = []

    def plan(said: dict[str, Any]) -> str:
        planned.append(act(said))
        return _("The initiative is planned.")

    then = address(request, "improvement-initiatives")
    said = {"submit": _("Plan"), "crumbs": CRUMBS, **context}
    answer = answer_form(request, form, plan, then=then, context=said, template=template)
    if planned:
        answer["Location"] = page_of(request, planned[0])
    return answer


def _for_item(request: MemberRequest, item: str, model: str) -> HttpResponse:
    """Plan one central project for the centres that are short on an item."""
    member = request.member
    demand(member, _PLAN)
    _now, today = now_and_today(request)
    shared = shared_item(member, model, item, today)
    if not shared.short:
        raise UnknownError
    form = forms.ProjectForm(
        request.POST or None,
        initial=_initial(request) | _proposed(shared),
        owners=owners_of(None),
        processes=processes_by_key(shared.centres),
        others=those_to_wait_for(member),
        centres=[(each.centre.key, each.centre.name) for each in shared.short],
    )

    def act(said: dict[str, Any]) -> Initiative:
        now, _today = now_and_today(request)
        chosen, reach = said.pop("centres"), said.pop("reach")
        steps = _steps(request, shared, set(chosen), is_next=reach == "next")
        return plan_initiative(by=member, centre=None, steps=steps, now=now, **said)

    context = {"title": _("One project for a shared gap"), "shared": shared}
    return _answered(request, form, act, context, "improvement/initiative_shared.html")


def _proposed(shared: SharedItem) -> dict[str, Any]:
    """Propose a title, and the centres at which no open initiative sees to the item."""
    free = [each.centre.key for each in shared.short if each.taken is None]
    count = ngettext("%(n)s centre", "%(n)s centres", len(free)) % {"n": len(free)}
    return {"title": f"{shared.item.title} ({count})"[:200], "centres": free}


def _steps(
    request: MemberRequest, shared: SharedItem, chosen: set[str], *, is_next: bool
) -> list[StepTaken]:
    short = [each for each in shared.short if each.centre.key in chosen]
    if not short:
        raise RefusedActionError(_("Choose at least one centre."))
    assessments = assessments_of(request.member, short)
    return [
        StepTaken(assessments[each.assessment], each.centre, shared.item.key, level, to)
        for each in short
        for level, to in (each.steps[:1] if is_next else each.steps)
    ]
