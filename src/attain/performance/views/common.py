"""What the pages of the room have in common: addresses, the day of a centre."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from attain.measurement.metrics import MonthState
from attain.measurement.periods import Month
from attain.organisations import pages
from attain.organisations.days import today_at
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, MemberRequest
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.performance.words import month_words


def address(request: MemberRequest, name: str, **named: Any) -> str:
    """Return the address of a page of the room."""
    return pages.address(request, f"performance-{name}", **named)


def today_of(centre: Centre) -> date:
    """Return the date at a centre."""
    return today_at(centre, datetime.now(UTC))


def read_month(text: str) -> Month:
    """Return the month of an address; UnknownError where it is none."""
    try:
        return Month.parse(text)
    except ValueError:
        raise UnknownError from None


def strip(months: Iterable[tuple[Month, MonthState]]) -> list[dict[str, Any]]:
    """Return months as the layout draws them."""
    return [{"month": month_words(month), "state": state} for month, state in months]


def context_of(request: MemberRequest, centre: Centre, **further: Any) -> dict[str, Any]:
    """Return what every page of a centre is given."""
    member = request.member
    return {
        "centre": centre,
        "may_record": may(member, Permission.RECORD_FIGURES, centre),
        "may_change": may(member, Permission.CHANGE_METRICS, centre),
        "may_close": may(member, Permission.CLOSE_MONTHS, centre),
        **further,
    }
