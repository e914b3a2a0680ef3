"""Whom the events of initiatives concern, and what they are told."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from attain.improvement.models import Initiative, InitiativeMilestone
from attain.improvement.queries.finding import place_of
from attain.organisations.actions.notices import Subject, tell
from attain.organisations.pages import Member
from attain.organisations.queries import who_may
from attain.organisations.rules import Permission


def tell_named(initiative: Initiative, by: Member, now: datetime) -> None:
    """Tell the owner of an initiative that it is theirs, and until when, unless they took it."""
    if initiative.owner_id == by.pk:
        return
    text = format_lazy(
        _("{title}: you own this initiative, due on {due}"),
        title=initiative.title,
        due=initiative.due_on,
    )
    # Named again after somebody else had it, they are told again.
    key = f"initiative owned {initiative.uuid} {initiative.owner_id} {initiative.version}"
    _tell([initiative.owner], key, text, initiative, now)


def tell_done(initiative: Initiative, now: datetime) -> None:
    """Tell who plans where it belongs that an initiative is done."""
    text = format_lazy(_("{title}: the initiative is done"), title=initiative.title)
    planning = who_may(Permission.PLAN_ROADMAPS, place_of(initiative))
    _tell(planning, f"initiative done {initiative.uuid}", text, initiative, now)


def tell_due(initiative: Initiative, now: datetime, *, is_overdue: bool) -> None:
    """Remind the owner of an initiative that is due soon, or overdue."""
    words = (
        _("{title}: the initiative was due on {due}")
        if is_overdue
        else _("{title}: the initiative is due on {due}")
    )
    text = format_lazy(words, title=initiative.title, due=initiative.due_on)
    when = f"{'overdue' if is_overdue else 'due'} {initiative.due_on}"
    _tell([initiative.owner], f"initiative {when} {initiative.uuid}", text, initiative, now)


def tell_milestone(milestone: InitiativeMilestone, now: datetime, *, is_overdue: bool) -> None:
    """Remind the owner of an initiative of a milestone that is due soon, or overdue."""
    words = (
        _("{title}: “{milestone}” was due on {due}")
        if is_overdue
        else _("{title}: “{milestone}” is due on {due}")
    )
    initiative = milestone.initiative
    text = format_lazy(
        words, title=initiative.title, milestone=milestone.text, due=milestone.due_on
    )
    key = f"initiative milestone {'overdue' if is_overdue else 'due'} {milestone.uuid}"
    _tell([initiative.owner], key, text, initiative, now)


def _tell(
    members: Iterable[Member],
    key: str,
    text: str | Promise,
    initiative: Initiative,
    now: datetime,
) -> None:
    organisation = initiative.organisation.key
    link = reverse("improvement-initiative", args=[organisation, initiative.uuid])
    tell(members=members, subject=Subject.INITIATIVE, key=key, text=text, link=link, now=now)
