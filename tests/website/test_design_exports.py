"""A table as a file: nothing in it runs, and everything in it is what it was."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from attain.organisations.exports import (
    CSV,
    EXCEL,
    as_written,
    csv_of,
    download,
    excel_of,
    harmless,
)

FORMULAS = [
    "=1+1",
    "+1",
    "-1+cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "'quoted",
    "=cmd|'/c calc'!A0",
]
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=30)
numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_excel(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_like_a_formula_is_none_in_csv(text: str) -> None:
    written = csv_of([["Name"], [text]]).decode("utf-8-sig").split("\r\n", 1)[1]
    assert written.startswith("\"'")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_like_a_formula_is_a_text_in_excel(text: str) -> None:
    content = excel_of([["Name"], [text]])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"<f[ >]", sheet)
    assert '<c r="A2" t="s">' in sheet


@given(texts)
def test_what_is_made_harmless_can_be_had_back(text: str) -> None:
    assert as_written(harmless(text)) == text


@given(st.lists(st.tuples(texts, numbers), max_size=5))
def test_an_export_reads_back_without_loss(rows: list[tuple[str, Decimal]]) -> None:
    read = read_csv(csv_of([["Name", "Number"], *rows]))[1:]
    assert [(as_written(name), Decimal(number)) for name, number in read] == rows


def test_negative_numbers_stay_numbers() -> None:
    row = [Decimal("-12.50"), -3]
    assert b"\r\n-12.50,-3\r\n" in csv_of([["A", "B"], row])
    assert read_excel(excel_of([["A", "B"], row]))[1] == [-12.5, -3]


def test_a_number_longer_than_excel_keeps_stays_exact_as_a_text() -> None:
    long = Decimal("12345678901234567.89")
    assert read_excel(excel_of([["A"], [long]]))[1] == ["12345678901234567.89"]


def test_days_are_days_and_what_is_missing_stays_empty() -> None:
    rows: list[list[object]] = [
        ["Day", "At", "None"],
        [date(2026, 3, 1), datetime(2026, 3, 1, 9, 30, tzinfo=UTC), None],
    ]
    day, at, *rest = read_excel(excel_of(rows))[1]
    assert day == date(2026, 3, 1)
    assert at == datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001
    assert not any(rest)
    assert read_csv(csv_of(rows))[1] == ["2026-03-01", "2026-03-01T09:30:00+00:00", ""]


@pytest.mark.parametrize(("form", "kind"), [(CSV, "text/csv"), (EXCEL, "spreadsheetml")])
def test_a_file_is_saved_and_not_opened_in_the_page(form: str, kind: str) -> None:
    response = download([["A"], [1]], "sites", form)
    assert kind in response.headers["Content-Type"]
    assert response.headers["Content-Disposition"] == f'attachment; filename="sites.{form}"'
