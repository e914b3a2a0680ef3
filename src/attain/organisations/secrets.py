"""Secrets that are told once: only their hash is kept, by which they are found again."""

from attain.measurement.hashes import sha256_of


def hash_of(secret: str) -> str:
    """Return the SHA-256 under which a long random secret is kept."""
    return sha256_of(secret.encode("utf-8", "replace"))
