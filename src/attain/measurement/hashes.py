"""The hash of a text, by which it is known to be the very same one."""

import hashlib


def sha256_of(text: str | bytes) -> str:
    """Return the SHA-256 of a text or of bytes, in hexadecimal digits."""
    raw = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(raw).hexdigest()
