"""What is said to be done next with an assessment, for whoever looks at it."""

import pytest

from attain.assessments.rules.next_steps import NextStep, PartStanding, next_step
from attain.assessments.rules.stages import AssessmentState

S = AssessmentState
MINE_BEGUN = PartStanding(1, 3, is_handed_in=False, is_mine=True)
MINE_WHOLE = PartStanding(3, 3, is_handed_in=False, is_mine=True)
MINE_IN = PartStanding(3, 3, is_handed_in=True, is_mine=True)
THEIRS_BEGUN = PartStanding(1, 3, is_handed_in=False, is_mine=False)
THEIRS_IN = PartStanding(3, 3, is_handed_in=True, is_mine=False)


@pytest.mark.parametrize(
    ("parts", "leads", "uncovered", "step"),
    [
        ([], True, 0, NextStep.NAME_ASSESSORS),
        ([], False, 0, NextStep.WAIT_FOR_LEAD),
        ([MINE_BEGUN], True, 2, NextStep.RATE),
        ([MINE_WHOLE, THEIRS_BEGUN], False, 0, NextStep.HAND_IN),
        ([MINE_IN, THEIRS_BEGUN], True, 1, NextStep.COVER),
        ([MINE_IN, THEIRS_BEGUN], False, 1, NextStep.WAIT_FOR_PARTS),
        ([MINE_IN, THEIRS_IN], True, 0, NextStep.BEGIN_MODERATION),
        ([MINE_IN, THEIRS_IN], False, 0, NextStep.WAIT_FOR_LEAD),
    ],
)
def test_one_rates_then_hands_in_then_waits_or_leads_on(
    parts: list[PartStanding], leads: bool, uncovered: int, step: NextStep
) -> None:
    said = next_step(S.RATING, parts, leads=leads, uncovered=uncovered, not_agreed=3)
    assert said is step


@pytest.mark.parametrize(
    ("state", "leads", "not_agreed", "step"),
    [
        (S.MODERATION, True, 1, NextStep.AGREE),
        (S.MODERATION, True, 0, NextStep.CLOSE),
        (S.MODERATION, False, 1, NextStep.WAIT_FOR_LEAD),
        (S.CLOSED, True, 0, NextStep.SEE_RESULT),
        (S.WITHDRAWN, True, 3, NextStep.NOTHING),
    ],
)
def test_who_leads_agrees_and_closes(
    state: AssessmentState, leads: bool, not_agreed: int, step: NextStep
) -> None:
    said = next_step(state, [MINE_IN], leads=leads, uncovered=0, not_agreed=not_agreed)
    assert said is step
