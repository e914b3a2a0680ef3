"""How robust a ranking is: drawn again and again from what was estimated, by a seed.

Money is drawn from the triangle of its range, a value of the scale from its fifth, and the weights
of the goals from a Dirichlet distribution around the declared ones. In a second round the weights
are any at all: drawn evenly from all that there are, each goal alone among them, with the likely
money; a step that stays in the top whatever they are needs no agreement on the goals.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from attain.improvement.rules.draws import Drawn, drawn_of, weights_anywhere, weights_around
from attain.improvement.rules.ranking import Ranking

MOST_AT_ONCE = 1 << 21
"""How many scores are held at once: 16 MB each time that they are written down."""
_Floats: TypeAlias = NDArray[np.float64]
_Ranks: TypeAlias = NDArray[np.uint16]


@dataclass(frozen=True)
class SimulationPolicy:
    """How a ranking is tried: draws, seed, how many steps make the top, how firm the weights are.

    `firmness` is how many equal votes the declared weights are worth: at 20, a weight of one half
    lies between 0.33 and 0.67 in nine of ten draws. With `errs_together` all estimates are off in
    the same direction by as much, as where one person made them; otherwise each by itself.
    """

    seed: int
    draws: int = 10_000
    top: int = 10
    firmness: int = 20
    errs_together: bool = False


@dataclass(frozen=True)
class StepRobustness:
    """How the rank of a step holds: where 90 % of the draws lie, and how often it is in the top.

    `top_draws` of all draws have it in the top; `stays` tells whether every draw of any weights at
    all has.
    """

    key: str
    rank: int
    low: int
    high: int
    top_draws: int
    stays: bool


@dataclass(frozen=True)
class Robustness:
    """What the simulation of a ranking came to, in the order of the ranking."""

    policy: SimulationPolicy
    steps: tuple[StepRobustness, ...]

    @property
    def whatever_the_weights(self) -> tuple[str, ...]:
        """The steps that stay in the top whatever the weights."""
        return tuple(step.key for step in self.steps if step.stays)
