"""Applications: apply, submit, withdraw, decide."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema
from ninja.responses import Status

from attain.certification.actions import applications, decisions
from attain.certification.models import Application, Decision
from attain.certification.queries.applications import applications_seen, decision_of
from attain.certification.queries.finding import find_application
from attain.certification.rules.applications import ApplicationState, Purpose
from attain.organisations.api_parts import (
    Day,
    Flag,
    Key,
    Listed,
    LongKey,
    MemberOut,
    PageAsked,
    Reason,
    Said,
    Version,
    Whole,
    answers,
    listed,
    member_of,
    now_and_today,
)
from attain.organisations.errors import UnknownError
from attain.organisations.queries import demand_somewhere, find_centre, who_may
from attain.organisations.rules import Permission

router = Router(tags=["applications"])
Asked = Query[PageAsked]


class ApplicationOut(Schema):
    """A centre's application for a tier of a scheme."""

    uuid: UUID
    centre: str
    scheme: str
    tier: int
    purpose: Purpose
    state: ApplicationState
    site_volume: int
    assessed_volume: int
    applied_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    reason: str
    version: int

    @staticmethod
    def resolve_centre(application: Application) -> str:
        """Return the key of the centre."""
        return application.centre.key


class ApplicationIn(Said):
    """An application to be drafted, with the contacts that it covers."""

    scheme: Key = "performance-tiers"
    tier: Annotated[int, Field(strict=True, ge=1, le=9)]
    site_volume: Whole
    assessed_volume: Whole


class Seen(Said):
    """The version that was seen."""

    version: Version


class SeenWithReason(Said):
    """The version that was seen, and why something is done."""

    version: Version
    reason: Reason


class DecisionIn(Said):
    """A decision: an award that the figures do not bear is recorded as a refusal."""

    version: Version
    as_of: Day
    award: Flag
    reason: Reason


class DecisionOut(Schema):
    """A decision with everything that it rested on; its proof has an address of its own."""

    uuid: UUID
    at: datetime
    by: str
    as_of: date
    scheme: str
    edition: str
    sought: int
    reached: int | None
    awarded: bool
    lacking: list[str]
    reviews_failed: list[str]
    reason: str
    proof_sha256: str
    inputs: dict[str, str]
    certificate: str | None

    @staticmethod
    def resolve_by(decision: Decision) -> str:
        """Return the name of who decided."""
        return decision.by.account.name

    @staticmethod
    def resolve_proof_sha256(decision: Decision) -> str:
        """Return the hash of the proof."""
        return decision.tree_hash

    @staticmethod
    def resolve_certificate(decision: Decision) -> str | None:
        """Return the number of the certificate; None where the tier was refused."""
        found = getattr(decision, "certificate", None)
        return found.number if found else None


class ProofOut(Schema):
    """The whole proof that was decided on, byte for byte as it was kept."""

    tier: int | None = None


@router.get("/applications", response=answers((200, Listed[ApplicationOut])))
def index(request: HttpRequest, asked: Asked, state: Query[ApplicationState | None] = None) -> Any:
    """List the applications of the centres that the member may see, the latest first."""
    member = member_of(request)
    demand_somewhere(member, Permission.READ_CERTIFICATION)
    rows = applications_seen(member).order_by("-applied_at", "-pk")
    return listed(rows.filter(state=state) if state else rows, asked)


@router.post("/centres/{centre}/applications", response=answers((201, ApplicationOut)))
def apply(request: HttpRequest, centre: Path[LongKey], said: ApplicationIn) -> Any:
    """Draft an application of a centre for a tier."""
    member = member_of(request)
    found = find_centre(member, centre, Permission.APPLY)
    at, _today = now_and_today(request)
    return Status(201, applications.apply(by=member, centre=found, now=at, **said.dict()))


@router.get("/applications/{application}", response=answers((200, ApplicationOut)))
def one(request: HttpRequest, application: Path[UUID]) -> Any:
    """Return an application."""
    return find_application(member_of(request), application)


@router.post("/applications/{application}/submit", response=answers((200, ApplicationOut)))
def submit(request: HttpRequest, application: Path[UUID], said: Seen) -> Any:
    """Submit an application: its practices and documents are frozen as they stand."""
    member = member_of(request)
    found = find_application(member, application, Permission.APPLY)
    at, _today = now_and_today(request)
    return applications.submit(by=member, application=found, seen=said.version, now=at)


@router.post("/applications/{application}/withdraw", response=answers((200, ApplicationOut)))
def withdraw(request: HttpRequest, application: Path[UUID], said: SeenWithReason) -> Any:
    """Withdraw an application that is not decided yet."""
    member = member_of(request)
    found = find_application(member, application, Permission.APPLY)
    at, _today = now_and_today(request)
    return applications.withdraw_application(
        by=member, application=found, seen=said.version, reason=said.reason, now=at
    )


@router.get("/applications/{application}/assessors", response=answers((200, Listed[MemberOut])))
def assessors(request: HttpRequest, application: Path[UUID], asked: Asked) -> Any:
    """List the members who may assess an application."""
    found = find_application(member_of(request), application, Permission.REVIEW)
    return listed(who_may(Permission.REVIEW, found.centre), asked)


@router.get("/applications/{application}/decision", response=answers((200, DecisionOut)))
def decision(request: HttpRequest, application: Path[UUID]) -> Any:
    """Return the decision on an application."""
    return _decision(find_application(member_of(request), application))


@router.post("/applications/{application}/decision", response=answers((201, DecisionOut)))
def decide(request: HttpRequest, application: Path[UUID], said: DecisionIn) -> Any:
    """Decide on a reviewed application, as somebody who had no other hand in it."""
    member = member_of(request)
    found = find_application(member, application, Permission.DECIDE)
    at, _today = now_and_today(request)
    decisions.decide(
        by=member,
        application=found,
        seen=said.version,
        as_of=said.as_of,
        award=said.award,
        reason=said.reason,
        now=at,
    )
    return Status(201, _decision(found))


@router.get("/applications/{application}/decision/proof", response=answers((200, ProofOut)))
def proof(request: HttpRequest, application: Path[UUID]) -> Any:
    """Return the whole proof that was decided on."""
    found = _decision(find_application(member_of(request), application))
    return HttpResponse(found.tree, content_type="application/json")


def _decision(application: Application) -> Decision:
    found = decision_of(application)
    if found is None:
        raise UnknownError("The application is not decided yet.")
    return found
