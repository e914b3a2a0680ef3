"""Assessments and their stages: rated alone and blind, moderated together, then closed."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem


class AssessmentKind(StrEnum):
    """Who assesses, and what for."""

    SELF = "self"
    MOCK = "mock"
    PEER = "peer"
    EXTERNAL = "external"
    RECERTIFICATION = "recertification"


class AssessmentState(StrEnum):
    """How far an assessment has come."""

    RATING = "rating"
    MODERATION = "moderation"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


S = AssessmentState
MOVES: Mapping[AssessmentState, frozenset[AssessmentState]] = {
    S.RATING: frozenset({S.MODERATION, S.WITHDRAWN}),
    S.MODERATION: frozenset({S.RATING, S.CLOSED, S.WITHDRAWN}),
    S.CLOSED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
OPEN_STATES = frozenset({S.RATING, S.MODERATION})


def may_move(start: AssessmentState, to: AssessmentState) -> bool:
    """Say whether an assessment may go from one state to another; a closed one stays closed."""
    return to in MOVES[start]


def covers(categories: Sequence[str], category: str) -> bool:
    """Say whether an assessor's part has a category; a part without categories has all."""
    return not categories or category in categories


def items_covered(model: MaturityModel, categories: Sequence[str]) -> list[ModelItem]:
    """Return the items that a part with some categories has to rate, in the order of the model."""
    return [
        item
        for key, category in model.parts.items()
        if covers(categories, key)
        for item in category.all_items
        if item.is_rated
    ]


def uncovered(parts: Sequence[Sequence[str]], categories: Sequence[str]) -> list[str]:
    """Return the categories of a model that no assessor has in a part."""
    return [c for c in categories if not any(covers(part, c) for part in parts)]
