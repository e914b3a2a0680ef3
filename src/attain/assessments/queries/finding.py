"""Finding assessments and their parts, and authorising in one."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from attain.assessments.models import Assessment, AssessorPart
from attain.assessments.rules.stages import AssessmentState
from attain.organisations.errors import ForbiddenError, RefusedActionError, UnknownError
from attain.organisations.pages import Centre, Member, Organisation, Team
from attain.organisations.queries import demand, may, visible_centres, visible_sites
from attain.organisations.rules import Permission

_READ = Permission.READ_ASSESSMENTS
_OF_ASSESSORS = frozenset({_READ, Permission.ASSESS})


def place_of(assessment: Assessment) -> Organisation | Centre | Team:
    """Return what is assessed: a centre, a team, or the whole organisation."""
    return assessment.centre or assessment.team or assessment.organisation


def visible_assessments(member: Member) -> QuerySet[Assessment]:
    """Return the assessments of places where a member may see them, and those that they rate."""
    seen = Q(parts__assessor=member) if _opens_own(member) else Q(pk=None)
    seen |= Q(centre__in=[c for c in visible_centres(member, _READ) if may(member, _READ, c)])
    teams = Team.objects.filter(site__in=visible_sites(member, _READ)).select_related("site")
    seen |= Q(team__in=[team for team in teams if may(member, _READ, team)])
    if may(member, _READ):
        seen |= Q(centre=None, team=None)
    return _whole().filter(seen).distinct()


def _opens_own(member: Member) -> bool:
    # Who rates an assessment sees it whatever their role; their token only where it may do either.
    return member.limited_to is None or not _OF_ASSESSORS.isdisjoint(member.limited_to)


def _whole() -> QuerySet[Assessment]:
    return Assessment.objects.select_related(
        "edition", "centre__site__region", "team__site", "organisation", "opened_by__account"
    )


def find_assessment(member: Member, uuid: UUID, permission: Permission = _READ) -> Assessment:
    """Return an assessment of a place at which a member may do what is asked.

    Whoever rates a part of it may see it. UnknownError where they may not see the place,
    ForbiddenError where they may not do what is asked.
    """
    sites = visible_sites(member)
    there = Q(centre__site__in=sites) | Q(team__site__in=sites) | Q(centre=None, team=None)
    found = _whole().filter(there | Q(parts__assessor=member), uuid=uuid).distinct().first()
    if found is None:
        raise UnknownError
    if permission is not _READ or not (_opens_own(member) and rates(member, found)):
        demand(member, permission, place_of(found))
    return found


def find_moderated(member: Member, uuid: UUID) -> Assessment:
    """Return an assessment that a member moderates; RefusedActionError while it is being rated."""
    found = find_assessment(member, uuid, Permission.LEAD_ASSESSMENTS)
    if found.state == AssessmentState.RATING:
        raise RefusedActionError(_("Assessors rate alone: nothing is shown before moderation."))
    return found


def find_with_result(member: Member, uuid: UUID) -> Assessment:
    """Return an assessment that has come to a result; RefusedActionError where it has not."""
    found = find_assessment(member, uuid)
    if found.state not in (AssessmentState.MODERATION, AssessmentState.CLOSED):
        raise RefusedActionError(_("There is no result before moderation."))
    return found


def find_closed(member: Member, uuid: UUID) -> Assessment:
    """Return an assessment to be compared; RefusedActionError where it is not closed."""
    found = find_assessment(member, uuid)
    if found.state != AssessmentState.CLOSED:
        raise RefusedActionError(_("Only closed assessments are compared."))
    return found


def rates(member: Member, assessment: Assessment) -> bool:
    """Say whether a member has a part of an assessment."""
    return assessment.parts.filter(assessor=member).exists()


def find_part(assessment: Assessment, uuid: UUID) -> AssessorPart:
    """Return a part of an assessment; UnknownError where it has none such."""
    found = assessment.parts.filter(uuid=uuid).select_related("assessor__account").first()
    if found is None:
        raise UnknownError
    found.assessment = assessment
    return found


def find_part_to_delegate(member: Member, assessment: UUID, part: UUID) -> AssessorPart:
    """Return a part that a member may hand on: their own, or anybody's as who leads it."""
    found = find_assessment(member, assessment)
    row = find_part(found, part)
    if row.assessor_id != member.pk:
        demand(member, Permission.LEAD_ASSESSMENTS, place_of(found))
    return row


def find_shown(member: Member, uuid: UUID) -> Assessment:
    """Return an assessment whose evidence a member may add to: they rate a part, or lead it."""
    found = find_assessment(member, uuid)
    if not may(member, Permission.LEAD_ASSESSMENTS, place_of(found)) and not rates(member, found):
        raise ForbiddenError(Permission.ASSESS)
    return found


def find_own_part(member: Member, uuid: UUID) -> AssessorPart:
    """Return the part that a member rates of an assessment.

    UnknownError where they may not see the assessment, ForbiddenError where they rate none of it.
    """
    assessment = find_assessment(member, uuid)
    part = assessment.parts.filter(assessor=member).first()
    if part is None:
        raise ForbiddenError(Permission.ASSESS)
    part.assessment = assessment
    demand(member, Permission.ASSESS, place_of(assessment))
    return part
