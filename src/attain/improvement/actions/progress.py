"""Carrying an initiative on: its start, its milestones and comments, its end."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from attain.improvement.actions.counting import (
    key_of,
    record_at_centres,
    said_of,
    withdraw_at_centres,
)
from attain.improvement.actions.recording import record_of
from attain.improvement.actions.telling import tell_done
from attain.improvement.models import Initiative, InitiativeComment, InitiativeMilestone
from attain.improvement.models.lists import STATES
from attain.improvement.rules.stages import ENDED, InitiativeState, may_move
from attain.organisations.actions.changing import change
from attain.organisations.days import today_of
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member

S = InitiativeState


@transaction.atomic
def start_initiative(
    *, by: Member, initiative: Initiative, seen: int, on: date, now: datetime
) -> Initiative:
    """Start an initiative on a day, once what it waits for has ended.

    A structured one is recorded at its centres as started.
    """
    _demand_move(initiative, S.RUNNING)
    _demand_past(initiative, on, now)
    waits = initiative.after.exclude(state__in=ENDED).values_list("title", flat=True)
    if waits:
        raise RefusedActionError(
            _("It waits for what has not ended: %(titles)s.") % {"titles": ", ".join(waits)}
        )
    _move(initiative, seen, S.RUNNING, started_on=on, recorded_as=key_of(initiative))
    recorded = record_at_centres(by, initiative, now)
    record_of(by, "improvement.start_initiative", initiative, now, on=on, recorded_at=recorded)
    return initiative


@transaction.atomic
def write_up(
    *, by: Member, initiative: Initiative, seen: int, analysis: str, outcome: str, now: datetime
) -> Initiative:
    """Write down the analysis before an initiative, and what came of it so far."""
    demand_open(initiative)
    change(initiative, seen=seen, what=_("the initiative"), analysis=analysis, outcome=outcome)
    record_of(by, "improvement.write_up", initiative, now, analysis=analysis, outcome=outcome)
    return initiative


@transaction.atomic
def complete_initiative(
    *,
    by: Member,
    initiative: Initiative,
    seen: int,
    on: date,
    analysis: str,
    outcome: str,
    now: datetime,
) -> Initiative:
    """Say that an initiative was done on a day.

    A structured one needs its analysis and its outcome, as text or as a document, and is recorded
    at its centres.
    """
    _demand_move(initiative, S.DONE)
    _demand_past(initiative, on, now)
    if initiative.started_on and on < initiative.started_on:
        raise RefusedActionError(_("It ended before it started."))
    texts = {"analysis": analysis, "outcome": outcome, "recorded_as": key_of(initiative)}
    _move(initiative, seen, S.DONE, ended_on=on, **texts)
    if initiative.is_structured:
        _demand_written_up(initiative)
    recorded = record_at_centres(by, initiative, now)
    record_of(by, "improvement.complete_initiative", initiative, now, on=on, recorded_at=recorded)
    tell_done(initiative, now)
    return initiative


def _demand_written_up(initiative: Initiative) -> None:
    if said_of(initiative, "analysis") is None:
        raise RefusedActionError(
            _("A structured initiative needs its analysis, as text or as a document.")
        )
    if said_of(initiative, "outcome") is None:
        raise RefusedActionError(
            _("A structured initiative needs its outcome, as text or as a document.")
        )


@transaction.atomic
def drop_initiative(
    *, by: Member, initiative: Initiative, seen: int, reason: str, now: datetime
) -> Initiative:
    """Drop an initiative; the reason stands among its comments.

    What was recorded of it at its centres is withdrawn.
    """
    _demand_move(initiative, S.DROPPED)
    if not reason.strip():
        raise RefusedActionError(_("Say why it is dropped."))
    _move(initiative, seen, S.DROPPED, ended_on=today_of(initiative.organisation, now))
    withdraw_at_centres(by, initiative, reason, now)
    _said(by, initiative, reason, now)
    record_of(by, "improvement.drop_initiative", initiative, now, reason=reason)
    return initiative


def _move(initiative: Initiative, seen: int, to: InitiativeState, **values: Any) -> None:
    change(initiative, seen=seen, what=_("the initiative"), state=to.value, **values)


def _demand_move(initiative: Initiative, to: InitiativeState) -> None:
    if not may_move(InitiativeState(initiative.state), to):
        raise RefusedActionError(
            _("The initiative is “%(state)s”.") % {"state": STATES[initiative.state]}
        )


def _demand_past(initiative: Initiative, on: date, now: datetime) -> None:
    if on > today_of(initiative.organisation, now):
        raise RefusedActionError(_("The day is still to come."))


def demand_open(initiative: Initiative) -> None:
    """Refuse what is for an initiative that has not ended."""
    if initiative.state in ENDED:
        raise RefusedActionError(_("The initiative has ended."))


@transaction.atomic
def add_milestone(
    *, by: Member, initiative: Initiative, text: str, due_on: date, now: datetime
) -> InitiativeMilestone:
    """Add something that will be reached by a day, not before the initiative starts."""
    demand_open(initiative)
    if due_on < (initiative.started_on or initiative.starts_on):
        raise RefusedActionError(_("A milestone lies after the start of the initiative."))
    milestone = InitiativeMilestone.objects.create(
        organisation=initiative.organisation, initiative=initiative, text=text, due_on=due_on
    )
    record_of(by, "improvement.add_milestone", initiative, now, milestone=text, due=due_on)
    return milestone


@transaction.atomic
def finish_milestone(
    *, by: Member, milestone: InitiativeMilestone, seen: int, now: datetime
) -> InitiativeMilestone:
    """Say that a milestone is reached, today."""
    demand_open(milestone.initiative)
    if milestone.done_on is not None:
        raise RefusedActionError(_("The milestone is done already."))
    today = today_of(milestone.organisation, now)
    change(milestone, seen=seen, what=_("the milestone"), done_on=today)
    details = {"milestone": milestone.text}
    record_of(by, "improvement.finish_milestone", milestone.initiative, now, **details)
    return milestone


@transaction.atomic
def take_up_milestone(
    *, by: Member, milestone: InitiativeMilestone, seen: int, now: datetime
) -> InitiativeMilestone:
    """Say that a milestone is not reached after all."""
    demand_open(milestone.initiative)
    if milestone.done_on is None:
        raise RefusedActionError(_("The milestone is not done."))
    change(milestone, seen=seen, what=_("the milestone"), done_on=None)
    details = {"milestone": milestone.text}
    record_of(by, "improvement.take_up_milestone", milestone.initiative, now, **details)
    return milestone


@transaction.atomic
def say(*, by: Member, initiative: Initiative, text: str, now: datetime) -> InitiativeComment:
    """Say something of an initiative, also after its end; it stays as it was said."""
    comment = _said(by, initiative, text, now)
    record_of(by, "improvement.comment", initiative, now, text=text)
    return comment


def _said(by: Member, initiative: Initiative, text: str, now: datetime) -> InitiativeComment:
    return InitiativeComment.objects.create(
        organisation=initiative.organisation,
        initiative=initiative,
        text=text,
        said_by=by,
        said_at=now,
    )
