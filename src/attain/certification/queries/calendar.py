"""The dates of certification: what ends, what is due, what is held."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from attain.certification.models import Certificate, CorrectiveAction, Milestone, Review
from attain.certification.queries.certificates import running, with_moves
from attain.certification.queries.verdicts import titles_in_line
from attain.certification.rules.corrective import CorrectiveState
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import visible_centres
from attain.organisations.rules import Permission

LONGEST_BACK = timedelta(days=31)


@dataclass(frozen=True)
class Dated:
    """Something of a centre on a date. `kind` is expiry, corrective, milestone or review."""

    on: date
    kind: str
    centre: Centre
    about: str
    row: Any


def dates(member: Member, today: date, now: datetime, until: date) -> list[Dated]:
    """Return what a member may see of the coming dates, and of what is open or a month old."""
    centres = visible_centres(member, Permission.READ_CERTIFICATION)
    found = [*_expiries(centres, now), *_corrective(centres), *_reviews(centres, today)]
    return sorted((d for d in found if d.on <= until), key=lambda d: (d.on, d.kind, d.centre.name))


def _expiries(centres: QuerySet[Centre], now: datetime) -> Iterator[Dated]:
    rows = Certificate.objects.filter(centre__in=centres, lapses_at__gt=now)
    for each in running(with_moves(rows.select_related("centre")), now):
        yield Dated(each.valid_until, "expiry", each.centre, each.number, each)


def _corrective(centres: QuerySet[Centre]) -> Iterator[Dated]:
    rows = CorrectiveAction.objects.filter(centre__in=centres).select_related(
        "centre", "certificate"
    )
    open_ones = rows.exclude(state=CorrectiveState.VERIFIED)
    for each in open_ones:
        failed = titles_in_line(each.certificate.scheme, each.failed)
        yield Dated(each.due_on, "corrective", each.centre, failed, each)
    milestones = Milestone.objects.filter(corrective__in=open_ones, done_on=None)
    for step in milestones.select_related("corrective__centre"):
        yield Dated(step.due_on, "milestone", step.corrective.centre, step.text, step.corrective)


def _reviews(centres: QuerySet[Centre], today: date) -> Iterator[Dated]:
    rows = Review.objects.filter(application__centre__in=centres, on__gte=today - LONGEST_BACK)
    for each in rows.select_related("application__centre"):
        centre = each.application.centre
        yield Dated(each.on, "review", centre, str(each.get_kind_display()), each)
