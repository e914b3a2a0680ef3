"""Opening hours of the demonstration's sites."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Opening:
    """From when until when a site is open on a day of the week; Monday is 0."""

    weekday: int
    opens: time
    closes: time


def week(weekdays: tuple[str, str], saturday: str = "", sunday: str = "") -> tuple[Opening, ...]:
    """Return the openings of a week, the weekend's written such as `09:00-17:00`."""
    opens, closes = map(time.fromisoformat, weekdays)
    openings = [Opening(weekday, opens, closes) for weekday in range(5)]
    for weekday, hours in ((5, saturday), (6, sunday)):
        if hours:
            opens, closes = map(time.fromisoformat, hours.split("-"))
            openings.append(Opening(weekday, opens, closes))
    return tuple(openings)


LONG = week(("08:00", "20:00"), "09:00-17:00")
OFFICE = week(("08:00", "18:00"))
EXTENDED = week(("07:00", "22:00"), "08:00-20:00", "09:00-18:00")
# A site that never closes: its days end with their last minute, as an opening lies within a day.
ROUND_THE_CLOCK = week(("00:00", "23:59"), "00:00-23:59", "00:00-23:59")
