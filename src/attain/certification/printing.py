"""Certificates on paper: a PDF that says what was decided, and where to ask about it today."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from attain.certification.keys import public_key
from attain.certification.models import Certificate
from attain.certification.queries.certificates import verification_address
from attain.certification.queries.verdicts import find_law
from attain.certification.rules.seals import fingerprint
from attain.organisations.errors import RefusedActionError

_STYLE = Path(__file__).parent / "templates" / "certification" / "certificate_pdf.css"


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return a certificate as PDF; RefusedActionError where the system cannot draw one."""
    try:
        from weasyprint import CSS, HTML  # heavy, and needs a library of the system
    except OSError as error:
        raise RefusedActionError(
            _(
                "PDF files need the Pango library. Install libpango-1.0-0, libpangoft2-1.0-0 and "
                "libharfbuzz-subset0, or print the page of the certificate."
            )
        ) from error
    page = render_to_string("certification/certificate_pdf.html", _context(certificate))
    style = CSS(string=_STYLE.read_text("utf-8"), url_fetcher=_fetch_nothing)
    drawn: bytes = HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(
        stylesheets=[style], pdf_variant="pdf/ua-1"
    )
    return drawn


def _context(certificate: Certificate) -> dict[str, Any]:
    scheme, _models = find_law(certificate.scheme)
    return {
        "certificate": certificate,
        "centre": certificate.centre,
        "organisation": certificate.organisation,
        "decision": certificate.decision,
        "scheme": scheme,
        "tier": scheme.tiers[certificate.tier - 1],
        "verify_at": verification_address(certificate.number),
        "fingerprint": fingerprint(public_key()),
    }


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, Any]:
    # A certificate draws on nothing but itself, so that no text of it can reach into a network.
    raise ValueError(f"nothing is fetched for a certificate: {url}")
