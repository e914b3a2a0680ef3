"""Inviting members, and giving and taking their roles."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from attain.organisations.actions.accounts import open_account
from attain.organisations.actions.audit import record
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.models import (
    Account,
    ApiToken,
    Invitation,
    Member,
    Organisation,
    Region,
    RoleHeld,
    Site,
    Team,
)
from attain.organisations.rules import Role
from attain.organisations.secrets import hash_of

VALID_FOR = timedelta(days=7)


class RolePlace(NamedTuple):
    """Where a role is held; without any of the three, in the whole organisation."""

    region: Region | None = None
    site: Site | None = None
    team: Team | None = None

    def words(self) -> str:
        """Say the place."""
        place = self.team or self.site or self.region
        return str(place) if place else "everywhere"


EVERYWHERE = RolePlace()


class Invited(NamedTuple):
    """An invitation with its secret, which is told once and kept nowhere."""

    invitation: Invitation
    secret: str


@transaction.atomic
def make_administrator(*, organisation: Organisation, account: Account) -> Member:
    """Make the first administrator of an organisation; whoever runs the installation does it."""
    with scopes_disabled():
        member, _made = Member.objects.get_or_create(organisation=organisation, account=account)
        RoleHeld.objects.get_or_create(member=member, role=Role.ADMINISTRATOR)
        record(
            by=None,
            action="organisations.make_administrator",
            kind="member",
            key=str(member.uuid),
            details={"name": account.name},
            organisation=organisation,
        )
    return member


@transaction.atomic
def add_member(
    *, account: Account, role: Role, by: Member, place: RolePlace = EVERYWHERE
) -> Member:
    """Make an account that is there a member with a role."""
    member, _made = Member.objects.get_or_create(organisation=by.organisation, account=account)
    give_role(member=member, role=role, place=place, by=by)
    return member


@transaction.atomic
def give_role(*, member: Member, role: Role, by: Member, place: RolePlace = EVERYWHERE) -> RoleHeld:
    """Give a member a role at a place."""
    held, new = RoleHeld.objects.get_or_create(member=member, role=role, **place._asdict())
    if new:
        _told(by, "give_role", member, role, place)
    return held


@transaction.atomic
def take_role(*, held: RoleHeld, by: Member) -> None:
    """Take a role from a member. The last administrator of an organisation keeps theirs."""
    if held.role == Role.ADMINISTRATOR and not _other_administrators(held.member):
        raise RefusedActionError(
            "An organisation has at least one administrator. Give the role to somebody else first."
        )
    place = RolePlace(held.region, held.site, held.team)
    held.delete()
    _told(by, "take_role", held.member, Role(held.role), place)


@transaction.atomic
def suspend_member(*, member: Member, now: datetime, by: Member) -> None:
    """Suspend a member: from the next request on they find nothing of the organisation."""
    if not _other_administrators(member) and _is_administrator(member):
        raise RefusedActionError(
            _("The last administrator of an organisation cannot be suspended.")
        )
    Member.objects.filter(pk=member.pk, suspended_at=None).update(suspended_at=now)
    record(
        by=by,
        action="organisations.suspend_member",
        kind="member",
        key=str(member.uuid),
        details={"name": str(member)},
    )


@transaction.atomic
def reinstate_member(*, member: Member, by: Member) -> None:
    """Let a suspended member in again, with the roles that they had."""
    Member.objects.filter(pk=member.pk).update(suspended_at=None)
    record(
        by=by,
        action="organisations.reinstate_member",
        kind="member",
        key=str(member.uuid),
        details={"name": str(member)},
    )


@transaction.atomic
def remove_member(*, member: Member, now: datetime, by: Member) -> None:
    """End a membership: suspended, without a role or a token. What the member did stays theirs."""
    if not _other_administrators(member) and _is_administrator(member):
        raise RefusedActionError(_("The last administrator of an organisation cannot be removed."))
    held = RoleHeld.objects.filter(member=member).order_by("pk")
    roles = [f"{one.role} {RolePlace(one.region, one.site, one.team).words()}" for one in held]
    held.delete()
    ApiToken.objects.filter(member=member, revoked_at=None).update(revoked_at=now)
    Member.objects.filter(pk=member.pk, suspended_at=None).update(suspended_at=now)
    record(
        by=by,
        action="organisations.remove_member",
        kind="member",
        key=str(member.uuid),
        details={"name": str(member), "roles": roles},
    )


@transaction.atomic
def invite(
    *, email: str, role: Role, now: datetime, by: Member, place: RolePlace = EVERYWHERE
) -> Invited:
    """Invite somebody by a link that holds for a week; its secret is returned once."""
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        organisation=by.organisation,
        email=email.casefold(),
        role=role,
        invited_by=by,
        secret_hash=hash_of(secret),
        expires_at=now + VALID_FOR,
        **place._asdict(),
    )
    invitation.full_clean()
    invitation.save()
    record(
        by=by,
        action="organisations.invite",
        kind="invitation",
        key=str(invitation.uuid),
        details={"email": email, "role": role, "place": place.words()},
    )
    return Invited(invitation, secret)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, now: datetime, by: Member) -> None:
    """Withdraw an invitation that nobody has accepted."""
    open_one = Invitation.objects.filter(pk=invitation.pk, accepted_by=None, withdrawn_at=None)
    if not open_one.update(withdrawn_at=now):
        raise RefusedActionError(_("This invitation was accepted or withdrawn already."))
    record(
        by=by,
        action="organisations.withdraw_invitation",
        kind="invitation",
        key=str(invitation.uuid),
        details={"email": invitation.email},
    )


def find_invitation(secret: str, now: datetime) -> Invitation:
    """Return the open invitation that a link means; UnknownError where there is none."""
    with scopes_disabled():
        found = (
            Invitation.objects.select_related("organisation", "region", "site", "team")
            .filter(secret_hash=hash_of(secret), accepted_by=None, withdrawn_at=None)
            .filter(expires_at__gt=now)
            .first()
        )
    if found is None:
        raise UnknownError
    return found


@transaction.atomic
def accept_invitation(
    *, secret: str, name: str, password: str, now: datetime, account: Account | None = None
) -> Member:
    """Become a member, with an account that is signed in or with a new one.

    An account that is there is never opened by a link: who has one signs in first. Raises
    ValidationError where the password is too weak.
    """
    invitation = find_invitation(secret, now)
    if account is None:
        account = _new_account(invitation.email, name, password)
    elif account.email != invitation.email:
        raise RefusedActionError(_("This invitation is for %s.") % invitation.email)
    with scopes_disabled():
        member, _made = Member.objects.get_or_create(
            organisation=invitation.organisation, account=account
        )
        taken = Invitation.objects.filter(pk=invitation.pk, accepted_by=None)
        if not taken.update(accepted_by=member):
            raise UnknownError
        place = RolePlace(invitation.region, invitation.site, invitation.team)
        RoleHeld.objects.get_or_create(member=member, role=invitation.role, **place._asdict())
        record(
            by=member,
            action="organisations.accept_invitation",
            kind="invitation",
            key=str(invitation.uuid),
            details={"role": invitation.role, "place": place.words()},
        )
    return member


def _new_account(email: str, name: str, password: str) -> Account:
    if Account.objects.filter(email=email).exists():
        raise RefusedActionError(
            _("You have an account already. Sign in, and open the link again.")
        )
    return open_account(email=email, name=name, password=password)


def _is_administrator(member: Member) -> bool:
    return RoleHeld.objects.filter(member=member, role=Role.ADMINISTRATOR).exists()


def _other_administrators(member: Member) -> bool:
    others = RoleHeld.objects.filter(
        role=Role.ADMINISTRATOR,
        member__organisation=member.organisation,
        member__suspended_at=None,
        region=None,
        site=None,
        team=None,
    )
    return others.exclude(member=member).exists()


def _told(by: Member, verb: str, member: Member, role: Role, place: RolePlace) -> None:
    details = {"name": str(member), "role": role, "place": place.words()}
    record(
        by=by, action=f"organisations.{verb}", kind="member", key=str(member.uuid), details=details
    )
