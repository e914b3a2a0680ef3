"""Reads one sheet of a spreadsheet; run as a child process of its own, with limits set first.

A small spreadsheet can inflate to gigabytes, so nothing is opened before memory, time and output
are bounded, and a zip's directory is looked at before anything in it is inflated. This file is
run as a script and imports nothing of attain, so that it starts at once. It prints one JSON list
for each row that is not empty, `[line, cells]`; a refusal is one JSON line on standard error.
"""

import json
import math
import resource
import sys
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NoReturn

MOST_MEMORY = 512 << 20
MOST_SECONDS = 20
MOST_OUTPUT = 250 << 20
MOST_INFLATED = 250_000_000
MOST_ENTRIES = 2_000
MOST_RATIO = 100
REFUSED = 3
# A date cell earlier than this may as well be any small number: 1900 had no 29 February, but
# the spreadsheet's calendar has one.
_FIRST_DATE = date(1900, 3, 1)
_BEFORE_DATES = "a date before March 1900"


def refuse(found: str, expected: str) -> NoReturn:
    """Say what was found and expected, and end."""
    sys.stderr.write(json.dumps({"found": found, "expected": expected}) + "\n")
    sys.exit(REFUSED)


def limit_resources() -> None:
    """Bound the memory, the processor time and the output of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_zip(path: str) -> None:
    """Refuse a zip whose directory promises too much, before anything is inflated."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        refuse("a damaged zip file", "a spreadsheet that its own program can open")
    inflated = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_ENTRIES:
        refuse(f"{len(entries)} files inside", f"at most {MOST_ENTRIES}")
    if inflated > MOST_INFLATED:
        refuse(f"{inflated} bytes when inflated", f"at most {MOST_INFLATED}")
    if inflated > MOST_RATIO * packed:
        refuse(f"{inflated // packed} bytes for each packed one", f"at most {MOST_RATIO}")
    check_entries(entries)


def check_entries(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse an encrypted entry and a macro."""
    for entry in entries:
        if entry.flag_bits & 1:
            refuse("a file locked with a password", "one saved without a password")
        if entry.filename.lower().endswith("vbaproject.bin"):
            refuse("macros", "a spreadsheet saved without macros, as .xlsx or .csv")


def written(cell: Any) -> Any:
    """Write a cell's value so that JSON keeps what it is: a text, a yes or no, or what it names."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, (str, bool)):
        return cell
    if isinstance(cell, (int, float)):
        return ["number", written_number(cell)] if math.isfinite(cell) else str(cell)
    if isinstance(cell, timedelta):
        return ["duration", str(round(cell.total_seconds()))]
    if isinstance(cell, time):
        return ["clock", rounded(datetime.combine(date(2000, 1, 1), cell)).time().isoformat()]
    return written_date(cell)


def written_number(cell: float) -> str:
    """Write a number with the 15 digits that a spreadsheet keeps, without an exponent."""
    return format(Decimal(f"{cell:.15g}"), "f")


def written_date(cell: date) -> Any:
    """Write a date, or a date with its time; one from before the calendar is sound as a text."""
    day = cell.date() if isinstance(cell, datetime) else cell
    if day < _FIRST_DATE:
        return _BEFORE_DATES
    if isinstance(cell, datetime):
        return ["moment", rounded(cell).isoformat()]
    return ["date", cell.isoformat()]


def rounded(moment: datetime) -> datetime:
    """Return a time to the whole second: a spreadsheet keeps times as binary fractions of a day."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def chosen(names: list[str], wanted: str) -> str:
    """Return the sheet that is wanted, or the only one there is."""
    if not wanted and len(names) == 1:
        return names[0]
    if wanted not in names:
        listed = ", ".join(names)
        found = f"no sheet {wanted}" if wanted else f"{len(names)} sheets"
        refuse(found, f"one of its sheets ({listed}) as `sheet:` of the mapping")
    return wanted


def write_rows(path: str, wanted: str) -> None:
    """Print the rows of a sheet that are not empty, each with its line."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheet = book.get_sheet_by_name(chosen(book.sheet_names, wanted))
        rows = sheet.to_python()
    except python_calamine.PasswordError:
        refuse("a file locked with a password", "one saved without a password")
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        refuse(f"a file that cannot be read ({error})", "a sound spreadsheet; save it anew")
    top, left = sheet.start or (0, 0)
    for line, row in enumerate(rows, start=top + 1):
        cells = [None] * left + [written(cell) for cell in row]
        if any(cell is not None for cell in cells):
            sys.stdout.write(json.dumps([line, cells]) + "\n")


def main() -> None:
    """Read the sheet named by the arguments: the path, whether it is a zip, and the sheet."""
    path, kind, wanted = sys.argv[1:4]
    limit_resources()
    try:
        if kind == "zip":
            check_zip(path)
        write_rows(path, wanted)
    except MemoryError:
        refuse(f"a file that needs more than {MOST_MEMORY >> 20} MB to read", "a smaller one")


if __name__ == "__main__":
    main()
