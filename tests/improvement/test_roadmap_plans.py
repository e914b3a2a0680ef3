"""Plans of most value inside means, order and locks; refused requests; two plans compared."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attain.improvement.rules.candidates import (
    Candidate,
    Lock,
    LockKind,
    Means,
    PlanRequest,
    value_in_money,
    value_in_points,
)
from attain.improvement.rules.greedy import greedy_plan
from attain.improvement.rules.left_out import LeftOutReason, left_out
from attain.improvement.rules.plan_faults import PlanFault, PlanFaultKind, PlanRefusedError
from attain.improvement.rules.planning import SolverLimits, best_plan
from attain.improvement.rules.plans import PlanComparison, RoadmapPlan, compare_plans
from attain.improvement.rules.relaxation import relaxation
from roadmaps import best_by_hand, keeps_to, money, requests, starts_of, value_by_hand, with_lock

K = PlanFaultKind
QUICK = SolverLimits(work=2.0)


def request(*candidates: Candidate, means: Means | None = None) -> PlanRequest:
    """Ask for a plan of two quarters with 100 of money and 10 days each, valued over six."""
    return PlanRequest(candidates, means or Means((100, 100), (10, 10)), horizon=6)


def refused(asked: PlanRequest) -> tuple[PlanFault, ...]:
    with pytest.raises(PlanRefusedError) as error:
        best_plan(asked, QUICK)
    return error.value.faults


def test_two_cheap_steps_beat_the_one_with_the_better_ratio() -> None:
    # By ratio b comes first (7 for 60) and keeps the others out of its quarter; a and c fill one.
    asked = request(
        Candidate("a", value=5, cost=50),
        Candidate("b", value=7, cost=60),
        Candidate("c", value=5, cost=50),
        means=Means((100,), (0,)),
    )
    greedy, best = greedy_plan(asked), best_plan(asked, QUICK)
    assert greedy is not None
    assert starts_of(greedy) == {"b": 0}
    assert starts_of(best) == {"a": 0, "c": 0}
    # Ten a quarter over the five quarters after the first.
    assert (greedy.value, best.value, best.bound) == (35, 50, 50)
    assert best.gap == 0
    assert best.is_best


def test_a_lower_step_that_brings_little_is_done_for_the_sake_of_the_higher_one() -> None:
    asked = request(
        Candidate("low", value=-1, cost=10),
        Candidate("high", value=9, cost=10, after=("low",)),
    )
    best = best_plan(asked, QUICK)
    assert starts_of(best) == {"low": 0, "high": 1}
    assert best.value == -1 * 5 + 9 * 4


def test_work_of_several_quarters_takes_its_share_of_each() -> None:
    best = best_plan(request(Candidate("a", 1, cost=101, days=5, quarters=2)), QUICK)
    assert [(use.cost, use.days) for use in best.use] == [(51, 3), (50, 2)]
    assert (best.cost, best.days, best.value) == (101, 5, 4)


def test_a_window_is_kept() -> None:
    assert starts_of(best_plan(request(Candidate("a", 1, earliest=1)), QUICK)) == {"a": 1}


@pytest.mark.parametrize(
    ("lock", "starts"),
    [
        (Lock("b", LockKind.MUST), {"b": 0}),
        (Lock("a", LockKind.MUST_NOT), {"b": 0}),
        (Lock("a", LockKind.AT, 1), {"b": 0, "a": 1}),
    ],
)
def test_locked_choices_are_respected(lock: Lock, starts: dict[str, int]) -> None:
    asked = request(
        Candidate("a", value=9, cost=60), Candidate("b", value=1, cost=60, earliest=0, latest=0)
    )
    assert starts_of(best_plan(asked, QUICK)) == {"a": 0}
    best = best_plan(with_lock(asked, lock), QUICK)
    assert starts_of(best) | starts == starts_of(best)


def test_the_same_request_gives_the_same_plan() -> None:
    asked = request(*(Candidate(f"s{n}", value=1, cost=30) for n in range(9)))
    assert best_plan(asked) == best_plan(asked)


A = Candidate("a", 1, cost=50, days=5)


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (request(A, means=Means((), ())), PlanFault(K.NO_QUARTERS)),
        (request(A, means=Means((1, 1), (1,))), PlanFault(K.MEANS_OF_UNEQUAL_LENGTH)),
        (request(A, means=Means((-1,), (1,))), PlanFault(K.NEGATIVE_MEANS)),
        (replace(request(A), horizon=1), PlanFault(K.HORIZON_TOO_SHORT)),
        (request(A, A), PlanFault(K.STEP_TWICE, ("a",))),
        (request(replace(A, cost=-1)), PlanFault(K.NEGATIVE_DEMAND, ("a",))),
        (request(replace(A, quarters=0)), PlanFault(K.NO_DURATION, ("a",))),
        (request(replace(A, earliest=2, latest=1)), PlanFault(K.WINDOW_EMPTY, ("a",))),
        (request(replace(A, after=("z",))), PlanFault(K.UNKNOWN_DEPENDENCY, ("a", "z"))),
        (request(A, means=Means((90, 90), (0, 0))), PlanFault(K.NO_CAPACITY)),
        (request(A, means=Means((9, 9), (9, 9))), PlanFault(K.NOTHING_FITS)),
        (
            with_lock(request(A), Lock("z", LockKind.MUST)),
            PlanFault(K.LOCK_ON_UNKNOWN_STEP, ("z",)),
        ),
        (
            with_lock(request(A), Lock("a", LockKind.AT)),
            PlanFault(K.LOCK_WITHOUT_QUARTER, ("a",)),
        ),
        (
            with_lock(
                with_lock(request(A), Lock("a", LockKind.MUST)), Lock("a", LockKind.MUST_NOT)
            ),
            PlanFault(K.LOCKS_CONTRADICT, ("a",)),
        ),
        (
            with_lock(request(A), Lock("a", LockKind.AT, 2)),
            PlanFault(K.LOCK_OUTSIDE_WINDOW, ("a",)),
        ),
    ],
)
def test_a_request_with_a_fault_is_refused_and_the_fault_named(
    asked: PlanRequest, fault: PlanFault
) -> None:
    assert refused(asked) == (fault,)


def test_steps_that_wait_for_each_other_are_named_around_the_circle() -> None:
    circle = [Candidate("a", 1, after=("c",)), Candidate("b", 1, after=("a",))]
    (fault,) = refused(request(*circle, Candidate("c", 1, after=("b",)), Candidate("d", 1)))
    assert fault.kind is K.CYCLE
    assert fault.steps[0] == fault.steps[-1]
    assert set(fault.steps) == {"a", "b", "c"}
    assert str(fault).startswith("cycle: ")


def test_a_locked_step_whose_predecessor_is_locked_out_is_refused_with_both() -> None:
    asked = request(Candidate("low", 1), Candidate("high", 1, after=("low",)))
    asked = with_lock(with_lock(asked, Lock("low", LockKind.MUST_NOT)), Lock("high", LockKind.MUST))
    assert refused(asked) == (PlanFault(K.LOCK_AGAINST_DEPENDENCY, ("high", "low")),)


def test_a_step_locked_before_its_predecessor_can_end_is_refused_with_both() -> None:
    asked = request(Candidate("low", 1, earliest=1), Candidate("high", 1, after=("low",)))
    asked = with_lock(asked, Lock("high", LockKind.AT, 1))
    assert refused(asked) == (PlanFault(K.LOCK_AGAINST_DEPENDENCY, ("high", "low")),)


def test_locked_steps_that_do_not_fit_together_are_refused_with_the_means_that_lack() -> None:
    both = [Candidate("a", 1, cost=60, days=2, latest=0), Candidate("b", 1, cost=60, latest=0)]
    asked = request(*both)
    for key in "ab":
        asked = with_lock(asked, Lock(key, LockKind.MUST))
    assert refused(asked) == (PlanFault(K.LOCKS_ABOVE_BUDGET, ("a", "b")),)
    days = replace(asked, candidates=tuple(replace(c, cost=0, days=6) for c in both))
    assert refused(days) == (PlanFault(K.LOCKS_ABOVE_CAPACITY, ("a", "b")),)
    either = replace(asked, candidates=tuple(replace(c, days=6) for c in both))
    assert refused(either) == (PlanFault(K.LOCKS_ABOVE_MEANS, ("a", "b")),)


def test_a_locked_step_that_is_too_large_by_itself_is_refused() -> None:
    asked = with_lock(request(replace(A, cost=101), replace(A, key="b")), Lock("a", LockKind.MUST))
    assert refused(asked) == (PlanFault(K.LOCKS_ABOVE_MEANS, ("a",)),)


def test_without_steps_there_is_an_empty_plan() -> None:
    assert best_plan(request(), QUICK).placements == ()


def locked(drawn: st.DataObject, asked: PlanRequest) -> PlanRequest:
    kind = drawn.draw(st.sampled_from(LockKind))
    quarter = drawn.draw(st.integers(0, 2)) if kind is LockKind.AT else None
    return with_lock(asked, Lock("s0", kind, quarter))


def plan_or_refusal(asked: PlanRequest) -> RoadmapPlan | PlanFaultKind:
    try:
        return best_plan(asked, QUICK)
    except PlanRefusedError as refusal:
        return refusal.faults[0].kind


def check(asked: PlanRequest) -> None:
    """Hold a plan to what is found by trying every plan there is."""
    most = best_by_hand(asked)
    best = plan_or_refusal(asked)
    if isinstance(best, PlanFaultKind):
        assert most is None or (most == 0 and best in {K.NOTHING_FITS, K.NO_CAPACITY})
        return
    starts = starts_of(best)
    assert keeps_to(asked, starts)
    assert best.value == value_by_hand(asked, starts) == most
    assert best.bound == most
    greedy = greedy_plan(asked)
    assert greedy is None or (keeps_to(asked, starts_of(greedy)) and greedy.value <= best.value)


@settings(max_examples=40, deadline=None)
@given(requests())
def test_a_plan_is_the_best_of_all_that_keep_to_means_windows_and_order(asked: PlanRequest) -> None:
    check(asked)


@settings(max_examples=40, deadline=None)
@given(requests(), st.data())
def test_a_plan_with_a_locked_choice_is_the_best_of_all_that_respect_it(
    asked: PlanRequest, drawn: st.DataObject
) -> None:
    check(locked(drawn, asked))


def test_a_plan_that_the_solver_had_no_time_for_is_the_greedy_one() -> None:
    asked = request(*(Candidate(f"s{n}", n % 7 + 1, cost=n % 5 + 20) for n in range(60)))
    hurried, greedy = best_plan(asked, SolverLimits(work=0.0)), greedy_plan(asked)
    assert greedy is not None
    assert hurried.value >= greedy.value
    assert hurried.bound is None or hurried.bound >= hurried.value


def test_locked_steps_that_find_no_place_one_after_another_are_placed_all_the_same() -> None:
    # By order of the keys the first step takes the quarter that only the second can start in.
    asked = request(
        Candidate("a", 1, cost=60), Candidate("b", 1, cost=60, latest=0), Candidate("c", 1, days=1)
    )
    for key in "ab":
        asked = with_lock(asked, Lock(key, LockKind.MUST))
    assert greedy_plan(asked) is None
    assert starts_of(best_plan(asked, QUICK)) == {"a": 1, "b": 0, "c": 0}


def test_the_relaxation_bounds_every_plan_and_is_told_even_without_time() -> None:
    asked = request(*(Candidate(f"s{n}", n % 7 + 1, cost=n % 5 + 20) for n in range(60)))
    relaxed, best = relaxation(asked), best_plan(asked, QUICK)
    assert relaxed is not None
    assert best.value <= relaxed.bound
    assert best_plan(asked, SolverLimits(work=0.0)).bound == relaxed.bound


def test_what_is_left_out_is_told_with_its_reason() -> None:
    asked = request(
        Candidate("best", 9, cost=100, latest=0),
        Candidate("second", 8, cost=100, latest=0),
        Candidate("never", 9),
        Candidate("late", 9, earliest=2),
        Candidate("huge", 9, cost=101),
        Candidate("higher", 9, after=("huge",)),
        Candidate("poor", -1),
    )
    asked = with_lock(asked, Lock("never", LockKind.MUST_NOT))
    assert left_out(asked, best_plan(asked, QUICK)) == {
        "second": LeftOutReason.OTHERS_BRING_MORE,
        "never": LeftOutReason.LOCKED_OUT,
        "late": LeftOutReason.OUTSIDE_WINDOW,
        "huge": LeftOutReason.ABOVE_MEANS,
        "higher": LeftOutReason.WAITS_FOR_LEFT_OUT,
        "poor": LeftOutReason.BRINGS_NOTHING,
    }


def test_two_plans_are_compared_by_what_only_one_has_and_what_moved() -> None:
    asked = request(*(Candidate(key, 2, cost=50) for key in "abc"))
    smaller = replace(asked, means=Means((50, 50), (10, 10)))
    rich = best_plan(with_lock(asked, Lock("c", LockKind.AT, 0)), QUICK)
    poor = best_plan(with_lock(smaller, Lock("c", LockKind.AT, 1)), QUICK)
    found = compare_plans(rich, poor)
    assert found.moved == (("c", 0, 1),)
    assert len(found.only_first) == 1
    assert (found.only_second, found.cost, found.days) == ((), -50, 0)
    assert found.value == poor.value - rich.value
    assert compare_plans(rich, rich) == PlanComparison((), (), (), 0, 0, 0)


def test_the_gap_is_the_share_of_the_bound_that_may_be_missing() -> None:
    assert RoadmapPlan((), 95, 0, 0, (), bound=100).gap == Fraction(1, 20)
    assert RoadmapPlan((), 0, 0, 0, (), bound=0).gap == 0
    assert RoadmapPlan((), 95, 0, 0, ()).gap is None


def test_a_value_is_money_a_quarter_or_points() -> None:
    assert value_in_money(money(0, benefit=1003, running=200)) == 200
    assert value_in_money(money(0, benefit=0, running=1)) == -1
    assert value_in_points(Fraction(1, 3)) == 333_333
