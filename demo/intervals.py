"""Half-hour intervals of a year with a daily and a weekly shape, as one Parquet file."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from demo.centres import Centre
from demo.writing import AS_OF

# Contacts offered per half-hour on a weekday, from 08:00 to 20:00.
DAY = (8, 14, 22, 28, 31, 32, 30, 27, 24, 23, 24, 25, 24, 22, 20, 19, 17, 15, 12, 10, 8, 6, 5, 4)
WEEK = (1.25, 1.1, 1.0, 0.95, 0.9, 0.4, 0.0)
SHARE = {"phone": 1.0, "email": 0.4, "chat": 0.3, "sms": 0.1}
# How well an interval is staffed varies; under 1 contacts wait and some are abandoned.
STAFFING = (0.97, 1.25)
Row = tuple[str, str, datetime, int, int, int]


def rows_of(site: str, centre: Centre, random: Random) -> Iterator[Row]:
    """Yield a year of intervals: site, channel, start, offered, answered, within_threshold."""
    zone = ZoneInfo(centre.timezone)
    months = max((len(strip) for strip in centre.years.values()), default=12)
    days = (AS_OF - timedelta(days=back) for back in range(min(months, 12) * 30, -1, -1))
    for day in days:
        for slot, contacts in enumerate(DAY):
            opens = datetime(day.year, day.month, day.day, 8, tzinfo=zone)
            start = (opens + timedelta(minutes=30 * slot)).astimezone(UTC)
            for channel in centre.channels:
                busy = contacts * WEEK[day.weekday()] * SHARE[channel] * centre.size
                yield site, channel, start, *_served(busy, day, centre.hard_months, random)


def _served(
    busy: float, day: date, hard_months: Mapping[str, float], random: Random
) -> tuple[int, int, int]:
    offered = round(busy * random.uniform(0.8, 1.2))
    staffing = random.uniform(*STAFFING) * hard_months.get(f"{day:%Y-%m}", 1.0)
    answered = round(offered * min(1.0, 0.9 + 0.1 * staffing if staffing < 1 else 1.0))
    within = round(answered * min(1.0, max(0.0, 1.6 * staffing - 0.72)))
    return offered, answered, within


def write_intervals(path: Path, centres: Mapping[str, Centre], random: Random) -> None:
    """Write the intervals of every centre into one file, by site, channel and start."""
    # A large library, needed only here.
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = sorted(row for site, centre in centres.items() for row in rows_of(site, centre, random))
    names = ("site", "channel", "start", "offered", "answered", "within_threshold")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    kinds = (pa.string(), pa.string(), pa.timestamp("us", tz="UTC"), *[pa.int64()] * 3)
    fields = [pa.field(name, kind) for name, kind in zip(names, kinds, strict=True)]
    pq.write_table(pa.table(columns, schema=pa.schema(fields)), path)
