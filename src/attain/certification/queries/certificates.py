"""Certificates and their states at an instant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django_scopes import scopes_disabled

from attain.certification.models import Certificate, CertificateMove
from attain.certification.rules.certificates import (
    RUNNING,
    CertificateState,
    Moved,
    read_number,
    state_at,
)
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import visible_centres
from attain.organisations.rules import Permission


def with_moves(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Return certificates with all their moves, by one further query."""
    moves = CertificateMove.objects.select_related("by__account").order_by("sequence")
    return certificates.prefetch_related(Prefetch("moves", moves))


def state_of(certificate: Certificate, at: datetime) -> CertificateState:
    """Return the state of a certificate at an instant, told by its moves and its last day."""
    moves = [Moved(move.at, CertificateState(move.after)) for move in certificate.moves.all()]
    found = state_at(moves, certificate.lapses_at, at)
    return found or CertificateState.CURRENT


def running(certificates: Iterable[Certificate], at: datetime) -> list[Certificate]:
    """Return the certificates that are current or suspended at an instant."""
    return [each for each in certificates if state_of(each, at) in RUNNING]


def certificates_of(centre: Centre) -> Sequence[Certificate]:
    """Return the certificates of a centre, the latest first."""
    rows = Certificate.objects.filter(centre=centre).select_related("decision")
    return list(with_moves(rows))


def running_of(centre: Centre, scheme: str, at: datetime) -> Certificate | None:
    """Return the certificate of a centre that runs at an instant, None where there is none."""
    rows = with_moves(Certificate.objects.filter(centre=centre, scheme=scheme))
    return next(iter(running(rows, at)), None)


@dataclass(frozen=True)
class PublicCertificate:
    """What anybody may know of a certificate by its number."""

    number: str
    organisation: str
    centre: str
    scheme: str
    edition: str
    tier: int
    valid_from: date
    valid_until: date
    timezone: str
    state: CertificateState
    asked_at: datetime

    def as_json(self) -> dict[str, Any]:
        """Return the same for another program."""
        dated = {
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "asked_at": self.asked_at.isoformat(),
        }
        return {**vars(self), **dated, "state": self.state.value}


def find_public(typed: str, at: datetime) -> PublicCertificate | None:
    """Return what anybody may know of a certificate as of an instant, None where there is none."""
    number = read_number(typed)
    if number is None:
        return None
    with scopes_disabled():
        rows = Certificate.objects.select_related("organisation", "centre", "decision")
        found = with_moves(rows.filter(number=number)).first()
    return _public(found, at) if found else None


def _public(certificate: Certificate, at: datetime) -> PublicCertificate:
    return PublicCertificate(
        number=certificate.number,
        organisation=certificate.organisation.name,
        centre=certificate.centre.name,
        scheme=certificate.scheme,
        edition=certificate.decision.edition,
        tier=certificate.tier,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        timezone=certificate.timezone,
        state=state_of(certificate, at),
        asked_at=at,
    )


def verification_address(number: str) -> str:
    """Return where anybody may ask what a certificate is worth."""
    return f"{settings.PUBLIC_URL}/verify/{number}"


def statement_of(certificate: Certificate) -> dict[str, Any]:
    """Return what is sealed of a certificate: what was decided, and where to ask about it today."""
    decision = certificate.decision
    return {
        "number": certificate.number,
        "organisation": certificate.organisation.name,
        "centre": certificate.centre.name,
        "scope": "site" if certificate.centre.programme_id is None else "programme",
        "scheme": certificate.scheme,
        "edition": decision.edition,
        "tier": certificate.tier,
        "as_of": decision.as_of.isoformat(),
        "decided_at": decision.at.isoformat(),
        "valid_from": certificate.valid_from.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "timezone": certificate.timezone,
        "proof_sha256": decision.tree_hash,
        "verify_at": verification_address(certificate.number),
    }


def certificates_seen(member: Member) -> QuerySet[Certificate]:
    """Return the certificates of the centres that a member may see, the latest first."""
    centres = visible_centres(member, Permission.READ_CERTIFICATION)
    return with_moves(Certificate.objects.filter(centre__in=centres).select_related("centre"))
