"""Applications and their reviews: the states, the moves between them, what a decision needs."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple


class ApplicationState(StrEnum):
    """How far an application has come."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Purpose(StrEnum):
    """Why a centre applies: for its first certificate, for a higher tier, or for another year."""

    FIRST = "first"
    REASSESSMENT = "reassessment"
    RECERTIFICATION = "recertification"


class ReviewKind(StrEnum):
    """How a review is held."""

    DOCUMENTATION = "documentation"
    CONFERENCE_CALL = "conference_call"
    ON_SITE = "on_site"


class ReviewResult(StrEnum):
    """What a review came to. A deficient one is followed by another, or by a refusal."""

    PASSED = "passed"
    DEFICIENT = "deficient"


A = ApplicationState
MOVES: Mapping[ApplicationState, frozenset[ApplicationState]] = {
    A.DRAFTED: frozenset({A.SUBMITTED, A.WITHDRAWN}),
    A.SUBMITTED: frozenset({A.IN_REVIEW, A.WITHDRAWN}),
    A.IN_REVIEW: frozenset({A.DECIDED, A.WITHDRAWN}),
    A.DECIDED: frozenset(),
    A.WITHDRAWN: frozenset(),
}
OPEN_STATES = frozenset({A.DRAFTED, A.SUBMITTED, A.IN_REVIEW})
_DOCUMENTED = (ReviewKind.DOCUMENTATION,)
_IN_PERSON = (ReviewKind.DOCUMENTATION, ReviewKind.CONFERENCE_CALL, ReviewKind.ON_SITE)


class HeldReview(NamedTuple):
    """A review as the rules see it: its kind, and its result unless it is still open."""

    kind: ReviewKind
    result: ReviewResult | None


def may_move(before: ApplicationState, after: ApplicationState) -> bool:
    """Say whether an application may go from one state to another."""
    return after in MOVES[before]


def purpose_of(tier: int, held: int | None) -> Purpose:
    """Return why a centre applies for a tier, by the tier of the certificate that it holds."""
    if held is None:
        return Purpose.FIRST
    return Purpose.REASSESSMENT if tier > held else Purpose.RECERTIFICATION


def reviews_needed(tier: int, purpose: Purpose) -> tuple[ReviewKind, ...]:
    """Return the kinds of review that come before a decision.

    The first certificate of tier 1 rests on documents. A higher tier and each further year also
    ask for a call with the management team and for interviews on site.
    """
    first_basic = tier == 1 and purpose is Purpose.FIRST
    return _DOCUMENTED if first_basic else _IN_PERSON


def reviews_lacking(
    needed: Iterable[ReviewKind], held: Iterable[HeldReview]
) -> tuple[ReviewKind, ...]:
    """Return the kinds of review that are needed and were not finished, or not at all held."""
    finished = {review.kind for review in held if review.result is not None}
    return tuple(kind for kind in needed if kind not in finished)


def reviews_failed(held: Iterable[HeldReview]) -> tuple[ReviewKind, ...]:
    """Return the kinds of review whose last finished one was deficient, earliest held first."""
    last = {review.kind: review.result for review in held if review.result is not None}
    return tuple(kind for kind, result in last.items() if result is ReviewResult.DEFICIENT)
