"""The password by which everybody of the demonstration signs in."""

from functools import lru_cache

from django.contrib.auth.hashers import make_password

# Printed beside the addresses; there is nothing behind it but made-up figures.
PASSWORD = "larkfield demonstration"  # noqa: S105


@lru_cache(maxsize=1)
def hashed() -> str:
    """Return the password as it is kept: hashed once, as hashing is meant to take long."""
    return make_password(PASSWORD)
