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
    """Doubt starts that do not fit the grid, which is the most common gap of the channel."""
    gaps = Counter(later - earlier for earlier, later in pairwise(starts.instants))
    if not gaps:
        return
    grid = max(gaps, key=lambda gap: (gaps[gap], gap))
    every = f"{grid // _MINUTE} minutes" if grid % _MINUTE == 0 else f"{grid / _MINUTE} minutes"
    walls = [local.wall_clock(instant) for instant in starts.instants]
    # Of two starts a day apart by the clock, 23 hours may lie between: both must be too close.
    close = [
        n + 1
        for n, (earlier, later) in enumerate(pairwise(starts.instants))
        if later - earlier < grid and walls[n + 1] - walls[n] < grid
    ]
    usual = Counter(wall % grid for wall in walls).most_common(1)[0][0]
    off = [n for n, wall in enumerate(walls) if wall % grid != usual]
    for places, what, way_out in (
        (
            close,
            f"closer than {every} to the one before it",
            "intervals that overlap count contacts twice: keep one of them",
        ),
        (
            off,
            f"off the grid of {every} that the others keep",
            "check the times and the offsets that the source writes",
        ),
    ):
        if places:
            lines = [starts.lines[n] for n in places]
            which = (
                f"{len(lines)} intervals of {starts.channel} start"
                if lines[1:]
                else (f"an interval of {starts.channel} starts")
            )
            yield _doubt(min(lines), f"{which} {what}", way_out)


def _doubt(line: int, what: str, way_out: str) -> Doubt:
    return Doubt(INTERVALS.file, line, what, way_out)
