"""What the API of the room has in common: centres found, and how figures are written."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from attain.measurement.metrics import MonthState
from attain.measurement.numbers import write_exact
from attain.measurement.periods import Month
from attain.organisations.api_parts import member_of, now
from attain.organisations.days import today_at
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import find_centre, who_may
from attain.organisations.rules import Permission
from attain.performance import models


class MonthOut(Schema):
    """A month of a strip."""

    month: str
    state: MonthState


def find(
    request: HttpRequest, key: str, permission: Permission = Permission.READ_FIGURES
) -> Centre:
    """Return a centre at which the member may do what is asked."""
    return find_centre(member_of(request), key, permission)


def today_of(centre: Centre) -> date:
    """Return the date at a centre."""
    return today_at(centre, now())


def process_of(centre: Centre, key: str) -> models.Process:
    """Return a process of a centre by its key; UnknownError where there is none."""
    found = models.Process.objects.filter(centre=centre, key=key, withdrawn=False).first()
    if found is None:
        raise UnknownError(f"There is no process {key}.")
    return found


def owner_of(centre: Centre, uuid: UUID | None) -> Member | None:
    """Return who is to own a metric; UnknownError where nobody may who bears the id."""
    if uuid is None:
        return None
    found = who_may(Permission.RECORD_FIGURES, centre).filter(uuid=uuid).first()
    if found is None:
        raise UnknownError(f"No member {uuid} may record figures at {centre.key}.")
    return found


def strip(months: Iterable[tuple[Month, MonthState]]) -> list[dict[str, Any]]:
    """Return months with what is known of each."""
    return [{"month": str(month), "state": state} for month, state in months]


def exact(value: Fraction | Decimal | None) -> str | None:
    """Write a number exactly; None where there is none."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value is None else write_exact(value)
