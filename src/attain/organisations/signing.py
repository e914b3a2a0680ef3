"""The keys by which this installation signs: each made once, and kept beside the data."""

import os
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_AUDIT = "audit-ed25519.pem"


def audit_key(folder: Path) -> Ed25519PrivateKey:
    """Return the key of the checkpoints, made where there is none yet."""
    return signing_key(folder / _AUDIT)


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in a file that its owner alone can read, made where there is none yet."""
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds another kind of key")
    return key


def audit_public_key(folder: Path) -> str:
    """Return the public half of the key of the checkpoints; nothing where none was ever made."""
    return public_text(audit_key(folder)) if (folder / _AUDIT).exists() else ""


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    # Written whole before it has its name, so that nobody reads half a key; the first one stays.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the public half of a key, by which everybody can verify."""
    return key.public_key().public_bytes_raw().hex()


def is_signed(public: str, signature: str, message: bytes) -> bool:
    """Say whether a message was signed by the key with this public half."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(signature), message
        )
    except (InvalidSignature, ValueError):
        return False
    return True
