"""The folder of a dossier: which files it may hold, and the figures that they add up to."""

import os
import random
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attain.dossier.folder import check_dossier, open_dossier, read_dossier
from attain.dossier.scaffold import write_new_dossier
from attain.measurement.counting import Tally
from attain.measurement.faults import RefusedError
from attain.measurement.metrics import DatedValue, Direction, Reading
from attain.measurement.periods import Month
from attain.measurement.volumes import ServiceLevelTarget
from attain.standards.figures import (
    Aspect,
    Documented,
    Metric,
    Practice,
    Process,
    ProcessClass,
    System,
    Uptime,
)
from dossiers import SOUND, faults_of, faults_with, write_dossier

INTERVALS = "channel,start,offered,answered,within_threshold\n"
TABLES = (
    "documents.csv, improvement_actions.csv, incidents.csv, initiatives.csv, intervals.csv, "
    "intervals.parquet, metrics.csv, practices.csv, processes.csv, readings.csv, satisfaction.csv, "
    "service_levels.csv, systems.csv, targets.csv, technology_changes.csv or uptime.csv"
)


def test_the_figures_of_a_folder_are_exact_and_by_their_keys(tmp_path: Path) -> None:
    files = {
        "targets.csv": "metric,from,target\ncsat,2026-05-01,4.10\ncsat,2025-01-01,4\n",
        "readings.csv": "metric,month,numerator,denominator\n"
        "csat,2026-10,0.1,\ncsat,2026-09,949.85,1000\naht,2026-10,300,0\n",
        "uptime.csv": "system,month,uptime,target\nacd,2026-10,0.9991,0.999\n",
        "practices.csv": "item,documented,reason,evidence\np2,not_applicable,no store,\np1,yes,,\n",
    }
    figures = read_dossier(write_dossier(tmp_path / "d", files)).figures
    answering = Process("answering", ProcessClass.END_USER_FACING, False, False)
    october, september = Month.parse("2026-10"), Month.parse("2026-09")
    assert figures.metrics == (
        Metric("aht", answering, Aspect.EFFICIENCY, "seconds", Direction.LOWER, (),
               {october: Reading(Fraction(300), Fraction(0))}),
        Metric("csat", answering, Aspect.SATISFACTION, None, Direction.HIGHER,
               (DatedValue(date(2025, 1, 1), Fraction(4)),
                DatedValue(date(2026, 5, 1), Fraction(41, 10))),
               {september: Reading(Fraction(94985, 100), Fraction(1000)),
                october: Reading(Fraction(1, 10), Fraction(1))}),
    )  # fmt: skip
    assert figures.systems == (
        System("acd", ProcessClass.END_USER_FACING,
               {october: Uptime(Fraction(9991, 10000), Fraction(999, 1000))}),
    )  # fmt: skip
    assert figures.practices == (
        Practice("p1", Documented.YES, None, None),
        Practice("p2", Documented.NOT_APPLICABLE, "no store", None),
    )
    assert figures.volumes == {}


def test_the_example_of_every_table_reaches_the_figures(tmp_path: Path) -> None:
    write_new_dossier(tmp_path / "d")
    figures = read_dossier(tmp_path / "d").figures
    assert figures.service_levels == (
        ServiceLevelTarget("phone", date(2025, 11, 1), Fraction(4, 5), "offered"),
    )
    assert figures.volumes == {"phone": {Month.parse("2026-10"): Tally(42, 0, 42)}}
    assert figures.incidents[0].opened == datetime(2026, 10, 7, 13, 5, tzinfo=UTC)
    assert figures.initiatives[0].completed == date(2026, 8, 28)
    assert figures.actions[0].taken_on == date(2026, 10, 12)
    assert figures.documents[0].tested_on == date(2026, 5, 11)
    assert figures.satisfaction[0].value == Fraction(43, 10)
    assert figures.changes[0].annual_plan_reference == "plan 2026, 3.2"


def test_every_table_is_optional(tmp_path: Path) -> None:
    figures = read_dossier(write_dossier(tmp_path / "d", dict.fromkeys(SOUND, "") | {
        "dossier.yaml": SOUND["dossier.yaml"]})).figures  # fmt: skip
    assert not figures.metrics
    assert not figures.systems


def test_other_files_and_folders_are_ignored(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "d", {"notes.txt": "x", "readings.csv.bak": "x", "csv": "x"})
    (folder / "archive.csv").mkdir()
    (folder / ".git").mkdir()
    (folder / "2025" / "deep").mkdir(parents=True)
    (folder / "2025" / "readings.csv").write_text("x")
    assert faults_of(folder) == []


@pytest.mark.parametrize("name", ["costs.csv", "Readings.csv", "readings.CSV", "x.Parquet", ".csv"])
def test_a_table_that_the_contract_does_not_know_is_refused(tmp_path: Path, name: str) -> None:
    assert faults_with(tmp_path, {name: "a,b\n"}) == [
        f"{name}:1: file: found a file that is no table of a dossier, expected only {TABLES}"
    ]


def test_a_file_may_be_admitted_beside_the_tables(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "d", {"costs.csv": "what,cost\n"})
    assert read_dossier(folder, extra=frozenset({"costs.csv"})).figures.metrics


def test_two_files_of_intervals_are_one_too_many(tmp_path: Path) -> None:
    assert faults_with(tmp_path, {"intervals.csv": INTERVALS, "intervals.parquet": b"PAR1"}) == [
        "intervals.parquet:1: file: found it beside intervals.csv, expected only one of the two"
    ]


@pytest.mark.parametrize("name", ["readings.csv", "intervals.csv", "intervals.parquet"])
def test_what_is_no_file_is_refused_under_the_name_of_a_table(tmp_path: Path, name: str) -> None:
    first, second, third = (write_dossier(tmp_path / letter) for letter in "abc")
    (first / name).mkdir()
    assert faults_of(first) == [f"{name}:1: file: found a folder, expected a file"]
    (second / name).symlink_to(tmp_path / "nowhere")
    os.mkfifo(third / name)
    device = f"{name}:1: file: found a broken link or a device, expected a file"
    assert faults_of(second) == [device]
    assert faults_of(third) == [device]


def test_a_table_that_cannot_be_opened_does_not_make_its_names_unknown(tmp_path: Path) -> None:
    folder = write_dossier(
        tmp_path / "d",
        {"metrics.csv": "", "readings.csv": "metric,month,numerator,denominator\nx,2026-10,1,1\n"},
    )
    (folder / "metrics.csv").symlink_to(tmp_path / "nowhere")
    assert [fault.split(":")[0] for fault in faults_of(folder)] == ["metrics.csv"]


def test_a_link_to_a_table_is_followed(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "d", {"systems.csv": ""})
    (tmp_path / "elsewhere").write_text("system,class\ncrm,enabling\n")
    (folder / "systems.csv").symlink_to(tmp_path / "elsewhere")
    assert read_dossier(folder).figures.systems[0].system == "crm"


@pytest.mark.parametrize("make", ["nothing", "file", "header as folder"])
def test_a_path_that_is_no_dossier_is_refused_by_its_name(tmp_path: Path, make: str) -> None:
    path = tmp_path / "d"
    expected = "the folder of a dossier; “attain dossier new” makes one"
    if make == "nothing":
        fault = f"{path}:1: folder: found No such file or directory, expected {expected}"
    elif make == "file":
        path.write_text("x")
        fault = f"{path}:1: folder: found Not a directory, expected {expected}"
    else:
        (path / "dossier.yaml").mkdir(parents=True)
        fault = "dossier.yaml:1: file: found something else of that name, expected the file with"
    assert [line[: len(fault)] for line in faults_of(path)] == [fault]


def test_a_name_that_a_terminal_would_obey_is_written_out(tmp_path: Path) -> None:
    fault = faults_with(tmp_path, {"a\x1b[31m\n.csv": "x"})[0]
    assert fault.startswith(r"a\x1b[31m\n.csv:1: file: found ")


def test_an_estate_gives_the_volumes_from_its_lake(tmp_path: Path) -> None:
    volumes = {"phone": {Month.parse("2026-10"): Tally(1, 0, 2)}}
    folder = write_dossier(tmp_path / "d")
    assert read_dossier(folder, volumes=volumes).figures.volumes == volumes
    (folder / "intervals.csv").write_text(INTERVALS)
    with pytest.raises(RefusedError) as refused:
        read_dossier(folder, volumes=volumes)
    assert [str(fault) for fault in refused.value.faults] == [
        "intervals.csv:1: file: found a file of intervals, expected no intervals here: "
        "they come from the lake that the estate shares"
    ]


def test_what_an_estate_asks_of_its_lake_is_known_before_the_volumes(tmp_path: Path) -> None:
    levels = "channel,from,target,of\nphone,2026-01-01,0.8,offered\n"
    opened = open_dossier(write_dossier(tmp_path / "d", {"service_levels.csv": levels}))
    assert opened.figures
    assert opened.figures.scope.timezone == "Europe/London"
    assert opened.targets == opened.figures.service_levels
    assert opened.with_volumes({}).as_of == date(2026, 10, 31)
    broken = open_dossier(write_dossier(tmp_path / "e", {"systems.csv": "x\n"}))
    assert broken.figures is None
    assert broken.faults


def test_a_check_counts_the_rows_of_each_table(tmp_path: Path) -> None:
    rows = INTERVALS + "phone,2026-10-05T09:00Z,0,0,0\nphone,2026-10-05T09:15Z,1,1,1\n"
    checked = check_dossier(write_dossier(tmp_path / "d", {"intervals.csv": rows}))
    assert checked.rows == {"processes": 2, "metrics": 2, "systems": 1, "intervals": 2}
    assert checked.dossier == read_dossier(tmp_path / "d")


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_change_the_figures(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("dossier")
    months = [f"2026-{month:02d}" for month in range(1, 11)]
    rows = {
        "readings": [
            f"{m},{month},{n},7" for n, month in enumerate(months) for m in ("aht", "csat")
        ],
        "targets": ["aht,2026-03-01,2", "aht,2026-01-01,5", "csat,2025-01-01,0"],
        "uptime": [f"acd,{month},0.9,0.5" for month in months],
        "service_levels": ["phone,2026-01-01,0.8,offered", "phone,2026-04-01,0.9,answered"],
        "intervals": [f"phone,{month}-05T09:00Z,9,8,7" for month in months],
        "practices": ["b,yes,,", "a,no,,"],
    }
    names = {
        "readings": "metric,month,numerator,denominator",
        "targets": "metric,from,target",
        "uptime": "system,month,uptime,target",
        "service_levels": "channel,from,target,of",
        "intervals": INTERVALS.strip(),
        "practices": "item,documented,reason,evidence",
    }
    first = write_dossier(folder / "a", {f"{n}.csv": _table(names[n], r) for n, r in rows.items()})
    shuffled = {
        f"{name}.csv": _turned(names[name], chance.sample(lines, len(lines)), chance)
        for name, lines in rows.items()
    }
    assert read_dossier(first) == read_dossier(write_dossier(folder / "b", shuffled))


def _table(header: str, rows: list[str]) -> str:
    return "\n".join([header, *rows, ""])


def _turned(header: str, rows: list[str], chance: random.Random) -> str:
    cells = [line.split(",") for line in (header, *rows)]
    order = chance.sample(range(len(cells[0])), len(cells[0]))
    return "".join(",".join(line[place] for place in order) + "\n" for line in cells)
