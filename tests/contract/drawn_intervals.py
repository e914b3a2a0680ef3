"""Intervals drawn at random around the midnights, the offsets and the limits that decide."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

from contract.contract_files import Files, first_day

CHANNELS = ("phone", "email", "chat", "sms", "post", "web_chat2")
# Nights on which a clock of the drawn zones changes.
CLOCK_CHANGES = ("2024-03-31", "2024-10-27", "2025-03-30", "2025-10-26", "2024-04-07", "2025-11-02")
OFFSETS = (0, 60, 330, -150, -210, 765, 825, -720, 840, -570)
# Offered, answered, within: of 10 and 5 the target 0.8 is just reached, of 9 it is not.
COUNTS = ((10, 10, 8), (10, 8, 8), (10, 9, 7), (10, 5, 4), (7, 7, 7), (5, 0, 0), (0, 0, 0))


def draw_intervals(draw: Random, drawn: Files, last: int) -> None:
    """Add service levels of the channels, declared or not, and intervals of them."""
    zone = ZoneInfo(drawn["header"]["timezone"])
    share = draw.choice((None, None, 6, 7))
    for channel in CHANNELS:
        if share is not None:
            draw_share(draw, drawn, channel, last, share)
        elif draw.random() < 0.9:
            draw_channel(draw, drawn, channel, last, zone)


def draw_share(draw: Random, drawn: Files, channel: str, last: int, tenths: int) -> None:
    """Add intervals of which some tenths attain by volume, exactly or nearly."""
    good = tenths * 1000 + draw.choice((0, 0, 0, 0, 1, -1))
    start = first_day(last - draw.choice((11, 11, 11, 11, 3)))
    add_level(drawn, channel, start, "1", "offered")
    for hour, volume in enumerate((good, 10000 - good)):
        counts = (volume, volume, volume if hour == 0 else 0)
        day = draw.choice((first_day(last - 6), first_day(last)))
        add_interval(drawn, channel, f"{day}T{hour + 12}:00:00Z", counts)


def draw_channel(draw: Random, drawn: Files, channel: str, last: int, zone: ZoneInfo) -> None:
    """Add the targets and the intervals of one channel, around the change of a target."""
    change = first_day(last - draw.randrange(12)) + timedelta(draw.choice((0, 14, -1)))
    starts = [first_day(last - 14), change, first_day(last + 1)]
    for start in starts[draw.choice((0, 0, 0, 0, 0, 1, 3)) : draw.choice((1, 2, 3))]:
        target = draw.choice(("0.8", "0.80", "0", "1", "0.9"))
        add_level(drawn, channel, start, target, draw.choice(("offered", "answered")))
    days = [change, change, first_day(last - 11), first_day(last + 1), first_day(last - 5)]
    seen: set[datetime] = set()
    for _ in range(draw.choice((0, 1, 2, 2, 5, 9))):
        start = draw_time(draw, draw.choice(days), zone)
        if start.astimezone(UTC) not in seen:
            seen.add(start.astimezone(UTC))
            add_interval(drawn, channel, written(draw, start), draw_counts(draw))


def add_level(drawn: Files, channel: str, start: date, target: str, of: str) -> None:
    """Add a target of a channel."""
    row = {"channel": channel, "from": start.isoformat(), "target": target, "of": of}
    drawn["service_levels"].append(row)


def add_interval(drawn: Files, channel: str, start: str, counts: tuple[int, int, int]) -> None:
    """Add an interval."""
    row = dict(zip(("offered", "answered", "within_threshold"), map(str, counts), strict=True))
    drawn["intervals"].append({"channel": channel, "start": start, **row})


def draw_counts(draw: Random) -> tuple[int, int, int]:
    """Return what was offered, answered and within the threshold."""
    offered, answered, within = draw.choice((*COUNTS[:4], *COUNTS))
    scale = draw.choice((1, 1, 2, 3, 100))
    return offered * scale, answered * scale, within * scale


def draw_time(draw: Random, day: date, zone: ZoneInfo) -> datetime:
    """Return a time near the midnight at which a day begins, or near a change of the clock."""
    if draw.random() < 0.15:
        day = date.fromisoformat(draw.choice(CLOCK_CHANGES))
    near = draw.choice((-1, 0, 0, -900, 900, 3600, 5400, 9000, 86399, -3600, 43200, -86400))
    local = datetime.combine(day, time()) + timedelta(seconds=near)
    return local.replace(tzinfo=zone, fold=draw.randrange(2))


def written(draw: Random, start: datetime) -> str:
    """Return a time in its own offset, in UTC or in any other."""
    instant = start.astimezone(UTC)
    if draw.random() < 0.4:
        return instant.astimezone(start.tzinfo).isoformat()
    if draw.random() < 0.3:
        return instant.isoformat().replace("+00:00", "Z")
    return instant.astimezone(timezone(timedelta(minutes=draw.choice(OFFSETS)))).isoformat()
