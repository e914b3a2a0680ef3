"""What the contract allows and a person should still look at: named with a way out, never refused.

Days that lack an interval are not listed: a channel that is closed at night has none then.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attain.dossier.intervals import LocalDays, Starts
from attain.dossier.tables import INTERVALS
from attain.measurement.faults import printable
from attain.measurement.zones import zone_named
from attain.standards.figures import Figures

_MINUTE = 60_000_000
# The starts of a channel in order, as instants and as what the clocks showed.
Clocks = tuple[Sequence[int], Sequence[int]]


@dataclass(frozen=True)
class Doubt:
    """Something doubtful in a line of a file, and what to do about it."""

    file: str
    line: int
    what: str
    way_out: str

    def __str__(self) -> str:
        """Write the doubt as `doubt file:line: what; way out`."""
        return f"doubt {self.file}:{self.line}: {printable(self.what)}; {self.way_out}"


def doubts_of(figures: Figures, starts: Iterable[Starts]) -> tuple[Doubt, ...]:
    """Return the doubts about the intervals of a dossier, by line."""
    local = LocalDays(zone_named(figures.scope.timezone))
    found: list[Doubt] = []
    for channel in starts:
        found += _undeclared(channel, figures.scope.channels)
        found += _uneven(channel, local)
    return tuple(sorted(found, key=lambda doubt: (doubt.line, doubt.what)))


def _undeclared(starts: Starts, channels: Sequence[str]) -> Iterator[Doubt]:
    """Doubt intervals of a channel in which the centre is not contacted: nothing counts them."""
    if starts.channel not in channels:
        what = f"{starts.channel} is not among the channels of dossier.yaml, and is not counted"
        yield _doubt(min(starts.lines), what, "add it there if the centre is contacted in it")


def _uneven(starts: Starts, local: LocalDays) -> Iterator[Doubt]:
    """Doubt starts that do not fit the grid: the gap between most intervals of the channel."""
    gaps = Counter(later - earlier for earlier, later in pairwise(starts.instants))
    grid, times = gaps.most_common(1)[0] if gaps else (0, 0)
    if 2 * times <= gaps.total():
        return
    every = f"{grid // _MINUTE if grid % _MINUTE == 0 else grid / _MINUTE} minutes"
    clocks = (starts.instants, [local.wall_clock(instant) for instant in starts.instants])
    yield from _doubt_some(
        starts,
        _overlapping(clocks, grid),
        f"closer than {every} to the one before it",
        "intervals that overlap count contacts twice: keep one of them",
    )
    yield from _doubt_some(
        starts,
        _off_grid(clocks, grid),
        f"off the grid of {every} that the others keep",
        "check the times and the offsets that the source writes",
    )


def _overlapping(clocks: Clocks, grid: int) -> list[int]:
    """Return which starts are too close to the one before, in time and by the clock.

    Of two starts a day apart by the clock, only 23 hours may lie between.
    """
    gaps = zip(*([b - a for a, b in pairwise(clock)] for clock in clocks), strict=True)
    return [n for n, gap in enumerate(gaps, start=1) if max(gap) < grid]


def _off_grid(clocks: Clocks, grid: int) -> list[int]:
    """Return which starts are off the grid, both in time and by the clock.

    After a change of the clocks a source keeps to the one or to the other.
    """
    off = []
    for clock in clocks:
        rests = [start % grid for start in clock]
        usual = Counter(rests).most_common(1)[0][0]
        off.append({n for n, rest in enumerate(rests) if rest != usual})
    return sorted(set.intersection(*off))


def _doubt_some(starts: Starts, places: list[int], what: str, way_out: str) -> Iterator[Doubt]:
    """Doubt some intervals of a channel, at the first line of them."""
    if places:
        several = f"{len(places)} intervals of {starts.channel} start"
        which = several if places[1:] else f"an interval of {starts.channel} starts"
        yield _doubt(min(starts.lines[n] for n in places), f"{which} {what}", way_out)


def _doubt(line: int, what: str, way_out: str) -> Doubt:
    return Doubt(INTERVALS.file, line, what, way_out)
