"""The key that certificates are sealed with: made once, readable by its owner alone."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from attain.certification.models import Certificate
from attain.certification.queries.certificates import statement_of
from attain.certification.rules.seals import seal, write_key


def certificate_key() -> Ed25519PrivateKey:
    """Return the private key of the installation, made where there is none yet."""
    path = Path(settings.KEYS) / "certificates"
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} holds no Ed25519 key")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    # Written whole before it has its name, so that nobody reads half a key; the first one stays.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def public_key() -> str:
    """Return the public key by which anybody verifies what the installation sealed."""
    return write_key(certificate_key().public_key())


def signed_json(certificate: Certificate) -> bytes:
    """Return a certificate as a sealed file that verifies without a network."""
    return seal(statement_of(certificate), certificate_key())
