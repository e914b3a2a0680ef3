"""What a requirement still needs: steps, and the ways in which they can be combined.

A need is stated for a horizon: so many months from the last month on. What a requirement needs
is met by doing a step, all of several needs, any of several, or enough of several by weight.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Costs = Mapping[str, Fraction]
UNIT_COST = Fraction(1)


@dataclass(frozen=True)
class Step:
    """One thing to do, `amount` times; it can have taken effect `after` so many months.

    `cost_keys` name the step in a list of costs, the most particular first.
    """

    key: str
    text: str
    amount: int
    after: int
    cost_keys: tuple[str, ...]

    def cost(self, costs: Costs) -> Fraction:
        """Return the cost of the whole step: a unit each where no cost is given."""
        each = next((costs[key] for key in self.cost_keys if key in costs), UNIT_COST)
        return each * self.amount


@dataclass(frozen=True)
class AllNeeds:
    """Every one of these is needed; none at all is nothing to do."""

    parts: tuple["Need", ...] = ()


@dataclass(frozen=True)
class Enough:
    """Options whose weights must add up to what is needed: 1 each of 1 is any one of them."""

    needed: int
    options: tuple[tuple[int, "Need"], ...] = ()


Need: TypeAlias = Step | AllNeeds | Enough
NOTHING = AllNeeds()
IMPOSSIBLE = Enough(1)


def any_need(options: Sequence[Need]) -> Need:
    """Return the need of one of several options; nothing where one of them needs nothing."""
    if NOTHING in options:
        return NOTHING
    return options[0] if len(options) == 1 else Enough(1, tuple((1, option) for option in options))


def all_needs(parts: Sequence[Need]) -> Need:
    """Return the need of all of several parts, without those that need nothing."""
    left = tuple(part for part in parts if part != NOTHING)
    return left[0] if len(left) == 1 else AllNeeds(left)


def enough_needs(needed: int, options: Sequence[tuple[int, Need]]) -> Need:
    """Return the need of weighted options; nothing where nothing more is needed."""
    return NOTHING if needed <= 0 else Enough(needed, tuple(options))


def steps_of(need: Need) -> Iterator[Step]:
    """Yield every step that a need names, chosen or not."""
    if isinstance(need, Step):
        yield need
        return
    parts = need.parts if isinstance(need, AllNeeds) else tuple(part for _, part in need.options)
    for part in parts:
        yield from steps_of(part)


def fewest(need: Need) -> tuple[Step, ...] | None:
    """Return the fewest steps that meet one need taken by itself, or None if nothing does.

    Counts each amount as one unit and a step named twice once; `attain.standards.road` is the
    exact method for several needs together that share steps and have costs.
    """
    if isinstance(need, Step):
        return (need,)
    if isinstance(need, Enough):
        return _fewest_of_options(need)
    chosen: tuple[Step, ...] = ()
    for part in need.parts:
        steps = fewest(part)
        if steps is None:
            return None
        chosen = _merged(chosen, steps)
    return chosen


def _fewest_of_options(need: Enough) -> tuple[Step, ...] | None:
    # The fewest units for each weight reached so far: a knapsack over weights capped at the need.
    best: dict[int, tuple[Step, ...]] = {0: ()}
    for weight, option in need.options:
        steps = fewest(option)
        if steps is None:
            continue
        for reached, chosen in list(best.items()):
            weighs = min(need.needed, reached + weight)
            candidate = _merged(chosen, steps)
            if weighs not in best or _units(candidate) < _units(best[weighs]):
                best[weighs] = candidate
    return best.get(need.needed)


def _merged(first: Sequence[Step], second: Sequence[Step]) -> tuple[Step, ...]:
    most: dict[str, Step] = {}
    for step in (*first, *second):
        if step.key not in most or step.amount > most[step.key].amount:
            most[step.key] = step
    return tuple(most.values())


def _units(steps: Sequence[Step]) -> int:
    return sum(step.amount for step in steps)
