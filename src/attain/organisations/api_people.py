"""The API of people, and in which team each was when."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import StringConstraints

from attain.organisations import queries
from attain.organisations.actions import people
from attain.organisations.api_parts import (
    Day,
    Line,
    Listed,
    PageAsked,
    Said,
    Version,
    Words,
    answers,
    changes,
    listed,
    member_of,
)
from attain.organisations.errors import UnknownError
from attain.organisations.models import Person, Posting, Team
from attain.organisations.people_queries import find_person, visible_people
from attain.organisations.rules import Permission

router = Router(tags=["people"])
Asked = Query[PageAsked]
Short = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]
Number = Annotated[Short, Field(examples=["0042"])]
Grade = Annotated[Short, Field(examples=["agent"])]
Name = Annotated[Line, Field(examples=["Dana Fry"])]


class PersonOut(Schema):
    """Somebody who works for the organisation."""

    uuid: UUID
    name: str
    employee_number: str
    grade: str
    left_on: date | None
    version: int


class PersonIn(Said):
    """A person to be added."""

    name: Name
    employee_number: Number = ""
    grade: Grade = ""


class PersonChange(Said):
    """What is to be changed of a person, and the version that was seen of them."""

    version: Version
    name: Name | None = None
    employee_number: Number | None = None
    grade: Grade | None = None


class LeavingIn(Said):
    """A person's last day, and the version that was seen of them."""

    version: Version
    on: Day


class PostingOut(Schema):
    """From when until when a person was in a team; an open one has no end."""

    uuid: UUID
    team: UUID
    team_name: str
    site: str
    since: date
    until: date | None

    @staticmethod
    def resolve_team(posting: Posting) -> UUID:
        """Return the id of the team."""
        return posting.team.uuid

    @staticmethod
    def resolve_team_name(posting: Posting) -> str:
        """Return the name of the team."""
        return posting.team.name

    @staticmethod
    def resolve_site(posting: Posting) -> str:
        """Return the key of the team's site."""
        return posting.team.site.key


class PostingIn(Said):
    """The team in which a person is from a day on."""

    team: Annotated[UUID, Field(examples=["6f1c3d0e-8a55-4b2b-9d5e-0b8f4a1f2c77"])]
    since: Day


@router.get("/people", response=answers((200, Listed[PersonOut])))
def list_people(request: HttpRequest, asked: Asked, words: Query[Words | None] = None) -> Any:
    """List the people whom the member may see; `words` stand in a name or a number."""
    member = member_of(request)
    queries.demand_somewhere(member, Permission.READ_PEOPLE)
    found = visible_people(member)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(employee_number__icontains=words))
    return listed(found.order_by("name", "pk"), asked)


@router.post("/people", response=answers((201, PersonOut)))
def add_person(request: HttpRequest, said: PersonIn) -> Any:
    """Add somebody who works for the organisation."""
    member = member_of(request)
    queries.demand_somewhere(member, Permission.CHANGE_PEOPLE)
    return Status(201, people.add_person(**said.dict(), by=member))


@router.get("/people/{person}", response=answers((200, PersonOut)))
def person(request: HttpRequest, person: Path[UUID]) -> Any:
    """Return a person."""
    return find_person(member_of(request), person, Permission.READ_PEOPLE)


@router.patch("/people/{person}", response=answers((200, PersonOut)))
def change_person(request: HttpRequest, person: Path[UUID], said: PersonChange) -> Any:
    """Change a person whom nobody else has changed since they were read."""
    found = _find(request, person)
    seen, values = changes(said)
    return people.change_person(person=found, seen=seen, by=member_of(request), **values)


@router.post("/people/{person}/leave", response=answers((200, PersonOut)))
def let_go(request: HttpRequest, person: Path[UUID], said: LeavingIn) -> Any:
    """Note that a person left; their last posting ends that day."""
    found = _find(request, person)
    people.let_go(person=found, on=said.on, seen=said.version, by=member_of(request))
    return found


@router.get("/people/{person}/postings", response=answers((200, Listed[PostingOut])))
def postings(request: HttpRequest, person: Path[UUID], asked: Asked) -> Any:
    """List in which teams a person was, the first one first."""
    found = find_person(member_of(request), person, Permission.READ_PEOPLE)
    rows = Posting.objects.filter(person=found).select_related("team__site")
    return listed(rows.order_by("since", "pk"), asked)


@router.post("/people/{person}/postings", response=answers((201, PostingOut)))
def post_person(request: HttpRequest, person: Path[UUID], said: PostingIn) -> Any:
    """Post a person to a team from a day on; the posting before ends the day before."""
    found, member = _find(request, person), member_of(request)
    sites = queries.visible_sites(member)
    team = Team.objects.filter(site__in=sites, uuid=said.team).select_related("site").first()
    if team is None:
        raise UnknownError("There is no such team.")
    queries.demand(member, Permission.CHANGE_PEOPLE, team)
    return Status(201, people.post_person(person=found, team=team, since=said.since, by=member))


def _find(request: HttpRequest, person: UUID) -> Person:
    return find_person(member_of(request), person, Permission.CHANGE_PEOPLE)
