"""What a site lead of the demonstration says of steps: drawn from the sizes of the model."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from attain.improvement.rules.appraisal import Range
from attain.improvement.rules.saying import StepSaid
from attain.improvement.rules.steps import ItemStep
from attain.website.demonstration.acting import chance_of

# A size of the model in person-days, and in minor units of money.
_DAYS_OF_A_SIZE = (0, 3, 7, 14, 26, 45)
_COST_OF_A_SIZE = (0, 60_000, 180_000, 480_000, 1_100_000, 2_400_000)
_BENEFIT_OF_A_SIZE = (0, 120_000, 300_000, 650_000, 1_300_000, 2_600_000)
_USUAL = 3
# Of how many steps nobody has said anything yet, and of how many only a value of the scale.
_OPEN, _SCALED = 0.22, 0.12


def appraisal_of(step: ItemStep, goals: Sequence[str]) -> StepSaid | None:
    """Return what is said of a step, the same whenever it is drawn; None where nothing is."""
    random = chance_of("appraisal", step.key)
    drawn = random.random()
    effort, gain = step.effort or _USUAL, step.gain or _USUAL
    if drawn < _OPEN and step.item not in ("intraday", "knowledge-upkeep"):
        return None
    said = StepSaid(
        impacts={goal: min(5, max(0, gain + random.randint(-2, 2))) for goal in goals},
        days=max(1, round(_DAYS_OF_A_SIZE[effort] * random.uniform(0.7, 1.3))),
        quarters=1 if effort < _USUAL else 2,
    )
    if drawn > 1 - _SCALED:
        return replace(said, scale=min(5, max(1, gain + random.randint(-1, 1))))
    return replace(
        said,
        one_off=_range(_COST_OF_A_SIZE[effort], random),
        running=_range(_COST_OF_A_SIZE[effort] // 8, random),
        benefit=_range(_BENEFIT_OF_A_SIZE[gain], random),
    )


def _range(size: int, random: Random) -> Range:
    """Return a range around a size, in whole pounds."""
    likely = size * random.uniform(0.7, 1.4)
    low = likely * random.uniform(0.6, 0.9)
    return Range(_whole(low), _whole(likely), _whole(likely * 1.5))


def _whole(amount: float) -> int:
    return round(amount / 100) * 100
