"""Certificates: issued by a decision, and moved between their states by people and by rules."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from attain.certification.models import Certificate, CertificateMove, Decision
from attain.certification.queries.certificates import running, state_of, with_moves
from attain.certification.rules.certificates import (
    RANDOM_BYTES,
    RUNNING,
    CertificateState,
    lapses_at,
    may_move,
    valid_until,
    write_number,
)
from attain.certification.rules.independence import Conflict
from attain.certification.words import CONFLICTS
from attain.organisations.actions import audit
from attain.organisations.days import today_of
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member

C = CertificateState


def issue(*, by: Member, decision: Decision, now: datetime) -> Certificate:
    """Issue the certificate of a decision that awards a tier: a part of `decisions.decide`.

    It is valid for a year from today in the zone of the organisation, and takes the place of the
    certificate that runs, so that the year starts anew.
    """
    organisation = decision.organisation
    start = today_of(organisation, now)
    last = valid_until(start)
    before = Certificate.objects.filter(centre=decision.centre, scheme=decision.scheme)
    for replaced in running(with_moves(before.select_for_update(of=("self",))), now):
        _add_move(replaced, C.SUPERSEDED, by, _("A new certificate takes its place."), now)
    certificate = Certificate.objects.create(
        organisation=organisation,
        number=_free_number(start.year),
        decision=decision,
        centre=decision.centre,
        scheme=decision.scheme,
        tier=decision.sought,
        valid_from=start,
        valid_until=last,
        timezone=organisation.timezone,
        lapses_at=lapses_at(last, organisation.timezone),
        issued_at=now,
    )
    reason = _("Awarded by decision.")
    CertificateMove.objects.create(
        certificate=certificate, sequence=1, after=C.CURRENT, at=now, by=by, reason=reason
    )
    return certificate


def _free_number(year: int) -> str:
    with scopes_disabled():
        while True:
            number = write_number(year, secrets.token_bytes(RANDOM_BYTES))
            if not Certificate.objects.filter(number=number).exists():
                return number


def suspend_certificate(
    *, by: Member | None, certificate: Certificate, reason: str, now: datetime
) -> CertificateMove:
    """Suspend a certificate: it may not be shown until it is reinstated."""
    return _move(by, certificate, C.SUSPENDED, reason, now)


def withdraw_certificate(
    *, by: Member, certificate: Certificate, reason: str, now: datetime
) -> CertificateMove:
    """Withdraw a certificate for good; only an appeal that is upheld brings it back."""
    return _move(by, certificate, C.WITHDRAWN, reason, now)


def reinstate_certificate(
    *, by: Member, certificate: Certificate, reason: str, now: datetime
) -> CertificateMove:
    """Make a suspended certificate current again, or a withdrawn one whose appeal is upheld.

    Refused after its last day, and to who withdrew it.
    """
    if now >= certificate.lapses_at:
        raise RefusedActionError(
            _("Its last day is over. Only a new decision leads to another certificate.")
        )
    last = certificate.moves.order_by("sequence").last()
    if last and last.after == C.WITHDRAWN and last.by and last.by.account_id == by.account_id:
        raise RefusedActionError(str(CONFLICTS[Conflict.WITHDREW]))
    return _move(by, certificate, C.CURRENT, reason, now)


@transaction.atomic
def _move(
    by: Member | None,
    certificate: Certificate,
    after: CertificateState,
    reason: str,
    now: datetime,
) -> CertificateMove:
    if not reason.strip():
        raise RefusedActionError(_("Say why: the reason is kept with the certificate."))
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    state = state_of(locked, now)
    if not may_move(state, after):
        raise RefusedActionError(
            _("A certificate that is %(state)s cannot become %(after)s.")
            % {"state": state.value, "after": after.value}
        )
    move = _add_move(locked, after, by, reason, now)
    _record(by, f"certification.{_VERBS[after]}", locked, reason, now)
    return move


_VERBS = {
    C.SUSPENDED: "suspend_certificate",
    C.WITHDRAWN: "withdraw_certificate",
    C.CURRENT: "reinstate_certificate",
}


def _add_move(
    certificate: Certificate,
    after: CertificateState,
    by: Member | None,
    reason: str,
    at: datetime,
) -> CertificateMove:
    last = certificate.moves.order_by("sequence").last()
    Certificate.objects.filter(pk=certificate.pk).update(version=F("version") + 1)
    return CertificateMove.objects.create(
        certificate=certificate,
        sequence=last.sequence + 1 if last else 1,
        before=last.after if last else "",
        after=after,
        at=at,
        by=by,
        reason=reason,
    )


def expire_certificates(now: datetime) -> int:
    """Write down the expiry of every certificate whose last day is over; return how many.

    Run as often as liked: each expires once, at the instant at which its last day was over.
    """
    with scopes_disabled():
        lapsed = Certificate.objects.filter(lapses_at__lte=now).exclude(
            moves__after__in=[C.EXPIRED, C.SUPERSEDED]
        )
        return sum(_expire(pk) for pk in lapsed.values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int) -> bool:
    certificate = Certificate.objects.select_for_update().get(pk=pk)
    last = certificate.moves.order_by("sequence").last()
    if last is None or last.after not in RUNNING:
        return False
    reason = _("Its last day is over.")
    _add_move(certificate, C.EXPIRED, None, reason, certificate.lapses_at)
    _record(None, "certification.expire_certificate", certificate, reason, certificate.lapses_at)
    return True


def _record(
    by: Member | None, action: str, certificate: Certificate, reason: str, now: datetime
) -> None:
    audit.record(
        by=by,
        action=action,
        kind="certificate",
        key=certificate.number,
        details={"reason": reason},
        organisation=certificate.organisation,
        now=now,
    )
