"""Each kind of cell: what it takes, what it refuses, and what it tells a person to write."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.dossier import cells
from attain.dossier.cells import Cell, CellError, about_missing_offset, listed, one_of, shown
from attain.dossier.tables import TABLES, Column
from attain.measurement.periods import Month
from attain.standards.figures import Documented

DIGITS = "٣"  # an Arabic-Indic three: a digit to Unicode, none in a dossier


def refusal(cell: Cell[Any], text: str) -> str:
    with pytest.raises(CellError) as refused:
        cell.read(text)
    return refused.value.expected


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (cells.BOOLEAN, "yes", True),
        (cells.BOOLEAN, "no", False),
        (cells.MONTH, "2026-10", Month.parse("2026-10")),
        (cells.DATE, "2024-02-29", date(2024, 2, 29)),
        (cells.NUMBER, "-12.50", Fraction(-25, 2)),
        (cells.NUMBER, "007", Fraction(7)),
        (cells.NUMBER, "-0", Fraction(0)),
        (cells.NUMBER, "9" * 1000, Fraction(10**1000 - 1)),
        (cells.NUMBER_FROM_0, "0.0", Fraction(0)),
        (cells.NUMBER_FROM_0, "-0", Fraction(0)),
        (cells.WHOLE, "5.0", 5),
        (cells.WHOLE, "-0", 0),
        (cells.WHOLE, "12345678901234567890", 12345678901234567890),
        (cells.SHARE, "0", Fraction(0)),
        (cells.SHARE, "1.000", Fraction(1)),
        (cells.SHARE, "0.94999999999999999999", Fraction(94999999999999999999, 10**20)),
        (cells.KEY, "live_chat2", "live_chat2"),
        (cells.TEXT, " =cmd|' /C calc'!A0 ", " =cmd|' /C calc'!A0 "),
        (cells.TEXT, "null", "null"),
        (one_of(Documented), "not_applicable", Documented.NOT_APPLICABLE),
    ],
)
def test_a_cell_is_read_to_the_letter(cell: Cell[Any], text: str, value: object) -> None:
    assert cell.read(text) == value


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        (cells.BOOLEAN, ["Yes", "YES", "true", "1", "y", " yes", "yes ", "ja", ""]),
        (cells.MONTH, ["2026-13", "2026-00", "0000-01", "2026-1", "10-2026", "2026-10-31", "Oct"]),
        (cells.MONTH, [f"202{DIGITS}-10", "2026-10\n", " 2026-10", "2026–10", "12026-10"]),
        (cells.DATE, ["2026-02-29", "2026-13-01", "0000-01-01", "31/10/2026", "10/31/2026"]),
        (cells.DATE, ["20261031", "2026-W44-6", "2026-304", "2026-10-31T00:00", "2026-1-1"]),
        (cells.DATE, [f"2026-10-1{DIGITS}", "2026-10-31 ", "2026-10-31\n", "-2026-10-31", ""]),
        (cells.NUMBER, ["", " ", "+1", "1e3", "1E400", "1,5", "1,000", "12%", "(12)", "0x10"]),
        (cells.NUMBER, [".5", "5.", "1.000.000", "--1", "-", "NaN", "Infinity", "inf", "½"]),
        (cells.NUMBER, [DIGITS, " 1", "1 ", "1\n", "1_000", "−1", "1/2", "9" * 1001, "- 1"]),
        (cells.NUMBER_FROM_0, ["-0.001", "-1", "", "x"]),
        (cells.WHOLE, ["1.5", "-1", "5.0000001", "1e2", "", "5,0", "1.", DIGITS]),
        (cells.SHARE, ["1.0000000000000000001", "-0.1", "95", "95%", "0,95", "1e-1", ""]),
        (cells.KEY, ["Phone", "live-chat", "1st", "_x", "é", "phone ", " phone", "phone\n", ""]),
        (cells.TEXT, ["", " ", "   ", "\t", "\n", "\u00a0", " \u2003 "]),
        (one_of(Documented), ["Yes", "not applicable", "NOT_APPLICABLE", "n/a", "", "yes "]),
    ],
)
def test_a_cell_refuses_what_only_resembles_it(cell: Cell[Any], texts: list[str]) -> None:
    for text in texts:
        assert refusal(cell, text)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-10-31T09:15Z", "2026-10-31T09:15:00+00:00"),
        ("2026-10-31T09:15+01", "2026-10-31T08:15:00+00:00"),
        ("2026-10-31T09:15:30-03:30", "2026-10-31T12:45:30+00:00"),
        ("2026-10-31T23:59:59.999999+14:00", "2026-10-31T09:59:59.999999+00:00"),
        ("2026-10-31T00:00:00.5-00:00", "2026-10-31T00:00:00.500000+00:00"),
    ],
)
def test_a_time_is_an_instant_whatever_its_offset(text: str, instant: str) -> None:
    assert cells.TIME.read(text) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-31 09:15Z",
        "2026-10-31T9:15Z",
        "2026-10-31T24:00Z",
        "2026-10-31T09:60Z",
        "2026-10-31T23:59:60Z",
        "2026-10-31T09:15z",
        "2026-10-31t09:15Z",
        "20261031T0915Z",
        "2026-10-31T09Z",
        "2026-10-31T09:15+0100",
        "2026-10-31T09:15+24:00",
        "2026-10-31T09:15+01:60",
        "2026-10-31T09:15 +01:00",
        "2026-10-31T09:15:00.Z",
        "2026-10-31T09:15:00.1234567Z",
        "2026-10-31T09:15Z\n",
        "2026-02-30T09:15Z",
        f"2026-10-31T0{DIGITS}:15Z",
        "2026-10-31",
        "1793437200",
        "45961.5",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-12:00",
        "",
    ],
)
def test_a_time_that_is_not_written_in_full_is_refused(text: str) -> None:
    assert refusal(cells.TIME, text).startswith(
        "a time with its offset from UTC such as 2026-10-31T09:15:00+01:00"
    )


def test_a_time_without_an_offset_is_told_that_it_lacks_one() -> None:
    assert refusal(cells.TIME, "2026-10-31T09:15").endswith(": the offset is missing")


@pytest.mark.parametrize(
    ("zone", "text", "why"),
    [
        ("Europe/London", "2026-10-25T01:30", "show that time twice"),
        ("Europe/London", "2026-03-29T01:30:00", "skip that time"),
        ("Europe/London", "2026-10-25T02:30", ""),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "show that time twice"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "skip that time"),
        ("America/Havana", "2026-11-01T00:30", "show that time twice"),
        ("America/Havana", "2026-03-08T00:30", "skip that time"),
        ("Europe/London", "2026-10-25", ""),
        ("Europe/London", "nonsense", ""),
        ("Europe/London", "0001-01-01T00:00", ""),
    ],
)
def test_a_missing_offset_is_said_to_matter_where_the_clock_does_not_tell(
    zone: str, text: str, why: str
) -> None:
    advice = about_missing_offset(text, ZoneInfo(zone))
    assert why in advice
    assert (zone in advice) == bool(why)


def test_a_count_of_days_from_a_spreadsheet_is_told_how_to_become_a_date() -> None:
    advice = "; a spreadsheet counts days like this: format the column as "
    date_advice = f"a date such as 2026-10-31 (year-month-day){advice}YYYY-MM-DD and save again"
    assert refusal(cells.DATE, "45961") == date_advice
    assert refusal(cells.DATE, "45961.75") == date_advice
    assert refusal(cells.MONTH, "45961").endswith(f"{advice}YYYY-MM and save again")
    assert advice not in refusal(cells.DATE, "31/10/2026")


@given(
    st.datetimes(datetime.fromisoformat("0002-01-01"), datetime.fromisoformat("9998-12-31")),
    st.integers(-23 * 60 - 59, 23 * 60 + 59),
)
def test_every_time_that_is_written_in_full_is_read_as_the_same_instant(
    wall: datetime, minutes: int
) -> None:
    moment = wall.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert cells.TIME.read(moment.isoformat()) == moment


COLUMNS = [column for table in TABLES.values() for column in table.columns]


@given(st.text(max_size=30), st.sampled_from(COLUMNS))
def test_no_text_whatever_breaks_a_cell(text: str, column: Column) -> None:
    with suppress(CellError):
        assert column.read(text) is not None or not text.strip()
    assert "\n" not in about_missing_offset(text, ZoneInfo("Europe/London"))


def test_a_column_says_what_an_empty_cell_means() -> None:
    denominator = TABLES["readings"].column("denominator")
    assert denominator.read("") is None
    assert denominator.empty == "1"
    assert denominator.expected.endswith(", or nothing")
    with pytest.raises(CellError):
        denominator.read(" ")


@pytest.mark.parametrize("blank", ["", " ", "   "])
def test_a_text_of_spaces_only_is_empty(blank: str) -> None:
    assert TABLES["initiatives"].column("analysis").read(blank) is None
    with pytest.raises(CellError):
        TABLES["initiatives"].column("initiative").read(blank)


def test_the_cells_that_may_be_empty_are_those_of_the_contract() -> None:
    empty = {c.name for table in TABLES.values() for c in table.columns if c.empty}
    assert empty == {
        "denominator", "unit", "completed", "analysis", "outcome", "reason", "evidence",
        "communicated_on", "tested_on", "severity", "responded_minutes", "cost_impact",
        "business_requirement", "annual_plan_reference",
    }  # fmt: skip


def test_every_example_of_the_declaration_reads() -> None:
    for table in TABLES.values():
        for column in table.columns:
            column.read(column.example)
        assert set(table.key) <= set(table.names)


def test_a_table_stands_after_those_that_it_refers_to() -> None:
    earlier: set[str | None] = {None}
    for table in TABLES.values():
        assert {column.refers_to for column in table.columns} <= earlier
        earlier.add(table.name)


def test_what_was_found_is_shown_so_that_spaces_are_seen() -> None:
    assert shown("") == "nothing"
    assert shown(" yes") == '" yes"'
    assert shown("x" * 81) == f'"{"x" * 80}…" (81 characters)'


def test_alternatives_are_listed_for_a_person() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b or c"


def test_the_clock_of_a_time_is_read_apart_from_its_date() -> None:
    assert cells.read_clock("T01:00:00.000001-01:00") == (3_600_000_001, -3_600_000_000)
    assert cells.midnight_of("2026-10-31").replace(tzinfo=UTC) == datetime(2026, 10, 31, tzinfo=UTC)
