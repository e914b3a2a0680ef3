"""The key that certificates are sealed with, and what it seals."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from attain.certification.models import Certificate
from attain.certification.queries.certificates import statement_of
from attain.certification.rules.seals import seal, write_key
from attain.organisations.signing import signing_key


def certificate_key() -> Ed25519PrivateKey:
    """Return the private key of the installation, made where there is none yet."""
    return signing_key(Path(settings.KEYS) / "certificates")


def public_key() -> str:
    """Return the public key by which anybody verifies what the installation sealed."""
    return write_key(certificate_key().public_key())


def signed_json(certificate: Certificate) -> bytes:
    """Return a certificate as a sealed file that verifies without a network."""
    return seal(statement_of(certificate), certificate_key())
