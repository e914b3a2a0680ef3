"""Finding people: those without a team are seen by who sees the whole organisation."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from attain.organisations.errors import ForbiddenError, UnknownError
from attain.organisations.models import Member, Person, Posting
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


def people_asked(people: QuerySet[Person], asked: Mapping[str, Any]) -> QuerySet[Person]:
    """Return the people who are asked for, each with the team of now.

    `asked` may hold `words` of a name or an employee number, the key of a `site`, and a `state`.
    """
    now = Posting.objects.filter(person=OuterRef("pk"), until=None)
    found = people.annotate(
        site_now=Subquery(now.values("team__site__name")[:1]),
        team_now=Subquery(now.values("team__name")[:1]),
        in_team_since=Subquery(now.values("since")[:1]),
    )
    if words := asked.get("words"):
        found = found.filter(Q(name__icontains=words) | Q(employee_number__icontains=words))
    if "site" in asked:
        here = Posting.objects.filter(until=None, team__site__key=asked["site"])
        found = found.filter(pk__in=here.values("person"))
    states = {
        "here": Q(left_on=None),
        "left": Q(left_on__isnull=False),
        "no_team": Q(left_on=None, team_now=None),
    }
    return found.filter(states[asked["state"]]) if "state" in asked else found


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
