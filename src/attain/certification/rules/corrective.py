"""Corrective actions: ninety days from being raised to a re-test of exactly what had failed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

DAYS = 90


class CorrectiveState(StrEnum):
    """How far a corrective action has come."""

    RAISED = "raised"
    ANSWERED = "answered"
    VERIFIED = "verified"


OPEN_STATES = (CorrectiveState.RAISED, CorrectiveState.ANSWERED)


class DueState(StrEnum):
    """How an open corrective action, or a milestone of it, stands to its date."""

    DONE = "done"
    IN_TIME = "in_time"
    SOON = "soon"
    OVERDUE = "overdue"


SOON = timedelta(days=14)
MOVES: Mapping[CorrectiveState, frozenset[CorrectiveState]] = {
    CorrectiveState.RAISED: frozenset({CorrectiveState.ANSWERED}),
    # A re-test that fails sends it back; one that holds closes it.
    CorrectiveState.ANSWERED: frozenset({CorrectiveState.RAISED, CorrectiveState.VERIFIED}),
    CorrectiveState.VERIFIED: frozenset(),
}


def due_on(raised_on: date) -> date:
    """Return the last day on which a corrective action may be verified."""
    return raised_on + timedelta(days=DAYS)


def due_state(due: date, today: date, *, done: bool) -> DueState:
    """Say how something that is due on a date stands today; the date itself is still in time."""
    if done:
        return DueState.DONE
    if today > due:
        return DueState.OVERDUE
    return DueState.SOON if due - today <= SOON else DueState.IN_TIME


def milestone_fits(due: date, raised_on: date, deadline: date) -> bool:
    """Say whether a milestone lies within the time of its corrective action."""
    return raised_on <= due <= deadline


def state_after_retest(held: Iterable[bool]) -> CorrectiveState:
    """Return the state after a re-test: verified where each requirement that had failed holds."""
    return CorrectiveState.VERIFIED if all(held) else CorrectiveState.RAISED
