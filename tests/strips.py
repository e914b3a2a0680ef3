"""Months as a strip: one sign each, earliest first, ending with the last month."""

from collections.abc import Mapping

from attain.measurement.metrics import Track
from attain.measurement.periods import Month

LAST = Month.parse("2026-10")
SIGNS: Mapping[str, bool | None] = {"+": True, "-": False, "?": None}


def track_of(strip: str, last: Month = LAST) -> Track:
    """Return a track: `+` on target, `-` off, `?` no target in force, `.` no reading."""
    first = last.plus(1 - len(strip))
    judged = {first.plus(n): SIGNS[sign] for n, sign in enumerate(strip) if sign in SIGNS}
    return Track("answer-time", judged, last)
