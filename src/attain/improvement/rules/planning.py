"""The plan that brings most value inside budget and capacity, found and bounded by CP-SAT.

A variable for each quarter in which a step may start; in each quarter the cost and the days of
what is under way stay within the means; a step starts once all that it waits for have ended. The
solver stops at a proof, at a gap, or after an amount of work that is counted and not timed, so
that the same request gives the same plan on a slow machine and on a fast one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor

from ortools.sat.python import cp_model

from attain.improvement.rules.candidates import Means, PlanRequest, locks_by_step
from attain.improvement.rules.greedy import greedy_plan
from attain.improvement.rules.plan_faults import (
    PlanFault,
    PlanFaultKind,
    PlanRefusedError,
    is_wanted,
    refuse_faults,
)
from attain.improvement.rules.plans import RoadmapPlan, plan_of
from attain.improvement.rules.precedence import possible_starts
from attain.improvement.rules.relaxation import Relaxation, relaxation


@dataclass(frozen=True)
class SolverLimits:
    """When the solver stops: at a gap in percent, or after so much work, counted as it does.

    A unit of work is about a second of a fast machine.
    """

    work: float = 20.0
    gap_percent: float = 0.0
    seed: int = 1


LIMITS = SolverLimits()


def best_plan(request: PlanRequest, limits: SolverLimits = LIMITS) -> RoadmapPlan:
    """Return the plan of most value that was found, with the bound that was proved.

    Refuses a request with faults, or whose locked steps do not fit into the means together.
    """
    refuse_faults(request)
    relaxed = relaxation(request)
    first = _first_plan(request, relaxed)
    if first is not None and _is_close(first, limits):
        return first
    program, solver = _Program(request), _solver(limits)
    status = solver.solve(program.with_hint(first))
    if status == cp_model.INFEASIBLE:
        raise PlanRefusedError([_what_does_not_fit(request, limits)])
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _without_solution(first, solver, status)
    bounds = [_bound(solver)] + ([relaxed.bound] if relaxed else [])
    found = plan_of(request, program.starts(solver), bound=min(bounds))
    if first is not None and first.value > found.value:
        return replace(first, bound=found.bound)
    return found


def _first_plan(request: PlanRequest, relaxed: Relaxation | None) -> RoadmapPlan | None:
    """Return the better of the plans by ratio alone and by ratio around what starts whole."""
    plans = [greedy_plan(request), greedy_plan(request, relaxed.starts) if relaxed else None]
    found = max((plan for plan in plans if plan), key=lambda plan: plan.value, default=None)
    return replace(found, bound=relaxed.bound) if found and relaxed else found


def _is_close(plan: RoadmapPlan, limits: SolverLimits) -> bool:
    return plan.gap is not None and float(plan.gap) * 100 <= limits.gap_percent


def _solver(limits: SolverLimits) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = limits.seed
    solver.parameters.max_deterministic_time = limits.work
    solver.parameters.relative_gap_limit = limits.gap_percent / 100
    # Searches side by side would depend on the machine; taking turns they were slower to 1 %.
    solver.parameters.num_workers = 1
    # The relaxation of the whole program is what bounds plans closely.
    solver.parameters.linearization_level = 2
    return solver


def _bound(solver: cp_model.CpSolver) -> int:
    # Values are whole, and the solver bounds them from above; cut after a hair for its arithmetic.
    return floor(solver.best_objective_bound + 1e-6)


def _without_solution(
    greedy: RoadmapPlan | None, solver: cp_model.CpSolver, status: cp_model.CpSolverStatus
) -> RoadmapPlan:
    if status != cp_model.UNKNOWN:
        raise RuntimeError(f"the solver refused the program: {solver.status_name(status)}")
    if greedy is None:
        raise PlanRefusedError([PlanFault(PlanFaultKind.NONE_FOUND_IN_TIME)])
    return greedy


def _what_does_not_fit(request: PlanRequest, limits: SolverLimits) -> PlanFault:
    """Return which means the locked steps do not fit into, by asking again without the other."""
    locks = locks_by_step(request.locks)
    wanted = tuple(key for key, of in locks.items() if is_wanted(of))
    ample = (sum(each.cost + each.days for each in request.candidates),) * request.means.quarters
    without_budget = Means(ample, request.means.capacity)
    without_capacity = Means(request.means.budget, ample)
    if _is_feasible(replace(request, means=without_budget), limits):
        return PlanFault(PlanFaultKind.LOCKS_ABOVE_BUDGET, wanted)
    if _is_feasible(replace(request, means=without_capacity), limits):
        return PlanFault(PlanFaultKind.LOCKS_ABOVE_CAPACITY, wanted)
    return PlanFault(PlanFaultKind.LOCKS_ABOVE_MEANS, wanted)


def _is_feasible(request: PlanRequest, limits: SolverLimits) -> bool:
    status = _solver(limits).solve(_Program(request, is_for_value=False).model)
    return status in (cp_model.OPTIMAL, cp_model.FEASIBLE)


class _Program:
    """The program of whole numbers: for each step and each quarter, whether it starts there."""

    def __init__(self, request: PlanRequest, *, is_for_value: bool = True) -> None:
        self.request = request
        self.model = cp_model.CpModel()
        self.begins: dict[str, dict[int, cp_model.IntVar]] = {
            key: {start: self.model.new_bool_var("") for start in starts}
            for key, starts in possible_starts(request).items()
        }
        self._start_at_most_once()
        self._wait_for_others()
        self._stay_within_means()
        if is_for_value:
            self._maximise()

    def _start_at_most_once(self) -> None:
        locks = locks_by_step(self.request.locks)
        for key, begins in self.begins.items():
            if is_wanted(locks.get(key, [])):
                self.model.add_exactly_one(begins.values())
            elif begins:
                self.model.add_at_most_one(begins.values())

    def _wait_for_others(self) -> None:
        """Say for each quarter: what has started by then waits for nothing that has not ended."""
        known = self.request.by_key
        for each in self.request.candidates:
            for key in each.after:
                for quarter in self.begins[each.key]:
                    started = _until(self.begins[each.key], quarter)
                    ended = _until(self.begins[key], quarter - known[key].quarters)
                    self.model.add(sum(started) <= sum(ended))

    def _stay_within_means(self) -> None:
        quarters = range(self.request.means.quarters)
        costs: list[list[tuple[cp_model.IntVar, int]]] = [[] for _ in quarters]
        days: list[list[tuple[cp_model.IntVar, int]]] = [[] for _ in quarters]
        for each in self.request.candidates:
            demands = list(self.request.demands(each))
            for start, begin in self.begins[each.key].items():
                for quarter, (cost, effort) in enumerate(demands, start):
                    costs[quarter].append((begin, cost))
                    days[quarter].append((begin, effort))
        for quarter in quarters:
            self._at_most(costs[quarter], self.request.means.budget[quarter])
            self._at_most(days[quarter], self.request.means.capacity[quarter])

    def _at_most(self, taken: Sequence[tuple[cp_model.IntVar, int]], there: int) -> None:
        self.model.add(_weighted(taken) <= there)

    def _maximise(self) -> None:
        self.model.maximize(
            _weighted(
                [
                    (begin, each.value_at(start, self.request.horizon))
                    for each in self.request.candidates
                    for start, begin in self.begins[each.key].items()
                ]
            )
        )

    def with_hint(self, plan: RoadmapPlan | None) -> cp_model.CpModel:
        """Return the model, with a plan to start from."""
        if plan is not None:
            starts: Mapping[str, int] = plan.starts
            for key, begins in self.begins.items():
                for start, begin in begins.items():
                    self.model.add_hint(begin, starts.get(key) == start)
        return self.model

    def starts(self, solver: cp_model.CpSolver) -> dict[str, int]:
        """Return where the solver lets each chosen step start."""
        return {
            key: start
            for key, begins in self.begins.items()
            for start, begin in begins.items()
            if solver.boolean_value(begin)
        }


def _until(begins: Mapping[int, cp_model.IntVar], quarter: int) -> list[cp_model.IntVar]:
    return [begin for start, begin in begins.items() if start <= quarter]


def _weighted(terms: Sequence[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [w for _, w in terms])
