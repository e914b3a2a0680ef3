"""Finding and authorising in one: what a member may not see does not exist for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django_scopes import scopes_disabled

from attain.organisations.errors import ForbiddenError, UnknownError
from attain.organisations.models import (
    Account,
    AuditEntry,
    Centre,
    Invitation,
    Member,
    Notice,
    Organisation,
    Site,
    Team,
)
from attain.organisations.rules import (
    Grant,
    Permission,
    Position,
    Role,
    permits,
    permits_somewhere,
)

Row = TypeVar("Row", bound=Model)
Place = Organisation | Site | Team | Centre


def find_member(account: Account, organisation: str) -> Member:
    """Return the membership of an account in an organisation, with its roles.

    UnknownError for a stranger, for a suspended member and where the organisation is suspended.
    """
    with scopes_disabled():
        found = (
            Member.objects.select_related("organisation", "account")
            .prefetch_related("roles")
            .filter(account=account, organisation__key=organisation, suspended_at=None)
            .filter(organisation__suspended_at=None, account__is_active=True)
            .first()
        )
    if found is None:
        raise UnknownError
    return found


def account_of(address: str) -> Account | None:
    """Return the account that signs in by an address of mail."""
    return Account.objects.filter(email=address.casefold()).first()


def is_invited(address: str, now: datetime) -> bool:
    """Say whether an invitation to any organisation is open for an address of mail."""
    with scopes_disabled():
        still_open = Invitation.objects.filter(accepted_by=None, withdrawn_at=None)
        return still_open.filter(email=address.casefold(), expires_at__gt=now).exists()


def memberships(account: Account) -> list[Organisation]:
    """Return the organisations in which an account may do something, by name."""
    with scopes_disabled():
        mine = Member.objects.filter(account=account, suspended_at=None).values("organisation")
        found = Organisation.objects.filter(pk__in=mine, suspended_at=None)
        return list(found.order_by("name"))


def grants_of(member: Member) -> list[Grant]:
    """Return the roles of a member, each with its place."""
    return [
        Grant(Role(held.role), held.region_id, held.site_id, held.team_id, member.limited_to)
        for held in member.roles.all()
    ]


def position_of(place: Place | None) -> Position:
    """Return where a place lies, for the rules."""
    if isinstance(place, Team):
        return Position(place.site.region_id, place.site_id, place.pk)
    if isinstance(place, Centre):
        return position_of(place.site)
    if isinstance(place, Site):
        return Position(place.region_id, place.pk)
    return Position()


def may(member: Member, permission: Permission, place: Place | None = None) -> bool:
    """Say whether a member may do something at a place; without one, in the whole organisation."""
    return permits(grants_of(member), permission, position_of(place))


def may_somewhere(member: Member, permission: Permission) -> bool:
    """Say whether a member may do something at any place."""
    return permits_somewhere(grants_of(member), permission)


def demand(member: Member, permission: Permission, place: Place | None = None) -> None:
    """Refuse what a member may see but not do: ForbiddenError."""
    if not may(member, permission, place):
        raise ForbiddenError(permission)


def visible_sites(
    member: Member, permission: Permission = Permission.READ_STRUCTURE
) -> QuerySet[Site]:
    """Return the sites at which a member may do something; a team's role shows its site."""
    return Site.objects.filter(_within(grants_of(member), permission)).select_related("region")


def visible_centres(
    member: Member, permission: Permission = Permission.READ_FIGURES
) -> QuerySet[Centre]:
    """Return the centres whose figures, or whatever the permission names, a member may see."""
    sites = visible_sites(member, permission)
    return Centre.objects.filter(site__in=sites).select_related("site__region", "programme")


def find_site(member: Member, key: str, permission: Permission | None = None) -> Site:
    """Return a site that a member may see, at which they may do what is asked.

    UnknownError where they may not see it, ForbiddenError where they may not do it.
    """
    site = visible_sites(member).filter(key=key).first()
    if site is None:
        raise UnknownError
    if permission:
        demand(member, permission, site)
    return site


def find_centre(
    member: Member, key: str, permission: Permission = Permission.READ_FIGURES
) -> Centre:
    """Return a centre that a member may see, at which they may do what is asked.

    UnknownError where they may not see its site, ForbiddenError where they may not do it.
    """
    centre = visible_centres(member, Permission.READ_STRUCTURE).filter(key=key).first()
    if centre is None:
        raise UnknownError
    demand(member, permission, centre)
    return centre


def _within(grants: Iterable[Grant], permission: Permission) -> Q:
    wanted = [grant for grant in grants if permission in grant.permissions]
    condition = Q(pk__in=[])
    for grant in wanted:
        if grant.team is not None:
            condition |= Q(teams=grant.team)
        elif grant.site is not None:
            condition |= Q(pk=grant.site)
        elif grant.region is not None:
            condition |= Q(region=grant.region)
        else:
            return Q()
    return condition


def demand_somewhere(member: Member, permission: Permission) -> None:
    """Refuse what a member may do nowhere: ForbiddenError."""
    if not may_somewhere(member, permission):
        raise ForbiddenError(permission)


def who_may(permission: Permission, place: Place | None) -> QuerySet[Member]:
    """Return the members who may do something at a place, by name.

    Without a place, those who may do it in the whole organisation.
    """
    members = Member.objects.filter(suspended_at=None, account__is_active=True)
    able = [
        each.pk
        for each in members.select_related("account").prefetch_related("roles")
        if may(each, permission, place)
    ]
    rows = Member.objects.filter(pk__in=able).select_related("account", "organisation")
    return rows.order_by("account__name", "pk")


def page_of(rows: QuerySet[Row], asked: str | None, size: int) -> Page[Row]:
    """Return a page of a list, the nearest one where the number asked for is none."""
    return Paginator(rows, size).get_page(asked)


def latest_changes(member: Member, most: int) -> list[AuditEntry]:
    """Return the last entries of the audit trail, none where a member may not read it."""
    if not may(member, Permission.READ_AUDIT):
        return []
    return list(AuditEntry.objects.select_related("content").order_by("-sequence")[:most])


def unread_notices(member: Member, most: int) -> list[Notice]:
    """Return the latest notices that a member has not read."""
    return list(Notice.objects.filter(member=member, read_at=None)[:most])
