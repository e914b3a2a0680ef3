"""Spreadsheets are read in a limited child process, each cell as what its own file says it is."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from importing import DOSSIER, METRICS, READINGS, bring_in, refusals, written
from project import ROOT

REST = DOSSIER + METRICS
FORMATS = {date: "dd/mm/yyyy", datetime: "dd/mm/yyyy hh:mm", time: "hh:mm", timedelta: "[h]:mm:ss"}


def workbook(*rows: list[Any], sheets: tuple[str, ...] = ("Figures",), **options: Any) -> bytes:
    """Return a workbook whose first sheet has these rows; a date is a date cell there."""
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": True, **options}) as book:
        written_sheets = [book.add_worksheet(name) for name in sheets]
        formats = {kind: book.add_format({"num_format": form}) for kind, form in FORMATS.items()}
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                _write(written_sheets[0], y, x, cell, formats)
    return raw.getvalue()


def _write(sheet: Any, y: int, x: int, cell: Any, formats: dict[type, Any]) -> None:
    if isinstance(cell, str):
        sheet.write_string(y, x, cell)
    elif type(cell) in formats:
        sheet.write_datetime(y, x, cell, formats[type(cell)])
    elif cell is not None:
        sheet.write(y, x, cell)


def zipped(files: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


HEAD = ["Month", "Seconds", "Calls"]


@pytest.mark.parametrize("system", [False, True])
def test_dates_numbers_and_empty_cells_are_read_as_what_they_are(
    tmp_path: Path, system: bool
) -> None:
    own = workbook(
        HEAD,
        [date(2026, 9, 1), 33000, 100],
        [date(2026, 10, 1), 0.1 + 0.2, 1],
        [None, None, None],
        [date(2026, 11, 1), None, None],
        date_1904=system,
    )
    report = bring_in(tmp_path, own, READINGS + REST, name="own.xlsx")
    assert written(tmp_path) == ["aht,2026-09,33000,100", "aht,2026-10,0.3,1"]
    assert "rows without a figure, which stay missing: 1 (line 5)" in report


def test_faults_name_the_row_of_the_sheet(tmp_path: Path) -> None:
    own = workbook(["Our report"], [], HEAD, [date(2026, 9, 1), "many", 100])
    mapping = "file: {header_row: 3}\n" + READINGS + REST
    (fault,) = refusals(tmp_path, own, mapping, name="own.xlsx")
    assert fault.startswith('own.xlsx:4: Seconds: found "many", expected a number')


def test_an_id_keeps_its_digits_and_loses_no_more_than_the_point(tmp_path: Path) -> None:
    own = workbook(["Item", "Why"], [123.0, "=1+1"], ["00123", 45.5], [True, None])
    mapping = "columns: {item: Item, documented: {value: yes}, evidence: Why}\n" + DOSSIER
    bring_in(tmp_path, own, mapping, "practices", name="own.xlsx")
    assert written(tmp_path, "practices") == ["123,yes,,=1+1", "00123,yes,,45.5", "TRUE,yes,,"]


@pytest.mark.parametrize(
    ("cell", "why"),
    [(1.23e15, "15 digits"), (date(2026, 1, 2), "made a date"), ("1.23E+15", "rounded")],
)
def test_an_id_that_the_spreadsheet_has_damaged_is_refused(
    tmp_path: Path, cell: Any, why: str
) -> None:
    mapping = "columns: {item: Item, documented: {value: yes}}\n" + DOSSIER
    (fault,) = refusals(
        tmp_path, workbook(["Item"], [cell]), mapping, table="practices", name="own.xlsx"
    )
    assert fault.startswith("own.xlsx:2: Item: ")
    assert why in fault


def test_a_column_half_of_dates_and_half_of_texts_is_refused(tmp_path: Path) -> None:
    own = workbook(HEAD, [date(2026, 3, 12), 1, 1], ["13/03/2026", 1, 1])
    mapping = READINGS.replace("month: Month", 'month: {column: Month, format: "%d/%m/%Y"}') + REST
    (fault,) = refusals(tmp_path, own, mapping, name="own.xlsx")
    assert fault.startswith('own.xlsx:3: Month: found "13/03/2026", expected a date, as on line 2')


def test_days_counted_as_numbers_need_their_system_declared(tmp_path: Path) -> None:
    own = workbook(HEAD, [46266, 1, 1])
    (fault,) = refusals(tmp_path, own, READINGS + REST, name="own.xlsx")
    assert "`format: serial 1900`" in fault
    form = "{column: Month, format: serial 1900}"
    bring_in(
        tmp_path, own, READINGS.replace("month: Month", f"month: {form}") + REST, name="own.xlsx"
    )
    assert written(tmp_path) == ["aht,2026-09,1,1"]


def test_a_day_that_the_calendar_of_1900_never_had_is_refused(tmp_path: Path) -> None:
    own = workbook(HEAD, [date(1900, 2, 1), 1, 1])
    (fault,) = refusals(tmp_path, own, READINGS + REST, name="own.xlsx")
    assert "a date before March 1900" in fault


def test_durations_beyond_a_day_count_their_seconds_where_declared(tmp_path: Path) -> None:
    own = workbook(
        HEAD, [date(2026, 9, 1), timedelta(hours=30), 1], [date(2026, 10, 1), time(0, 5, 30), 1]
    )
    assert "`duration: yes`" in refusals(tmp_path, own, READINGS + REST, name="own.xlsx")[0]
    declared = READINGS.replace("Seconds,", "{column: Seconds, duration: yes},")
    bring_in(tmp_path, own, declared + REST, name="own.xlsx")
    assert written(tmp_path) == ["aht,2026-09,108000,1", "aht,2026-10,330,1"]


def test_the_date_and_the_time_of_an_interval_are_joined(tmp_path: Path) -> None:
    own = workbook(
        ["D", "T", "O"],
        [date(2026, 6, 1), time(9, 30), 5],
        [date(2026, 6, 1), timedelta(hours=10), 6],
        [date(2026, 6, 1), "10:30", 7],
    )
    mapping = """
columns:
  channel: {value: phone}
  start: {column: [D, T]}
  offered: O
  answered: O
  within_threshold: O
times: {timezone: Europe/London, length: 30}
"""
    bring_in(tmp_path, own, mapping + DOSSIER, "intervals", name="own.xlsx")
    assert [row.split(",")[1] for row in written(tmp_path, "intervals")] == [
        f"2026-06-01T{at}:00+01:00" for at in ("09:30", "10:00", "10:30")
    ]


def test_one_sheet_of_several_must_be_named(tmp_path: Path) -> None:
    own = workbook(HEAD, [date(2026, 9, 1), 1, 1], sheets=("Figures", "Notes"))
    (fault,) = refusals(tmp_path, own, READINGS + REST, name="own.xlsx")
    assert "found 2 sheets, expected one of its sheets (Figures, Notes)" in fault
    mapping = "file: {sheet: Notizen}\n" + READINGS + REST
    assert "found no sheet Notizen" in refusals(tmp_path, own, mapping, name="own.xlsx")[0]
    bring_in(tmp_path, own, mapping.replace("Notizen", "Figures"), name="own.xlsx")
    assert written(tmp_path) == ["aht,2026-09,1,1"]


def test_a_sheet_of_a_csv_file_is_refused(tmp_path: Path) -> None:
    mapping = "file: {sheet: A}\n" + READINGS + REST
    assert "a spreadsheet" in refusals(tmp_path, "Month,Seconds,Calls\n", mapping)[0]


CSV = b"Month,Seconds,Calls\n2026-09,1,1\n"


@pytest.mark.parametrize(
    ("name", "own", "found"),
    [
        ("own.xlsx", CSV, "a text named .xlsx"),
        ("own.xls", CSV, "a text named .xls"),
        ("own.xls", b"<html><table>", "a web page or XML named .xls"),
        ("own.ods", b"", "an empty file"),
        ("own.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password"),
        ("own.csv", workbook(HEAD), "a zip file, as .xlsx and .ods are named .csv"),
        ("own.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an older .xls file"),
        ("own.xlsx", zipped({"a.txt": b"x"}), "a file that cannot be read"),
        ("own.xlsx", workbook(HEAD)[:900], "a damaged zip file"),
        ("own.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a file that cannot be read"),
        ("own.xlsm", workbook(HEAD), "a name that ends in .xlsm"),
        ("own.pdf", b"%PDF", "a name that ends in .pdf"),
        ("own.xlsx", zipped({"xl/vbaProject.bin": b"x"}), "macros"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, own: bytes, found: str
) -> None:
    (fault,) = refusals(tmp_path, own, READINGS + REST, name=name)
    assert fault.startswith(f"{name}:1: file: found ")
    assert found in fault


def test_a_file_that_there_is_not_is_refused(tmp_path: Path) -> None:
    (fault,) = refusals(tmp_path, tmp_path / "gone.csv", READINGS + REST)
    assert fault == "gone.csv:1: file: found no such file, expected a CSV file or a spreadsheet"


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda: zipped({"a": bytes(30_000_000)}), "bytes for each packed one"),
        (lambda: zipped({str(n): b"" for n in range(2_001)}), "2001 files inside"),
        (lambda: _inflating_to(251_000_000), "bytes when inflated"),
        (lambda: _text_bomb(100_000_000), "bytes for each packed one"),
    ],
)
def test_a_zip_that_promises_too_much_is_refused_before_it_is_inflated(
    tmp_path: Path, make: Callable[[], bytes], found: str
) -> None:
    (fault,) = refusals(tmp_path, make(), READINGS + REST, name="own.xlsx")
    assert fault.startswith("own.xlsx:1: file: found ")
    assert found in fault


def _inflating_to(size: int) -> bytes:
    """Return a zip whose directory promises a size that is inside the ratio."""
    raw = zipped({"a": b"x" * 10, "b": bytes(range(256)) * 20_000})
    entry = raw.rindex(b"PK\x01\x02")
    field = (size - 10).to_bytes(4, "little")
    packed = (size // 50).to_bytes(4, "little")
    return raw[: entry + 20] + packed + field + raw[entry + 28 :]


def _text_bomb(size: int) -> bytes:
    """Return a workbook with one very long cell."""
    book = workbook(HEAD)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    head, _, tail = files["xl/worksheets/sheet1.xml"].partition(b"<sheetData>")
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * size + b"</t></is></c></row>"
    sheet = head + b"<sheetData>" + cell + tail.partition(b"</sheetData>")[1]
    return zipped({**files, "xl/worksheets/sheet1.xml": sheet + tail.partition(b"</sheetData>")[2]})


def test_a_sheet_that_needs_too_much_memory_ends_only_the_child(tmp_path: Path) -> None:
    # Two cells in far corners make a rectangle of 17 thousand million cells.
    own = workbook(HEAD)
    with zipfile.ZipFile(io.BytesIO(own)) as archive:
        files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = files["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", corner)
    bomb = zipped({**files, "xl/worksheets/sheet1.xml": sheet})
    (fault,) = refusals(tmp_path, bomb, READINGS + REST, name="own.xlsx")
    assert "needs more" in fault
    assert fault.startswith("own.xlsx:1: file: ")


def test_a_file_above_the_ceiling_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(25_000_001)
    (fault,) = refusals(tmp_path, path, READINGS + REST)
    assert "25000001 bytes, expected at most 25000000" in fault


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1", "@x", "\tx", "＝1"])
def test_a_formula_written_as_text_stays_text(tmp_path: Path, payload: str) -> None:
    own = workbook(["Item", "Why"], ["x", payload])
    mapping = "columns: {item: Item, documented: {value: yes}, evidence: Why}\n" + DOSSIER
    bring_in(tmp_path, own, mapping, "practices", name="own.xlsx")
    assert written(tmp_path, "practices") == [f"x,yes,,{payload}"]


def test_the_child_finds_nothing_of_attain_and_is_no_command() -> None:
    text = (ROOT / "src/attain/dossier/sheet_reader.py").read_text("utf-8")
    assert "import attain" not in text
    assert "from attain" not in text


def test_an_open_document_spreadsheet_is_read_too(tmp_path: Path) -> None:
    cells = [
        [("string", "Month"), ("string", "Seconds"), ("string", "Calls")],
        [("date", "2026-09-01"), ("float", "33000"), ("float", "100")],
    ]
    bring_in(tmp_path, _open_document(cells), READINGS + REST, name="own.ods")
    assert written(tmp_path) == ["aht,2026-09,33000,100"]


def _open_document(rows: list[list[tuple[str, str]]]) -> bytes:
    """Return the least that an .ods file needs."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{office}{name}:1.0"' for name in ("office", "table", "text"))
    body = ""
    for row in rows:
        body += "<table:table-row>"
        for kind, value in row:
            given = {"string": "", "date": f'office:date-value="{value}"'}
            told = given.get(kind, f'office:value="{value}"')
            body += f'<table:table-cell office:value-type="{kind}" {told}>'
            body += f"<text:p>{value}</text:p></table:table-cell>"
        body += "</table:table-row>"
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest xmlns="{office}manifest:1.0"/>'
    return zipped(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )
