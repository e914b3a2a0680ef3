"""Finding people: those without a team are seen by who sees the whole organisation."""

from uuid import UUID

from django.db.models import QuerySet

from attain.organisations.errors import ForbiddenError, UnknownError
from attain.organisations.models import Member, Person
from attain.organisations.queries import grants_of, may, visible_sites
from attain.organisations.rules import Permission


def visible_people(
    member: Member, permission: Permission = Permission.READ_PEOPLE
) -> QuerySet[Person]:
    """Return the people who are, or were, in a team at whose site a member may do something."""
    if may(member, permission):
        return Person.objects.all()
    teams = [g.team for g in grants_of(member) if g.team and permission in g.permissions]
    sites = visible_sites(member, permission).exclude(teams__in=teams)
    at_sites = Person.objects.filter(postings__team__site__in=sites)
    in_teams = Person.objects.filter(postings__team__in=teams)
    return (at_sites | in_teams).distinct()


def find_person(member: Member, uuid: UUID | str, permission: Permission) -> Person:
    """Return a person about whom a member may do something.

    UnknownError where they may not see the person, ForbiddenError where they may not do it.
    """
    person = visible_people(member).filter(uuid=uuid).first()
    if person is None:
        raise UnknownError
    if not visible_people(member, permission).filter(pk=person.pk).exists():
        raise ForbiddenError(permission)
    return person
