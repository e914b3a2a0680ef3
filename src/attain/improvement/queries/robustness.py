"""How the ranking of a roadmap holds: tried by a seed, as often as a page can wait for."""

from attain.improvement.queries.reading import RoadmapReading
from attain.improvement.rules.robustness import Robustness, SimulationPolicy

USUAL_DRAWS = 2_000
MOST_DRAWS = 10_000
FEWEST_DRAWS = 100
MOST_ON_TOP = 10
MOST_SCORES = 2_000_000
"""Draws times steps that are worked out while a page is waited for: about half a second."""


def draws_for(steps: int, asked: int = USUAL_DRAWS) -> int:
    """Return how often so many steps are tried: as asked, or fewer where they are many."""
    return max(FEWEST_DRAWS, min(asked, MOST_DRAWS, MOST_SCORES // max(1, steps)))


def top_of(steps: int) -> int:
    """Return how many of so many ranked steps make the top: ten, of fewer than thirty a third."""
    return max(1, min(MOST_ON_TOP, steps // 3))


def robustness_of(
    reading: RoadmapReading, *, draws: int = USUAL_DRAWS, seed: int | None = None
) -> Robustness:
    """Try the ranking of a roadmap; without another seed by that of the roadmap."""
    # It draws with numpy, whose threads nobody needs where no ranking is looked at.
    from attain.improvement.rules.simulating import robustness

    chosen = reading.roadmap.seed if seed is None else seed
    steps = len(reading.ranking.ranked)
    policy = SimulationPolicy(chosen, draws_for(steps, draws), top_of(steps))
    return robustness(reading.ranking, reading.appraisals, policy)
