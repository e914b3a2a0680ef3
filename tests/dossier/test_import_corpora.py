"""Public corpora of difficult texts through the import: they come back, or are refused."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
import xlsxwriter

from importing import DOSSIER, bring_in, refusals
from project import ROOT

SHARED = ROOT.parent / "shared" / "data"
TORTURE = SHARED / "torture"
TEXTS = "columns: {item: Item, documented: {value: yes}, evidence: Text}\n" + DOSSIER


def need(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path.relative_to(ROOT.parent)} is not beside the project")
    return path


def as_csv(texts: list[str]) -> str:
    own = io.StringIO(newline="")
    csv.writer(own).writerows(
        [["Item", "Text"], *([f"i{n}", text] for n, text in enumerate(texts))]
    )
    return own.getvalue()


def came_back(folder: Path) -> list[str]:
    with (folder / "out/practices.csv").open(encoding="utf-8", newline="") as file:
        return [row["evidence"] for row in csv.DictReader(file)]


def spectrum() -> list[str]:
    folder = TORTURE / "csv-spectrum" / "csvs"
    return sorted(path.stem for path in folder.glob("*.csv")) or ["absent"]


@pytest.mark.parametrize("name", spectrum())
def test_the_csv_spectrum_comes_back_cell_by_cell(tmp_path: Path, name: str) -> None:
    own = need(TORTURE / "csv-spectrum" / "csvs" / f"{name}.csv")
    expected = json.loads((own.parent.parent / "json" / f"{name}.json").read_text("utf-8"))
    # One answer of the corpus stands alone, and gives its first cell otherwise than the file.
    expected = expected if isinstance(expected, list) else [expected]
    first, *others = expected[0]
    for n, column in enumerate(others):
        mapping = f"""
columns: {{item: {json.dumps(first)}, documented: {{value: yes}}, evidence: {json.dumps(column)}}}
"""
        bring_in(tmp_path, own, mapping + DOSSIER, "practices", out=f"out{n}")
        (tmp_path / "out").mkdir(exist_ok=True)
        (tmp_path / f"out{n}/practices.csv").replace(tmp_path / "out/practices.csv")
        assert came_back(tmp_path) == [row[column] for row in expected]


def naughty() -> list[str]:
    return list(json.loads(need(TORTURE / "blns" / "blns.json").read_text("utf-8")))


def payloads() -> list[str]:
    path = need(TORTURE / "csv-injection-payloads" / "Intruder" / "csv-payload.txt")
    return path.read_text("utf-8").splitlines()


def test_naughty_strings_come_back_as_they_are(tmp_path: Path) -> None:
    bring_in(tmp_path, as_csv(naughty()), TEXTS, "practices")
    assert came_back(tmp_path) == [text if text.strip() else "" for text in naughty()]


def test_formulas_come_back_as_text_from_csv_and_from_a_spreadsheet(tmp_path: Path) -> None:
    bring_in(tmp_path, as_csv(payloads()), TEXTS, "practices")
    assert came_back(tmp_path) == payloads()
    with xlsxwriter.Workbook(tmp_path / "own.xlsx") as book:
        sheet = book.add_worksheet()
        for n, (item, text) in enumerate(csv.reader(io.StringIO(as_csv(payloads())))):
            sheet.write_string(n, 0, item)
            sheet.write_string(n, 1, text)
    (tmp_path / "again").mkdir()
    bring_in(tmp_path / "again", tmp_path / "own.xlsx", TEXTS, "practices")
    assert came_back(tmp_path / "again") == payloads()


@pytest.mark.parametrize("table", ["readings", "intervals"])
def test_naughty_strings_in_place_of_figures_are_each_refused_at_their_line(
    tmp_path: Path, table: str
) -> None:
    columns = {
        "readings": "metric: {value: aht}, month: Text, numerator: {value: 1}",
        "intervals": "channel: {value: phone}, start: Text, offered: {value: 1}, "
        "answered: {value: 1}, within_threshold: {value: 1}",
    }[table]
    faults = refusals(tmp_path, as_csv(naughty()), f"columns: {{{columns}}}\n{DOSSIER}", table)
    assert len(faults) == len(naughty())
    assert all(fault.isprintable() and fault.startswith("own.csv:") for fault in faults)


def test_naughty_strings_name_sites_without_leaving_the_place(tmp_path: Path) -> None:
    texts = [text for text in naughty() if text.strip() and not re.fullmatch(r"-?1E\+02", text)]
    folded = {text.strip().casefold(): text for text in texts}
    mapping = TEXTS.replace("columns:", "scope: {column: Text}\ncolumns:").replace(
        "  name: Leeds\n", ""
    )
    bring_in(tmp_path, as_csv(list(folded.values())), mapping, "practices")
    assert {path.name for path in tmp_path.iterdir()} == {"own.csv", "mapping.yaml", "out"}
    assert len(list((tmp_path / "out").iterdir())) == len(folded)


def test_volumes_alone_cannot_become_intervals(tmp_path: Path) -> None:
    own = need(SHARED / "bank_calls_5min" / "bank_calls_5min.csv")
    mapping = "columns: {channel: {value: phone}, start: DateTime, offered: Calls}\n" + DOSSIER
    (fault,) = refusals(tmp_path, own, mapping, "intervals")
    assert fault.startswith("mapping.yaml:1: 1: found no source for answered, within_threshold")


def test_figures_of_quarters_cannot_become_readings(tmp_path: Path) -> None:
    own = need(SHARED / "us_fed_callcentres_fy19" / "us_fed_fy19.csv")
    mapping = """
filter: [{column: metric, one_of: [handle_time, wait_time]}]
scope: {column: service}
columns: {metric: metric, month: period, numerator: value}
"""
    faults = refusals(tmp_path, own, mapping + DOSSIER.replace("  name: Leeds\n", ""))
    assert len(faults) == 12
    assert all(
        "the figures of a quarter cannot be told apart by month" in fault for fault in faults
    )
