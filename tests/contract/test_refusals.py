"""What the contract refuses of the tables of a dossier, and what it takes, sentence by sentence."""

from pathlib import Path

import pytest

from contract.contract_tables import (
    ALL_COLUMNS,
    ANY_NUMBERS,
    CLOSED,
    COLUMNS,
    COUNTS,
    DATES,
    KEYS,
    KINDS_OF_KEY,
    MAY_BE_EMPTY,
    MONTHS,
    NAMED,
    NUMBERS_FROM_0,
    ROWS,
    SHARES,
    TIMES,
    columns_of,
    row_of,
    text_of,
)
from contract.refusing import faults_read
from dossiers import METRICS, PROCESSES, SYSTEMS

# The rows that other files name stay where a table is tried with a row of its own.
LISTED = {"processes": PROCESSES, "metrics": METRICS, "systems": SYSTEMS}
HUGE = "123456789012345678901234567890"


def listed(table: str) -> list[list[str]]:
    """Return the rows of a table that the sound dossier needs."""
    return [line.split(",") for line in LISTED.get(table, "").splitlines()[1:]]


def only_header(table: str, header: list[str]) -> dict[str, str]:
    """Return a table without rows, and without those that would name them."""
    return {"metrics.csv": "", f"{table}.csv": text_of(header)}


def with_row(table: str, **cells: str) -> dict[str, str]:
    """Return a table with one further row in which some cells are replaced."""
    rows = [*listed(table), row_of(table, **cells)]
    return {f"{table}.csv": text_of(columns_of(table), *rows)}


def place(table: str, column: str) -> str:
    """Return where a fault of that row stands."""
    return f"{table}.csv:{2 + len(listed(table))}: {column}"


def cells_of(kinds: set[tuple[str, str]], texts: list[str]) -> list[tuple[str, str, str]]:
    return [(table, column, text) for table, column in sorted(kinds) for text in texts]


@pytest.mark.parametrize("table", COLUMNS)
def test_a_header_names_the_columns_in_any_order(tmp_path: Path, table: str) -> None:
    rows = [*listed(table), row_of(table)]
    text = text_of(columns_of(table)[::-1], *(row[::-1] for row in rows))
    assert faults_read(tmp_path, {f"{table}.csv": text}) == []


@pytest.mark.parametrize("table", COLUMNS)
def test_an_empty_table_is_taken_and_no_header_is_refused(tmp_path: Path, table: str) -> None:
    assert faults_read(tmp_path, only_header(table, columns_of(table))) == []
    assert f"{table}.csv:1: header" in faults_read(tmp_path, {f"{table}.csv": "\n"})


@pytest.mark.parametrize(("table", "column"), ALL_COLUMNS)
def test_a_missing_column_is_refused(tmp_path: Path, table: str, column: str) -> None:
    header = [name for name in columns_of(table) if name != column]
    assert faults_read(tmp_path, only_header(table, header)) == [f"{table}.csv:1: {column}"]


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("which", ["unknown", "twice"])
def test_an_unknown_column_and_a_column_twice_are_refused(
    tmp_path: Path, table: str, which: str
) -> None:
    column = columns_of(table)[0] if which == "twice" else "remark"
    header = [*columns_of(table), column]
    assert faults_read(tmp_path, only_header(table, header)) == [f"{table}.csv:1: {column}"]


@pytest.mark.parametrize("table", COLUMNS)
def test_a_record_with_another_number_of_fields_is_refused(tmp_path: Path, table: str) -> None:
    header, row = columns_of(table), row_of(table)
    for record in ([*row, ""], row[:-1], [""]):
        (fault,) = faults_read(tmp_path, {f"{table}.csv": text_of(header, *listed(table), record)})
        assert fault.startswith(place(table, ""))


@pytest.mark.parametrize("table", COLUMNS)
def test_a_repeated_key_is_refused(tmp_path: Path, table: str) -> None:
    header, row = columns_of(table), row_of(table)
    (fault,) = faults_read(tmp_path, {f"{table}.csv": text_of(header, *listed(table), row, row)})
    assert fault.startswith(f"{table}.csv:{3 + len(listed(table))}: ")


@pytest.mark.parametrize(
    ("table", "column"), [(table, key) for table, keys in KEYS.items() for key in keys.split()]
)
def test_a_key_that_differs_in_one_column_is_not_repeated(
    tmp_path: Path, table: str, column: str
) -> None:
    others = {
        ("targets", "metric"): "csat",
        ("readings", "metric"): "csat",
        ("improvement_actions", "metric"): "csat",
        ("satisfaction", "kind"): "staff",
        ("intervals", "start"): "2026-10-05T09:00:00+02:00",
        ("uptime", "system"): "crm",
    }
    month = "2026-08" if (table, column) in MONTHS else "2026-08-09"
    other = others.get((table, column), month if (table, column) in MONTHS | DATES else "other")
    header, row = columns_of(table), row_of(table, **{column: other})
    files = {f"{table}.csv": text_of(header, *listed(table), row_of(table), row)}
    assert faults_read(tmp_path, {"systems.csv": f"{SYSTEMS}crm,enabling\n", **files}) == []


@pytest.mark.parametrize(("table", "column"), ALL_COLUMNS)
def test_only_the_columns_that_the_contract_lists_may_be_empty(
    tmp_path: Path, table: str, column: str
) -> None:
    expected = [] if column in MAY_BE_EMPTY else [place(table, column)]
    assert faults_read(tmp_path, with_row(table, **{column: ""})) == expected


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("processes", "process"), ("metrics", "metric"), ("systems", "system")),
        *(("initiatives", "initiative"), ("improvement_actions", "action"), ("practices", "item")),
        *(("documents", "title"), ("incidents", "incident"), ("technology_changes", "change")),
        *(("metrics", "unit"), ("initiatives", "analysis"), ("initiatives", "outcome")),
        *(("practices", "reason"), ("practices", "evidence"), ("incidents", "severity")),
        *(("technology_changes", "business_requirement"),),
        *(("technology_changes", "annual_plan_reference"),),
    ],
)
def test_a_text_of_spaces_only_is_empty(tmp_path: Path, table: str, column: str) -> None:
    expected = [] if column in MAY_BE_EMPTY else [place(table, column)]
    assert faults_read(tmp_path, with_row(table, **{column: "   "})) == expected


@pytest.mark.parametrize(("table", "column"), sorted(CLOSED))
def test_a_listed_set_of_values_is_closed(tmp_path: Path, table: str, column: str) -> None:
    values = CLOSED[table, column]
    for text in values:
        assert faults_read(tmp_path, with_row(table, **{column: text})) == []
    for text in ("other_", values[0].upper(), f"{values[0]} ", "true", "1"):
        assert faults_read(tmp_path, with_row(table, **{column: text})) == [place(table, column)]


@pytest.mark.parametrize(("table", "column"), sorted(KINDS_OF_KEY))
def test_a_channel_and_the_kind_of_a_document_take_any_key_in_lower_case(
    tmp_path: Path, table: str, column: str
) -> None:
    for text in ("fax", "web_chat", "x", "a2_"):
        assert faults_read(tmp_path, with_row(table, **{column: text})) == []
    for text in ("Fax", "web-chat", "2fax", "_fax", "web chat", "fax ", "fäx", " "):
        assert faults_read(tmp_path, with_row(table, **{column: text})) == [place(table, column)]


@pytest.mark.parametrize(("table", "column"), sorted(NAMED))
def test_what_is_named_must_be_listed_in_its_own_file(
    tmp_path: Path, table: str, column: str
) -> None:
    for text in ("nowhere", "ANSWERING", "Aht", "acd "):
        assert faults_read(tmp_path, with_row(table, **{column: text})) == [place(table, column)]


def test_a_name_of_an_absent_file_is_not_listed(tmp_path: Path) -> None:
    assert faults_read(tmp_path, {"systems.csv": "", **with_row("uptime")}) == [
        "uptime.csv:2: system"
    ]


def test_a_channel_needs_no_service_level(tmp_path: Path) -> None:
    assert faults_read(tmp_path, with_row("intervals", channel="post")) == []


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        *cells_of(MONTHS, ["2026-13", "2026-00", "2026-1", "202610", "2026-10-01", "10/2026"]),
        *cells_of(
            DATES, ["2026-02-29", "2026-13-01", "2026-1-1", "20260101", "01.02.2026", "46000"]
        ),
        *cells_of(TIMES, ["2026-10-05T09:00:00", "2026-10-05", "09:00+01:00", "2026-02-30T09:00Z"]),
        *cells_of(ANY_NUMBERS | NUMBERS_FROM_0, ["1e3", "+1", "1,000", "95%", "95 %", "1.", ".5"]),
        *cells_of(ANY_NUMBERS | NUMBERS_FROM_0, ["nan", "inf", "0x1", "1_0", "--1", "- 1", "1 "]),
        *cells_of(ANY_NUMBERS | NUMBERS_FROM_0, ["1.2.3", "٣", "½", "1/2", "ten"]),
        *cells_of(NUMBERS_FROM_0, ["-1", "-0.0001"]),
        *cells_of(SHARES, ["-0.1", "1.0000000000000000000001", "95", "95%", "1e-1", ".5"]),
        *cells_of(COUNTS, ["-1", "1.5", "1e1", "+1", "1,000"]),
    ],
)
def test_a_cell_that_is_not_what_its_column_asks_is_refused(
    tmp_path: Path, table: str, column: str, text: str
) -> None:
    assert faults_read(tmp_path, with_row(table, **{column: text})) == [place(table, column)]


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        *cells_of(MONTHS, ["2024-02", "2031-01"]),
        *cells_of(DATES, ["2024-02-29", "2031-12-31"]),
        *cells_of(TIMES, ["2026-10-05T09:15:00Z", "2026-10-05T09:15+05:45"]),
        *cells_of(TIMES, ["2026-10-25T01:30:00-12:00"]),
        *cells_of(ANY_NUMBERS, ["-12.50", "-1", "0", "-0", "007", HUGE, f"0.{HUGE}"]),
        *cells_of(NUMBERS_FROM_0, ["0", "0.5", "007.10", HUGE]),
        *cells_of(SHARES, ["0", "1", "1.000", f"0.{HUGE}"]),
    ],
)
def test_a_cell_that_is_what_its_column_asks_is_taken(
    tmp_path: Path, table: str, column: str, text: str
) -> None:
    assert faults_read(tmp_path, with_row(table, **{column: text})) == []


@pytest.mark.parametrize(
    ("offered", "answered", "within", "column"),
    [("5", "6", "5", "answered"), ("5", "4", "5", "within_threshold"), ("0", "1", "0", "answered")],
)
def test_answered_is_not_above_offered_nor_within_threshold_above_answered(
    tmp_path: Path, offered: str, answered: str, within: str, column: str
) -> None:
    cells = {"offered": offered, "answered": answered, "within_threshold": within}
    assert faults_read(tmp_path, with_row("intervals", **cells)) == [f"intervals.csv:2: {column}"]


def test_two_starts_that_are_one_instant_are_a_repeated_key(tmp_path: Path) -> None:
    rows = [row_of("intervals", start=f"2026-10-25T{start}") for start in ("01:30Z", "02:30+01:00")]
    assert faults_read(tmp_path, {"intervals.csv": text_of(columns_of("intervals"), *rows)}) == [
        "intervals.csv:3: start"
    ]


def test_one_wall_clock_time_in_two_offsets_is_no_repeated_key(tmp_path: Path) -> None:
    rows = [row_of("intervals", start=f"2026-10-25T01:30{offset}") for offset in ("+01:00", "Z")]
    assert faults_read(tmp_path, {"intervals.csv": text_of(columns_of("intervals"), *rows)}) == []


def test_every_fault_of_every_file_is_told(tmp_path: Path) -> None:
    files = {
        **with_row("readings", month="x", numerator="y"),
        **with_row("uptime", system="z", uptime="2"),
    }
    assert sorted(faults_read(tmp_path, files)) == [
        "readings.csv:2: month",
        "readings.csv:2: numerator",
        "uptime.csv:2: system",
        "uptime.csv:2: uptime",
    ]


def test_each_table_has_its_row() -> None:
    assert list(ROWS) == list(COLUMNS) == list(KEYS)
