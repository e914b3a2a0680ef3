"""Readings of metrics by month, the months that are closed, and the uptime of systems."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from ninja.responses import Status

from attain.measurement.periods import Month
from attain.organisations.api_parts import (
    Day,
    Exact,
    Listed,
    LongKey,
    MonthText,
    PageAsked,
    Reason,
    Said,
    Version,
    answers,
    listed,
    listed_of,
    member_of,
)
from attain.organisations.rules import Permission
from attain.performance import models, queries
from attain.performance.actions import readings
from attain.performance.api.parts import MonthOut, exact, find, strip, today_of

router = Router(tags=["readings"])
Asked = Query[PageAsked]


class ReadingOut(Schema):
    """A revision of a reading: its numerator and denominator, exactly as they were written."""

    uuid: UUID
    month: str
    numerator: str
    denominator: str | None
    revision: int
    withdrawn: bool
    reason: str
    recorded_at: datetime


class HistoryOut(Schema):
    """A month of a metric: what it says now, what it said when it was closed, every revision."""

    month: str
    current: ReadingOut | None
    frozen: ReadingOut | None
    is_closed: bool
    is_restated: bool
    revisions: list[ReadingOut]


class ReadingIn(Said):
    """A reading. To correct one, name the revision that was seen, and the reason."""

    numerator: Exact
    denominator: Exact | None = None
    seen: Version | None = None
    reason: Reason | None = None


class ClosedOut(Schema):
    """A month that was closed."""

    month: str
    closed_at: datetime

    @staticmethod
    def resolve_month(closed: models.ClosedMonth) -> str:
        """Write the month."""
        return str(closed.month)


class UptimeOut(Schema):
    """A system with its last twelve months."""

    system: str
    months: list[MonthOut]
    on_target: int


@router.get(
    "/centres/{centre}/metrics/{metric}/readings", response=answers((200, Listed[HistoryOut]))
)
def history(request: HttpRequest, centre: Path[LongKey], metric: Path[UUID], asked: Asked) -> Any:
    """List the months of a metric, the latest first, each with all its revisions."""
    found = queries.find_metric(find(request, centre), str(metric))
    part = listed_of(queries.metric_history(found), asked)
    return part | {"items": [_month(each) for each in part["items"]]}


def _month(each: queries.MonthHistory) -> dict[str, Any]:
    return {
        "month": str(each.month),
        "current": _reading(each.current) if each.current else None,
        "frozen": _reading(each.frozen) if each.frozen else None,
        "is_closed": each.is_closed,
        "is_restated": each.is_restated,
        "revisions": [_reading(revision) for revision in each.revisions],
    }


def _reading(reading: models.Reading) -> dict[str, Any]:
    names = ("uuid", "revision", "withdrawn", "reason", "recorded_at")
    return {
        **{name: getattr(reading, name) for name in names},
        "month": str(reading.month),
        "numerator": exact(reading.numerator),
        "denominator": exact(reading.denominator),
    }


@router.put(
    "/centres/{centre}/metrics/{metric}/readings/{month}", response=answers((200, ReadingOut))
)
def record(
    request: HttpRequest,
    centre: Path[LongKey],
    metric: Path[UUID],
    month: Path[MonthText],
    said: ReadingIn,
) -> Any:
    """Record the reading of a month, or correct the revision that was seen, with a reason."""
    found = find(request, centre, Permission.RECORD_FIGURES)
    values: dict[str, Any] = {
        "metric": queries.find_metric(found, str(metric)),
        "month": Month.parse(month),
        "numerator": Fraction(said.numerator),
        "denominator": None if said.denominator is None else Fraction(said.denominator),
        "by": member_of(request),
    }
    if said.seen is None:
        return _stored(readings.record_reading(**values))
    reason = said.reason or ""
    return _stored(readings.correct_reading(**values, seen=said.seen, reason=reason))


def _stored(made: models.Reading) -> dict[str, Any]:
    return _reading(models.Reading.objects.get(pk=made.pk))


@router.get("/centres/{centre}/closed-months", response=answers((200, Listed[ClosedOut])))
def closed(request: HttpRequest, centre: Path[LongKey], asked: Asked) -> Any:
    """List the months of a centre that are closed, the latest first."""
    rows = models.ClosedMonth.objects.filter(centre=find(request, centre))
    return listed(rows.order_by("-month"), asked)


@router.put("/centres/{centre}/closed-months/{month}", response=answers((201, ClosedOut)))
def close(request: HttpRequest, centre: Path[LongKey], month: Path[MonthText]) -> Any:
    """Close a month that has ended; nothing opens it again."""
    found = find(request, centre, Permission.CLOSE_MONTHS)
    made = readings.close_month(centre=found, month=Month.parse(month), by=member_of(request))
    return Status(201, made)


@router.get("/centres/{centre}/uptime", response=answers((200, Listed[UptimeOut])))
def uptime(
    request: HttpRequest, centre: Path[LongKey], asked: Asked, as_of: Query[Day | None] = None
) -> Any:
    """List the systems of a centre with their last twelve months of uptime."""
    found = find(request, centre)
    part = listed_of(queries.uptime_list(found, as_of or today_of(found)), asked)
    items = [
        {"system": line.system.key, "months": strip(line.months), "on_target": line.on_target}
        for line in part["items"]
    ]
    return part | {"items": items}
