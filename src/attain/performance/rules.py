"""What may be recorded, as pure rules: cells as a dossier's reader reads them, and their limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from attain.dossier.cells import CellError, shown
from attain.dossier.rows import Row
from attain.dossier.tables import Table
from attain.measurement.periods import Month
from attain.standards.figures import Metric
from attain.standards.kinds.share_on_target import Exemption, is_exempt

# What a key, a name or another short text may be long, and what a longer one may be.
LONGEST_KEY = 200
LONGEST_ACTION = 1000
LONGEST_TEXT = 20_000
_LONG_TEXTS = {
    "action": LONGEST_ACTION,
    "analysis": LONGEST_TEXT,
    "outcome": LONGEST_TEXT,
    "reason": LONGEST_TEXT,
    "evidence": LONGEST_TEXT,
    "business_requirement": LONGEST_TEXT,
    "annual_plan_reference": LONGEST_TEXT,
}
_EARLIEST, _LATEST = date(1900, 1, 1), date(9990, 12, 31)


@dataclass(frozen=True)
class CellFault:
    """What is wrong with one cell of a row: the column, what was found, what was expected."""

    column: str
    found: str
    expected: str


class RowRefusedError(Exception):
    """A row cannot be recorded; `faults` say why, cell by cell."""

    def __init__(self, faults: list[CellFault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{f.column}: expected {f.expected}" for f in faults))


def exemption_of(metric: Metric) -> str | None:
    """Return why tiers 2 and 3 leave a metric out; None where they count it."""
    exemptions: tuple[Exemption, ...] = ("low_volume", "efficiency_on_time_and_materials")
    return next((each for each in exemptions if is_exempt(metric, each)), None)


def is_overdue(next_review: date | None, as_of: date) -> bool:
    """Say whether something should have been looked at again by a day."""
    return next_review is not None and next_review < as_of


def read_row(table: Table, texts: Mapping[str, str]) -> Row:
    """Return what the texts of a row mean, read to the letter of the dossier's contract.

    RowRefusedError with every fault of every cell.
    """
    row: dict[str, Any] = {}
    faults: list[CellFault] = []
    for column in table.columns:
        text = texts.get(column.name, "")
        try:
            row[column.name] = column.read(text)
        except CellError as error:
            faults.append(CellFault(column.name, shown(text), error.expected))
    faults += limits_of(row)
    if faults:
        raise RowRefusedError(faults)
    return row


def limits_of(row: Row) -> list[CellFault]:
    """Return what of a row cannot be kept: texts too long or with odd characters, odd years."""
    return [
        CellFault(name, shown(str(value)), expected)
        for name, value in row.items()
        if (expected := _limit(name, value))
    ]


def _limit(name: str, value: Any) -> str:
    """Say what was expected where a value cannot be kept, nothing where it can."""
    if isinstance(value, str):
        most = _LONG_TEXTS.get(name, LONGEST_KEY)
        if len(value) > most:
            return f"a text of at most {most} characters"
        if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
            return "a text without control characters that cannot be kept"
    day = value.astimezone(UTC).date() if isinstance(value, datetime) else value
    if isinstance(day, date) and not _EARLIEST <= day <= _LATEST:
        return "a date in the years 1900 to 9990"
    return ""


_MARKS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    ".docx": f"{_OPEN_XML}wordprocessingml.document",
    ".xlsx": f"{_OPEN_XML}spreadsheetml.sheet",
    ".pptx": f"{_OPEN_XML}presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_TEXTS = {".txt": "text/plain", ".csv": "text/csv"}


def media_type_of(head: bytes, name: str) -> str | None:
    """Return the media type of a file that may be evidence, by its first bytes; None otherwise.

    Its name decides only among the types that begin alike. What a browser would run is none.
    """
    ending = name[name.rfind(".") :].lower()
    for mark, media_type in _MARKS.items():
        if head.startswith(mark):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return _OFFICE.get(ending)
    if b"\0" in head or head.lstrip()[:1] == b"<":
        return None
    return _TEXTS.get(ending)


def doubt_of(row: Row, now: datetime) -> CellFault | None:
    """Return what of a row cannot be true, None where all may be.

    A month that has not begun, an interval that starts later than a quarter of an hour from now,
    more contacts answered than offered, or more within the threshold than answered.
    """
    month, start = row.get("month"), row.get("start")
    if isinstance(month, Month) and month > Month.of(now.date()):
        return CellFault("month", str(month), "a month that has begun")
    if isinstance(start, datetime) and start > now + _AHEAD:
        return CellFault("start", start.isoformat(), "a time that has come")
    for part, whole in (("answered", "offered"), ("within_threshold", "answered")):
        if part in row and row[part] > row[whole]:
            return CellFault(part, str(row[part]), f"at most the {row[whole]} {whole}")
    return None


_AHEAD = timedelta(minutes=15)


def months_in(rows: Iterable[Row]) -> set[Month]:
    """Return the months that rows are about; the month of an interval is that of its offset."""
    return {
        row["month"] if "month" in row else Month.of(row["start"].date())
        for row in rows
        if "month" in row or "start" in row
    }
