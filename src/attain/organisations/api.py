"""The API of the structure: regions, sites with their opening hours, programmes, teams, centres."""

from datetime import date, time
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import StringConstraints

from attain.organisations import queries
from attain.organisations.actions import places
from attain.organisations.api_parts import (
    Day,
    Key,
    Line,
    Listed,
    LongKey,
    PageAsked,
    Said,
    Version,
    answers,
    changes,
    listed,
    member_of,
)
from attain.organisations.errors import UnknownError
from attain.organisations.models import Centre, Programme, Region, Site, Team
from attain.organisations.rules import Permission

router = Router(tags=["structure"])
Asked = Query[PageAsked]
Row = TypeVar("Row", Region, Programme)
Channel = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Channels = Annotated[list[Channel], Field(max_length=50, examples=[["phone", "chat"]])]
Zone = Annotated[Line, Field(examples=["Europe/London"])]
Clock = Annotated[
    str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(examples=["08:00"])
]


class RegionOut(Schema):
    """A region."""

    key: str
    name: str
    version: int


class RegionIn(Said):
    """A region to be added."""

    key: Annotated[Key, Field(examples=["north"])]
    name: Annotated[Line, Field(examples=["North"])]


class NameChange(Said):
    """Another name, and the version that was seen of what has it."""

    version: Version
    name: Line


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


class SiteIn(Said):
    """A site to be added."""

    key: Key
    name: Line
    region: Key | None = None
    timezone: Zone
    operation: Site.Operation = Site.Operation.INTERNAL
    kind: Site.Kind = Site.Kind.CONTACT_CENTRE
    channels: Channels = []


class SiteChange(Said):
    """What is to be changed of a site, and the version that was seen of it."""

    version: Version
    name: Line | None = None
    region: Key | None = None
    timezone: Zone | None = None
    operation: Site.Operation | None = None
    kind: Site.Kind | None = None


class ClosingIn(Said):
    """The day on which a site closes, and the version that was seen of it."""

    version: Version
    on: Day


class Hours(Said):
    """From when until when a site is open on a day of the week, in its own time; Monday is 0."""

    weekday: Annotated[int, Field(strict=True, ge=0, le=6, examples=[0])]
    opens: Clock
    closes: Annotated[Clock, Field(examples=["18:30"])]


class WeekOut(Schema):
    """The opening hours of a site, and the version by which they are written anew."""

    version: int
    opening_hours: list[Hours]


class WeekIn(Said):
    """Opening hours to be written anew; a day without any is closed."""

    version: Version
    opening_hours: Annotated[list[Hours], Field(max_length=100)]


class ProgrammeOut(Schema):
    """A client's programme."""

    key: str
    name: str
    client: str
    version: int


class ProgrammeIn(Said):
    """A client's programme to be added."""

    key: Annotated[Key, Field(examples=["acme"])]
    name: Annotated[Line, Field(examples=["Acme support"])]
    client: Annotated[Line, Field(examples=["Acme"])]


class ProgrammeChange(Said):
    """What is to be changed of a programme, and the version that was seen of it."""

    version: Version
    name: Annotated[Line | None, Field(examples=["Acme support"])] = None
    client: Annotated[Line | None, Field(examples=["Acme"])] = None


class ServedIn(Said):
    """A programme that a site is to serve, and in which channels."""

    programme: Annotated[Key, Field(examples=["acme"])]
    channels: Channels = []


class ChannelsOut(Schema):
    """A centre, and the channels in which it is contacted."""

    key: str
    name: str
    channels: list[str]
    version: int


class ChannelsIn(Said):
    """The channels in which a centre is contacted, and the version that was seen of it."""

    version: Version
    channels: Channels


class TeamOut(Schema):
    """A team of a site."""

    uuid: UUID
    key: str
    name: str
    site: str
    programme: str | None
    version: int

    @staticmethod
    def resolve_site(team: Team) -> str:
        """Return the key of the team's site."""
        return team.site.key

    @staticmethod
    def resolve_programme(team: Team) -> str | None:
        """Return the key of the team's programme."""
        return team.programme.key if team.programme else None


class TeamIn(Said):
    """A team to be added."""

    key: Annotated[Key, Field(examples=["blue"])]
    name: Annotated[Line, Field(examples=["Blue"])]
    programme: Annotated[Key | None, Field(examples=["acme"])] = None


@router.get("/regions", response=answers((200, Listed[RegionOut])))
def regions(request: HttpRequest, asked: Asked) -> Any:
    """List the regions of the sites that the member may see."""
    member = member_of(request)
    if queries.may(member, Permission.CHANGE_STRUCTURE):
        return listed(Region.objects.all(), asked)
    sites = queries.visible_sites(member)
    return listed(Region.objects.filter(sites__in=sites).distinct(), asked)


@router.post("/regions", response=answers((201, RegionOut)))
def add_region(request: HttpRequest, said: RegionIn) -> Any:
    """Add a region."""
    return Status(201, places.add_region(**said.dict(), by=_changer(request)))


@router.patch("/regions/{region}", response=answers((200, RegionOut)))
def change_region(request: HttpRequest, region: Path[Key], said: NameChange) -> Any:
    """Change what a region is called, where nobody else has since it was read."""
    by, found = _changer(request), Region.objects.filter(key=region).first()
    if found is None:
        raise UnknownError
    return places.change_region(region=found, seen=said.version, by=by, name=said.name)


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
    member, asked = _changer(request), said.dict()
    region = _named(Region, said.region)
    return Status(201, places.add_site(**asked | {"region": region}, by=member))


@router.patch("/sites/{key}", response=answers((200, SiteOut)))
def change_site(request: HttpRequest, key: Path[Key], said: SiteChange) -> Any:
    """Change a site that nobody else has changed since it was read."""
    found = _find(request, key)
    seen, values = changes(said, "region")
    if "region" in values:
        values["region"] = _named(Region, said.region)
    return places.change_site(site=found, seen=seen, by=member_of(request), **values)


@router.post("/sites/{key}/close", response=answers((200, SiteOut)))
def close_site(request: HttpRequest, key: Path[Key], said: ClosingIn) -> Any:
    """Close a site; everything that is known of it stays."""
    found = _find(request, key)
    places.close_site(site=found, on=said.on, seen=said.version, by=member_of(request))
    return found


@router.get("/sites/{key}/opening-hours", response=answers((200, WeekOut)))
def opening_hours(request: HttpRequest, key: Path[Key]) -> Any:
    """Return the opening hours of a site."""
    return _week(queries.find_site(member_of(request), key))


@router.put("/sites/{key}/opening-hours", response=answers((200, WeekOut)))
def set_opening_hours(request: HttpRequest, key: Path[Key], said: WeekIn) -> Any:
    """Write the opening hours of a site anew, where nobody else has changed it since."""
    found = _find(request, key)
    hours = [
        places.Opening(h.weekday, time.fromisoformat(h.opens), time.fromisoformat(h.closes))
        for h in said.opening_hours
    ]
    by = member_of(request)
    changed = places.set_opening_hours(site=found, opening_hours=hours, seen=said.version, by=by)
    return _week(changed)


@router.post("/sites/{key}/teams", response=answers((201, TeamOut)))
def add_team(request: HttpRequest, key: Path[Key], said: TeamIn) -> Any:
    """Add a team to a site."""
    found = _find(request, key)
    programme = _named(Programme, said.programme)
    asked = said.dict() | {"programme": programme}
    return Status(201, places.add_team(**asked, site=found, by=member_of(request)))


@router.post("/sites/{key}/programmes", response=answers((201, ChannelsOut)))
def serve_programme(request: HttpRequest, key: Path[Key], said: ServedIn) -> Any:
    """Serve a programme at a site: a centre of its own, which is measured and assessed apart."""
    found = _find(request, key)
    programme = _named(Programme, said.programme)
    asked = said.dict() | {"programme": programme}
    return Status(201, places.serve_programme(**asked, site=found, by=member_of(request)))


@router.get("/centres/{centre}/channels", response=answers((200, ChannelsOut)))
def channels(request: HttpRequest, centre: Path[LongKey]) -> Any:
    """Return the channels in which a centre is contacted."""
    return queries.find_centre(member_of(request), centre, Permission.READ_STRUCTURE)


@router.put("/centres/{centre}/channels", response=answers((200, ChannelsOut)))
def set_channels(request: HttpRequest, centre: Path[LongKey], said: ChannelsIn) -> Any:
    """Say in which channels a centre is contacted, where nobody else has since it was read."""
    member = member_of(request)
    found: Centre = queries.find_centre(member, centre, Permission.CHANGE_STRUCTURE)
    seen = said.version
    return places.set_channels(centre=found, channels=said.channels, seen=seen, by=member)


@router.get("/programmes", response=answers((200, Listed[ProgrammeOut])))
def programmes(request: HttpRequest, asked: Asked) -> Any:
    """List the programmes served at the sites that the member may see."""
    member = member_of(request)
    if queries.may(member, Permission.CHANGE_STRUCTURE):
        return listed(Programme.objects.all(), asked)
    sites = queries.visible_sites(member)
    return listed(Programme.objects.filter(centres__site__in=sites).distinct(), asked)


@router.post("/programmes", response=answers((201, ProgrammeOut)))
def add_programme(request: HttpRequest, said: ProgrammeIn) -> Any:
    """Add a client's programme."""
    return Status(201, places.add_programme(**said.dict(), by=_changer(request)))


@router.patch("/programmes/{programme}", response=answers((200, ProgrammeOut)))
def change_programme(request: HttpRequest, programme: Path[Key], said: ProgrammeChange) -> Any:
    """Change what a programme is called, or whose it is, where nobody else has since."""
    by, found = _changer(request), Programme.objects.filter(key=programme).first()
    if found is None:
        raise UnknownError
    seen, values = changes(said)
    return places.change_programme(programme=found, seen=seen, by=by, **values)


@router.get("/teams", response=answers((200, Listed[TeamOut])))
def teams(request: HttpRequest, asked: Asked) -> Any:
    """List the teams of the sites that the member may see."""
    rows = Team.objects.filter(site__in=queries.visible_sites(member_of(request)))
    return listed(rows.select_related("site", "programme").order_by("name", "pk"), asked)


@router.patch("/teams/{team}", response=answers((200, TeamOut)))
def change_team(request: HttpRequest, team: Path[UUID], said: NameChange) -> Any:
    """Change what a team is called, where nobody else has since it was read."""
    member = member_of(request)
    seen = Team.objects.filter(site__in=queries.visible_sites(member), uuid=team)
    found = seen.select_related("site__region", "programme").first()
    if found is None:
        raise UnknownError
    queries.demand(member, Permission.CHANGE_STRUCTURE, found.site)
    return places.change_team(team=found, seen=said.version, by=member, name=said.name)


def _changer(request: HttpRequest) -> Any:
    """Return the member, who may change the structure of the whole organisation."""
    member = member_of(request)
    queries.demand(member, Permission.CHANGE_STRUCTURE)
    return member


def _find(request: HttpRequest, key: str) -> Site:
    return queries.find_site(member_of(request), key, Permission.CHANGE_STRUCTURE)


def _named(model: type[Row], key: str | None) -> Row | None:
    """Return what a key names; None where there is no key, UnknownError where it names nothing."""
    found = model._default_manager.filter(key=key).first() if key else None
    if key and found is None:
        raise UnknownError(f"There is no {model._meta.verbose_name} {key}.")
    return found


def _week(site: Site) -> dict[str, Any]:
    hours = [
        {"weekday": h.weekday, "opens": f"{h.opens:%H:%M}", "closes": f"{h.closes:%H:%M}"}
        for h in places.opening_hours_of(site)
    ]
    return {"version": site.version, "opening_hours": hours}
