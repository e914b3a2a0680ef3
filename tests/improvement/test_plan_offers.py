"""Which steps can be planned and in which unit; what a plan has cost and brought by quarter."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from attain.improvement.rules.appraisal import Appraisal
from attain.improvement.rules.candidates import PlanRequest
from attain.improvement.rules.greedy import greedy_plan
from attain.improvement.rules.kept_plans import (
    PlanBasis,
    as_kept,
    fingerprint,
    from_kept,
    kept_placements,
    plan_from_kept,
)
from attain.improvement.rules.offering import (
    Appraised,
    Offer,
    PlanLacking,
    PlanUnit,
    StepWork,
    Taken,
    offer,
    usual_unit,
)
from attain.improvement.rules.steps import ItemStep
from attain.improvement.rules.unfolding import unfold
from roadmaps import appraised, requests

L = PlanLacking
LOW, HIGH = ItemStep("leeds", "forecast", 1, 2), ItemStep("leeds", "forecast", 2, 3)
OTHER = ItemStep("leeds", "hiring", 1, 2)
ALL = Appraised(
    steps=(LOW, HIGH, OTHER),
    appraisals={step.key: appraised(100, 400) for step in (LOW, HIGH, OTHER)},
    works={step.key: StepWork(days=5, cost=100) for step in (LOW, HIGH, OTHER)},
    scores={step.key: Fraction(1, 2) for step in (LOW, HIGH, OTHER)},
)


def without(name: str, key: str, value: Any = None) -> Appraised:
    """Return everything known but one thing of a step; with a value, that instead."""
    known = {k: v for k, v in getattr(ALL, name).items() if k != key}
    changed: dict[str, Any] = {name: known if value is None else {**known, key: value}}
    return replace(ALL, **changed)


def keys(found: Offer) -> list[str]:
    return [each.key for each in found.candidates]


def test_what_waits_for_a_step_that_cannot_be_planned_cannot_be_planned_either() -> None:
    found = offer(without("works", LOW.key), Taken(), PlanUnit.MONEY)
    assert keys(found) == [OTHER.key]
    assert found.apart == {LOW.key: (L.DAYS, L.COST), HIGH.key: (L.BEFORE,)}


def test_a_plan_is_in_money_where_every_return_is_and_never_mixes() -> None:
    assert usual_unit(ALL, Taken()) is PlanUnit.MONEY
    on_scale = without("appraisals", OTHER.key, Appraisal(scale=4))
    assert usual_unit(on_scale, Taken()) is PlanUnit.POINTS
    # Somebody carries it out already: it is in no plan, and decides nothing.
    assert usual_unit(on_scale, Taken(done={OTHER.key})) is PlanUnit.MONEY
    # A step of which nobody said a return does not turn the unit round.
    assert usual_unit(without("appraisals", OTHER.key), Taken()) is PlanUnit.MONEY
    in_money = offer(on_scale, Taken(), PlanUnit.MONEY)
    assert in_money.apart == {OTHER.key: (L.MONEY,)}
    assert {each.value for each in in_money.candidates} == {100}
    in_points = offer(on_scale, Taken(), PlanUnit.POINTS)
    assert {each.value for each in in_points.candidates} == {500_000}


@pytest.mark.parametrize(
    ("work", "lacking"),
    [
        (StepWork(days=None, cost=1), (L.DAYS,)),
        (StepWork(days=1, cost=None), (L.COST,)),
        (StepWork(), (L.DAYS, L.COST)),
    ],
)
def test_what_is_not_known_keeps_a_step_apart(
    work: StepWork, lacking: tuple[PlanLacking, ...]
) -> None:
    found = offer(without("works", OTHER.key, work), Taken(), PlanUnit.MONEY)
    assert found.apart == {OTHER.key: lacking}


def test_without_a_budget_a_cost_need_not_be_known() -> None:
    told = without("works", OTHER.key, StepWork(days=1))
    found = offer(told, Taken(), PlanUnit.MONEY, has_budget=False)
    assert OTHER.key in keys(found)
    assert found.unpriced == (OTHER.key,)


def test_what_has_no_score_is_not_planned_in_points() -> None:
    found = offer(without("scores", OTHER.key), Taken(), PlanUnit.POINTS)
    assert found.apart == {OTHER.key: (L.SCORE,)}


def test_steps_under_way_are_waited_for_and_steps_done_are_not() -> None:
    found = offer(ALL, Taken(under_way={LOW.key: 1}), PlanUnit.MONEY)
    assert [(each.key, each.after, each.earliest) for each in found.candidates] == [
        (HIGH.key, (), 2),
        (OTHER.key, (), 0),
    ]
    done = offer(ALL, Taken(done={LOW.key}), PlanUnit.MONEY)
    assert [(each.after, each.earliest) for each in done.candidates] == [((), 0), ((), 0)]
    overdue = offer(ALL, Taken(under_way={LOW.key: -1}), PlanUnit.MONEY)
    assert overdue.candidates[0].earliest == 0


def test_a_window_that_shuts_before_what_is_waited_for_ends_keeps_a_step_apart() -> None:
    told = without("works", HIGH.key, StepWork(days=1, cost=1, latest=0))
    found = offer(told, Taken(under_way={LOW.key: 0}), PlanUnit.MONEY)
    assert found.apart == {HIGH.key: (L.WINDOW,)}


@given(requests())
@settings(max_examples=60, deadline=None)
def test_the_last_sums_are_the_cost_and_the_value_of_the_plan(request: PlanRequest) -> None:
    plan = greedy_plan(request)
    assert plan is not None
    sums = unfold(request, plan)
    assert len(sums) == request.horizon
    assert (sums[-1].cost, sums[-1].value) == (plan.cost, plan.value)


@given(requests())
@settings(max_examples=60, deadline=None)
def test_a_plan_comes_back_from_json_as_it_was(request: PlanRequest) -> None:
    apart = {"x": (L.DAYS, L.BEFORE)}
    taken = Taken(frozenset({"d"}), {"u": 2})
    told = Offer(PlanUnit.POINTS, request.candidates, apart, taken, ("s0",))
    basis = PlanBasis(request, told, has_budget=False, currency="GBP", first_month="2027-01")
    kept = json.loads(json.dumps(as_kept(basis)))
    assert from_kept(kept) == basis
    assert fingerprint(kept) == fingerprint(dict(reversed(kept.items())))
    plan = greedy_plan(request)
    assert plan is not None
    placements = json.loads(json.dumps(kept_placements(plan)))
    assert plan_from_kept(from_kept(kept).request, placements, 7) == replace(plan, bound=7)
