"""`attain dossier new` and `attain dossier check`, as a person calls them."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from attain.commands import run
from attain.dossier.folder import check_dossier
from attain.dossier.scaffold import write_new_dossier
from attain.dossier.tables import TABLES
from attain.measurement.faults import RefusedError
from dossiers import write_dossier


def test_a_new_dossier_has_every_table_with_one_row_and_no_fault(tmp_path: Path) -> None:
    assert run(["dossier", "new", str(tmp_path / "d")]) == 0
    checked = check_dossier(tmp_path / "d")
    assert checked.rows == dict.fromkeys(TABLES, 1)
    assert not checked.doubts
    assert sorted(path.name for path in (tmp_path / "d").iterdir()) == sorted(
        ["dossier.yaml", *(table.file for table in TABLES.values())]
    )


def test_a_new_dossier_is_certified_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["dossier", "new", str(tmp_path / "d")])
    capsys.readouterr()
    assert run(["certify", str(tmp_path / "d")]) == 0
    out, err = capsys.readouterr()
    assert "Example centre" in out
    assert not err


def test_a_new_dossier_may_go_into_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["dossier", "new", "."]) == 0
    assert check_dossier(tmp_path).rows["readings"] == 1
    assert len(list(tmp_path.iterdir())) == 1 + len(TABLES)


@pytest.mark.parametrize("held", ["notes.txt", "dossier.yaml", ".hidden"])
def test_a_new_dossier_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], held: str
) -> None:
    (tmp_path / held).write_text("mine")
    assert run(["dossier", "new", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err == (
        f"{tmp_path}:1: folder: found a folder that holds {held}, "
        "expected the path of a new or empty folder, whose parent folder is there\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == [held]
    assert (tmp_path / held).read_text() == "mine"


@pytest.mark.parametrize("path", ["file", "broken", "no/parent"])
def test_a_new_dossier_needs_a_place(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    assert run(["dossier", "new", str(tmp_path / path)]) == 2
    assert sorted(found.name for found in tmp_path.iterdir()) == ["broken", "file"]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let the system refuse to write more, as it does when a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("there", [True, False])
def test_nothing_half_written_stays_behind(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "d"
    if there:
        folder.mkdir()
    before = sorted(tmp_path.rglob("*"))
    with files_of_at_most(300), pytest.raises(RefusedError, match="File too large"):
        write_new_dossier(folder)
    assert sorted(tmp_path.rglob("*")) == before
    write_new_dossier(folder)


def test_a_check_says_what_was_read_and_what_is_doubtful(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"fax,2026-0{month}-05T09:00Z,1,1,1\n" for month in (3, 5, 6))
    readings = "metric,month,numerator,denominator\naht,2026-09,1,1\naht,2026-10,1,1\n"
    folder = write_dossier(
        tmp_path / "d",
        {
            "intervals.csv": "channel,start,offered,answered,within_threshold\n" + rows,
            "readings.csv": readings,
        },
    )
    assert run(["dossier", "check", str(folder), "--as-of", "2026-09-30"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "Leeds, as of 2026-09-30: no fault.",
        "  processes                   2 rows",
        "  metrics                     2 rows",
        "  readings                    2 rows   2026-09 to 2026-10",
        "  intervals                   3 rows   2026-03 to 2026-06, 1 missing",
        "  systems                      1 row",
        "doubt intervals.csv:2: fax is not among the channels of dossier.yaml, and is not counted; "
        "add it there if the centre is contacted in it",
    ]
    assert not err


def test_a_check_lists_every_fault_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_dossier(
        tmp_path / "d", {"systems.csv": "system,class\na,b\n", "metrics.csv": "metric\n"}
    )
    assert run(["dossier", "check", str(folder)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert [line.split(": found")[0] for line in err.splitlines()] == [
        "metrics.csv:1: process",
        "metrics.csv:1: aspect",
        "metrics.csv:1: unit",
        "metrics.csv:1: better",
        "systems.csv:2: class",
    ]


def test_a_check_as_of_no_day_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["dossier", "check", str(write_dossier(tmp_path / "d")), "--as-of", "today"]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "today" in err
