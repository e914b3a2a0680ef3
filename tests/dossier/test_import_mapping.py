"""The mapping file is read strictly, held against the table and the file, and documented."""

from pathlib import Path

import pytest

from attain.dossier.imports import import_table
from attain.dossier.mapping import Mapping
from attain.dossier.mapping_reference import mapping_page
from attain.measurement.faults import RefusedError
from importing import DOSSIER, METRICS, READINGS, refusals
from project import ROOT

REST = DOSSIER + METRICS
OWN = "Month,Seconds,Calls\n2026-09,33000,100\n"
LINE = READINGS.rstrip("}\n")


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        (f"colums: {{}}\n{REST}", "mapping.yaml:1: 1: found the unknown key colums"),
        (f"{READINGS}{READINGS}{REST}", "mapping.yaml:2: 1: found columns again, first on line 1"),
        (f"{LINE}, what: X}}\n{REST}", "found what, expected a column of readings: metric, month"),
        (
            f"columns: {{month: Month}}\n{REST}",
            "found no source for metric, numerator, expected one",
        ),
        (REST, "found no columns, expected where the columns of readings are"),
        (
            f"{READINGS}rows: [{{numerator: X}}]\n{REST}",
            'mapping.yaml:2: 9: found "X" in the mapping',
        ),
        (READINGS.replace("Calls", "Anrufe") + REST, "the column Anrufe; the file has Month, Sec"),
        (READINGS.replace("Calls", "{}") + REST, "expected either `column` or `value`"),
        (
            READINGS.replace("Calls", "{column: Calls, value: 1}") + REST,
            "either `column` or `value`",
        ),
        (
            READINGS.replace("Calls", "{column: Calls, percent: maybe}") + REST,
            "found maybe, expected yes or",
        ),
        (READINGS.replace("Calls", "{column: []}") + REST, "mapping.yaml:1: "),
        (READINGS.replace("Calls", "{value: 1, percent: yes}") + REST, "expected nothing beside"),
        (READINGS.replace("Calls", "{value: many}") + REST, 'found "many", expected a number of 0'),
        (
            READINGS.replace("Calls", "{column: Calls, format: iso}") + REST,
            "found iso, expected no",
        ),
        (READINGS.replace("Month,", "{column: Month, format: '%d'},") + REST, "its month and year"),
        (
            READINGS.replace("Month,", "{column: Month, format: '%m %q'},") + REST,
            "or a pattern of %Y",
        ),
        (
            READINGS.replace("Month,", "{column: Month, format: serial},") + REST,
            "serial 1900, serial",
        ),
        (READINGS.replace("Month,", "{column: Month, percent: yes},") + REST, "month as a number"),
        (f"file: {{encoding: klingon}}\n{READINGS}{REST}", "mapping.yaml:1: 8: found klingon"),
        (f"file: {{delimiter: ;;}}\n{READINGS}{REST}", "expected a delimiter of one character"),
        (
            f"file: {{decimal_mark: ',', thousands_separator: ','}}\n{READINGS}{REST}",
            "is not the dec",
        ),
        (f"filter: [{{column: Month}}]\n{READINGS}{REST}", "expected one of `equals`, `not`"),
        (f"filter: [{{column: X, equals: a}}]\n{READINGS}{REST}", "the column X; the file has"),
        (f"scope: {{column: Site}}\n{READINGS}{REST}", "a `name` in `dossier` or a `scope`"),
        (READINGS + REST.replace("  name: Leeds\n", ""), "a `name` in `dossier` or a `scope`"),
        (READINGS + METRICS, "found no `dossier` for a new one, expected what dossier.yaml is to"),
        (READINGS + REST.replace("2026-10-31", "31.10.2026"), "found 31.10.2026, expected a date"),
        (READINGS + REST.replace("1000", "{sum: Rufe}"), "the column Rufe; the file has"),
        (READINGS + REST.replace("[phone]", "[Phone!]"), "mapping.yaml:2: channels: found"),
        (READINGS + REST.replace("1000", "10"), "at most the 10 of the site"),
        (READINGS + REST.replace("end_user_facing", "front"), 'found class "front", expected end_'),
        (
            READINGS + REST.replace("better: lower", "best: lower"),
            "found best, expected a column of",
        ),
        (
            READINGS + REST.replace("  metrics:", "  metric:"),
            "found metric, expected one of processes",
        ),
        (f"{READINGS}{DOSSIER}tables: {{readings: []}}\n", "found readings, expected one of"),
        ("", "mapping.yaml:1: 1: found nothing, expected a mapping of keys"),
        ("a: [", "mapping.yaml:2: 1: found did not find"),
    ],
)
def test_a_fault_of_the_mapping_is_named_by_its_line_and_the_way_out(
    tmp_path: Path, mapping: str, fault: str
) -> None:
    faults = refusals(tmp_path, OWN, mapping)
    assert any(fault in each for each in faults)
    assert all(each.startswith("mapping.yaml:") for each in faults)


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="expected a readable file"):
        import_table("readings", tmp_path / "own.csv", tmp_path / "gone.yaml", tmp_path / "out")


def test_every_key_of_the_mapping_says_what_it_means() -> None:
    page = mapping_page()
    schema = Mapping.model_json_schema(by_alias=True)
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    assert "occurrence" in keys
    assert not {key for key in keys - {"sum"} if f"| `{key}` |" not in page}
    assert "| None |" not in page


def test_the_reference_page_is_the_one_that_the_code_writes() -> None:
    assert (ROOT / "docs/reference/mapping.md").read_text("utf-8") == mapping_page()
