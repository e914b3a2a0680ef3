"""Closed lists as the database keeps them: plain texts, in one order."""

from collections.abc import Iterable
from enum import StrEnum


def values_of(members: Iterable[StrEnum]) -> list[str]:
    """Return the texts of a closed list, so that a migration names no code and is always alike."""
    return sorted(member.value for member in members)
