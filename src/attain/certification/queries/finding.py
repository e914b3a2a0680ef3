"""Finding the rows of the room and authorising in one."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from attain.certification.models import (
    Application,
    Certificate,
    CorrectiveAction,
    Milestone,
    Review,
)
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import demand, visible_centres
from attain.organisations.rules import Permission

Row = TypeVar("Row", bound=Model)
_READ = Permission.READ_CERTIFICATION


def find_application(member: Member, uuid: UUID, permission: Permission = _READ) -> Application:
    """Return an application at whose centre a member may do what is asked.

    UnknownError where they may not see the centre, ForbiddenError where they may not do it.
    """
    rows = Application.objects.select_related("centre__site", "applied_by__account")
    found = _one(rows.filter(uuid=uuid, centre__in=_visible(member)))
    demand(member, permission, found.centre)
    return found


def find_review(member: Member, uuid: UUID, permission: Permission = _READ) -> Review:
    """Return a review of an application at whose centre a member may do what is asked."""
    rows = Review.objects.select_related("application__centre__site", "assessor__account")
    found = _one(rows.filter(uuid=uuid, application__centre__in=_visible(member)))
    demand(member, permission, found.application.centre)
    return found


def find_certificate(member: Member, number: str, permission: Permission = _READ) -> Certificate:
    """Return a certificate of a centre at which a member may do what is asked."""
    rows = Certificate.objects.select_related("centre__site", "decision__by__account")
    found = _one(rows.filter(number=number, centre__in=_visible(member)))
    demand(member, permission, found.centre)
    return found


def find_corrective(member: Member, uuid: UUID, permission: Permission = _READ) -> CorrectiveAction:
    """Return a corrective action of a centre at which a member may do what is asked."""
    rows = CorrectiveAction.objects.select_related(
        "centre__site", "certificate", "watch", "owner__account", "answered_by__account"
    )
    found = _one(rows.filter(uuid=uuid, centre__in=_visible(member)))
    demand(member, permission, found.centre)
    return found


def find_milestone(corrective: CorrectiveAction, uuid: UUID) -> Milestone:
    """Return a milestone of a corrective action that was found; UnknownError otherwise."""
    rows = corrective.milestones.select_related("corrective", "organisation")
    return _one(rows.filter(uuid=uuid))


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise UnknownError
    return found


def _visible(member: Member) -> QuerySet[Centre]:
    return visible_centres(member, Permission.READ_STRUCTURE)
