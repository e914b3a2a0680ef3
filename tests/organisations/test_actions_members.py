"""Somebody becomes a member by an invitation, and what they may do is given and taken."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from attain.organisations import queries
from attain.organisations.actions import members
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.models import Account, Invitation, RoleHeld
from attain.organisations.rules import Permission, Role
from estate import PASSWORD, Estate, make_account

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
NEW: dict[str, Any] = {"name": "Dana Fry", "password": PASSWORD}


def invited(estate: Estate) -> members.Invited:
    return members.invite(
        email="Dana@Northwind.example",
        role=Role.SITE_LEAD,
        place=members.RolePlace(site=estate.leeds),
        now=NOW,
        by=estate.member(Role.ADMINISTRATOR),
    )


def test_an_invitation_makes_a_member_with_the_role_at_its_place(estate: Estate) -> None:
    member = members.accept_invitation(secret=invited(estate).secret, now=NOW, **NEW)
    assert member.account.email == "dana@northwind.example"
    assert queries.may(member, Permission.RECORD_FIGURES, estate.leeds)
    assert not queries.may(member, Permission.RECORD_FIGURES, estate.poole)


def test_only_the_hash_of_the_secret_is_kept(estate: Estate) -> None:
    secret = invited(estate).secret
    kept = Invitation.objects.values().get()
    assert secret not in str(kept)


def test_an_invitation_holds_for_a_week_and_once(estate: Estate) -> None:
    secret = invited(estate).secret
    with pytest.raises(UnknownError):
        members.accept_invitation(secret=secret, now=NOW + timedelta(days=7), **NEW)
    members.accept_invitation(secret=secret, now=NOW + timedelta(days=6), **NEW)
    with pytest.raises(UnknownError):
        members.accept_invitation(secret=secret, now=NOW + timedelta(days=6), **NEW)


def test_a_withdrawn_invitation_opens_nothing(estate: Estate) -> None:
    invitation, secret = invited(estate)
    members.withdraw_invitation(
        invitation=invitation, now=NOW, by=estate.member(Role.ADMINISTRATOR)
    )
    with pytest.raises(UnknownError):
        members.accept_invitation(secret=secret, now=NOW, **NEW)


def test_a_link_does_not_open_an_account_that_is_there(estate: Estate) -> None:
    make_account("dana@northwind.example", "Dana")
    with pytest.raises(RefusedActionError, match="Sign in"):
        members.accept_invitation(secret=invited(estate).secret, now=NOW, **NEW)


def test_an_invitation_is_for_its_address_alone(estate: Estate) -> None:
    other = make_account("other@northwind.example", "Other")
    with pytest.raises(RefusedActionError, match="is for dana@"):
        members.accept_invitation(
            secret=invited(estate).secret, now=NOW, account=other, name="", password=""
        )


def test_a_weak_password_is_refused_and_no_account_is_made(estate: Estate) -> None:
    with pytest.raises(ValidationError):
        members.accept_invitation(
            secret=invited(estate).secret, now=NOW, name="Dana", password="password1234"
        )
    assert not Account.objects.filter(email="dana@northwind.example").exists()


def test_the_last_administrator_keeps_the_role(estate: Estate) -> None:
    admin = estate.member(Role.ADMINISTRATOR)
    held = RoleHeld.objects.get(member=admin, role=Role.ADMINISTRATOR)
    with pytest.raises(RefusedActionError, match="at least one administrator"):
        members.take_role(held=held, by=admin)
    with pytest.raises(RefusedActionError, match="last administrator"):
        members.suspend_member(member=admin, now=NOW, by=admin)


def test_a_suspended_member_finds_nothing_until_reinstated(estate: Estate) -> None:
    analyst, admin = estate.member(Role.ANALYST), estate.member(Role.ADMINISTRATOR)
    members.suspend_member(member=analyst, now=NOW, by=admin)
    with pytest.raises(UnknownError):
        queries.find_member(analyst.account, "northwind")
    members.reinstate_member(member=analyst, by=admin)
    assert queries.find_member(analyst.account, "northwind") == analyst
