"""The cells of a table: how each is written, what it means, and what to say when it is refused.

Nothing is stripped, rounded or guessed: a text either reads to the letter of its cell or is
refused with what to write instead.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from attain.measurement.numbers import LONGEST_NUMBER, parse_number
from attain.measurement.periods import Month
from attain.measurement.zones import MICROSECOND, exists, is_ambiguous

Value = TypeVar("Value")
Member = TypeVar("Member", bound=StrEnum)

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_CLOCK = re.compile(
    r"T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?"
    r"(?:(Z)|([+-])([01]\d|2[0-3])(?::([0-5]\d))?)?",
    re.ASCII,
)
# How a spreadsheet counts days when the column was not formatted as a date.
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_A_DATE = "a date such as 2026-10-31 (year-month-day)"
_A_MONTH = "a month such as 2026-10 (year-month)"
_A_TIME = "a time with its offset from UTC such as 2026-10-31T09:15:00+01:00"


class CellError(ValueError):
    """The text of a cell is refused; `expected` tells a person what to write there."""

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(expected)


@dataclass(frozen=True)
class Cell(Generic[Value]):
    """A kind of cell: its name, what a person writes in it, and how its text is read.

    `parse` raises ValueError where the text does not read; ask `read`, which says what to write.
    """

    name: str
    expected: str
    parse: Callable[[str], Value]

    def read(self, text: str) -> Value:
        """Return what the text means; CellError, with what to write instead, if it is refused."""
        try:
            return self.parse(text)
        except CellError:
            raise
        except ValueError as error:
            raise CellError(self.expected) from error


def read_date(text: str) -> date:
    """Read `YYYY-MM-DD`."""
    match = _DATE.fullmatch(text)
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError as error:
            raise CellError(f"{_A_DATE} that is in the calendar") from error
    raise CellError(_A_DATE + _about_serials(text, "YYYY-MM-DD"))


def _read_month(text: str) -> Month:
    """Read `YYYY-MM`."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise CellError(_A_MONTH + _about_serials(text, "YYYY-MM")) from error


def _about_serials(text: str, wanted: str) -> str:
    """Say how to write a date that a spreadsheet handed over as its count of days."""
    if not _SERIAL.fullmatch(text):
        return ""
    return f"; a spreadsheet counts days like this: format the column as {wanted} and save again"


def read_clock(text: str) -> tuple[int, int]:
    """Read what follows the date of a time, from its `T` on.

    Returns the microseconds since midnight on the clock, and the offset from UTC in microseconds.
    """
    match = _CLOCK.fullmatch(text)
    if not match:
        raise CellError(_A_TIME)
    hours, minutes, seconds, fraction, utc, sign, ahead, ahead_minutes = match.groups()
    if not utc and not sign:
        raise CellError(f"{_A_TIME}: the offset is missing")
    clock = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    offset = timedelta(hours=int(ahead or 0), minutes=int(ahead_minutes or 0))
    micros = clock // MICROSECOND + int((fraction or "").ljust(6, "0"))
    return micros, offset // MICROSECOND * (-1 if sign == "-" else 1)


def midnight_of(text: str) -> datetime:
    """Read the date at the head of a time, as the wall clock's midnight.

    The first and the last date that a calendar here knows are refused: in another zone they may
    lie outside it.
    """
    try:
        day = read_date(text)
    except CellError as error:
        raise CellError(_A_TIME) from error
    if not date.min + timedelta(days=1) < day < date.max - timedelta(days=1):
        raise CellError(f"{_A_TIME}, between the years 0001 and 9999")
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  the wall clock, on purpose


def _read_time(text: str) -> datetime:
    """Read a date, `T`, a wall-clock time and its offset from UTC."""
    clock, offset = read_clock(text[10:])
    wall = midnight_of(text[:10]) + timedelta(microseconds=clock)
    return wall.replace(tzinfo=timezone(timedelta(microseconds=offset)))


def about_missing_offset(text: str, zone: ZoneInfo) -> str:
    """Say why an offset is needed, where a time without one is skipped or comes twice in a zone."""
    try:
        wall = _read_time(text + "Z").replace(tzinfo=None)
        if not exists(zone, wall):
            return f"; the clocks of {zone.key} skip that time"
        if not is_ambiguous(zone, wall):
            return ""
    except (CellError, OverflowError):
        return ""
    return f"; the clocks of {zone.key} show that time twice, and only the offset tells which"


def _read_boolean(text: str) -> bool:
    """Read `yes` or `no`."""
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _read_text(text: str) -> str:
    """Read a text as it stands; one of spaces only is empty."""
    if not text.strip():
        raise ValueError(text)
    return text


def _read_key(text: str) -> str:
    """Read a key in lower case."""
    if not _KEY.fullmatch(text):
        raise ValueError(text)
    return text


def _read_number(text: str) -> Fraction:
    """Read a number of a bounded length, so that no cell can keep a machine busy."""
    if len(text) > LONGEST_NUMBER:
        raise CellError(f"a number of at most {LONGEST_NUMBER} characters")
    return parse_number(text)


def _read_from_0(text: str) -> Fraction:
    """Read a number of 0 or more."""
    value = _read_number(text)
    if value < 0:
        raise ValueError(text)
    return value


def _read_share(text: str) -> Fraction:
    """Read a number from 0 to 1."""
    value = _read_number(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def _read_whole(text: str) -> int:
    """Read a whole number of 0 or more, judged by its value: `5.0` is 5."""
    value = _read_from_0(text)
    if value.denominator != 1:
        raise ValueError(text)
    return value.numerator


_DIGITS = "digits with a decimal point if need be, nothing else"
BOOLEAN = Cell("yes or no", "yes or no", _read_boolean)
MONTH = Cell("month", _A_MONTH, _read_month)
DATE = Cell("date", _A_DATE, read_date)
TIME = Cell("time", _A_TIME, _read_time)
NUMBER = Cell("number", f"a number such as 12 or -0.5 ({_DIGITS})", _read_number)
NUMBER_FROM_0 = Cell(
    "number of 0 or more", f"a number of 0 or more such as 12 or 0.5 ({_DIGITS})", _read_from_0
)
WHOLE = Cell("whole number", "a whole number of 0 or more such as 12", _read_whole)
SHARE = Cell("share", "a share from 0 to 1 (95 % is written 0.95)", _read_share)
KEY = Cell("key", "a key such as business_continuity_plan (a-z, 0-9 and _)", _read_key)
CHANNEL = Cell("channel", "a channel such as phone or live_chat (a-z, 0-9 and _)", _read_key)
TEXT = Cell("text", "a text that is not empty", _read_text)


def one_of(values: type[Member]) -> Cell[Member]:
    """Return the cell of a closed set of values."""
    return Cell("one of a set", listed(member.value for member in values), values)


def listed(values: Iterable[str]) -> str:
    """Write alternatives for a person: `a, b or c`."""
    *first, last = values
    return f"{', '.join(first)} or {last}" if first else last


def shown(text: str) -> str:
    """Write what was found in a cell so that spaces can be seen: in quotation marks, cut short."""
    if text == "":
        return "nothing"
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…" ({len(text)} characters)'


_SHOWN = 80
