"""Public corpora of naughty texts against every reader of a dossier, where they are present."""

import csv
import io
import json
from pathlib import Path

import pytest

from attain.dossier.cells import CellError
from attain.dossier.csvfile import CsvFile
from attain.dossier.faultlist import FaultList
from attain.dossier.folder import check_dossier, read_dossier
from attain.dossier.tables import INTERVALS, TABLES, Column, Table
from attain.measurement.faults import Fault, RefusedError
from dossiers import HEADER, write_dossier
from project import ROOT

TORTURE = ROOT.parent / "shared" / "data" / "torture"
# Our own few of each kind, so that the behaviour is tried where the corpora are absent.
NAUGHTY = [
    "undefined", "NULL", "-1E+02", "0x10", "1/0", "NaN", "٣", "１２", "½", "\u202etest", "Ω≈ç√",
    "田中さん", "🐵 🙈", "ﷺ", "\ufeff", "\u200b", "a\tb", "line\nbreak", "x\r\ny", "../../passwd",
    "<script>alert(1)</script>", "'; DROP TABLE users;--", "%s%s%n", "{{7*7}}", "=1+1", "+1",
    '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\t=1", "＝1", '"', '""',
    ",", "\x7f\x1b[31m", "9" * 96, "1.000.000,00", "1,5", "00123", "1.23E+15", "01/02/2026",
    "2026-02-30", "yes ", "Yes",
]  # fmt: skip


def naughty_strings() -> list[str]:
    path = TORTURE / "blns" / "blns.json"
    listed = json.loads(path.read_text("utf-8")) if path.exists() else []
    return [text for text in listed if "\0" not in text]


def formula_payloads() -> list[str]:
    path = TORTURE / "csv-injection-payloads" / "Intruder" / "csv-payload.txt"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def spectrum() -> list[Path]:
    return sorted((TORTURE / "csv-spectrum" / "csvs").glob("*.csv"))


def need(present: object) -> None:
    if not present:
        pytest.skip("the corpus is not in ../shared/data/torture")


def accepted(column: Column, text: str) -> bool:
    try:
        column.read(text)
    except CellError:
        return False
    return True


def try_every_cell(folder: Path, texts: list[str]) -> None:
    """Put each text into each cell of each example: refused at its line, or read as it stands."""
    for table in TABLES.values():
        for place, column in enumerate(table.columns):
            for some in batches(texts):
                try_some(folder, table, place, column, some)
        (folder / table.file).unlink()


def batches(texts: list[str]) -> list[list[str]]:
    """Cut a corpus into so few texts that no list of faults is cut off."""
    return [texts[start : start + 100] for start in range(0, len(texts), 100)]


def try_some(folder: Path, table: Table, place: int, column: Column, texts: list[str]) -> None:
    rows = [[c.example for c in table.columns] for _ in texts]
    for row, text in zip(rows, texts, strict=True):
        row[place] = text
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([table.names, *rows])
    (folder / table.file).write_bytes(out.getvalue().encode())
    lines = lines_of_column(folder, table.file, column.name)
    refused = {line for line, text in _lines(texts) if not accepted(column, text)}
    # Repeated keys, names that are listed nowhere and more answered than offered are faults too.
    beside = column.refers_to or column.name in table.key or table is INTERVALS
    assert refused <= lines if beside else refused == lines


def _lines(texts: list[str]) -> list[tuple[int, str]]:
    """Return each text with the line on which its record begins."""
    lines, line = [], 2
    for text in texts:
        lines.append((line, text))
        line += 1 + text.count("\n")
    return lines


def faults_in(folder: Path) -> tuple[Fault, ...]:
    """Return the faults of a dossier, each of which is one line that a terminal prints as it is."""
    try:
        check_dossier(folder)
    except RefusedError as refused:
        faults = refused.faults
    else:
        return ()
    assert all(str(fault).isprintable() for fault in faults)
    return faults


def lines_of_column(folder: Path, file: str, column: str) -> set[int]:
    return {f.line for f in faults_in(folder) if (f.file, f.column) == (file, column)}


def test_naughty_texts_of_our_own_are_read_or_refused_at_their_line(tmp_path: Path) -> None:
    try_every_cell(write_dossier(tmp_path / "d"), NAUGHTY)


def test_the_big_list_of_naughty_strings_is_read_or_refused_at_its_line(tmp_path: Path) -> None:
    need(naughty_strings())
    try_every_cell(write_dossier(tmp_path / "d"), naughty_strings())


def test_formula_payloads_are_texts_like_any_other(tmp_path: Path) -> None:
    need(formula_payloads())
    try_every_cell(write_dossier(tmp_path / "d"), formula_payloads())


@pytest.mark.parametrize("own", [True, False])
def test_a_naughty_text_is_kept_to_the_letter(tmp_path: Path, own: bool) -> None:
    texts = NAUGHTY if own else naughty_strings() + formula_payloads()
    need(texts)
    kept = sorted({text for text in texts if text.strip()})
    out = io.StringIO(newline="")
    names = TABLES["practices"].names
    csv.writer(out).writerows([names, *([text, "yes", "", text] for text in kept)])
    folder = write_dossier(tmp_path / "d", {"practices.csv": out.getvalue().encode()})
    practices = read_dossier(folder).figures.practices
    assert [practice.item for practice in practices] == kept
    assert [practice.evidence for practice in practices] == kept


@pytest.mark.parametrize("own", [True, False])
def test_a_naughty_text_in_the_header_is_a_text_or_a_fault(tmp_path: Path, own: bool) -> None:
    texts = NAUGHTY if own else naughty_strings() + formula_payloads()
    need(texts)
    for text in texts:
        for written in (text, json.dumps(text)):
            header = HEADER.replace("Leeds", written)
            folder = write_dossier(tmp_path / "d", {"dossier.yaml": header})
            faults = faults_in(folder)
            assert all(fault.file == "dossier.yaml" for fault in faults)
            if written != text and not faults:
                assert read_dossier(folder).figures.scope.name == text


@pytest.mark.parametrize("path", spectrum() or [None], ids=lambda path: path.stem if path else "-")
def test_the_spectrum_of_csv_is_read_as_its_answers_say(path: Path | None) -> None:
    need(path)
    assert path is not None
    answer = json.loads((path.parent.parent / "json" / f"{path.stem}.json").read_text("utf-8"))
    faults = FaultList(path.name)
    records = [record.cells for record in CsvFile(path, faults).records()]
    if path.stem == "location_coordinates":
        # Quotation marks inside cells that do not begin with one: RFC 4180 has none.
        assert "a quotation mark inside a cell" in faults.in_order()[0].found
        return
    rows = [dict(zip(records[0], record, strict=True)) for record in records[1:]]
    assert [{k: _as_told(v) for k, v in row.items()} for row in rows] == [
        {k: _as_told(v) for k, v in row.items()} for row in answer
    ]
    assert not faults


def _as_told(text: str) -> str:
    """Leave out what the corpus tells of line ends inside cells: its answers have them unified."""
    return text.replace("\r\n", "\n")


@pytest.mark.parametrize("path", spectrum() or [None], ids=lambda path: path.stem if path else "-")
def test_a_file_of_the_spectrum_is_refused_as_a_table(tmp_path: Path, path: Path | None) -> None:
    need(path)
    assert path is not None
    for table in TABLES.values():
        folder = write_dossier(tmp_path / table.name, {table.file: path.read_bytes()})
        with pytest.raises(RefusedError) as refused:
            check_dossier(folder)
        assert str(refused.value.faults[0]).startswith(f"{table.file}:1: header: found ")
