"""What a requirement still needs: steps, and the ways in which they can be combined.

A need is stated for a horizon: so many months from the last month on. What a requirement needs
is met by doing a step, all of several needs, any of several, or enough of several by weight.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Costs = Mapping[str, Fraction]
UNIT_COST = Fraction(1)


@dataclass(frozen=True)
class Step:
    """One thing to do, `amount` times.

    `cost_keys` name the step in a list of costs, the most particular first.
    """

    key: str
    text: str
    amount: int
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

    Counts each amount as one unit and a step named twice once. Exact while at most `MOST_OPEN`
    different choices of steps that come up again have to be kept apart, which is so within one
    requirement; past that the steps returned still meet the need, but may not be the fewest.
    `attain.standards.road` is the exact method for a whole tier and for costs.
    """
    ways = _ways({}, need, frozenset())
    return tuple(ways[0].values()) if ways else None


MOST_OPEN = 32
_Chosen: TypeAlias = Mapping[str, Step]


def _ways(chosen: _Chosen, need: Need, again: Set[str]) -> list[_Chosen]:
    """Return the ways to meet a need on top of what is chosen.

    `again` names the steps that are asked for again later: for each different choice among them
    the fewest are kept, as any of these may turn out to be the fewest in all.
    """
    certain, choices = _parted(need)
    ways = [_with(chosen, certain)]
    for choice, later in zip(choices, _named_after(choices, again), strict=True):
        found = [(0, way) for given in ways for way in _ways_to_choose(given, choice, later)]
        ways = [way for _, way in _worth_keeping(found, later)]
    return ways


def _parted(need: Need) -> tuple[list[Step], list[Enough]]:
    """Return the steps that have to be done in any case, and the choices."""
    if isinstance(need, Step):
        return [need], []
    if isinstance(need, Enough):
        return [], [need]
    parts = [_parted(part) for part in need.parts]
    return [s for steps, _ in parts for s in steps], [c for _, choices in parts for c in choices]


def _ways_to_choose(chosen: _Chosen, need: Enough, again: Set[str]) -> list[_Chosen]:
    # A knapsack over the weight reached so far, capped at what is needed.
    reached: list[_Reached] = [(0, chosen)]
    options = [option for _, option in need.options]
    for (weight, option), later in zip(need.options, _named_after(options, again), strict=True):
        names = {step.key for step in steps_of(option)}
        known: dict[frozenset[tuple[str, int]], list[_Chosen]] = {}
        taken = []
        for so_far, given in reached:
            own = {name: given[name] for name in names if name in given}
            amounts = frozenset((name, step.amount) for name, step in own.items())
            if amounts not in known:
                known[amounts] = _ways(own, option, later)
            weighs = min(need.needed, so_far + weight)
            taken += [(weighs, {**given, **way}) for way in known[amounts]]
        reached = _worth_keeping([*reached, *taken], later)
    return [way for weighs, way in reached if weighs >= need.needed]


_Reached: TypeAlias = tuple[int, _Chosen]


def _worth_keeping(reached: Sequence[_Reached], again: Set[str]) -> list[_Reached]:
    """Return what is not bettered: as heavy with fewer steps, and the same choice of `again`."""
    kept: dict[frozenset[tuple[str, int]], list[_Reached]] = {}
    for weight, way in sorted(reached, key=lambda found: (_units(found[1]), -found[0])):
        open_ones = frozenset((name, s.amount) for name, s in way.items() if name in again)
        lighter = kept.setdefault(open_ones, [])
        if not lighter or weight > lighter[-1][0]:
            lighter.append((weight, way))
    left = [found for some in kept.values() for found in some]
    return left if len(kept) <= MOST_OPEN else _worth_keeping(left, frozenset())


def _named_after(needs: Sequence[Need], again: Set[str]) -> list[Set[str]]:
    """Return for each need the names of the steps that come up after it."""
    after = [again]
    for need in reversed(needs[1:]):
        after.append(after[-1] | {step.key for step in steps_of(need)})
    return after[len(after) - len(needs) :][::-1]


def _with(chosen: _Chosen, steps: Sequence[Step]) -> _Chosen:
    most = dict(chosen)
    for step in steps:
        if step.key not in most or step.amount > most[step.key].amount:
            most[step.key] = step
    return most


def _units(chosen: _Chosen) -> int:
    return sum(step.amount for step in chosen.values())
