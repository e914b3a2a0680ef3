"""Opening hours: the times of a week at which a site is open, by its own clock.

Hours that close at the time at which they open, or before, end on the next day: 22:00 to 06:00 is
a night, 00:00 to 00:00 a whole day.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import time
from typing import NamedTuple

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
_WEEK = 7 * _DAY
_TIME = r"([01][0-9]|2[0-3]):([0-5][0-9])"
_SPAN = re.compile(rf"{_TIME}-(?:{_TIME}|(24:00))", re.ASCII)
EXAMPLE = "mon-fri 08:00-20:00; sat 09:00-12:00 13:00-17:00"


class Opening(NamedTuple):
    """From when until when a site is open on a day of the week; Monday is 0."""

    weekday: int
    opens: time
    closes: time

    @property
    def begin(self) -> int:
        """The minute of the week at which it opens."""
        return self.weekday * _DAY + _minute(self.opens)

    @property
    def minutes(self) -> int:
        """How long it is open."""
        return (_minute(self.closes) - _minute(self.opens)) % _DAY or _DAY


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def first_overlap(hours: Iterable[Opening]) -> tuple[Opening, Opening] | None:
    """Return two openings that overlap, those of Sunday night and Monday too; None without any."""
    week = sorted(hours)
    again = [each.begin + _WEEK for each in week[:1]]
    begins = [each.begin for each in week[1:]] + again
    for at, begin in enumerate(begins):
        if week[at].begin + week[at].minutes > begin:
            return week[at], week[(at + 1) % len(week)]
    return None


def read_hours(text: str) -> list[Opening]:
    """Return what a text such as EXAMPLE means; ValueError where it means nothing."""
    found = []
    for part in filter(None, (each.strip() for each in text.casefold().split(";"))):
        days, *spans = part.split()
        if not spans:
            raise ValueError(part)
        for day in _days(days):
            found += [_opening(day, span) for span in spans]
    return sorted(found)


def _days(text: str) -> Sequence[int]:
    first, _, last = text.partition("-")
    begin, end = DAYS.index(first), DAYS.index(last or first)
    return range(begin, end + 1) if begin <= end else (*range(begin, 7), *range(end + 1))


def _opening(day: int, text: str) -> Opening:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    opens = time(int(found[1]), int(found[2]))
    return Opening(day, opens, time() if found[5] else time(int(found[3]), int(found[4])))


def by_days(hours: Iterable[Opening]) -> list[tuple[int, int, list[tuple[time, time]]]]:
    """Return openings with days of the same hours together: the first day, the last, the hours."""
    of_day: dict[int, list[tuple[time, time]]] = {}
    for each in sorted(hours):
        of_day.setdefault(each.weekday, []).append((each.opens, each.closes))
    found: list[tuple[int, int, list[tuple[time, time]]]] = []
    for day, spans in of_day.items():
        if found and found[-1][1] == day - 1 and found[-1][2] == spans:
            found[-1] = (found[-1][0], day, spans)
        else:
            found.append((day, day, spans))
    return found


def write_hours(hours: Iterable[Opening]) -> str:
    """Write openings as `read_hours` reads them."""
    parts = []
    for first, last, spans in by_days(hours):
        days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        times = (f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)
        parts.append(" ".join([days, *times]))
    return "; ".join(parts)
