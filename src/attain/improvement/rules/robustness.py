"""How robust a ranking is: what a simulation of it was asked, and what it came to."""

from dataclasses import dataclass


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
