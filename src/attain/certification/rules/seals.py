"""Sealed certificates: one canonical line of JSON with an Ed25519 signature, verified offline.

A sealed file has exactly one form: anything else, were it a space more, is refused. What was
sealed is what stood when it was sealed; whether the certificate was suspended since, only the
address of its verification tells.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from attain.measurement.hashes import sha256_of

ALGORITHM = "Ed25519"
LONGEST = 100_000


class BrokenSealError(Exception):
    """A file is no sealed certificate, or not as it was sealed; the message says why."""


def canonical(value: object) -> str:
    """Write a value in its one canonical form of JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(statement: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Return a statement with its signature and the public key, as the bytes of a file."""
    whole = {
        "algorithm": ALGORITHM,
        "certificate": dict(statement),
        "public_key": write_key(key.public_key()),
        "signature": _write(key.sign(canonical(dict(statement)).encode())),
    }
    return canonical(whole).encode() + b"\n"


def open_seal(sealed: bytes, trusted: str | None = None) -> tuple[dict[str, Any], str]:
    """Return what was sealed and the public key that sealed it; BrokenSealError otherwise.

    `trusted` is the public key that it must have been sealed with.
    """
    whole = _read_whole(sealed)
    if trusted is not None and whole["public_key"] != trusted:
        raise BrokenSealError("it was sealed with another key than the one that is trusted")
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(whole["public_key"]))
        signature = base64.b64decode(whole["signature"])
        key.verify(signature, canonical(whole["certificate"]).encode())
    except (InvalidSignature, ValueError) as error:
        raise BrokenSealError("its signature does not fit what it says") from error
    return whole["certificate"], whole["public_key"]


def _read_whole(sealed: bytes) -> dict[str, Any]:
    if len(sealed) > LONGEST:
        raise BrokenSealError("it is too long for a sealed certificate")
    try:
        whole = json.loads(sealed.decode())
        same = canonical(whole).encode() + b"\n" == sealed
    except (ValueError, RecursionError) as error:
        raise BrokenSealError("it is no JSON in UTF-8") from error
    if not same:
        raise BrokenSealError("it is not in the form in which certificates are sealed")
    _check_shape(whole)
    found: dict[str, Any] = whole
    return found


def _check_shape(whole: object) -> None:
    names = {"algorithm", "certificate", "public_key", "signature"}
    if not isinstance(whole, dict) or set(whole) != names or whole["algorithm"] != ALGORITHM:
        raise BrokenSealError("it is no sealed certificate")
    texts = (whole["public_key"], whole["signature"])
    if not isinstance(whole["certificate"], dict) or not all(isinstance(t, str) for t in texts):
        raise BrokenSealError("it is no sealed certificate")


def write_key(key: Ed25519PublicKey) -> str:
    """Write a public key as it stands in a sealed file."""
    return _write(key.public_bytes_raw())


def fingerprint(public_key: str) -> str:
    """Return a short name of a public key, to compare by eye."""
    digits = sha256_of(public_key)[:16]
    return ":".join(digits[place : place + 4] for place in range(0, 16, 4))


def _write(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
