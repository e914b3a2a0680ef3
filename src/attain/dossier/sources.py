"""A person's own file as rows below a header, whether it is a CSV or a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from attain.dossier.faultlist import FaultList, column_named
from attain.dossier.mapping import FileOptions
from attain.dossier.source_cells import written_as
from attain.dossier.spreadsheets import (
    SPREADSHEETS,
    SourceRow,
    check_start,
    refused,
    sheet_rows,
)
from attain.measurement.faults import Fault, RefusedError

MOST_COLUMNS = 1_000
_TEXTS = (".csv", ".tsv", ".txt")
_ENDINGS = (*_TEXTS, *SPREADSHEETS)


@dataclass(frozen=True)
class OwnFile:
    """An open file of a person's own: the names of its columns, and its rows below them."""

    shown: str
    header_line: int
    names: tuple[str, ...]
    rows: Iterator[SourceRow]

    def position(self, name: str) -> int:
        """Return where a column stands; ValueError says why where it cannot be told."""
        places = [at for at, known in enumerate(self.names) if known == _plain(name)]
        if len(places) == 1:
            return places[0]
        if places:
            raise ValueError(f"the column {name} once, not {len(places)} times")
        known = ", ".join(known for known in self.names if known)
        raise ValueError(f"the column {name}; the file has {known}")

    def column(self, at: int) -> str:
        """Return the name by which a fault shows a column."""
        return column_named(self.names[at], f"column {at + 1}")


@contextmanager
def open_source(path: Path, options: FileOptions, faults: FaultList) -> Iterator[OwnFile]:
    """Open a person's own file.

    RefusedError where it is not what its name and the mapping say; the faults of single rows are
    added to the list while the rows are read.
    """
    ending, shown = path.suffix.lower(), faults.file
    if not path.is_file():
        raise refused(shown, "no such file", "a CSV file or a spreadsheet")
    if ending not in _ENDINGS:
        raise refused(shown, f"a name that ends in {ending or 'nothing'}", " ".join(_ENDINGS))
    try:
        check_start(path, shown)
    except OSError as error:
        why = error.strerror or "an error"
        raise refused(shown, why, "a file that can be read") from error
    if ending in SPREADSHEETS:
        with sheet_rows(path, shown, options.sheet) as rows:
            yield _below_header(rows, shown, options.header_row)
    elif options.sheet is not None:
        raise refused(shown, f"a {ending} file", "a spreadsheet, as the mapping names its `sheet`")
    else:
        text = _decoded(path.read_bytes(), shown, options)
        source = _below_header(_csv_rows(text, options, faults), shown, options.header_row)
        yield replace(source, rows=_of_width(source, faults))


def _plain(name: str) -> str:
    """Return the name of a column without the line breaks and spaces that only lay it out."""
    return " ".join(name.split())


def _below_header(rows: Iterator[SourceRow], shown: str, line: int) -> OwnFile:
    """Find the header on its line, and leave the rows below it."""
    header = next((row for row in rows if row.line >= line), None)
    if header is None or header.line != line:
        raise RefusedError([Fault(shown, line, "header", "nothing", "the names of the columns")])
    if len(header.cells) > MOST_COLUMNS:
        found = f"{len(header.cells)} columns"
        raise RefusedError([Fault(shown, line, "header", found, f"at most {MOST_COLUMNS}")])
    names = tuple(_plain(written_as(cell)) for cell in header.cells)
    return OwnFile(shown, header.line, names, rows)


def _of_width(source: OwnFile, faults: FaultList) -> Iterator[SourceRow]:
    """Leave the rows of a CSV that have a cell for each column; another number is a fault."""
    width = len(source.names)
    for row in source.rows:
        if len(row.cells) >= width and not any(row.cells[width:]):
            yield row
        else:
            found = f"{len(row.cells)} cells"
            faults.add(row.line, "record", found, f"{width}, one for each column of the header")


def _decoded(raw: bytes, shown: str, options: FileOptions) -> str:
    """Read the bytes of a CSV file in the declared encoding; refuse what is not a text in it."""
    encoding = "utf-8-sig" if options.encoding == "utf-8" else options.encoding
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{raw[error.start]:02X}"
        expected = f"{options.encoding}; declare the file's `encoding`, such as windows-1252"
        raise RefusedError([Fault(shown, line, "file", found, expected)]) from error
    except UnicodeError as error:
        raise refused(shown, str(error), f"{options.encoding}, as the mapping declares") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        expected = "a text; UTF-16 is declared by `encoding: utf-16`"
        raise RefusedError([Fault(shown, line, "file", "a NUL character", expected)])
    return text


def _csv_rows(text: str, options: FileOptions, faults: FaultList) -> Iterator[SourceRow]:
    """Split a text into its records, each with the line on which it begins; none where empty."""
    delimiter = "\t" if options.delimiter == "tab" else options.delimiter
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in records:
            if any(cells):
                yield SourceRow(line, tuple(cells))
            line = records.line_num + 1
    except csv.Error as error:
        found = f"a record that does not split into cells ({error})"
        faults.add(line, "record", found, "cells divided as declared, and quotation marks closed")
