"""Plans and rankings of 69, 690 and 6,900 steps: `python -m benchmarks.roadmap`.

The steps are drawn by a seed: costs of 5,000 to 200,000, 2 to 120 days, one to three quarters, a
return of 2 to 40 % of the cost a quarter, every other one the second step of its item. Eight
quarters have means for about a third of it all. Processor time, as the machine may be shared.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from attain.improvement.rules.appraisal import Appraisal, Money, Range
from attain.improvement.rules.candidates import Candidate, Means, PlanRequest
from attain.improvement.rules.greedy import greedy_plan
from attain.improvement.rules.planning import SolverLimits, best_plan
from attain.improvement.rules.ranking import RankingPolicy, rank
from attain.improvement.rules.robustness import SimulationPolicy
from attain.improvement.rules.simulating import robustness
from attain.improvement.rules.steps import ItemStep

SIZES = (69, 690, 6900)
QUARTERS, HORIZON = 8, 16
GOALS = {"service": Fraction(3), "cost": Fraction(2), "people": Fraction(1)}
Told = TypeVar("Told")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _timed(work: Callable[[], Told]) -> tuple[Told, float]:
    began = time.process_time()
    return work(), time.process_time() - began


def request_of(steps: int, seed: int = 1) -> PlanRequest:
    """Draw steps and means for about a third of them."""
    drawn = random.Random(seed)
    candidates = tuple(_candidate(number, drawn) for number in range(steps))
    budget = sum(each.cost for each in candidates) * 35 // 100 // QUARTERS
    capacity = sum(each.days for each in candidates) * 35 // 100 // QUARTERS
    return PlanRequest(
        candidates, Means((budget,) * QUARTERS, (capacity,) * QUARTERS), horizon=HORIZON
    )


def _candidate(number: int, drawn: random.Random) -> Candidate:
    cost = drawn.randint(5, 200) * 1000
    return Candidate(
        f"{number:04d}",
        value=int(cost * drawn.uniform(0.02, 0.4)),
        cost=cost,
        days=drawn.randint(2, 120),
        quarters=drawn.choice((1, 1, 2, 3)),
        after=(f"{number - 1:04d}",) if number % 2 else (),
    )


def plans(steps: int, work: float) -> None:
    """Print a plan by ratio and one by the solver, stopped at a gap of 1 % or by its work."""
    request = request_of(steps)
    greedy, greedy_time = _timed(lambda: greedy_plan(request))
    limits = SolverLimits(work=work, gap_percent=1.0)
    best, best_time = _timed(lambda: best_plan(request, limits))
    assert greedy is not None
    assert best.bound is not None
    _say(
        f"{steps:>6,} steps  greedy {greedy_time:6.2f} s   solver {best_time:7.2f} s   "
        f"value to greedy {best.value / greedy.value:.4f}   "
        f"to the bound {best.value / best.bound:.4f}   greedy to the bound "
        f"{greedy.value / best.bound:.4f}"
    )


def rankings(steps: int) -> None:
    """Print how long ranking takes, and 10,000 draws of it."""
    drawn = random.Random(1)
    items = [
        ItemStep(f"centre-{n // 69}", f"item-{n % 69}", 1, 2, effort=drawn.randint(1, 5))
        for n in range(steps)
    ]
    appraisals = {step.key: _appraisal(drawn) for step in items}
    ranking, rank_time = _timed(lambda: rank(items, appraisals, RankingPolicy(GOALS)))
    policy = SimulationPolicy(seed=1)
    _, time_of_draws = _timed(lambda: robustness(ranking, appraisals, policy))
    _say(
        f"{steps:>6,} steps  ranked in {rank_time:6.3f} s   "
        f"{policy.draws:,} draws of all and of the weights {time_of_draws:6.2f} s"
    )


def _appraisal(drawn: random.Random) -> Appraisal:
    money = Money(_range(drawn, 900_000), _range(drawn, 50_000), _range(drawn, 400_000))
    return Appraisal(money, impacts={goal: drawn.randint(0, 5) for goal in GOALS})


def _range(drawn: random.Random, most: int) -> Range:
    low, likely, high = sorted(drawn.randint(0, most) for _ in range(3))
    return Range(low, likely, high)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=float, default=20.0, help="how much the solver may work")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    chosen = parser.parse_args()
    _say(f"\n(a) plans over {QUARTERS} quarters, to a gap of 1 % or {chosen.work:g} units of work")
    for steps in chosen.sizes:
        plans(steps, chosen.work)
    _say("\n(b) rankings and their robustness")
    for steps in chosen.sizes:
        rankings(steps)


if __name__ == "__main__":
    main()
