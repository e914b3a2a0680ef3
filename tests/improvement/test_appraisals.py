"""What a step costs and brings, its impact on the goals, and what cannot stand."""

from fractions import Fraction

import pytest

from attain.improvement.rules.appraisal import (
    Appraisal,
    AppraisalFault,
    GoalFault,
    Money,
    Range,
    faults_of_appraisal,
    faults_of_goals,
    impact,
    payback_months,
    return_on_investment,
    share_returned,
)

GOALS = {"service": Fraction(3), "cost": Fraction(1)}
# Once 12,000.00, 1,000.00 a year to run, 9,000.00 a year of benefit.
MONEY = Money(
    Range(1_000_000, 1_200_000, 2_000_000), Range.exactly(100_000), Range(0, 900_000, 1_000_000)
)


def test_the_return_over_three_years_is_net_benefit_over_cost() -> None:
    # 27,000 less 15,000, over 15,000.
    assert return_on_investment(MONEY, years=3) == Fraction(4, 5)
    assert share_returned(Appraisal(MONEY), years=3) == Fraction(27, 42)


def test_the_one_off_cost_comes_back_after_eighteen_months() -> None:
    assert payback_months(MONEY) == 18


def test_what_runs_for_more_than_it_brings_never_comes_back() -> None:
    losing = Money(Range.exactly(10), Range.exactly(5), Range.exactly(5))
    assert payback_months(losing) is None


def test_what_costs_nothing_has_no_ratio_but_returns_all() -> None:
    free = Money(Range.exactly(0), Range.exactly(0), Range.exactly(5))
    assert return_on_investment(free, years=3) is None
    assert share_returned(Appraisal(free), years=3) == 1
    assert payback_months(free) == 0


def test_what_just_breaks_even_returns_one_half_as_the_middle_of_the_scale_does() -> None:
    even = Money(Range.exactly(30), Range.exactly(0), Range.exactly(10))
    nothing = Money(Range.exactly(0), Range.exactly(0), Range.exactly(0))
    assert share_returned(Appraisal(even), years=3) == Fraction(1, 2)
    assert share_returned(Appraisal(nothing), years=3) == Fraction(1, 2)
    assert share_returned(Appraisal(scale=3), years=3) == Fraction(1, 2)


def test_the_scale_of_five_stands_for_the_middles_of_fifths() -> None:
    shares = [share_returned(Appraisal(scale=n), years=3) for n in range(1, 6)]
    assert shares == [Fraction(n, 10) for n in (1, 3, 5, 7, 9)]


def test_what_nobody_said_is_missing_and_not_nothing() -> None:
    assert share_returned(Appraisal(), years=3) is None
    assert impact(Appraisal(impacts={"service": 5}), GOALS) is None
    assert impact(Appraisal(), GOALS) is None


def test_impact_is_the_weighted_mean_of_fifths() -> None:
    # (3 x 5 + 1 x 1) / 4 of 5.
    assert impact(Appraisal(impacts={"service": 5, "cost": 1}), GOALS) == Fraction(4, 5)


def test_the_impact_on_a_goal_without_weight_need_not_be_known() -> None:
    goals = {"service": Fraction(1), "cost": Fraction(0)}
    assert impact(Appraisal(impacts={"service": 5}), goals) == 1


@pytest.mark.parametrize(
    ("appraisal", "field", "fault"),
    [
        (
            Appraisal(Money(Range(2, 1, 3), MONEY.running, MONEY.benefit)),
            "one_off",
            AppraisalFault.LOW_ABOVE_LIKELY,
        ),
        (
            Appraisal(Money(MONEY.one_off, Range(1, 3, 2), MONEY.benefit)),
            "running",
            AppraisalFault.LIKELY_ABOVE_HIGH,
        ),
        (
            Appraisal(Money(MONEY.one_off, MONEY.running, Range(-1, 3, 4))),
            "benefit",
            AppraisalFault.NEGATIVE,
        ),
        (Appraisal(MONEY, scale=2), "scale", AppraisalFault.MONEY_AND_SCALE),
        (Appraisal(scale=0), "scale", AppraisalFault.SCALE_OUTSIDE),
        (Appraisal(scale=6), "scale", AppraisalFault.SCALE_OUTSIDE),
        (Appraisal(impacts={"fame": 1}), "fame", AppraisalFault.UNKNOWN_GOAL),
        (Appraisal(impacts={"cost": 6}), "cost", AppraisalFault.IMPACT_OUTSIDE),
        (Appraisal(impacts={"cost": -1}), "cost", AppraisalFault.IMPACT_OUTSIDE),
    ],
)
def test_an_appraisal_that_cannot_stand_is_told_with_its_field(
    appraisal: Appraisal, field: str, fault: AppraisalFault
) -> None:
    assert faults_of_appraisal(appraisal, GOALS) == [(field, fault)]


def test_a_whole_appraisal_stands() -> None:
    whole = Appraisal(MONEY, impacts={"service": 0, "cost": 5})
    assert faults_of_appraisal(whole, GOALS) == []
    assert faults_of_goals(GOALS) == []


def test_goals_without_any_weight_or_with_a_negative_one_are_refused() -> None:
    assert faults_of_goals({}) == [GoalFault.NO_GOALS]
    assert faults_of_goals({"cost": Fraction(0)}) == [GoalFault.ALL_WEIGHTS_ZERO]
    assert faults_of_goals({"a": Fraction(-1), "b": Fraction(1)}) == [GoalFault.NEGATIVE_WEIGHT]
