"""What the API of the room has in common: the day, names of members, and members to choose from."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from attain.organisations.api_parts import now_and_today
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import who_may
from attain.organisations.rules import Permission


def day_of(request: HttpRequest, asked: date | None) -> date:
    """Return the day as of which figures are judged: today where none later is known."""
    _now, today = now_and_today(request)
    return min(asked, today) if asked else today


def chosen(uuid: UUID, permission: Permission, centre: Centre) -> Member:
    """Return a member who may do something at a centre; RefusedActionError where they may not."""
    member = who_may(permission, centre).filter(uuid=uuid).first()
    if member is None:
        raise RefusedActionError(f"No such member, or none who may {permission}.")
    return member


def name_of(member: Any) -> str | None:
    """Return the name of a member; None where nobody did it."""
    return member.account.name if member else None
