"""CSV to the letter of RFC 4180, read a line at a time from files of any size.

A record that does not split into cells is a fault at its first line, and reading goes on; a file
that is no CSV, or whose end is swallowed by an open quotation mark, fails as a whole. Nothing is
held but the record at hand, whose lines and cells are bounded.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from attain.dossier.faultlist import FaultList, column_named

LONGEST_CELL = 2**20
LONGEST_LINE = 8 * 2**20
_HEAD = 4096
_BOM = b"\xef\xbb\xbf"
_PLAIN = re.compile(r'[^",\r\n]*+')
_QUOTED = re.compile(r'(?:[^"]++|"")*+')
_PIECE = re.compile(r'[^",\r\n]+')
_SAVE_AS_CSV = "UTF-8 text (save it as “CSV UTF-8” from the program that wrote it)"
_ENDS = "lines that end in CRLF or LF"
_FOREIGN = {
    b"PK": "a spreadsheet or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}


def foreign_content(head: bytes) -> str | None:
    """Say what a file is whose first bytes show that it is no UTF-8 text; None where they do not.

    A NUL within the first two characters is UTF-16 without its mark.
    """
    for mark, what in _FOREIGN.items():
        if head.startswith(mark) and not (mark == b"PK" and head[2:4] not in _ZIP):
            return what
    return "UTF-16 text" if b"\0" in head[:2] and head[:2] != b"\0\0" else None


_ZIP = (b"\x03\x04", b"\x05\x06", b"\x07\x08")


class Record(NamedTuple):
    """A record: its first line, and its cells.

    Where it is not `sound` its cells are only the pieces of text that its first line holds.
    """

    line: int
    cells: list[str]
    sound: bool = True


class _BadRecordError(Exception):
    """A record does not split: at which cell, what was found, what was expected."""

    def __init__(self, cell: int, found: str, expected: str) -> None:
        self.cell, self.found, self.expected = cell, found, expected
        super().__init__(found)


class _BadFileError(_BadRecordError):
    """The file cannot be read on from here."""


class CsvFile:
    """The records of a CSV file; its faults go to a list.

    `complete` turns False where some record could not be read, so that what the file lists is
    not known in full.
    """

    def __init__(self, path: Path, faults: FaultList) -> None:
        self.path = path
        self.faults = faults
        self.complete = True
        self._header: list[str] | None = None
        self._number = 0
        self._damage: str | None = None
        self._failed = False

    def records(self) -> Iterator[Record]:
        """Yield each record, the header first; entirely empty lines are skipped."""
        try:
            with self.path.open("rb") as file:
                if self._is_text(file):
                    yield from self._records(file)
        except OSError as error:
            self._give_up(1, "file", error.strerror or "an error", "a file that can be read")

    def _give_up(self, line: int, column: str, found: str, expected: str) -> None:
        """Take down a fault after which what the file lists is not known in full."""
        self.complete = False
        self.faults.add(line, column, found, expected)

    def _is_text(self, file: BinaryIO) -> bool:
        """Look at the first bytes, and leave the file after its byte order mark."""
        head = file.read(_HEAD)
        file.seek(len(_BOM) if head.startswith(_BOM) else 0)
        what = foreign_content(head)
        if what:
            self._give_up(1, "file", what, _SAVE_AS_CSV)
        return what is None

    def _records(self, file: BinaryIO) -> Iterator[Record]:
        """Yield the records of a text; one that does not split becomes a fault."""
        while True:
            start, text, sound = self._number + 1, "", True
            try:
                text = self._line(file)
                if text in ("\n", "\r\n"):
                    continue
                cells = self._split(text, file) if text else []
            except _BadRecordError as error:
                cells, sound = _PIECE.findall(text), False
                self._bad(start, error)
            if self._damage:
                sound = False
                self._damaged(start)
            if self._ends(sound) or not text:
                return
            self._header = self._header or cells
            yield Record(start, cells, sound)

    def _ends(self, sound: bool) -> bool:
        """Say whether nothing more is to be had: no header to read under, or faults enough."""
        stops = self._failed or self.faults.full or not (sound or self._header)
        self.complete = self.complete and not stops
        return stops

    def _line(self, file: BinaryIO) -> str:
        """Return the next line with its end, "" after the last one."""
        raw = file.readline(LONGEST_LINE + 1)
        self._number += 1
        if len(raw) > LONGEST_LINE:
            raise _BadFileError(0, _too_long("line", LONGEST_LINE), f"shorter ones; {_ENDS}")
        if b"\0" in raw:
            self._damage = "a NUL character"
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            self._damage = f"the byte 0x{raw[error.start]:02X}, which is not UTF-8 there"
            return raw.decode(errors="replace")

    def _split(self, text: str, file: BinaryIO) -> list[str]:
        """Split the record that begins with a line into its cells."""
        if '"' not in text:
            body = text.removesuffix("\n").removesuffix("\r") if text[-1] == "\n" else text
            cells = body.split(",")
            if "\r" in body:
                raise _lone_return(next(n for n, cell in enumerate(cells) if "\r" in cell))
        else:
            cells = self._split_quoted(text, file)
        if len(text) > LONGEST_CELL:
            for n, cell in enumerate(cells):
                _check_length(n, len(cell))
        return cells

    def _split_quoted(self, text: str, file: BinaryIO) -> list[str]:
        """Split a record in which a quotation mark stands, reading more lines if need be."""
        cells: list[str] = []
        at = 0
        while True:
            if text.startswith('"', at):
                cell, text, at = self._quoted(len(cells), text, at + 1, file)
            else:
                plain = _PLAIN.match(text, at)
                cell, at = (plain[0], plain.end()) if plain else ("", at)
                if text.startswith('"', at):
                    raise _stray_mark(len(cells))
            cells.append(cell)
            if not text.startswith(",", at):
                break
            at += 1
        if text[at:] not in ("", "\n", "\r\n"):
            returned = text.startswith("\r", at)
            raise _lone_return(len(cells) - 1) if returned else _text_after(len(cells) - 1)
        return cells

    def _quoted(self, cell: int, text: str, at: int, file: BinaryIO) -> tuple[str, str, int]:
        """Read a cell from after its opening mark to its closing one.

        Returns the cell, the line on which it ends, and the place after the closing mark there.
        """
        parts: list[str] = []
        length = 0
        while True:
            match = _QUOTED.match(text, at)
            part = match[0] if match else ""
            parts.append(part)
            length += len(part)
            _check_length(cell, length)
            end = at + len(part)
            if end < len(text):
                return "".join(parts).replace('""', '"'), text, end + 1
            text, at = self._line(file), 0
            if not text:
                raise _BadFileError(
                    cell,
                    "a quotation mark that is not closed by the end of the file",
                    'a closing quotation mark; one inside a cell is written ""',
                )

    def _bad(self, line: int, error: _BadRecordError) -> None:
        """Take down a record that does not split."""
        self._failed = isinstance(error, _BadFileError)
        if self._header is None:
            column = "header"
        else:
            names = self._header[error.cell : error.cell + 1]
            column = column_named(names[0], "record") if names else "record"
        self.faults.add(line, column, error.found, error.expected)

    def _damaged(self, line: int) -> None:
        """Take down a record that holds bytes which are no text."""
        column = "header" if self._header is None else "record"
        self._give_up(line, column, self._damage or "", _SAVE_AS_CSV)
        self._damage = None


def _too_long(what: str, limit: int) -> str:
    return f"a {what} of more than {limit // 2**20} MiB"


def _check_length(cell: int, length: int) -> None:
    """Refuse a cell that is too long to be one."""
    if length > LONGEST_CELL:
        raise _BadFileError(
            cell, _too_long("cell", LONGEST_CELL), "a shorter one; is a quotation mark not closed?"
        )


def _lone_return(cell: int) -> _BadRecordError:
    return _BadRecordError(cell, "a carriage return without a line feed", _ENDS)


def _stray_mark(cell: int) -> _BadRecordError:
    return _BadRecordError(
        cell,
        "a quotation mark inside a cell that does not begin with one",
        'the whole cell in quotation marks, and "" for each one inside it',
    )


def _text_after(cell: int) -> _BadRecordError:
    return _BadRecordError(
        cell,
        "text after a closing quotation mark",
        'a comma or the end of the line; a quotation mark inside a cell is written ""',
    )
