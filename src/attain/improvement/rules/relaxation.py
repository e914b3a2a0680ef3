"""The plan with steps allowed in part: it bounds every plan and leads to a good one.

With thousands of steps a handful remain in part, as there are only so many quarters; what starts
whole is kept, and the rest is filled in by ratio.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from ortools.linear_solver import pywraplp

from attain.improvement.rules.candidates import PlanRequest, locks_by_step
from attain.improvement.rules.plan_faults import is_wanted
from attain.improvement.rules.precedence import possible_starts

WHOLE = 0.999
TOLERANCE = 1e-6
"""Far wider than the arithmetic of the solver errs, so that the bound stays a bound."""


@dataclass(frozen=True)
class Relaxation:
    """What no plan brings more than, and the steps that start whole, with their quarters."""

    bound: int
    starts: Mapping[str, int]


def relaxation(request: PlanRequest) -> Relaxation | None:
    """Solve a request with steps allowed in part; None where even that cannot be done."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    begins = {
        key: {start: solver.NumVar(0, 1, "") for start in starts}
        for key, starts in possible_starts(request).items()
    }
    _start_at_most_once(request, solver, begins)
    _wait_for_others(request, solver, begins)
    _stay_within_means(request, solver, begins)
    solver.Maximize(
        solver.Sum(
            [
                each.value_at(start, request.horizon) * begin
                for each in request.candidates
                for start, begin in begins[each.key].items()
            ]
        )
    )
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    most = solver.Objective().Value()
    whole = {
        key: start
        for key, of in begins.items()
        for start, begin in of.items()
        if begin.solution_value() > WHOLE
    }
    return Relaxation(floor(most + abs(most) * TOLERANCE + TOLERANCE), whole)


_Begins = Mapping[str, Mapping[int, Any]]


def _start_at_most_once(request: PlanRequest, solver: Any, begins: _Begins) -> None:
    locks = locks_by_step(request.locks)
    for key, of in begins.items():
        least = 1 if is_wanted(locks.get(key, [])) else 0
        row = solver.Constraint(least, 1)
        for begin in of.values():
            row.SetCoefficient(begin, 1)


def _wait_for_others(request: PlanRequest, solver: Any, begins: _Begins) -> None:
    known = request.by_key
    for each in request.candidates:
        for key in each.after:
            for quarter in begins[each.key]:
                row = solver.Constraint(-solver.infinity(), 0)
                for start, begin in begins[each.key].items():
                    row.SetCoefficient(begin, int(start <= quarter))
                for start, begin in begins[key].items():
                    row.SetCoefficient(begin, -int(start + known[key].quarters <= quarter))


def _stay_within_means(request: PlanRequest, solver: Any, begins: _Begins) -> None:
    budgets = [solver.Constraint(-solver.infinity(), most) for most in request.means.budget]
    capacities = [solver.Constraint(-solver.infinity(), most) for most in request.means.capacity]
    for each in request.candidates:
        demands = list(request.demands(each))
        for start, begin in begins[each.key].items():
            for quarter, (cost, days) in enumerate(demands, start):
                budgets[quarter].SetCoefficient(begin, cost)
                capacities[quarter].SetCoefficient(begin, days)
