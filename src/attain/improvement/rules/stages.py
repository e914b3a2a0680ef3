"""Initiatives and their stages: planned, running, then done or dropped."""

from collections.abc import Mapping
from enum import StrEnum


class InitiativeState(StrEnum):
    """How far an initiative has come."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


S = InitiativeState
MOVES: Mapping[InitiativeState, frozenset[InitiativeState]] = {
    S.PLANNED: frozenset({S.RUNNING, S.DROPPED}),
    S.RUNNING: frozenset({S.DONE, S.DROPPED}),
    S.DONE: frozenset(),
    S.DROPPED: frozenset(),
}
ENDED = frozenset(state for state, following in MOVES.items() if not following)


def may_move(start: InitiativeState, to: InitiativeState) -> bool:
    """Say whether an initiative may go from one state to another; what has ended stays ended."""
    return to in MOVES[start]
