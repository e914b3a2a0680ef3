"""Tables as files: CSV and Excel, in which a text stays a text and a number a number.

A spreadsheet takes a text that begins like a formula for one and runs it. In CSV such a text gets
an apostrophe before it, and so does one that begins with an apostrophe: `as_written` takes exactly
one away, so that what attain exports it also reads back. In Excel each cell says what it is.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_DIGITS_OF_A_FLOAT = 15
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
# A text stays a text, whatever it begins with.
WORKBOOK_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, EXCEL = "csv", "xlsx"
FORMATS = (CSV, EXCEL)
_TYPES = {
    CSV: "text/csv; charset=utf-8",
    EXCEL: EXCEL_TYPE,
}

Row = Sequence[object]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def as_written(text: str) -> str:
    """Return the text that `harmless` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_BEGINS_A_FORMULA) else text


def download(rows: Iterable[Row], name: str, form: str) -> HttpResponse:
    """Answer with a file of rows, the first of them the heads; `form` is one of FORMATS."""
    content = excel_of(rows) if form == EXCEL else csv_of(rows)
    response = HttpResponse(content, content_type=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def csv_of(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV in UTF-8, told by its mark: texts in quotes, numbers with every digit."""
    lines = (",".join(map(_csv_cell, row)) + "\r\n" for row in rows)
    return "".join(lines).encode("utf-8-sig")


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return format(value, "f" if isinstance(value, Decimal) else "d")
    text = value.isoformat() if isinstance(value, date) else harmless(str(value))
    return '"{}"'.format(text.replace('"', '""'))


def excel_of(rows: Iterable[Row]) -> bytes:
    """Return rows as an Excel workbook with one sheet, its heads in bold and kept in sight."""
    return workbook_of({"": rows})


def workbook_of(sheets: Mapping[str, Iterable[Row]]) -> bytes:
    """Return an Excel workbook with a sheet by each name, the first row of each its heads."""
    import xlsxwriter  # heavy, and most pages are never exported

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, WORKBOOK_OPTIONS) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(sheet_name(name) or None)
            for y, row in enumerate(rows):
                for x, value in enumerate(row):
                    _write(sheet, (y, x), value, bold if y == 0 else None, (day, moment))
            sheet.freeze_panes(1, 0)
            sheet.autofit()
    return file.getvalue()


def sheet_name(name: str) -> str:
    """Return a name as a sheet may have it."""
    return _NOT_IN_A_NAME.sub(" ", name).strip(" '")[:_LONGEST_NAME]


def _write(
    sheet: Any, at: tuple[int, int], value: object, style: Any, days: tuple[Any, Any]
) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        # Excel knows no zones: what is written is the time that the page shows.
        local = (
            timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        )
        sheet.write_datetime(*at, local, days[1])
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, days[0])
    elif _is_exact_in_excel(value):
        sheet.write_number(*at, value, style)
    else:
        sheet.write_string(*at, str(value), style)


def _is_exact_in_excel(value: object) -> bool:
    # Excel keeps fifteen digits; a longer number would be another one there, and stays a text.
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return False
    number = Decimal(value)
    return number.is_finite() and len(number.as_tuple().digits) <= _DIGITS_OF_A_FLOAT
