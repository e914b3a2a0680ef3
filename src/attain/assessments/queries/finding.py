"""Finding assessments and their parts, and authorising in one."""

from uuid import UUID

from django.db.models import Q, QuerySet

from attain.assessments.models import Assessment, AssessorPart
from attain.organisations.errors import ForbiddenError, UnknownError
from attain.organisations.pages import Centre, Member, Organisation, Team
from attain.organisations.queries import demand, may, visible_centres, visible_sites
from attain.organisations.rules import Permission

_READ = Permission.READ_ASSESSMENTS


def place_of(assessment: Assessment) -> Organisation | Centre | Team:
    """Return what is assessed: a centre, a team, or the whole organisation."""
    return assessment.centre or assessment.team or assessment.organisation


def visible_assessments(member: Member) -> QuerySet[Assessment]:
    """Return the assessments of places where a member may see them, and those that they rate."""
    rows = Assessment.objects.select_related(
        "edition", "centre__site", "team__site", "organisation", "opened_by__account"
    )
    seen = Q(parts__assessor=member)
    seen |= Q(centre__in=visible_centres(member, _READ))
    seen |= Q(team__site__in=visible_sites(member, _READ))
    if may(member, _READ):
        seen |= Q(centre=None, team=None)
    return rows.filter(seen).distinct()


def find_assessment(member: Member, uuid: UUID, permission: Permission = _READ) -> Assessment:
    """Return an assessment of a place at which a member may do what is asked.

    Whoever rates a part of it may see it. UnknownError where they may not see it, ForbiddenError
    where they may not do what is asked.
    """
    found = visible_assessments(member).filter(uuid=uuid).first()
    if found is None:
        raise UnknownError
    if permission is not _READ:
        demand(member, permission, place_of(found))
    return found


def find_own_part(member: Member, uuid: UUID) -> AssessorPart:
    """Return the part that a member rates of an assessment.

    UnknownError where they may not see the assessment, ForbiddenError where they rate none of it.
    """
    assessment = find_assessment(member, uuid)
    part = assessment.parts.filter(assessor=member).first()
    if part is None:
        raise ForbiddenError(Permission.ASSESS)
    demand(member, Permission.ASSESS, place_of(assessment))
    return part
