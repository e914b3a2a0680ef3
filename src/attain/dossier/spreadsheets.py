"""Spreadsheets as rows of cells, read by a limited child process that may fail without harm."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

from attain.measurement.faults import Fault, RefusedError

# What a cell holds: the kind that its own file gives it, or None where it is empty.
SourceCell = str | bool | Fraction | date | datetime | time | timedelta | None

LARGEST_FILE = 25_000_000
_SECONDS = 20
_REFUSED = 3
_READER = Path(__file__).with_name("sheet_reader.py")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How the file of each ending begins, and what its format is called.
SPREADSHEETS = {".xlsx": _ZIP, ".ods": _ZIP, ".xls": _OLE}


@dataclass(frozen=True)
class SourceRow:
    """One row of a person's own file, with the line on which it begins."""

    line: int
    cells: tuple[SourceCell, ...]


def refused(shown: str, found: str, expected: str) -> RefusedError:
    """Refuse a file as a whole."""
    return RefusedError([Fault(shown, 1, "file", found, expected)])


def kind_of(start: bytes) -> str:
    """Say what a file is by how it begins."""
    if start.startswith(_ZIP):
        return "a zip file, as .xlsx and .ods are"
    if start.startswith(_OLE):
        return "an older .xls file, or one locked with a password"
    if start.lstrip()[:1] == b"<":
        return "a web page or XML"
    return "a text" if b"\0" not in start else "another kind of file"


def check_start(path: Path, shown: str) -> None:
    """Refuse a file that is not what the end of its name says, or one that is too large."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise refused(shown, f"{size} bytes", f"at most {LARGEST_FILE}; split the file")
    with path.open("rb") as file:
        start = file.read(512)
    wanted = SPREADSHEETS.get(path.suffix.lower())
    if wanted and not start.startswith(wanted):
        found = "an empty file" if not start else f"{kind_of(start)} named {path.suffix}"
        raise refused(shown, found, f"a real {path.suffix} file; save it anew from its own program")
    if not wanted and start.startswith((_ZIP, _OLE)):
        found = f"{kind_of(start)} named {path.suffix}"
        raise refused(shown, found, "the text of a CSV file, or the name that fits the file")


@contextmanager
def sheet_rows(path: Path, shown: str, sheet: str | None) -> Iterator[Iterator[SourceRow]]:
    """Read one sheet in a child process and offer its rows; RefusedError where it cannot be."""
    kind = "zip" if SPREADSHEETS[path.suffix.lower()] == _ZIP else "other"
    command = [sys.executable, "-P", str(_READER), str(path.resolve()), kind, sheet or ""]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as rows:
        try:
            # The arguments are this interpreter, our own script and a path, and no shell is used.
            done = subprocess.run(  # noqa: S603
                command, stdin=subprocess.DEVNULL, stdout=rows, stderr=subprocess.PIPE,
                timeout=_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise refused(shown, f"a file that takes over {_SECONDS} s", "a smaller one") from None
        if done.returncode:
            raise refused(shown, *_reason(done.returncode, done.stderr))
        rows.seek(0)
        yield _decoded(rows)


def _reason(status: int, errors: bytes) -> tuple[str, str]:
    """Say why the child did not read the file: what it said itself, or how it ended."""
    if status == _REFUSED:
        said = json.loads(errors.decode().splitlines()[-1])
        return said["found"], said["expected"]
    return (
        "a file that needs more memory, time or room to read than a spreadsheet of its size should",
        "a sound one; open it, save it anew, or save the sheet as CSV",
    )


def _decoded(rows: IO[str]) -> Iterator[SourceRow]:
    """Turn the child's lines back into rows."""
    for text in rows:
        line, cells = json.loads(text)
        yield SourceRow(line, tuple(_cell(cell) for cell in cells))


def _cell(said: Any) -> SourceCell:
    """Turn one cell of the child's answer back into its value."""
    if not isinstance(said, list):
        return said  # type: ignore[no-any-return]  # a text, a yes or no, or nothing
    kind, text = said
    if kind == "number":
        return Fraction(text)
    if kind == "duration":
        return timedelta(seconds=int(text))
    if kind == "clock":
        return time.fromisoformat(text)
    return date.fromisoformat(text) if kind == "date" else datetime.fromisoformat(text)
