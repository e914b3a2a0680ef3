"""What would it take: the cheapest steps to a tier, and the earliest date, proved to be so.

For each horizon (now, or so many months from now) every requirement says what it needs; the needs
of a tier form a tree of all-of, enough-of and steps. CP-SAT, an exact solver over whole numbers,
chooses the steps of least cost; a step that several requirements share is paid once. The cheapest
plan is the best over all horizons (the nearest of them where costs are equal), the earliest is the
cheapest of the nearest horizon at which the tier can be reached.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

from ortools.sat.python import cp_model

from attain.standards.kinds.base import Evidence
from attain.standards.needs import AllNeeds, Costs, Enough, Need, Step, all_needs, steps_of
from attain.standards.verdicts import Verdict


@dataclass(frozen=True)
class RequirementSteps:
    """The steps of a plan that one requirement of a tier needs."""

    tier: int
    requirement: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Plan:
    """Steps that reach a tier by a date, with their cost."""

    months: int
    by: date
    cost: Fraction
    requirements: tuple[RequirementSteps, ...]


@dataclass(frozen=True)
class Road:
    """The next tier, its cheapest plan and its earliest; None where no steps reach it."""

    tier: int
    cheapest: Plan | None
    earliest: Plan | None


def what_would_it_take(verdict: Verdict, costs: Costs) -> Road | None:
    """Return the road to the next tier, or None where the highest is reached."""
    tier = (verdict.tier or 0) + 1
    if tier > len(verdict.scheme.tiers):
        return None
    plans = [
        plan
        # Past the longest window nothing is left of the months that were, so no later month helps.
        for months in range(verdict.scheme.longest_window(verdict.as_of) + 1)
        if (plan := cheapest_plan(verdict, tier, months, costs))
    ]
    cheapest = min(plans, key=lambda plan: (plan.cost, plan.months), default=None)
    return Road(tier, cheapest, plans[0] if plans else None)


def cheapest_plan(verdict: Verdict, tier: int, months: int, costs: Costs) -> Plan | None:
    """Return the cheapest plan that reaches a tier so many months from now, or None."""
    needs = list(_needs(verdict, tier, months))
    chosen = cheapest_steps(all_needs([need for _, _, need in needs]), costs)
    if chosen is None:
        return None
    requirements = [
        RequirementSteps(number, key, steps)
        for number, key, need in needs
        if (steps := _chosen_of(need, chosen))
    ]
    cost = sum((step.cost(costs) for step in chosen.values()), Fraction(0))
    by = verdict.evidence.standing.after(months)
    return Plan(months, by, cost, tuple(requirements))


def _needs(verdict: Verdict, tier: int, months: int) -> Iterator[tuple[int, str, Need]]:
    evidence: Evidence = verdict.evidence
    definition = verdict.scheme.tiers[tier - 1]
    for lower in definition.lower_tiers:
        yield from _needs(verdict, lower, months)
    own = next(found for found in verdict.tiers if found.tier == tier)
    for finding in own.requirements:
        yield tier, finding.key, definition.requirements[finding.key].needs(evidence, months)


def _chosen_of(need: Need, chosen: dict[str, Step]) -> tuple[Step, ...]:
    keys = dict.fromkeys(step.key for step in steps_of(need))
    return tuple(chosen[key] for key in keys if key in chosen)


def cheapest_steps(need: Need, costs: Costs) -> dict[str, Step] | None:
    """Return the steps of least cost that meet a need, by key, or None where nothing does.

    Among plans of equal cost, the one of the fewest units of steps.
    """
    program = _Program(list(steps_of(need)), costs)
    program.model.add(program.holds(need) == 1)
    return program.solve()


class _Program:
    """The program of whole numbers: how much of each step is done, and which needs hold."""

    def __init__(self, steps: list[Step], costs: Costs) -> None:
        self.model = cp_model.CpModel()
        self.steps: dict[str, dict[int, Step]] = {}
        for step in steps:
            self.steps.setdefault(step.key, {})[step.amount] = step
        self.done = {
            key: self.model.new_int_var_from_domain(cp_model.Domain.from_values([0, *by]), key)
            for key, by in self.steps.items()
        }
        self._minimise(costs)

    def _minimise(self, costs: Costs) -> None:
        each = {key: next(iter(by.values())) for key, by in self.steps.items()}
        price = {key: step.cost(costs) / step.amount for key, step in each.items()}
        scale = lcm(*(cost.denominator for cost in price.values()))
        units = 1 + sum(max(by) for by in self.steps.values())
        self.model.minimize(
            sum((int(price[key] * scale) * units + 1) * done for key, done in self.done.items())
        )

    def holds(self, need: Need) -> cp_model.IntVar:
        """Return a variable that may be 1 only where the need is met."""
        held = self.model.new_bool_var("")
        if isinstance(need, Step):
            self.model.add(self.done[need.key] >= need.amount).only_enforce_if(held)
        elif isinstance(need, AllNeeds):
            for part in need.parts:
                self.model.add_implication(held, self.holds(part))
        else:
            self._enough(need, held)
        return held

    def _enough(self, need: Enough, held: cp_model.IntVar) -> None:
        weights = [weight * self.holds(option) for weight, option in need.options]
        self.model.add(sum(weights) >= need.needed).only_enforce_if(held)

    def solve(self) -> dict[str, Step] | None:
        """Return the chosen steps by key, or None where there is no way."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status != cp_model.OPTIMAL:
            raise RuntimeError(f"the solver stopped before a proof: {solver.status_name(status)}")
        amounts = {key: solver.value(done) for key, done in self.done.items()}
        return {key: self.steps[key][amount] for key, amount in amounts.items() if amount}
