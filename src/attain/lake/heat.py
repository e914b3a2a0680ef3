"""The service level of a channel by weekday and half hour of the local day."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from attain.lake.engine import Columns, Engine
from attain.lake.intervals import CentreAsked, open_lake
from attain.lake.layout import LARGEST_NARROW
from attain.lake.stretches import LARGEST_WIDE, Stretch, spans_of_offsets
from attain.measurement.counting import Tally
from attain.measurement.periods import Month
from attain.measurement.zones import zone_named


class Slot(NamedTuple):
    """A half hour of a weekday: 0 is Monday, and the first half hour of the day."""

    weekday: int
    half_hour: int


def heat_of(
    root: Path,
    site: str,
    asked: CentreAsked,
    months: tuple[Month, ...],
    engine: Engine | None = None,
) -> dict[Slot, Tally]:
    """Return the contacts of some months by slot: offered, attained, and what is open.

    A local hour that comes twice counts twice in its slot, one that is skipped not at all.
    """
    lake = open_lake(root, engine)
    largest = LARGEST_WIDE if lake.intervals.layout.wide else LARGEST_NARROW
    rows = [row for channel in asked.channels for row in _spans(site, channel, asked, months)]
    names = ("span_site", "span_channel", "from_instant", "until_instant", "ahead")
    factors = ("den", "of_offered", "of_answered")
    filled = [(*row[:-1], *row[-1].factors(largest)) for row in rows]
    if not filled or lake.intervals.layout.rows == 0:
        return {}
    columns: Columns = dict(
        zip((*names, *factors), map(list, zip(*filled, strict=True)), strict=True)
    )
    found = lake.intervals.ask("heat", {"spans": columns})
    return {
        Slot(int(weekday), int(half)): Tally(int(attained), int(unknown), int(offered))
        for weekday, half, offered, attained, unknown in found
        if offered
    }


_Span = tuple[str, str, int, int, int, Stretch]


def _spans(
    site: str, channel: str, asked: CentreAsked, months: tuple[Month, ...]
) -> Iterator[_Span]:
    """Yield the spans of a channel: its stretches, cut where the clocks change."""
    zone = zone_named(asked.timezone)
    for stretch in asked.window(months).stretches(channel):
        if stretch.month is not None:
            for start, end, ahead in spans_of_offsets(zone, stretch.start, stretch.end):
                yield site, channel, start, end, ahead, stretch
