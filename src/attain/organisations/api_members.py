"""The API of members, the roles that they hold, and invitations to become one."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import StringConstraints

from attain.organisations import queries
from attain.organisations.actions import inviting, members
from attain.organisations.api_parts import (
    Key,
    Listed,
    PageAsked,
    Said,
    answers,
    listed,
    member_of,
    now,
)
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.models import Invitation, Member, Region, RoleHeld, Site, Team
from attain.organisations.models.members import Place
from attain.organisations.rules import Permission, Role
from attain.organisations.versions import LARGEST_INTEGER

router = Router(tags=["members"])
Asked = Query[PageAsked]
Address = Annotated[
    str,
    StringConstraints(max_length=254, pattern=r"^[!-?A-~]+@[!-?A-~]+$"),
    Field(examples=["dana@northwind.example"]),
]


class PlaceOut(Schema):
    """Where a role is held; without any of the three, in the whole organisation."""

    region: str | None
    site: str | None
    team: UUID | None

    @staticmethod
    def resolve_region(held: Place) -> str | None:
        """Return the key of the region."""
        return held.region.key if held.region else None

    @staticmethod
    def resolve_site(held: Place) -> str | None:
        """Return the key of the site."""
        return held.site.key if held.site else None

    @staticmethod
    def resolve_team(held: Place) -> UUID | None:
        """Return the id of the team."""
        return held.team.uuid if held.team else None


class HeldOut(PlaceOut):
    """A role that a member holds, and where."""

    id: int
    role: Role


class ColleagueOut(Schema):
    """A member with their roles."""

    uuid: UUID
    name: str
    email: str
    since: datetime
    suspended_at: datetime | None
    roles: list[HeldOut]

    @staticmethod
    def resolve_name(member: Member) -> str:
        """Return the name of the member's account."""
        return member.account.name

    @staticmethod
    def resolve_email(member: Member) -> str:
        """Return the address by which the member signs in."""
        return member.account.email

    @staticmethod
    def resolve_roles(member: Member) -> list[RoleHeld]:
        """Return the roles in the order in which they were given."""
        return sorted(member.roles.all(), key=lambda held: held.pk)


class RoleIn(Said):
    """A role, and at most one place; without one it holds everywhere."""

    role: Role
    region: Annotated[Key | None, Field(examples=["north"])] = None
    site: Annotated[Key | None, Field(examples=["leeds"])] = None
    team: Annotated[UUID | None, Field(examples=[None])] = None


class InvitationIn(RoleIn):
    """Whom to invite, and to what."""

    email: Address


class InvitationOut(PlaceOut):
    """An invitation that nobody has accepted."""

    uuid: UUID
    email: str
    role: Role
    invited_at: datetime
    expires_at: datetime


class InvitedOut(InvitationOut):
    """An invitation that was sent, with its link, which is told this once."""

    link: str


class RoleOut(Schema):
    """A role and what it permits, by the names that a token lists."""

    role: Role
    permits: list[str]


@router.get("/roles", response=answers((200, Listed[RoleOut])))
def roles(request: HttpRequest, asked: Asked) -> Any:  # noqa: ARG001
    """Say what each role permits."""
    told = [
        {"role": role, "permits": sorted(permission.name for permission in role.permissions)}
        for role in Role
    ]
    return {"count": len(told), "items": told[asked.offset : asked.offset + asked.limit]}


@router.get("/members", response=answers((200, Listed[ColleagueOut])))
def index(request: HttpRequest, asked: Asked) -> Any:
    """List the members with their roles, by name."""
    _manager(request)
    return listed(_members().order_by("account__name", "pk"), asked)


@router.get("/members/{member}", response=answers((200, ColleagueOut)))
def one(request: HttpRequest, member: Path[UUID]) -> Any:
    """Return a member with their roles."""
    return _find(request, member)


@router.post("/members/{member}/roles", response=answers((201, ColleagueOut)))
def give_role(request: HttpRequest, member: Path[UUID], said: RoleIn) -> Any:
    """Give a member a role at a place; one that is held already stays as it is."""
    found = _find(request, member)
    members.give_role(member=found, role=said.role, place=_place(said), by=member_of(request))
    return Status(201, _find(request, member))


@router.delete("/members/{member}/roles/{held}", response=answers((200, ColleagueOut)))
def take_role(
    request: HttpRequest,
    member: Path[UUID],
    held: Annotated[int, Path(ge=1, le=LARGEST_INTEGER)],
) -> Any:
    """Take a role from a member; the last administrator keeps theirs."""
    found = RoleHeld.objects.filter(member=_find(request, member), pk=held).first()
    if found is None:
        raise UnknownError
    members.take_role(held=found, by=member_of(request))
    return _find(request, member)


@router.post("/members/{member}/suspend", response=answers((200, ColleagueOut)))
def suspend(request: HttpRequest, member: Path[UUID]) -> Any:
    """Suspend a member: from the next request on they find nothing of the organisation."""
    members.suspend_member(member=_find(request, member), now=now(), by=member_of(request))
    return _find(request, member)


@router.post("/members/{member}/reinstate", response=answers((200, ColleagueOut)))
def reinstate(request: HttpRequest, member: Path[UUID]) -> Any:
    """Let a suspended member in again, with the roles that they have."""
    members.reinstate_member(member=_find(request, member), by=member_of(request))
    return _find(request, member)


@router.delete("/members/{member}", response=answers((200, ColleagueOut)))
def remove(request: HttpRequest, member: Path[UUID]) -> Any:
    """Remove a member: suspended, without a role or a token; what they did stays theirs."""
    members.remove_member(member=_find(request, member), now=now(), by=member_of(request))
    return _find(request, member)


@router.get("/invitations", response=answers((200, Listed[InvitationOut])))
def invitations(request: HttpRequest, asked: Asked) -> Any:
    """List the invitations that are open, the latest first; one that is too old is among them."""
    _manager(request)
    rows = Invitation.objects.filter(accepted_by=None, withdrawn_at=None)
    return listed(rows.select_related("region", "site", "team").order_by("-pk"), asked)


@router.post("/invitations", response=answers((201, InvitedOut)))
def invite(request: HttpRequest, said: InvitationIn) -> Any:
    """Invite somebody by mail; the link is told this once."""
    by = _manager(request)
    sent = inviting.invite_by_mail(
        email=said.email, role=said.role, place=_place(said), now=now(), by=by
    )
    sent.invitation.link = sent.link  # type: ignore[attr-defined]
    return Status(201, sent.invitation)


@router.post("/invitations/{invitation}/withdraw", response=answers((200, InvitationOut)))
def withdraw(request: HttpRequest, invitation: Path[UUID]) -> Any:
    """Withdraw an invitation that nobody has accepted."""
    by = _manager(request)
    found = Invitation.objects.filter(uuid=invitation).first()
    if found is None:
        raise UnknownError
    members.withdraw_invitation(invitation=found, now=now(), by=by)
    return found


def _manager(request: HttpRequest) -> Member:
    member = member_of(request)
    queries.demand(member, Permission.MANAGE_MEMBERS)
    return member


def _members() -> Any:
    roles = ("roles__region", "roles__site", "roles__team")
    return Member.objects.select_related("account", "organisation").prefetch_related(*roles)


def _find(request: HttpRequest, uuid: UUID) -> Member:
    _manager(request)
    found: Member | None = _members().filter(uuid=uuid).first()
    if found is None:
        raise UnknownError
    return found


def _place(said: RoleIn) -> members.RolePlace:
    region = Region.objects.filter(key=said.region).first() if said.region else None
    site = Site.objects.filter(key=said.site).first() if said.site else None
    team = Team.objects.filter(uuid=said.team).first() if said.team else None
    named = [name for name in ("region", "site", "team") if getattr(said, name)]
    if len(named) > 1:
        raise RefusedActionError("A role is held at one place at most.")
    if named and not (region or site or team):
        raise RefusedActionError(f"There is no such {named[0]}.")
    return members.RolePlace(region, site, team)
