"""What is to be done next with an assessment, for the one who looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from attain.assessments.rules.stages import AssessmentState


class NextStep(StrEnum):
    """What a page says first of an assessment."""

    NAME_ASSESSORS = "name_assessors"
    RATE = "rate"
    HAND_IN = "hand_in"
    COVER = "cover"
    WAIT_FOR_PARTS = "wait_for_parts"
    BEGIN_MODERATION = "begin_moderation"
    AGREE = "agree"
    CLOSE = "close"
    WAIT_FOR_LEAD = "wait_for_lead"
    SEE_RESULT = "see_result"
    NOTHING = "nothing"


@dataclass(frozen=True)
class PartStanding:
    """How far one assessor is: how many of the items of their part are rated."""

    rated: int
    items: int
    is_handed_in: bool
    is_mine: bool

    @property
    def is_whole(self) -> bool:
        """Whether every item of the part is rated."""
        return self.rated >= self.items


def next_step(
    state: AssessmentState,
    parts: Sequence[PartStanding],
    *,
    leads: bool,
    uncovered: int,
    not_agreed: int,
) -> NextStep:
    """Return what the one who looks does next, or waits for.

    `uncovered` is the number of categories that nobody rates, `not_agreed` that of the items on
    which nothing is agreed yet.
    """
    if state is AssessmentState.RATING:
        return _in_rating(parts, leads=leads, uncovered=uncovered)
    if state is AssessmentState.MODERATION:
        if not leads:
            return NextStep.WAIT_FOR_LEAD
        return NextStep.AGREE if not_agreed else NextStep.CLOSE
    return NextStep.SEE_RESULT if state is AssessmentState.CLOSED else NextStep.NOTHING


def _in_rating(parts: Sequence[PartStanding], *, leads: bool, uncovered: int) -> NextStep:
    mine = next((part for part in parts if part.is_mine and not part.is_handed_in), None)
    if mine is not None:
        return NextStep.HAND_IN if mine.is_whole else NextStep.RATE
    if not parts:
        return NextStep.NAME_ASSESSORS if leads else NextStep.WAIT_FOR_LEAD
    if leads and uncovered:
        return NextStep.COVER
    if not all(part.is_handed_in for part in parts):
        return NextStep.WAIT_FOR_PARTS
    return NextStep.BEGIN_MODERATION if leads else NextStep.WAIT_FOR_LEAD
