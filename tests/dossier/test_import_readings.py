"""A person's own file becomes readings: what is taken, what stays missing, what is refused."""

from pathlib import Path

import pytest

from attain.dossier.folder import read_dossier
from attain.measurement.periods import Month
from importing import DOSSIER, METRICS, READINGS, bring_in, refusals, written

REST = DOSSIER + METRICS
OWN = "Month,Seconds,Calls\n2026-09,33000,100\n2026-10,31000,100\n"


def test_a_row_becomes_a_reading_and_the_dossier_is_sound(tmp_path: Path) -> None:
    report = bring_in(tmp_path, OWN, READINGS + REST)
    dossier = read_dossier(tmp_path / "out")
    readings = next(m for m in dossier.figures.metrics if m.metric == "aht").readings
    assert readings[Month.parse("2026-10")].value == 310
    assert dossier.figures.scope.name == "Leeds"
    assert any("2 rows added to the dossier" in line for line in report)


def test_a_wide_row_holds_a_reading_for_each_metric(tmp_path: Path) -> None:
    mapping = """
columns: {month: Month}
rows:
  - {metric: {value: aht}, numerator: Seconds, denominator: Calls}
  - {metric: {value: csat}, numerator: Score}
"""
    bring_in(tmp_path, "Month,Seconds,Calls,Score\n2026-09,33000,100,4.5\n", mapping + REST)
    assert written(tmp_path) == ["aht,2026-09,33000,100", "csat,2026-09,4.5,"]


def test_a_long_file_is_filtered_translated_and_told_about(tmp_path: Path) -> None:
    own = "KPI,Month,Value\nAHT,2026-09,330\nCSAT,2026-09,4.5\nHeads,2026-09,12\nTotal,,\n"
    mapping = """
filter: [{column: KPI, none_of: [Heads]}, {column: KPI, not: Total}]
columns:
  metric: {column: KPI, values: {AHT: aht, CSAT: csat}}
  month: Month
  numerator: Value
"""
    report = bring_in(tmp_path, own, mapping + REST)
    assert written(tmp_path) == ["aht,2026-09,330,", "csat,2026-09,4.5,"]
    assert "4 rows read, 2 left out by the filter" in report[0]


def test_only_the_rows_that_equal_or_are_one_of_something_are_kept(tmp_path: Path) -> None:
    own = "Month,Seconds,Calls,Site,Team\n2026-09,33000,100,A,1\n2026-10,1,1,B,1\n2026-11,1,1,A,9\n"
    keep = "filter: [{column: Site, equals: A}, {column: Team, one_of: [1, 2]}]\n"
    bring_in(tmp_path, own, keep + READINGS + REST)
    assert written(tmp_path) == ["aht,2026-09,33000,100"]


def test_a_text_that_the_mapping_does_not_list_is_refused(tmp_path: Path) -> None:
    mapping = (
        "columns: {metric: {column: KPI, values: {AHT: aht}}, month: Month, numerator: Value}\n"
    )
    assert refusals(tmp_path, "KPI,Month,Value\nFCR,2026-09,1\n", mapping + REST) == [
        'own.csv:2: KPI: found "FCR", expected one of AHT, as the mapping\'s `values` list'
    ]


def test_a_row_without_its_figures_stays_missing_and_is_told(tmp_path: Path) -> None:
    own = "Month,Seconds,Calls\n2026-08,,\n2026-09,33000,100\n2026-10, ,n/a\n"
    report = bring_in(tmp_path, own, "file: {missing: [n/a]}\n" + READINGS + REST)
    assert written(tmp_path) == ["aht,2026-09,33000,100"]
    assert "rows without a figure, which stay missing: 2 (line 2, line 4)" in report


def test_half_a_reading_is_refused_because_an_empty_denominator_would_count_as_1(
    tmp_path: Path,
) -> None:
    own = "Month,Seconds,Calls\n2026-09,33000,\n2026-10,,100\n"
    faults = refusals(tmp_path, own, READINGS + REST)
    assert faults[0].startswith("own.csv:2: Calls: found nothing, expected a number of 0 or more")
    assert "`empty: 1`" in faults[0]
    assert faults[1].startswith("own.csv:3: Seconds: found nothing, expected a number")
    assert "an empty cell is missing and never 0" in faults[1]


def test_what_an_empty_cell_stands_for_can_be_declared_unless_it_is_0(tmp_path: Path) -> None:
    own = "Month,Seconds,Calls\n2026-09,330,\n"
    declared = READINGS.replace("Calls}", "{column: Calls, empty: 1}}")
    bring_in(tmp_path, own, declared + REST)
    assert written(tmp_path) == ["aht,2026-09,330,1"]
    never = READINGS.replace("Calls}", "{column: Calls, empty: 0}}")
    assert "what is missing is never 0" in refusals(tmp_path, own, never + REST, out="b")[0]
    constant = READINGS.replace("Seconds,", "{value: 0.0},")
    assert "what is missing is never 0" in refusals(tmp_path, own, constant + REST, out="b")[0]


def test_a_denominator_of_0_is_taken_as_it_stands(tmp_path: Path) -> None:
    bring_in(tmp_path, "Month,Seconds,Calls\n2026-09,0,0\n", READINGS + REST)
    assert written(tmp_path) == ["aht,2026-09,0,0"]


def test_a_period_that_is_given_twice_alike_is_one_row_and_told(tmp_path: Path) -> None:
    own = OWN + "2026-10,31000.0,100\n"
    report = bring_in(tmp_path, own, READINGS + REST)
    assert written(tmp_path) == ["aht,2026-09,33000,100", "aht,2026-10,31000,100"]
    assert any("with the same values: 1 (" in r and "own.csv:4)" in r for r in report)


def test_a_period_that_is_given_twice_differently_is_refused_at_both_lines(tmp_path: Path) -> None:
    faults = refusals(tmp_path, OWN + "2026-10,31001,100\n", READINGS + REST)
    assert [fault.split(": ")[0] for fault in faults] == ["own.csv:3", "own.csv:4"]
    assert faults[0].endswith("own.csv:4 has it with other values")
    assert "expected each metric and month once; " in faults[1]


def test_a_metric_that_the_dossier_does_not_list_is_refused_at_its_own_line(tmp_path: Path) -> None:
    mapping = READINGS.replace("{value: aht}", "KPI")
    own = "KPI,Month,Seconds,Calls\naht,2026-09,33000,100\nfcr,2026-09,1,2\n"
    assert refusals(tmp_path, own, mapping + REST) == [
        'own.csv:3: metric: found "fcr", expected a metric that is listed in metrics.csv'
    ]


def test_a_rule_over_several_cells_is_told_at_the_line_of_the_file(tmp_path: Path) -> None:
    mapping = """
columns: {channel: {value: phone}, start: At, offered: O, answered: A, within_threshold: W}
"""
    own = "At,O,A,W\n2026-09-01T09:00+01:00,10,9,8\n\n2026-09-01T09:15+01:00,10,11,8\n"
    faults = refusals(tmp_path, own, mapping + DOSSIER, "intervals")
    assert len(faults) == 1
    assert faults[0].startswith("own.csv:4: ")
    assert "11" in faults[0]


def test_every_fault_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    own = "Month,Seconds,Calls\n2026-13,x,-1\n2026-10,1\n2026-11,1,1,1\n"
    places = [fault.split(": ")[:2] for fault in refusals(tmp_path, own, READINGS + REST)]
    assert places == [
        ["own.csv:2", "Month"],
        ["own.csv:2", "Seconds"],
        ["own.csv:2", "Calls"],
        ["own.csv:3", "record"],
        ["own.csv:4", "record"],
    ]


@pytest.mark.parametrize(
    "own", ["", "\n", "Month,Seconds,Calls\n", "Month,Seconds,Calls\n2026-09,,\n"]
)
def test_a_file_that_gives_no_row_is_refused(tmp_path: Path, own: str) -> None:
    assert len(refusals(tmp_path, own, READINGS + REST)) == 1


def test_a_filter_that_keeps_nothing_is_refused(tmp_path: Path) -> None:
    keep = "filter: [{column: Month, equals: never}]\n"
    assert "none of them taken" in refusals(tmp_path, OWN, keep + READINGS + REST)[0]


def test_any_table_of_the_dossier_can_be_filled(tmp_path: Path) -> None:
    own = "Item,Done,Why\nplanning,Y,\nsourcing,N/A,no suppliers\n"
    mapping = """
columns:
  item: Item
  documented: {column: Done, values: {Y: yes, N: no, N/A: not_applicable}}
  reason: Why
"""
    bring_in(tmp_path, own, mapping + DOSSIER, "practices")
    assert written(tmp_path, "practices") == [
        "planning,yes,,",
        "sourcing,not_applicable,no suppliers,",
    ]


def test_a_table_that_there_is_not_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    (fault,) = refusals(tmp_path, OWN, READINGS + REST, "reading")
    assert fault.startswith("command line:1: NAME: found reading, expected one of processes, ")


def test_a_dossier_imported_from_its_own_tables_is_the_same(tmp_path: Path) -> None:
    own = "metric,month,numerator,denominator\naht,2026-09,-3.50,\ncsat,2026-10,4,7\n"
    same = """
columns:
  metric: metric
  month: month
  numerator: numerator
  denominator: {column: denominator, empty: 1}
"""
    bring_in(tmp_path, own, same + REST)
    first = read_dossier(tmp_path / "out").figures.metrics
    again = (tmp_path / "out" / "readings.csv").read_bytes()
    bring_in(tmp_path, again, same + REST, out="again")
    assert read_dossier(tmp_path / "again").figures.metrics == first
