"""`attain certify --estate`: one lake, many dossiers, and what is said of those refused."""

import json
from pathlib import Path

import pytest

from attain.commands import run
from attain.dossier.folder import read_dossier
from attain.standards.library import default_library
from attain.standards.verdicts import certify
from demo.__main__ import write_estate
from demo.centres import CENTRES

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("estates") / "estate"
    write_estate(folder)
    return folder


@pytest.fixture
def estate(shipped: Path, tmp_path: Path) -> Path:
    """An estate of its own for a test, sharing the lake."""
    folder = tmp_path / "estate"
    folder.mkdir()
    (folder / "intervals.parquet").symlink_to(shipped / "intervals.parquet")
    for site in CENTRES:
        (folder / site).mkdir()
        for file in (shipped / site).iterdir():
            (folder / site / file.name).write_bytes(file.read_bytes())
    return folder


def test_every_site_stands_in_the_table_with_what_keeps_it_from_the_next_tier(
    shipped: Path, capsys: Captured
) -> None:
    assert run(["certify", "--estate", str(shipped)]) == 0
    out, err = capsys.readouterr()
    rows = {line.split()[0]: line for line in out.splitlines() if line}
    assert rows["northgate"].split()[1] == "3"
    assert rows["harbour"].endswith("end-user-facing-on-target, service-level")
    assert rows["riverside"].split()[1:4] == ["none", "1", "undetermined"]
    assert rows["5"] == "5 sites: 1 on tier 3, 2 on tier 2, 1 on tier 1, 1 on none"
    assert err == ""


def test_each_site_is_a_line_of_json(shipped: Path, capsys: Captured) -> None:
    assert run(["certify", "--estate", str(shipped), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["site"]: line["tier"] for line in lines} == {
        "eastwick": 1,
        "harbour": 2,
        "millfield": 2,
        "northgate": 3,
        "riverside": None,
    }


def test_a_site_of_an_estate_is_judged_as_its_dossier_alone_would_be(
    shipped: Path, estate: Path, capsys: Captured
) -> None:
    # The same intervals, once out of the shared lake and once as the dossier's own file.
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(shipped / "intervals.parquet")
    own = table.filter(pc.field("site") == "harbour").drop_columns(["site"])
    pq.write_table(own, estate / "harbour" / "intervals.parquet")
    dossier = read_dossier(estate / "harbour")
    alone = certify(dossier.figures, default_library().scheme("performance-tiers"), dossier.as_of)
    assert run(["certify", "--estate", str(shipped), "--site", "harbour", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == alone.as_json()


def test_a_refused_site_does_not_keep_the_others_from_their_verdicts(
    estate: Path, capsys: Captured
) -> None:
    (estate / "harbour" / "systems.csv").write_text("system,class\ntelephony,enabling\n,enabling\n")
    assert run(["certify", "--estate", str(estate)]) == 2
    out, err = capsys.readouterr()
    assert "5 sites: 1 on tier 3, 1 on tier 2, 1 on tier 1, 1 on none, 1 refused" in out
    assert err.splitlines()[0].startswith("harbour/systems.csv:3: system: found nothing, expected")


def test_a_refused_site_is_a_line_of_json_with_its_faults(estate: Path, capsys: Captured) -> None:
    (estate / "harbour" / "dossier.yaml").write_text("scope: yes\n")
    assert run(["certify", "--estate", str(estate), "--json"]) == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (refused,) = [line for line in lines if "refused" in line]
    assert refused["site"] == "harbour"
    assert all(fault.startswith("harbour/dossier.yaml:") for fault in refused["refused"])


def test_own_intervals_beside_the_lake_are_refused(estate: Path, capsys: Captured) -> None:
    text = "channel,start,offered,answered,within_threshold\n"
    (estate / "harbour" / "intervals.csv").write_text(text)
    assert run(["certify", "--estate", str(estate), "--site", "harbour"]) == 2
    assert capsys.readouterr().err.startswith("harbour/intervals.csv:1: file: found a file of")


def test_sites_of_the_lake_without_a_dossier_are_named(estate: Path, capsys: Captured) -> None:
    for file in (estate / "harbour").iterdir():
        file.unlink()
    assert run(["certify", "--estate", str(estate)]) == 0
    out, err = capsys.readouterr()
    assert "harbour" not in out
    assert err == "The lake has sites without a dossier: harbour\n"


def test_an_estate_without_a_lake_reads_the_intervals_of_each_dossier(
    estate: Path, capsys: Captured
) -> None:
    (estate / "intervals.parquet").unlink()
    assert run(["certify", "--estate", str(estate), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    measured = {
        found["measured"]
        for line in lines
        for found in line["tiers"][1]["requirements"]
        if found["key"] == "service-level"
    }
    assert measured == {None}


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_that_is_no_estate_is_refused(name: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["certify", "--estate", str(tmp_path / name)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{name}:1: folder: found ")


def test_two_lakes_are_refused(estate: Path, capsys: Captured) -> None:
    (estate / "intervals").mkdir()
    assert run(["certify", "--estate", str(estate)]) == 2
    assert "found two lakes of intervals" in capsys.readouterr().err


def test_an_unknown_site_is_refused_with_those_that_there_are(
    shipped: Path, capsys: Captured
) -> None:
    assert run(["certify", "--estate", str(shipped), "--site", "southgate"]) == 2
    assert "found southgate, expected one of eastwick, harbour" in capsys.readouterr().err
