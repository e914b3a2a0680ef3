"""A file is split by site: codes stay apart, names are told, months that lack are named."""

from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.dossier.folder import read_dossier
from attain.dossier.scopes import folder_name
from importing import METRICS, bring_in, contents, refusals, written

SPLIT = """
scope: {column: Code, name: Name}
columns: {metric: {value: aht}, month: Month, numerator: N}
dossier:
  operation: internal
  timezone: Europe/London
  channels: [phone]
  volume: {site: {sum: Calls}, assessed: {sum: Calls}}
"""
DAY = date(2026, 10, 31)
HEADER = "Code,Name,Month,N,Calls\n"


def test_each_code_is_a_dossier_with_its_latest_name_and_its_own_rows(tmp_path: Path) -> None:
    own = HEADER + "A,Leeds,2026-09,1,10\nB,York,2026-09,2,20\nA,Leeds North,2026-10,3,30\n"
    report = bring_in(tmp_path, own, SPLIT + METRICS)
    assert written(tmp_path, out="out/A") == ["aht,2026-09,1,", "aht,2026-10,3,"]
    assert written(tmp_path, out="out/B") == ["aht,2026-09,2,"]
    scope = read_dossier(tmp_path / "out/A", DAY).figures.scope
    assert (scope.name, scope.site_volume) == ("Leeds North", 40)
    assert "A has 2 names: Leeds (2026-09); Leeds North (2026-10). The dossier has the latest" in (
        report
    )
    assert "B (York) ends with 2026-09, the file with 2026-10" in report


def test_the_latest_name_is_by_month_and_not_by_place_in_the_file(tmp_path: Path) -> None:
    own = HEADER + "A,New,2026-10,1,10\nA,Old,2026-09,2,20\n"
    bring_in(tmp_path, own, SPLIT + METRICS)
    assert read_dossier(tmp_path / "out/A", DAY).figures.scope.name == "New"


def test_two_names_in_the_latest_month_are_refused(tmp_path: Path) -> None:
    own = HEADER + "A,Old,2026-09,1,1\nA,One,2026-10,2,1\nA,Other,2026-10,2,1\n"
    (fault,) = refusals(tmp_path, own, SPLIT + METRICS)
    assert fault == (
        'own.csv:4: Name: found "Other", expected one name of A at a time, as "One" on line 3'
    )


def test_codes_that_share_a_name_stay_apart_and_are_named(tmp_path: Path) -> None:
    own = HEADER + "A,Leeds,2026-09,1,1\nB,Leeds,2026-09,2,1\n"
    report = bring_in(tmp_path, own, SPLIT + METRICS)
    assert "Leeds is the name of 2 codes, kept apart: A, B" in report


def test_months_that_lack_inside_are_named(tmp_path: Path) -> None:
    own = HEADER + "".join(f"A,Leeds,2026-0{m},1,1\n" for m in (1, 2, 5))
    own += "".join(f"B,York,2026-0{m},1,1\n" for m in (2, 3, 4, 5))
    report = bring_in(tmp_path, own, SPLIT + METRICS)
    assert "A (Leeds) has nothing for 2026-03 to 2026-04" in report
    assert "B (York) begins with 2026-02, the file with 2026-01" in report


def test_without_a_name_the_code_is_the_name(tmp_path: Path) -> None:
    own = HEADER + "00123,Leeds,2026-09,1,1\n"
    bring_in(tmp_path, own, SPLIT.replace(", name: Name", "") + METRICS)
    assert read_dossier(tmp_path / "out/00123", DAY).figures.scope.name == "00123"


@pytest.mark.parametrize(
    ("own", "column"), [(",Leeds,2026-09,1,1\n", "Code"), ("A, ,2026-09,1,1\n", "Name")]
)
def test_a_row_without_its_code_or_name_is_refused(tmp_path: Path, own: str, column: str) -> None:
    (fault,) = refusals(tmp_path, HEADER + own, SPLIT + METRICS)
    assert fault.startswith(f"own.csv:2: {column}: ")


def test_codes_that_differ_only_in_case_are_refused(tmp_path: Path) -> None:
    own = HEADER + "ab,Leeds,2026-09,1,1\nAB,York,2026-09,1,1\n"
    (fault,) = refusals(tmp_path, own, SPLIT + METRICS)
    assert "upper and lower case" in fault


def test_a_code_that_is_no_safe_folder_stays_inside_the_place(tmp_path: Path) -> None:
    own = HEADER + "../../up,Leeds,2026-09,1,1\n/,York,2026-09,1,1\n..,Hull,2026-09,1,1\n"
    bring_in(tmp_path, own, SPLIT + METRICS)
    assert {path.name for path in tmp_path.iterdir()} == {"out", "own.csv", "mapping.yaml"}
    assert len(list((tmp_path / "out").iterdir())) == 3


@given(st.lists(st.text(min_size=1, max_size=90), min_size=2, max_size=2, unique=True))
def test_folder_names_are_safe_and_different_codes_have_different_ones(codes: list[str]) -> None:
    first, second = (folder_name(code) for code in codes)
    if normalize("NFC", codes[0]) != normalize("NFC", codes[1]):
        assert first != second
    for name in (first, second):
        assert name not in (".", "..")
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert name == name.strip(" .")
        assert 0 < len(name.encode(errors="surrogatepass")) <= 400


def test_a_volume_counts_the_twelve_months_up_to_the_date(tmp_path: Path) -> None:
    months = [f"{2025 + (m > 12)}-{(m - 1) % 12 + 1:02d}" for m in range(8, 23)]
    own = HEADER + "".join(f"A,Leeds,{month},1,{2**n}\n" for n, month in enumerate(months))
    dated = SPLIT + "  as_of: 2026-09-30\n"
    bring_in(tmp_path, own, dated + METRICS)
    last = months.index("2026-09")
    expected = sum(2**n for n in range(last - 11, last + 1))
    assert read_dossier(tmp_path / "out/A").figures.scope.site_volume == expected


def test_a_volume_with_an_empty_cell_is_refused_because_empty_is_not_0(tmp_path: Path) -> None:
    own = HEADER + "A,Leeds,2026-09,1,\nA,Leeds,2026-10,1,10\n"
    (fault,) = refusals(tmp_path, own, SPLIT + METRICS)
    assert fault.startswith("own.csv:2: Calls: found nothing, expected a number to add up")


def test_a_volume_that_cannot_be_counted_matters_only_to_a_new_dossier(tmp_path: Path) -> None:
    bring_in(tmp_path, HEADER + "A,Leeds,2026-09,1,10\n", SPLIT + METRICS)
    bring_in(tmp_path, HEADER + "A,Leeds,2026-10,1,\n", SPLIT + METRICS)
    assert len(written(tmp_path, out="out/A")) == 2


def test_new_months_come_to_the_dossiers_that_are_there(tmp_path: Path) -> None:
    bring_in(tmp_path, HEADER + "A,Leeds,2026-09,1,10\nB,York,2026-09,2,20\n", SPLIT + METRICS)
    before = contents(tmp_path / "out/B")
    own = HEADER + "A,Leeds,2026-09,1,10\nA,Leeds,2026-10,3,30\nC,Hull,2026-10,4,40\n"
    report = bring_in(tmp_path, own, SPLIT + METRICS)
    assert written(tmp_path, out="out/A") == ["aht,2026-09,1,", "aht,2026-10,3,"]
    assert contents(tmp_path / "out/B") == before
    assert (tmp_path / "out/C/dossier.yaml").exists()
    assert any("2 rows added to the 2 dossiers, 1 of them new" in line for line in report)
    kept = "A keeps its dossier.yaml: volume.site 10, not 40; volume.assessed 10, not 40"
    assert any(line.startswith(kept) for line in report)
