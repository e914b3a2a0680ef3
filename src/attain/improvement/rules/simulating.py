"""How robust a ranking is: drawn again and again from what was estimated, by a seed.

Money is drawn from the triangle of its range, a value of the scale from its fifth, and the weights
of the goals from a Dirichlet distribution around the declared ones. In a second round the weights
are any at all: drawn evenly from all that there are, each goal alone among them, with the likely
money; a step that stays in the top whatever they are needs no agreement on the goals.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from attain.improvement.rules.appraisal import Appraisal
from attain.improvement.rules.draws import (
    Estimates,
    Floats,
    estimates_of,
    impacts_at,
    shares_drawn,
    shares_likely,
    weights_anywhere,
    weights_around,
)
from attain.improvement.rules.ranking import Ranking, RankingRule
from attain.improvement.rules.robustness import Robustness, SimulationPolicy, StepRobustness

MOST_AT_ONCE = 1 << 16
"""How many scores are worked out at once: few enough to stay in a processor's own memory."""
_Ranks: TypeAlias = NDArray[np.uint32]
_LOW, _HIGH = 0.05, 0.95


def robustness(
    ranking: Ranking, appraisals: Mapping[str, Appraisal], policy: SimulationPolicy
) -> Robustness:
    """Try a ranking over the ranges and the weights; the same seed gives the same answer."""
    if not ranking.ranked:
        return Robustness(policy, ())
    weighted = {goal: weight for goal, weight in ranking.policy.goals.items() if weight}
    estimates = estimates_of(ranking.ranked, appraisals, list(weighted))
    simulation = _Simulation(ranking, estimates, policy)
    low, high, top_draws = simulation.ranks()
    stays = simulation.stays()
    found = zip(ranking.ranked, low, high, top_draws, stays, strict=True)
    steps = (
        StepRobustness(each.step.key, each.rank, int(best), int(worst), int(draws), bool(always))
        for each, best, worst, draws, always in found
    )
    return Robustness(policy, tuple(steps))


class _Simulation:
    """The draws of one ranking, worked out a piece at a time."""

    def __init__(self, ranking: Ranking, estimates: Estimates, policy: SimulationPolicy) -> None:
        self.estimates, self.policy = estimates, policy
        self.rule, self.years = ranking.policy.rule, ranking.policy.years
        self.goals = {goal: weight for goal, weight in ranking.policy.goals.items() if weight}
        self.piece = max(1, MOST_AT_ONCE // estimates.steps)

    def ranks(self) -> tuple[_Ranks, _Ranks, _Ranks]:
        """Return of each step the low and the high end of its ranks, and its draws in the top."""
        drawn = np.empty((self.policy.draws, self.estimates.steps), _kind(self.estimates.steps))
        at = 0
        for scores in self._scores_around():
            drawn[at : at + len(scores)] = _ranks_of(scores)
            at += len(scores)
        top_draws = (drawn <= self.policy.top).sum(axis=0)
        last = self.policy.draws - 1
        ends = [int(_LOW * last), -int(-_HIGH * last // 1)]
        drawn.partition(ends, axis=0)
        return drawn[ends[0]], drawn[ends[1]], top_draws

    def stays(self) -> NDArray[np.bool_]:
        """Return of each step whether it is in the top at all weights that are drawn."""
        random = np.random.default_rng([self.policy.seed, 1])
        likely = shares_likely(self.estimates, self.years)
        stays = np.ones(self.estimates.steps, dtype=bool)
        weights = weights_anywhere(len(self.goals), self.policy.draws, random)
        for first in range(0, len(weights), self.piece):
            scores = self._scores(likely, weights[first : first + self.piece])
            stays &= (_ranks_of(scores) <= self.policy.top).all(axis=0)
        return stays

    def _scores_around(self) -> Iterator[Floats]:
        random = np.random.default_rng([self.policy.seed, 0])
        weights = weights_around(self.goals, self.policy.draws, self.policy.firmness, random)
        for first in range(0, self.policy.draws, self.piece):
            piece = weights[first : first + self.piece]
            shares = shares_drawn(
                self.estimates, len(piece), self.years, random, together=self.policy.errs_together
            )
            yield self._scores(shares, piece)

    def _scores(self, shares: Floats, weights: Floats) -> Floats:
        """Return the scores by the ranking's rule, a draw a row."""
        if self.rule is RankingRule.RETURN_ONLY:
            return np.broadcast_to(shares, (len(weights), self.estimates.steps))
        impacts = impacts_at(self.estimates, weights)
        if self.rule is RankingRule.IMPACT_ONLY:
            return impacts
        scores: Floats = shares * impacts
        if self.rule is RankingRule.VALUE_PER_EFFORT:
            scores /= self.estimates.effort
        return scores


def _kind(steps: int) -> type[np.uint16] | type[np.uint32]:
    return np.uint16 if steps <= np.iinfo(np.uint16).max else np.uint32


def _ranks_of(scores: Floats) -> _Ranks:
    """Return the rank of each score in its row; equal ones keep the order of the ranking.

    Scores are not negative, so that their bits stand in their own order. The place of a step takes
    the last of the bits (13 of 64 for 8,192 steps), and one sort of whole numbers, much faster than
    one of their places, brings both.
    """
    steps = scores.shape[1]
    mask = np.uint64((1 << (steps - 1).bit_length()) - 1)
    backwards = np.arange(steps, dtype=np.uint64)[::-1]
    ordered = (np.ascontiguousarray(scores).view(np.uint64) & ~mask) | backwards
    ordered.sort(axis=1)
    places = (steps - 1) - (ordered & mask).astype(np.int64)
    ranks = np.empty(scores.shape, np.uint32)
    descending = np.arange(steps, 0, -1, dtype=np.uint32)
    np.put_along_axis(ranks, places, np.broadcast_to(descending, scores.shape), axis=1)
    return ranks
