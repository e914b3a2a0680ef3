"""What a plan has cost and brought by the end of each quarter, up to where its value counts."""

from dataclasses import dataclass

from attain.improvement.rules.candidates import PlanRequest
from attain.improvement.rules.plans import RoadmapPlan


@dataclass(frozen=True)
class QuarterSum:
    """What was spent and what was brought by the end of a quarter, counted from 0."""

    quarter: int
    cost: int
    value: int


def unfold(request: PlanRequest, plan: RoadmapPlan) -> list[QuarterSum]:
    """Return the sums by quarter; the last of them are the cost and the value of the plan."""
    known = request.by_key
    cost = value = 0
    found = []
    for quarter in range(request.horizon):
        cost += plan.use[quarter].cost if quarter < len(plan.use) else 0
        value += sum(known[each.step].value for each in plan.placements if each.last < quarter)
        found.append(QuarterSum(quarter, cost, value))
    return found
