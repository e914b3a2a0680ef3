"""The API of the room: regions, sites, programmes, teams, people, the audit trail."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema, Status
from pydantic import StringConstraints

from attain.organisations import queries
from attain.organisations.actions import people, places
from attain.organisations.api_parts import (
    Key,
    Line,
    Listed,
    PageAsked,
    answers,
    listed,
    member_of,
)
from attain.organisations.errors import UnknownError
from attain.organisations.models import AuditEntry, Programme, Region, Site, Team
from attain.organisations.people_queries import visible_people
from attain.organisations.rules import Permission

router = Router(tags=["organisations"])
Channel = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class RegionOut(Schema):
    """A region."""

    key: str
    name: str


class SiteOut(Schema):
    """A site."""

    key: str
    name: str
    region: str | None
    timezone: str
    operation: str
    kind: str
    closed_on: date | None
    version: int

    @staticmethod
    def resolve_region(site: Site) -> str | None:
        """Return the key of the site's region."""
        return site.region.key if site.region else None


class SiteIn(Schema):
    """A site to be added."""

    key: Key
    name: Line
    region: Key | None = None
    timezone: Line
    operation: Site.Operation = Site.Operation.INTERNAL
    kind: Site.Kind = Site.Kind.CONTACT_CENTRE
    channels: list[Channel] = []


class SiteChange(Schema):
    """What is to be changed of a site, and the version that was seen of it."""

    version: int
    name: Line | None = None
    timezone: Line | None = None


class ProgrammeOut(Schema):
    """A client's programme."""

    key: str
    name: str
    client: str


class TeamOut(Schema):
    """A team of a site."""

    key: str
    name: str
    site: str

    @staticmethod
    def resolve_site(team: Team) -> str:
        """Return the key of the team's site."""
        return team.site.key


class PersonOut(Schema):
    """Somebody who works for the organisation."""

    uuid: UUID
    name: str
    employee_number: str
    grade: str
    left_on: date | None


class PersonIn(Schema):
    """A person to be added."""

    name: Line
    employee_number: Annotated[
        str, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f]*$")
    ] = ""


class EntryOut(Schema):
    """An entry of the audit trail."""

    sequence: int
    at: datetime
    actor: str
    action: str
    object_kind: str
    object_key: str
    entry_hash: str


Asked = Query[PageAsked]


@router.get("/regions", response=answers((200, Listed[RegionOut])))
def regions(request: HttpRequest, asked: Asked) -> Any:
    """List the regions of the sites that the member may see."""
    sites = queries.visible_sites(member_of(request))
    return listed(Region.objects.filter(sites__in=sites).distinct(), asked)


@router.get("/sites", response=answers((200, Listed[SiteOut])))
def sites(request: HttpRequest, asked: Asked) -> Any:
    """List the sites that the member may see."""
    return listed(queries.visible_sites(member_of(request)), asked)


@router.get("/sites/{key}", response=answers((200, SiteOut)))
def site(request: HttpRequest, key: Path[Key]) -> Any:
    """Return a site."""
    return queries.find_site(member_of(request), key)


@router.post("/sites", response=answers((201, SiteOut)))
def add_site(request: HttpRequest, said: SiteIn) -> Any:
    """Add a site, and the centre that is the whole of it."""
    member = member_of(request)
    queries.demand(member, Permission.CHANGE_STRUCTURE)
    asked = said.dict()
    region = Region.objects.filter(key=said.region).first() if said.region else None
    if said.region and region is None:
        raise UnknownError(f"There is no region {said.region}.")
    return Status(201, places.add_site(**asked | {"region": region}, by=member))


@router.patch("/sites/{key}", response=answers((200, SiteOut)))
def change_site(request: HttpRequest, key: Path[Key], said: SiteChange) -> Any:
    """Change a site that nobody else has changed since it was read."""
    member = member_of(request)
    found = queries.find_site(member, key, Permission.CHANGE_STRUCTURE)
    values = {name: value for name, value in said.dict().items() if value is not None}
    seen = values.pop("version")
    return places.change_site(site=found, seen=seen, by=member, **values)


@router.get("/programmes", response=answers((200, Listed[ProgrammeOut])))
def programmes(request: HttpRequest, asked: Asked) -> Any:
    """List the programmes served at the sites that the member may see."""
    sites = queries.visible_sites(member_of(request))
    return listed(Programme.objects.filter(centres__site__in=sites).distinct(), asked)


@router.get("/teams", response=answers((200, Listed[TeamOut])))
def teams(request: HttpRequest, asked: Asked) -> Any:
    """List the teams of the sites that the member may see."""
    sites = queries.visible_sites(member_of(request))
    return listed(Team.objects.filter(site__in=sites).select_related("site"), asked)


@router.get("/people", response=answers((200, Listed[PersonOut])))
def list_people(request: HttpRequest, asked: Asked) -> Any:
    """List the people whom the member may see."""
    member = member_of(request)
    queries.demand_somewhere(member, Permission.READ_PEOPLE)
    return listed(visible_people(member).order_by("name", "pk"), asked)


@router.post("/people", response=answers((201, PersonOut)))
def add_person(request: HttpRequest, said: PersonIn) -> Any:
    """Add somebody who works for the organisation."""
    member = member_of(request)
    queries.demand_somewhere(member, Permission.CHANGE_PEOPLE)
    return Status(201, people.add_person(**said.dict(), by=member))


@router.get("/audit", response=answers((200, Listed[EntryOut])))
def trail(request: HttpRequest, asked: Asked) -> Any:
    """List the entries of the audit trail, latest first."""
    queries.demand(member_of(request), Permission.READ_AUDIT)
    return listed(AuditEntry.objects.order_by("-sequence"), asked)
