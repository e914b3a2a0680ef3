"""Cells of a person's own file, read as its mapping declares and never by guessing."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from attain.dossier.mapping import FileOptions, Source
from attain.dossier.spreadsheets import SourceCell
from attain.measurement.numbers import LONGEST_NUMBER, parse_number, write_exact
from attain.measurement.periods import Month

_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_DURATION = re.compile(r"(\d{1,5}):([0-5]\d):([0-5]\d)", re.ASCII)
_SEPARATORS = {"none": "(?!)", ".": r"\.", ",": ",", "'": "['’]", "space": "[ \u00a0\u202f]"}
# Parts of a pattern with no mark between them can be cut in several places.
_ADJOINING = re.compile(r"%[a-zA-Z]%")
_ROUNDED_NUMBER = re.compile(r"-?\d(\.\d+)?E\+\d+", re.ASCII)
_MOST_DIGITS = 10**15
SERIALS = {"serial 1900": date(1899, 12, 30), "serial 1904": date(1904, 1, 1)}
_SERIAL_OF_NO_DAY = 60
_QUARTER = re.compile(r"\bQ[1-4]\b")
_PARTS = {
    "Y": "year", "y": "year", "m": "month", "b": "month", "B": "month", "d": "day",
    "H": "hour", "I": "hour", "p": "half of the day", "M": "minute", "S": "second", "z": "offset",
}  # fmt: skip
_PARTS_WRITTEN = " ".join(f"%{part}" for part in _PARTS)
_DAY_SECONDS = 86_400


def written_as(cell: SourceCell) -> str:
    """Write a cell as a mapping names it: 123 for 123.0, 2026-04-01 for a date."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Fraction):
        return write_exact(cell)
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()


def is_empty(cell: SourceCell, options: FileOptions) -> bool:
    """Say whether a cell holds nothing: no text but spaces, or one that stands for nothing."""
    if cell is None:
        return True
    return isinstance(cell, str) and (not cell.strip() or cell.strip() in options.missing)


def read_text(cell: SourceCell) -> str:
    """Read a text exactly as it stands; a number of an id loses nothing but its decimal point."""
    if isinstance(cell, (date, time, timedelta)):
        raise ValueError("a text; the spreadsheet made a date or time of it: type it as text")
    if isinstance(cell, Fraction) and abs(cell) >= _MOST_DIGITS:
        raise ValueError("a text; the spreadsheet keeps 15 digits of a number: type it as text")
    return written_as(cell)


def read_key(cell: SourceCell) -> str:
    """Read a text that tells rows apart: not one that a spreadsheet has shortened to a power."""
    text = read_text(cell)
    if _ROUNDED_NUMBER.fullmatch(text):
        raise ValueError("an id; a spreadsheet has rounded this one: take it from its source")
    return text


def read_number(cell: SourceCell, source: Source, options: FileOptions) -> Fraction:
    """Read a number, a percentage or a duration as declared."""
    if source.duration:
        return _duration(cell)
    if isinstance(cell, Fraction):
        value = cell
    elif isinstance(cell, str):
        value = _local_number(cell.strip(), source, options)
    else:
        raise ValueError("a number; durations are counted in seconds by `duration: yes`")
    return value / 100 if source.percent else value


def _local_number(text: str, source: Source, options: FileOptions) -> Fraction:
    """Read a number written with the marks that the mapping declares."""
    if source.percent:
        text = text.removesuffix("%").rstrip()
    separator = _SEPARATORS[options.thousands_separator]
    mark = re.escape(options.decimal_mark)
    whole = f"(?:[0-9]{{1,3}}(?:{separator}[0-9]{{3}})+|[0-9]+)"
    if len(text) > LONGEST_NUMBER or not re.fullmatch(f"-?{whole}(?:{mark}[0-9]+)?", text):
        raise ValueError(_expected_number(source, options))
    plain = re.sub(separator, "", text)
    return parse_number(plain.replace(options.decimal_mark, "."))


def _expected_number(source: Source, options: FileOptions) -> str:
    """Say how a number is written by the mapping's declarations."""
    groups = {"none": "no thousands separator", "space": "spaces between thousands"}.get(
        options.thousands_separator, f"{options.thousands_separator} between thousands"
    )
    sign = "" if source.percent else " and no percent sign"
    return f"a number with {options.decimal_mark} as its decimal mark, {groups}{sign}"


def _duration(cell: SourceCell) -> Fraction:
    """Read a duration in seconds."""
    if isinstance(cell, timedelta):
        return Fraction(int(cell.total_seconds()))
    if isinstance(cell, time):
        return Fraction(cell.hour * 3600 + cell.minute * 60 + cell.second)
    match = _DURATION.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if not match:
        raise ValueError("a duration written h:mm:ss, such as 0:05:30")
    return Fraction(int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3]))


def read_date(cell: SourceCell, form: str) -> date:
    """Read a date as the declared format writes it, or as a spreadsheet's own date."""
    moment = _moment(cell, form, "a date", "YYYY-MM-DD")
    if moment.time() != time(0):
        raise ValueError("a date without a time of day")
    return moment.date()


def read_month(cell: SourceCell, form: str) -> Month:
    """Read a month, or the month of a date."""
    text = written_as(cell)
    if _QUARTER.search(text):
        raise ValueError("a month; the figures of a quarter cannot be told apart by month")
    if form == "iso" and isinstance(cell, str):
        try:
            return Month.parse(cell.strip())
        except ValueError:
            raise ValueError(_undeclared("a month", "YYYY-MM")) from None
    return Month.of(_moment(cell, form, "a month", "YYYY-MM").date())


def read_time(cell: SourceCell, form: str) -> datetime:
    """Read the start of an interval, with its offset where it is written with one."""
    if form == "iso" and isinstance(cell, str) and not _ISO_TIME.fullmatch(cell.strip()):
        raise ValueError(_undeclared("a time", "YYYY-MM-DDThh:mm"))
    return _moment(cell, form, "a time", "YYYY-MM-DDThh:mm")


def _undeclared(what: str, iso: str) -> str:
    """Say how to write a date, and that its format can be declared instead of guessed."""
    return f"{what} written {iso}, or its `format` declared in the mapping"


def _moment(cell: SourceCell, form: str, what: str, iso: str) -> datetime:
    """Read a date or time in whatever form it has; midnight where no time of day is written."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time(0))
    if form in SERIALS:
        return _from_serial(cell, form)
    text = written_as(cell).strip()
    if form != "iso":
        return _by_pattern(text, form, what)
    if not isinstance(cell, str):
        counted = "; days counted by a spreadsheet are declared as `format: serial 1900`"
        raise ValueError(f"{what}{counted if isinstance(cell, Fraction) else ''}")
    return _valid(lambda: datetime.fromisoformat(text), _undeclared(what, iso))


def _valid(read: Callable[[], datetime], expected: str) -> datetime:
    """Read a time, saying what was expected where there is none such."""
    try:
        return read()
    except (ValueError, OverflowError):
        raise ValueError(expected) from None


def _by_pattern(text: str, pattern: str, what: str) -> datetime:
    """Read a date or time written by a pattern, in plain digits and English names."""
    expected = f"{what} written {pattern}"
    if not text.isascii():
        raise ValueError(expected)
    # A pattern without an offset gives a wall-clock time on purpose; its zone is declared apart.
    moment = _valid(lambda: datetime.strptime(text, pattern), expected)  # noqa: DTZ007
    if _ADJOINING.search(pattern) and moment.strftime(pattern) != text:
        raise ValueError(expected)
    return moment


def _from_serial(cell: SourceCell, form: str) -> datetime:
    """Read days counted by a spreadsheet, to the second.

    In the system of 1900 day 60 is a 29 February that never was, and the days before it are
    counted from another date; neither can be told from a mistake.
    """
    text = written_as(cell).strip()
    expected = f"days counted as {form} does, such as 46000"
    days = _serial_days(text, expected)
    if days < 0 or (form == "serial 1900" and days <= _SERIAL_OF_NO_DAY):
        raise ValueError(f"{expected}, and after February 1900")
    start = datetime.combine(SERIALS[form], time(0))
    return _valid(lambda: start + timedelta(seconds=round(days * _DAY_SECONDS)), expected)


def _serial_days(text: str, expected: str) -> Fraction:
    """Read a count of days."""
    try:
        return parse_number(text)
    except ValueError:
        raise ValueError(expected) from None


def check_format(form: str, *, with_time: bool, with_day: bool) -> None:
    """Refuse a format that does not say all of a month, date or time; ValueError says why."""
    if form == "iso" or form in SERIALS:
        return
    parts = re.findall("%(.)", form)
    unknown = [part for part in parts if part not in _PARTS]
    if unknown or not parts or len(set(parts)) != len(parts):
        raise ValueError(f"iso, serial 1900, serial 1904, or a pattern of {_PARTS_WRITTEN}")
    named = {_PARTS[part] for part in parts}
    needed = {"year", "month"} | ({"day"} if with_day or with_time else set())
    needed |= {"hour"} if with_time else set()
    if needed - named:
        raise ValueError(f"a pattern with its {' and '.join(sorted(needed - named))}")
    if "I" in parts and "p" not in parts:
        raise ValueError("a pattern with %p beside %I, or with %H")
