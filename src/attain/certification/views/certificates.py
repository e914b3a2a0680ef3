"""Certificates: the page, the PDF, the sealed file, and the moves."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.certification import forms, keys, printing
from attain.certification.actions import certificates as actions
from attain.certification.models import Certificate
from attain.certification.queries.certificates import (
    certificates_seen,
    state_of,
    verification_address,
    with_moves,
)
from attain.certification.queries.estate import watches_of
from attain.certification.queries.finding import find_certificate
from attain.certification.queries.verdicts import language_of, titled
from attain.certification.rules.certificates import MOVES, CertificateState
from attain.certification.rules.corrective import OPEN_STATES
from attain.certification.rules.seals import fingerprint
from attain.certification.views.common import permissions
from attain.organisations.pages import MemberRequest, address, form_page, get_or_post, now_and_today
from attain.organisations.queries import demand_somewhere, page_of
from attain.organisations.rules import Permission

C = CertificateState
_ROWS = 50


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the certificates of the centres that a member may see."""
    demand_somewhere(request.member, Permission.READ_CERTIFICATION)
    now, _today = now_and_today(request)
    page = page_of(certificates_seen(request.member), request.GET.get("page"), _ROWS)
    rows = [(each, state_of(each, now)) for each in page]
    return render(request, "certification/certificates.html", {"page": page, "rows": rows})


@require_GET
def show(request: MemberRequest, number: str) -> HttpResponse:
    """Show a certificate: what it is worth now, how it came to that, what the watch says."""
    found = find_certificate(request.member, number)
    now, _today = now_and_today(request)
    certificate = with_moves(Certificate.objects.filter(pk=found.pk)).get()
    state = state_of(certificate, now)
    public = keys.public_key()
    context = {
        **permissions(request.member, found.centre),
        "certificate": found,
        "centre": found.centre,
        "decision": found.decision,
        "state": state,
        "moves": certificate.moves.all(),
        "allowed": {after.value for after in MOVES[state]},
        "watches": [
            (each, titled(found.scheme, each.failing), titled(found.scheme, each.risks))
            for each in watches_of(found)
        ],
        "titles_in": language_of(found.scheme),
        "has_open_corrective": found.corrective_actions.filter(state__in=OPEN_STATES).exists(),
        "verify_at": verification_address(found.number),
        "public_key": public,
        "fingerprint": fingerprint(public),
    }
    return render(request, "certification/certificate.html", context)


@require_GET
def pdf(request: MemberRequest, number: str) -> HttpResponse:
    """Answer with the certificate as PDF."""
    found = find_certificate(request.member, number)
    response = HttpResponse(printing.certificate_pdf(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="certificate-{number}.pdf"'
    return response


@require_GET
def sealed(request: MemberRequest, number: str) -> HttpResponse:
    """Answer with the certificate as a sealed file that verifies without a network."""
    found = find_certificate(request.member, number)
    response = HttpResponse(keys.signed_json(found), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{number}.json"'
    return response


@get_or_post
def suspend(request: MemberRequest, number: str) -> HttpResponse:
    """Suspend a certificate."""
    about = _("Everybody who verifies it sees that it is suspended. It can be reinstated.")
    return _move(request, number, actions.suspend_certificate, _("Suspend"), about)


@get_or_post
def withdraw(request: MemberRequest, number: str) -> HttpResponse:
    """Withdraw a certificate."""
    about = _("It is withdrawn for good, unless an appeal is upheld by somebody else.")
    return _move(request, number, actions.withdraw_certificate, _("Withdraw"), about)


@get_or_post
def reinstate(request: MemberRequest, number: str) -> HttpResponse:
    """Reinstate a certificate."""
    about = _("It is current again until its last day, which stays as it was.")
    return _move(request, number, actions.reinstate_certificate, _("Reinstate"), about)


def _move(
    request: MemberRequest, number: str, action: Callable[..., Any], verb: str, about: str
) -> HttpResponse:
    found = find_certificate(request.member, number, Permission.DECIDE)
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        action(by=request.member, certificate=found, reason=said["reason"], now=now)
        return _("The certificate was moved, and the reason is kept with it.")

    return form_page(
        request,
        forms.MoveForm(request.POST or None),
        act,
        then=address(request, "certification-certificate", number=found.number),
        title=_("%(verb)s certificate %(number)s") % {"verb": verb, "number": found.number},
        about=about,
        submit=verb,
        danger=action is not actions.reinstate_certificate,
    )
