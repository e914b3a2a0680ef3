"""Finding goals, roadmaps, plans and initiatives, and authorising in one."""

from uuid import UUID

from django.db.models import Q, QuerySet

from attain.improvement.models import Goal, Initiative, KeptPlan, Roadmap
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, Member, Organisation
from attain.organisations.queries import (
    demand,
    demand_somewhere,
    may,
    visible_centres,
    visible_sites,
)
from attain.organisations.rules import Permission

_READ = Permission.READ_ROADMAPS


def place_of(row: Roadmap | Initiative) -> Organisation | Centre:
    """Return where a roadmap or an initiative belongs: a centre, or the whole organisation."""
    return row.centre or row.organisation


def goals(member: Member) -> QuerySet[Goal]:
    """Return the goals of an organisation for whoever may see roadmaps anywhere."""
    demand_somewhere(member, _READ)
    return Goal.objects.all()


def find_goal(member: Member, uuid: UUID) -> Goal:
    """Return a goal for whoever may change those of the whole organisation."""
    found = goals(member).filter(uuid=uuid).first()
    if found is None:
        raise UnknownError
    demand(member, Permission.PLAN_ROADMAPS)
    return found


def _where_seen(member: Member) -> Q:
    """Return the places where a member may see roadmaps, and the organisation where they may."""
    seen = Q(centre__in=[c for c in visible_centres(member, _READ) if may(member, _READ, c)])
    return seen | Q(centre=None) if may(member, _READ) else seen


def visible_roadmaps(member: Member) -> QuerySet[Roadmap]:
    """Return the roadmaps of places where a member may see them."""
    rows = Roadmap.objects.select_related("centre__site__region", "opened_by__account")
    return rows.filter(_where_seen(member))


def find_roadmap(member: Member, uuid: UUID, permission: Permission = _READ) -> Roadmap:
    """Return a roadmap of a place at which a member may do what is asked.

    UnknownError where they may not see the place, ForbiddenError where they may not do it.
    """
    there = Q(centre__site__in=visible_sites(member)) | Q(centre=None)
    rows = Roadmap.objects.select_related("organisation", "centre__site__region")
    found = rows.filter(there, uuid=uuid).first()
    if found is None:
        raise UnknownError
    demand(member, permission, place_of(found))
    return found


def find_plan(roadmap: Roadmap, uuid: UUID) -> KeptPlan:
    """Return a plan of a roadmap; UnknownError where it has none such."""
    found = roadmap.plans.filter(uuid=uuid).select_related("made_by__account").first()
    if found is None:
        raise UnknownError
    found.roadmap = roadmap
    return found


def visible_initiatives(member: Member) -> QuerySet[Initiative]:
    """Return the initiatives of places where a member may see them, and those that they own."""
    rows = Initiative.objects.select_related("centre__site__region", "owner__account", "process")
    return rows.filter(_where_seen(member) | Q(owner=member))


def find_initiative(member: Member, uuid: UUID, permission: Permission = _READ) -> Initiative:
    """Return an initiative of a place at which a member may do what is asked.

    Its owner may see it and carry it on wherever it belongs. UnknownError where they may not see
    the place, ForbiddenError where they may not do what is asked.
    """
    there = Q(centre__site__in=visible_sites(member)) | Q(centre=None) | Q(owner=member)
    rows = Initiative.objects.select_related(
        "organisation", "centre__site__region", "owner__account", "roadmap", "process"
    )
    found = rows.filter(there, uuid=uuid).first()
    if found is None:
        raise UnknownError
    if found.owner_id != member.pk:
        demand(member, permission, place_of(found))
    return found
