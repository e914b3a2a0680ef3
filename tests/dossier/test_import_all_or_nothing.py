"""An import writes all or nothing, and leaves what a dossier has."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from attain.dossier.folder import PARQUET
from attain.dossier.staging import write_checked
from dossiers import write_dossier
from importing import DOSSIER, METRICS, READINGS, bring_in, contents, refusals, written
from project import ROOT

REST = DOSSIER + METRICS
OWN = "Month,Seconds,Calls\n2026-09,33000,100\n"


def test_rows_are_added_to_a_dossier_and_nothing_else_in_it_changes(tmp_path: Path) -> None:
    files = {
        "readings.csv": "month,metric,denominator,numerator\r\n2026-08,aht,,320.0\r\n",
        "notes.txt": "ours",
        "practices.csv": "item,documented,reason,evidence\nx,yes,,\n",
    }
    write_dossier(tmp_path / "out", files)
    (tmp_path / "out/photos").mkdir()
    before = contents(tmp_path / "out")
    bring_in(tmp_path, OWN, READINGS)
    after = contents(tmp_path / "out")
    assert written(tmp_path) == ["aht,2026-08,320.0,", "aht,2026-09,33000,100"]
    assert {name for name in after if after[name] != before.get(name)} == {"readings.csv"}
    assert before.keys() == after.keys()
    assert (tmp_path / "out/photos").is_dir()


def test_the_same_file_imported_again_changes_nothing(tmp_path: Path) -> None:
    bring_in(tmp_path, OWN, READINGS + REST)
    before = contents(tmp_path / "out")
    report = bring_in(tmp_path, OWN, READINGS + REST)
    assert contents(tmp_path / "out") == before
    assert any(line.startswith("readings: 0 rows added") for line in report)


def test_a_figure_that_has_changed_since_is_refused_at_both_places(tmp_path: Path) -> None:
    bring_in(tmp_path, OWN, READINGS + REST)
    faults = refusals(tmp_path, OWN.replace("33000", "33001"), READINGS + REST)
    assert [fault.split(": ")[0] for fault in faults] == ["out/readings.csv:2", "own.csv:2"]


def test_a_target_that_the_dossier_has_otherwise_is_refused(tmp_path: Path) -> None:
    target = "  targets: [{metric: aht, from: 2026-01-01, target: 300}]\n"
    bring_in(tmp_path, OWN, READINGS + REST + target)
    own = OWN.replace("09", "10")
    faults = refusals(tmp_path, own, READINGS + REST + target.replace("300", "330"))
    assert [fault.split(": ")[0] for fault in faults] == ["out/targets.csv:2", "mapping.yaml:14"]
    bring_in(tmp_path, own, READINGS + REST + target.replace("300", "300.0"))
    assert len(written(tmp_path)) == 2
    assert written(tmp_path, "targets") == ["aht,2026-01-01,300"]


def test_a_dossier_with_faults_of_its_own_is_named_and_left_alone(tmp_path: Path) -> None:
    write_dossier(tmp_path / "out", {"systems.csv": "system\nacd\n"})
    faults = refusals(tmp_path, OWN, READINGS)
    assert faults
    assert all(fault.startswith("out/systems.csv:1: ") for fault in faults)


@pytest.mark.parametrize("split", ["", "scope: {column: Month}\n"])
def test_a_folder_that_is_no_dossier_is_not_made_one(tmp_path: Path, split: str) -> None:
    (tmp_path / "out/2026-09").mkdir(parents=True)
    (tmp_path / "out/2026-09/thesis.txt").write_text("mine")
    rest = REST.replace("  name: Leeds\n", "") if split else REST
    (fault,) = refusals(tmp_path, OWN, split + READINGS + rest)
    assert "found a folder without dossier.yaml" in fault


def test_several_dossiers_are_not_put_into_one(tmp_path: Path) -> None:
    write_dossier(tmp_path / "out")
    rest = REST.replace("  name: Leeds\n", "")
    (fault,) = refusals(tmp_path, OWN, "scope: {column: Month}\n" + READINGS + rest)
    assert fault == "out:1: folder: found a dossier, expected a folder for several dossiers"


def test_one_bad_site_keeps_all_sites_from_being_written(tmp_path: Path) -> None:
    own = "Month,Seconds,Calls,Site\n2026-09,1,1,A\n2026-09,1,1,B\n2026-09,2,1,B\n"
    rest = REST.replace("  name: Leeds\n", "")
    faults = refusals(tmp_path, own, "scope: {column: Site}\n" + READINGS + rest)
    assert [fault.split(": ")[0] for fault in faults] == ["own.csv:3", "own.csv:4"]


def test_an_empty_folder_is_a_place_for_a_dossier(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    bring_in(tmp_path, OWN, READINGS + REST)
    assert written(tmp_path) == ["aht,2026-09,33000,100"]


def test_a_place_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (fault,) = refusals(tmp_path, OWN, READINGS + REST, out="no/where")
    assert (
        fault == "no/where:1: folder: found No such file or directory, expected a place to write to"
    )
    assert not (tmp_path / "no").exists()


def test_a_file_stands_in_the_place_of_a_dossier(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    (fault,) = refusals(tmp_path, OWN, READINGS + REST)
    assert fault.startswith("out:1: folder: ")
    assert (tmp_path / "out").read_text() == "mine"


def test_intervals_in_parquet_are_not_joined_by_a_second_file(tmp_path: Path) -> None:
    write_dossier(tmp_path / "out", {PARQUET: "PAR1"})
    mapping = """
columns: {channel: {value: phone}, start: At, offered: O, answered: O, within_threshold: O}
"""
    (fault,) = refusals(tmp_path, "At,O\n2026-09-01T09:00Z,1\n", mapping, table="intervals")
    assert fault.startswith("out/intervals.parquet:1: file: ")


def test_the_files_get_the_rights_that_new_files_have(tmp_path: Path) -> None:
    bring_in(tmp_path, OWN, READINGS + REST)
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "file").touch()
    for mine, other in ((tmp_path / "out", plain), (tmp_path / "out/readings.csv", plain / "file")):
        assert stat.S_IMODE(mine.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_where_the_second_of_two_moves_fails_the_first_is_taken_back(tmp_path: Path) -> None:
    from attain.dossier.merging import Origin
    from attain.dossier.staging import StagedFile
    from attain.measurement.faults import RefusedError

    write_dossier(tmp_path / "out")
    before = contents(tmp_path / "out")
    # A folder cannot be replaced by a file, which only shows when it is tried.
    (tmp_path / "out/practices.csv").mkdir()
    origin = Origin("own.csv", 1)
    staged = {
        "systems.csv": StagedFile("system,class\nivr,enabling\n", {}, origin),
        "practices.csv": StagedFile("item,documented,reason,evidence\n", {}, origin),
    }
    with pytest.raises(RefusedError):
        write_checked(tmp_path / "out", {".": staged})
    assert contents(tmp_path / "out") == before
    assert not list(tmp_path.rglob(".*import*"))


def test_the_command_prints_the_report_or_the_faults(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN)
    (tmp_path / "mapping.yaml").write_text(READINGS + REST)
    program = "from attain.commands import main; main()"
    words = ["import", "readings", "own.csv", "--mapping", "mapping.yaml", "--out", "out"]
    run = [sys.executable, "-c", program, *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "readings: 1 rows added to the dossier in out" in done.stdout
    (tmp_path / "own.csv").write_text(OWN.replace("33000", "many"))
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith('own.csv:2: Seconds: found "many", expected a number with . as')
