"""Certificates: how long one is valid, the moves between its states, and its number.

The state at an instant is told by the moves up to then and by the end of validity, whether or not
anybody has written the expiry down yet.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from attain.measurement.periods import Month
from attain.measurement.zones import day_start, zone_named

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Crockford's digits: without I, L, O and U, which are misread or make words.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})
RANDOM_BYTES = 5


class CertificateState(StrEnum):
    """What a certificate is worth."""

    CURRENT = "current"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


C = CertificateState
MOVES: Mapping[CertificateState | None, frozenset[CertificateState]] = {
    None: frozenset({C.CURRENT}),
    C.CURRENT: frozenset({C.SUSPENDED, C.WITHDRAWN, C.SUPERSEDED, C.EXPIRED}),
    C.SUSPENDED: frozenset({C.CURRENT, C.WITHDRAWN, C.SUPERSEDED, C.EXPIRED}),
    # An appeal that is upheld. Nothing brings back what has expired: that needs a new decision.
    C.WITHDRAWN: frozenset({C.CURRENT}),
    C.SUPERSEDED: frozenset(),
    C.EXPIRED: frozenset(),
}
RUNNING = frozenset({C.CURRENT, C.SUSPENDED})


class Moved(NamedTuple):
    """A move of a certificate: when it took effect, and to which state."""

    at: datetime
    to: CertificateState


def valid_until(start: date) -> date:
    """Return the last day of the year of a certificate: the same day a year later.

    Of 29 February, 28 February.
    """
    month = Month.of(start).plus(12)
    return min(month.last_day, month.first_day + timedelta(days=start.day - 1))


def lapses_at(last_day: date, timezone: str) -> datetime:
    """Return the instant at which the last day of validity is over in a time zone."""
    start = day_start(zone_named(timezone), last_day + timedelta(days=1))
    return _EPOCH + timedelta(microseconds=start)


def state_at(moves: Iterable[Moved], lapse: datetime, instant: datetime) -> CertificateState | None:
    """Return the state of a certificate at an instant, None where it was not issued yet."""
    state = None
    for move in sorted(moves, key=lambda each: each.at):
        if move.at <= instant:
            state = move.to
    return C.EXPIRED if state in RUNNING and instant >= lapse else state


def may_move(before: CertificateState | None, after: CertificateState) -> bool:
    """Say whether a certificate may go from one state to another."""
    return after in MOVES[before]


def write_number(year: int, random: bytes) -> str:
    """Write the number of a certificate, such as `2026-7K3M-9QXD-R`; its last digit checks it."""
    value = int.from_bytes(random[:RANDOM_BYTES])
    digits = "".join(_DIGITS[value >> shift & 31] for shift in range(35, -1, -5))
    check = _check_digit(f"{year:04d}{digits}")
    return f"{year:04d}-{digits[:4]}-{digits[4:]}-{check}"


def read_number(text: str) -> str | None:
    """Return the number that somebody typed, as it is written; None where it cannot be one."""
    typed = text.strip().upper().translate(_MISREAD)
    whole = len(typed) == 13 and all(digit in _DIGITS for digit in typed) and typed[:4].isdecimal()
    if not whole or _check_digit(typed[:-1]) != typed[-1]:
        return None
    return f"{typed[:4]}-{typed[4:8]}-{typed[8:12]}-{typed[12]}"


def _check_digit(digits: str) -> str:
    # Weights that are odd, so that any single digit that is wrong changes the sum modulo 32;
    # neighbours differ by 2, so that swapping two is noticed unless they are 16 apart.
    total = sum((2 * place + 1) * _DIGITS.index(digit) for place, digit in enumerate(digits))
    return _DIGITS[total % 32]
