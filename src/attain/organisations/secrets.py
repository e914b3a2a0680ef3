"""Secrets that are told once: only their hash is kept, by which they are found again."""

import hashlib


def hash_of(secret: str) -> str:
    """Return the SHA-256 under which a long random secret is kept."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
