"""Tokens of the API: made and revoked by the member for whom a program acts."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from attain.organisations.actions.audit import record
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import ApiToken, Member
from attain.organisations.rules import Permission
from attain.organisations.secrets import hash_of

LONGEST = timedelta(days=366)
PREFIX = "attain_"


class MadeToken(NamedTuple):
    """A token with its secret, which is told once and kept nowhere."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(
    *,
    name: str,
    permissions: Collection[Permission],
    expires_at: datetime,
    now: datetime,
    by: Member,
) -> MadeToken:
    """Make a token that permits a program some of what its member may do, for a year at most.

    One that a program makes permits no more than the program's own token, and ends no later.
    """
    if not permissions:
        raise RefusedActionError(_("Choose at least one thing that the token permits."))
    if not now < expires_at <= now + LONGEST:
        raise RefusedActionError(_("A token holds for a year at most, and ends after today."))
    if by.limited_to is not None and not by.limited_to.issuperset(permissions):
        raise RefusedActionError(_("A token makes none that permits more than it does."))
    if by.limited_until and expires_at > by.limited_until:
        raise RefusedActionError(_("A token makes none that ends later than it does."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        organisation=by.organisation,
        member=by,
        name=name,
        secret_hash=hash_of(secret),
        permissions=sorted(permission.name for permission in permissions),
        made_at=now,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    _told(by, "make_token", token)
    return MadeToken(token, secret)


@transaction.atomic
def revoke_token(*, token: ApiToken, now: datetime, by: Member) -> None:
    """Revoke a token: from the next request on it opens nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        _told(by, "revoke_token", token)


def find_token(secret: str, now: datetime) -> ApiToken | None:
    """Return the token that a secret means, None where there is none that holds."""
    with scopes_disabled():
        return (
            ApiToken.objects.select_related("member__organisation", "member__account")
            .filter(secret_hash=hash_of(secret), revoked_at=None, expires_at__gt=now)
            .first()
        )


def note_use(token: ApiToken, now: datetime) -> None:
    """Note the day on which a token was used last."""
    if token.used_on != now.date():
        with scopes_disabled():
            ApiToken.objects.filter(pk=token.pk).update(used_on=now.date())


def permitted(token: ApiToken) -> frozenset[Permission]:
    """Return what a token permits; a permission that is no more is none."""
    known = {permission.name: permission for permission in Permission}
    return frozenset(known[name] for name in token.permissions if name in known)


def _told(by: Member, verb: str, token: ApiToken) -> None:
    details = {"name": token.name, "permissions": token.permissions, "until": token.expires_at}
    record(
        by=by,
        action=f"organisations.{verb}",
        kind="token",
        key=str(token.uuid),
        details=details,
    )
