"""The estate, verdicts with their proofs, the road to the next tier, the calendar."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema

from attain.certification.api.parts import day_of
from attain.certification.queries import calendar, estate, roads, verdicts
from attain.certification.rules.certificates import CertificateState
from attain.certification.rules.proofs import write_tree
from attain.organisations.api_parts import (
    Day,
    Key,
    Listed,
    LongKey,
    PageAsked,
    answers,
    listed_of,
    member_of,
    now_and_today,
)
from attain.organisations.queries import demand_somewhere, find_centre
from attain.organisations.rules import Permission

router = Router(tags=["verdicts"])
Asked = Query[PageAsked]
_READ = Permission.READ_CERTIFICATION
_AHEAD = timedelta(days=400)


class EstateOut(Schema):
    """A centre with the tier that its figures reach, and the certificate that runs."""

    centre: str
    name: str
    is_covered: bool
    tier: int | None
    blocking: list[str]
    certificate: str | None
    certified_tier: int | None
    state: CertificateState | None
    standing: str | None
    risks: list[str]
    next_date: date | None


class VerdictOut(Schema):
    """The whole proof of a verdict, byte for byte as `attain certify --json` prints it."""

    tier: int | None = None


class StepOut(Schema):
    """A step of a plan: what to do, for which requirement, at what cost."""

    requirement: str
    title: str
    text: str
    cost: str


class PlanOut(Schema):
    """A plan to the next tier: by when, at what cost, and its steps."""

    by: date
    months: int
    cost: str
    steps: list[StepOut]


class RoadOut(Schema):
    """What the next tier would take; None where a centre is on the highest, or no plan leads."""

    as_of: date
    reached: int | None
    tier: int | None
    cheapest: PlanOut | None
    earliest: PlanOut | None


class DatedOut(Schema):
    """Something of a centre on a date: an expiry, a corrective action, a milestone or a review."""

    on: date
    kind: str
    centre: str
    about: str


@router.get("/estate", response=answers((200, Listed[EstateOut])))
def whole_estate(
    request: HttpRequest,
    asked: Asked,
    as_of: Query[Day | None] = None,
    scheme: Query[Key | None] = None,
) -> Any:
    """List the centres with their tiers, and what keeps each from the next one."""
    member = member_of(request)
    demand_somewhere(member, _READ)
    at, _today = now_and_today(request)
    by = verdicts.find_law(scheme or verdicts.DEFAULT_SCHEME)[0].scheme
    part = listed_of(estate.estate(member, day_of(request, as_of), at, by), asked)
    return part | {"items": [_row(row) for row in part["items"]]}


def _row(row: estate.EstateRow) -> dict[str, Any]:
    return {
        "centre": row.centre.key,
        "name": row.centre.name,
        "is_covered": row.judged.is_covered,
        "tier": row.tier,
        "blocking": list(row.judged.blocking),
        "certificate": row.certificate.number if row.certificate else None,
        "certified_tier": row.certificate.tier if row.certificate else None,
        "state": row.state,
        "standing": row.standing,
        "risks": list(row.judged.risks) if row.is_at_risk else [],
        "next_date": row.next_date,
    }


@router.get("/centres/{centre}/verdict", response=answers((200, VerdictOut)))
def verdict(
    request: HttpRequest,
    centre: Path[LongKey],
    as_of: Query[Day | None] = None,
    scheme: Query[Key | None] = None,
) -> Any:
    """Return the verdict on a centre with its whole proof, as `attain certify --json` prints it."""
    found = find_centre(member_of(request), centre, _READ)
    judged = verdicts.verdict_of(found, day_of(request, as_of), scheme or verdicts.DEFAULT_SCHEME)
    return HttpResponse(write_tree(judged), content_type="application/json")


@router.get("/centres/{centre}/road", response=answers((200, RoadOut)))
def road(
    request: HttpRequest,
    centre: Path[LongKey],
    as_of: Query[Day | None] = None,
    scheme: Query[Key | None] = None,
) -> Any:
    """Return what the next tier would take, and by when."""
    found = find_centre(member_of(request), centre, _READ)
    judged = verdicts.verdict_of(found, day_of(request, as_of), scheme or verdicts.DEFAULT_SCHEME)
    following = roads.kept_next_tier(found, judged)
    return {
        "as_of": judged.as_of,
        "reached": judged.tier,
        "tier": following.tier if following else None,
        "cheapest": following.cheapest if following else None,
        "earliest": following.earliest if following else None,
    }


@router.get("/calendar", response=answers((200, Listed[DatedOut])))
def dates(request: HttpRequest, asked: Asked) -> Any:
    """List what ends, what is due and what is held in the coming months."""
    member = member_of(request)
    demand_somewhere(member, _READ)
    at, today = now_and_today(request)
    part = listed_of(calendar.dates(member, today, at, today + _AHEAD), asked)
    items = [
        {"on": each.on, "kind": each.kind, "centre": each.centre.key, "about": each.about}
        for each in part["items"]
    ]
    return part | {"items": items}
