"""Gaps of an estate: those that many centres share, who has what another lacks, and peers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import OPEN, Ratings

Estate = Mapping[str, Ratings]
"""The agreed ratings of each centre, by its key."""


@dataclass(frozen=True)
class SharedGap:
    """An item on which several centres are short of their targets.

    `levels` is how many levels they lack together; `rated` how many centres have a level at all.
    """

    item: str
    centres: tuple[str, ...]
    rated: int
    levels: int

    @property
    def share(self) -> Fraction:
        """The share of the rated centres that are short of their target."""
        return Fraction(len(self.centres), self.rated)


def shared_gaps(model: MaturityModel, estate: Estate, *, least: int = 2) -> list[SharedGap]:
    """Return the items that `least` or more centres lack, those that most lack first."""
    found = (_gap_of(item.key, estate) for item in model.rated_items)
    shared = [gap for gap in found if len(gap.centres) >= least]
    return sorted(shared, key=lambda gap: (-len(gap.centres), -gap.levels))


def _gap_of(item: str, estate: Estate) -> SharedGap:
    ratings = {centre: rated.get(item, OPEN) for centre, rated in estate.items()}
    short = {centre: rating.gap for centre, rating in ratings.items() if rating.gap}
    return SharedGap(
        item=item,
        centres=tuple(short),
        rated=sum(rating.counts for rating in ratings.values()),
        levels=sum(gap or 0 for gap in short.values()),
    )


def donors(estate: Estate, item: str, centre: str) -> list[str]:
    """Return the centres that are on the target which a centre is short of, highest first."""
    own = estate[centre].get(item, OPEN)
    if not own.gap or own.target is None:
        return []
    levels = {c: r.get(item, OPEN).level for c, r in estate.items() if c != centre}
    have = {c: level for c, level in levels.items() if level is not None and level >= own.target}
    return sorted(have, key=lambda c: (-have[c], c))


def distribution(estate: Estate, item: str) -> dict[int | None, int]:
    """Return how many centres are on each level of an item; None counts those without one."""
    return dict(Counter(ratings.get(item, OPEN).level for ratings in estate.values()))


@dataclass(frozen=True)
class Kinship:
    """What makes centres alike: who runs them, what kind they are, and their size in contacts."""

    operation: str
    kind: str
    volume: int


def peers(kinships: Mapping[str, Kinship], centre: str, *, times: int = 2) -> list[str]:
    """Return the centres like one: run alike, of its kind, and at most `times` larger or smaller.

    A centre whose volume is not known is like none in size, and has no peers.
    """
    own = kinships[centre]
    alike = [
        key
        for key, other in kinships.items()
        if key != centre and (other.operation, other.kind) == (own.operation, own.kind)
    ]
    return [key for key in alike if _near(own.volume, kinships[key].volume, times)]


def _near(one: int, other: int, times: int) -> bool:
    low, high = sorted((one, other))
    return low > 0 and high <= low * times


def quartiles(values: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the quartiles of peers' figures by linear interpolation; None without any."""
    if not values:
        return None
    ordered = sorted(values)
    first, middle, last = (_at(ordered, Fraction(n, 4)) for n in (1, 2, 3))
    return first, middle, last


def _at(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


FEWEST_PEERS = 4
"""Fewer say nothing of centres like one, and would tell each other's figures."""


class Place(StrEnum):
    """Where a figure lies among those of peers."""

    LOWEST_QUARTER = "lowest_quarter"
    MIDDLE = "middle"
    HIGHEST_QUARTER = "highest_quarter"


@dataclass(frozen=True)
class AmongPeers:
    """A figure beside the same of like centres: their quartiles, and how many have one.

    Where fewer than `FEWEST_PEERS` have one there are no quartiles.
    """

    own: Fraction | None
    peers: int
    quartiles: tuple[Fraction, Fraction, Fraction] | None

    @property
    def place(self) -> Place | None:
        """Below the lower quartile, above the upper one, or between; None where unknown."""
        if self.own is None or self.quartiles is None:
            return None
        if self.own < self.quartiles[0]:
            return Place.LOWEST_QUARTER
        return Place.HIGHEST_QUARTER if self.own > self.quartiles[2] else Place.MIDDLE


def among_peers(own: Fraction | None, values: Sequence[Fraction | None]) -> AmongPeers:
    """Put a figure beside those of its peers that have one."""
    known = [value for value in values if value is not None]
    enough = len(known) >= FEWEST_PEERS
    return AmongPeers(own, len(known), quartiles(known) if enough else None)
