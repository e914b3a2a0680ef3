"""Certificates: what each is worth now, the PDF, the sealed file, the moves and the watch."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router, Schema
from ninja.responses import Status
from pydantic import StringConstraints

from attain.certification import keys, printing
from attain.certification.actions import certificates as actions
from attain.certification.actions import corrective
from attain.certification.api.parts import name_of
from attain.certification.models import Certificate
from attain.certification.queries.certificates import (
    certificates_seen,
    state_of,
    verification_address,
    with_moves,
)
from attain.certification.queries.estate import watches_of
from attain.certification.queries.finding import find_certificate
from attain.certification.rules.certificates import CertificateState
from attain.certification.rules.watching import WatchOutcome
from attain.organisations.api_parts import (
    Listed,
    PageAsked,
    Reason,
    Said,
    answers,
    file_answer,
    listed,
    listed_of,
    member_of,
    now_and_today,
)
from attain.organisations.errors import UnknownError
from attain.organisations.queries import demand_somewhere
from attain.organisations.rules import Permission

router = Router(tags=["certificates"])
Asked = Query[PageAsked]
Number = Annotated[str, StringConstraints(max_length=20, pattern=r"^[-A-Z0-9]+$")]


class MoveOut(Schema):
    """A certificate went from one state to another; without `by` attain did it by a rule."""

    before: CertificateState | None
    after: CertificateState
    at: datetime
    by: str | None
    reason: str


class CertificateOut(Schema):
    """A certificate, its state now, and where it is to be had and to be verified."""

    number: str
    centre: str
    scheme: str
    tier: int
    valid_from: date
    valid_until: date
    timezone: str
    state: CertificateState
    moves: list[MoveOut]
    pdf: str
    sealed: str
    verify_at: str


class SealedOut(Schema):
    """A certificate as it was sealed, with its signature."""

    algorithm: str
    certificate: dict[str, Any]
    public_key: str
    signature: str


class WatchOut(Schema):
    """Whether a certificate would still be granted, as judged for a month."""

    month: str
    as_of: date
    outcome: WatchOutcome
    reached: int | None
    failing: list[str]
    at_risk: bool
    risks: list[str]


class MoveIn(Said):
    """Why a certificate is moved."""

    reason: Reason


class RaisedOut(Schema):
    """A corrective action that was raised."""

    uuid: UUID
    failed: list[str]
    raised_on: date
    due_on: date


@router.get("/certificates", response=answers((200, Listed[CertificateOut])))
def index(request: HttpRequest, asked: Asked) -> Any:
    """List the certificates of the centres that the member may see, the latest first."""
    member = member_of(request)
    demand_somewhere(member, Permission.READ_CERTIFICATION)
    at, _today = now_and_today(request)
    part = listed(certificates_seen(member), asked)
    return part | {"items": [_out(each, at) for each in part["items"]]}


@router.get("/certificates/{number}", response=answers((200, CertificateOut)))
def one(request: HttpRequest, number: Path[Number]) -> Any:
    """Return a certificate with its state now, and how it came to that."""
    found = find_certificate(member_of(request), number)
    return _again(request, found)


def _again(request: HttpRequest, certificate: Certificate) -> dict[str, Any]:
    at, _today = now_and_today(request)
    rows = with_moves(Certificate.objects.filter(pk=certificate.pk).select_related("centre"))
    return _out(rows.get(), at)


_OWN = ("number", "scheme", "tier", "valid_from", "valid_until", "timezone")


def _out(certificate: Certificate, at: datetime) -> dict[str, Any]:
    moves = [
        {
            "before": move.before or None,
            "after": move.after,
            "at": move.at,
            "by": name_of(move.by),
            "reason": move.reason,
        }
        for move in certificate.moves.all()
    ]
    number = certificate.number
    return {
        **{name: getattr(certificate, name) for name in _OWN},
        "centre": certificate.centre.key,
        "state": state_of(certificate, at),
        "moves": moves,
        "pdf": reverse("api-v1:certificate-pdf", args=[number]),
        "sealed": reverse("api-v1:certificate-sealed", args=[number]),
        "verify_at": verification_address(number),
    }


@router.get(
    "/certificates/{number}/pdf",
    response=answers(),
    openapi_extra=file_answer("application/pdf"),
    url_name="certificate-pdf",
)
def pdf(request: HttpRequest, number: Path[Number]) -> Any:
    """Return a certificate as PDF."""
    found = find_certificate(member_of(request), number)
    return HttpResponse(printing.certificate_pdf(found), content_type="application/pdf")


@router.get(
    "/certificates/{number}/sealed",
    response=answers((200, SealedOut)),
    url_name="certificate-sealed",
)
def sealed(request: HttpRequest, number: Path[Number]) -> Any:
    """Return a certificate as the sealed file that verifies without a network, byte for byte."""
    found = find_certificate(member_of(request), number)
    return HttpResponse(keys.signed_json(found), content_type="application/json")


@router.get("/certificates/{number}/watches", response=answers((200, Listed[WatchOut])))
def watches(request: HttpRequest, number: Path[Number], asked: Asked) -> Any:
    """List what the watch found of a certificate, the latest month first."""
    found = find_certificate(member_of(request), number)
    part = listed_of(watches_of(found), asked)
    names = ("as_of", "outcome", "reached", "failing", "at_risk", "risks")
    items = [
        {**{name: getattr(each, name) for name in names}, "month": str(each.month)}
        for each in part["items"]
    ]
    return part | {"items": items}


@router.post("/certificates/{number}/suspend", response=answers((200, CertificateOut)))
def suspend(request: HttpRequest, number: Path[Number], said: MoveIn) -> Any:
    """Suspend a certificate, with a reason; it can be reinstated."""
    return _move(request, number, actions.suspend_certificate, said.reason)


@router.post("/certificates/{number}/withdraw", response=answers((200, CertificateOut)))
def withdraw(request: HttpRequest, number: Path[Number], said: MoveIn) -> Any:
    """Withdraw a certificate for good, with a reason."""
    return _move(request, number, actions.withdraw_certificate, said.reason)


@router.post("/certificates/{number}/reinstate", response=answers((200, CertificateOut)))
def reinstate(request: HttpRequest, number: Path[Number], said: MoveIn) -> Any:
    """Make a certificate current again until its last day, with a reason."""
    return _move(request, number, actions.reinstate_certificate, said.reason)


def _move(
    request: HttpRequest, number: str, action: Callable[..., Any], reason: str
) -> dict[str, Any]:
    member = member_of(request)
    found = find_certificate(member, number, Permission.DECIDE)
    at, _today = now_and_today(request)
    action(by=member, certificate=found, reason=reason, now=at)
    return _again(request, found)


@router.post("/certificates/{number}/corrective-actions", response=answers((201, RaisedOut)))
def raise_one(request: HttpRequest, number: Path[Number]) -> Any:
    """Raise a corrective action on what the last watch of a certificate found lacking."""
    member = member_of(request)
    found = find_certificate(member, number, Permission.REVIEW)
    at, _today = now_and_today(request)
    watch = found.watches.order_by("-month").first()
    if watch is None:
        raise UnknownError("The certificate was not watched yet.")
    made = corrective.raise_corrective_action(by=member, watch=watch, now=at)
    return Status(201, made)
