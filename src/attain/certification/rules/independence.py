"""Independence: who assessed, applied or recorded an answer does not decide."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum


class Conflict(StrEnum):
    """Why somebody may not do a piece of an application's work."""

    APPLIED = "applied"
    ASSESSED = "assessed"
    RECORDED_ANSWERS = "recorded_answers"
    ANSWERED_CORRECTIVE = "answered_corrective"
    WITHDREW = "withdrew"


@dataclass(frozen=True)
class Involved:
    """Who had a hand in an application, by the ids of their accounts."""

    applied: frozenset[int] = frozenset()
    assessed: frozenset[int] = frozenset()
    recorded: frozenset[int] = frozenset()


def conflict_of_decider(account: int, involved: Involved) -> Conflict | None:
    """Return why somebody may not decide on an application, None where they may."""
    if account in involved.applied:
        return Conflict.APPLIED
    if account in involved.assessed:
        return Conflict.ASSESSED
    return Conflict.RECORDED_ANSWERS if account in involved.recorded else None


def conflict_of_assessor(account: int, involved: Involved) -> Conflict | None:
    """Return why somebody may not review an application: they applied for it."""
    return Conflict.APPLIED if account in involved.applied else None


def conflict_of_tester(account: int, answered: Set[int]) -> Conflict | None:
    """Return why somebody may not re-test a corrective action: they answered for it."""
    return Conflict.ANSWERED_CORRECTIVE if account in answered else None
