"""Carrying an initiative on: start, analysis and outcome, done, dropped."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attain.improvement import forms_initiatives as forms
from attain.improvement.actions import progress
from attain.improvement.models import Initiative
from attain.improvement.queries.initiatives import find_to_carry_on, find_to_plan
from attain.improvement.queries.recorded import recorded_at
from attain.improvement.views.initiative_common import form_page
from attain.organisations.pages import MemberRequest, get_or_post, now_and_today


@get_or_post
def start(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Start an initiative."""
    found = find_to_carry_on(request.member, initiative)
    now, today = now_and_today(request)
    initial = {"version": found.version, "on": today}
    form = forms.StartForm(request.POST or None, initial=initial)

    def act(said: dict[str, Any]) -> str:
        progress.start_initiative(
            by=request.member, initiative=found, seen=said["version"], on=said["on"], now=now
        )
        return _("The initiative has started.")

    return form_page(
        request,
        form,
        act,
        found,
        title=_("Start the initiative"),
        explained=_told_of_start(found),
        submit=_("Start"),
    )


def _told_of_start(initiative: Initiative) -> str:
    told = _("It is shown as in progress from then on.")
    if places := _counting(initiative):
        told += " " + _("It is recorded as started at: %s.") % places
    return told


def _counting(initiative: Initiative) -> str:
    return "; ".join(str(each.centre) for each in recorded_at(initiative) if each.has_process)


@get_or_post
def write_up(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Write down the analysis of an initiative, and what came of it so far."""
    found = find_to_carry_on(request.member, initiative)
    now, _today = now_and_today(request)
    initial = {name: getattr(found, name) for name in ("version", "analysis", "outcome")}
    form = forms.WriteUpForm(request.POST or None, initial=initial)

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        progress.write_up(by=request.member, initiative=found, seen=seen, now=now, **said)
        return _("Analysis and outcome are written down.")

    return form_page(request, form, act, found, title=_("Analysis and outcome"))


@get_or_post
def complete(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Say that an initiative is done."""
    found = find_to_carry_on(request.member, initiative)
    now, today = now_and_today(request)
    initial = {name: getattr(found, name) for name in ("version", "analysis", "outcome")}
    form = forms.CompleteForm(request.POST or None, initial=initial | {"on": today})

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        progress.complete_initiative(
            by=request.member, initiative=found, seen=seen, now=now, **said
        )
        return _("The initiative is done.")

    return form_page(
        request,
        form,
        act,
        found,
        title=_("The initiative is done"),
        explained=_told_of_end(found),
        submit=_("Done"),
    )


def _told_of_end(initiative: Initiative) -> str:
    told = _("What has ended is not taken up again, and its documents stay.")
    if initiative.is_structured:
        told += " " + _("A structured one needs its analysis and its outcome.")
    if places := _counting(initiative):
        told += " " + _("Certification counts it from then on at: %s.") % places
    return told


@get_or_post
def drop(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Drop an initiative, and say why."""
    found = find_to_plan(request.member, initiative)
    now, _today = now_and_today(request)
    form = forms.ReasonForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        progress.drop_initiative(
            by=request.member,
            initiative=found,
            seen=said["version"],
            reason=said["reason"],
            now=now,
        )
        return _("The initiative is dropped.")

    return form_page(
        request,
        form,
        act,
        found,
        title=_("Drop the initiative"),
        explained=_(
            "It stays on record with the reason. What was recorded of it at a centre is withdrawn."
        ),
        submit=_("Drop"),
        danger=True,
    )
