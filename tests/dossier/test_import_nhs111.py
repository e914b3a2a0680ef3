"""The mapping of the how-to, on our own example and on the public file where it is present."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from attain.dossier.folder import Dossier, read_dossier
from attain.dossier.imports import import_table
from attain.dossier.mapping import Mapping
from attain.measurement.metrics import MonthState, Track, judge_months
from attain.measurement.periods import Month
from importing import bring_in
from project import ROOT

HOW_TO = ROOT / "docs" / "how-to" / "import-your-own-data.md"
EXAMPLE = ROOT / "tests" / "dossier" / "examples" / "calls-by-site-and-month.csv"
PUBLIC = ROOT.parent / "shared" / "data" / "nhs111_2015_16" / "nhs111_site_month_2015_16.csv"
ANSWERED, ABANDONED = "answered-within-60-seconds", "abandoned-after-30-seconds"
MARCH = Month.of(date(2016, 3, 1))
public = pytest.mark.skipif(
    not PUBLIC.exists(), reason="shared/data/nhs111_2015_16 is not beside the project"
)


def blocks() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", HOW_TO.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def imported(folder: Path, own: Path) -> tuple[dict[str, Dossier], list[str]]:
    report = bring_in(folder, own, blocks()[0])
    dossiers = {path.name: read_dossier(path) for path in sorted((folder / "out").iterdir())}
    return dossiers, report


def states(dossier: Dossier, metric: str) -> dict[Month, MonthState]:
    found = next(m for m in dossier.figures.metrics if m.metric == metric)
    judged = judge_months(found.readings, found.targets, found.better, MARCH)
    return {month: Track(metric, judged, MARCH).state(month) for month in judged}


def on_target(dossiers: dict[str, Dossier], metric: str) -> Counter[MonthState]:
    return Counter(state for d in dossiers.values() for state in states(d, metric).values())


def month_of(dossiers: dict[str, Dossier], words: str, month: str) -> tuple[str, MonthState]:
    """Return the share answered in time of a named site in a month, as printed, and its state."""
    (dossier,) = (d for d in dossiers.values() if words in d.figures.scope.name)
    metric = next(m for m in dossier.figures.metrics if m.metric == ANSWERED)
    value = metric.readings[Month.parse(month)].value
    return f"{float(value):.5f}", states(dossier, ANSWERED)[Month.parse(month)]


def test_the_mapping_of_the_how_to_brings_in_our_example(tmp_path: Path) -> None:
    dossiers, report = imported(tmp_path, EXAMPLE)
    assert set(dossiers) == {"X01", "X02", "X03", "X04"}
    counts = on_target(dossiers, ANSWERED)
    assert (counts[MonthState.ON_TARGET], counts[MonthState.OFF_TARGET]) == (15, 15)
    assert month_of(dossiers, "HARBOUR", "2015-05")[1] is MonthState.ON_TARGET
    assert month_of(dossiers, "HARBOUR", "2015-06")[1] is MonthState.OFF_TARGET
    assert dossiers["X02"].figures.scope.name == "MOOR WITHOUT VALLEY 111"
    assert [line for line in report if line.startswith("X")] == [
        "X02 has 2 names: MOOR AND VALLEY 111 (2015-04 to 2015-07); "
        "MOOR WITHOUT VALLEY 111 (2015-08 to 2015-09). The dossier has the latest",
        "X02 (MOOR WITHOUT VALLEY 111) ends with 2015-09, the file with 2016-03",
        "X03 (VALLEY 111) ends with 2015-09, the file with 2016-03",
        "X04 (MOOR WITH VALLEY 111) begins with 2015-10, the file with 2015-04",
    ]


@public
def test_the_public_file_is_46_sites_and_534_months_each_judged_exactly(tmp_path: Path) -> None:
    dossiers, report = imported(tmp_path, PUBLIC)
    assert len(dossiers) == 46
    answered, abandoned = on_target(dossiers, ANSWERED), on_target(dossiers, ABANDONED)
    assert sum(answered.values()) == sum(abandoned.values()) == 534
    assert answered[MonthState.ON_TARGET] == 245
    assert abandoned[MonthState.ON_TARGET] == 489
    assert any("readings: 1068 rows added to the 46 dossiers, 46 of them new" in r for r in report)
    volume = sum(dossier.figures.scope.site_volume for dossier in dossiers.values())
    assert volume == 14_039_579


@public
def test_a_month_that_prints_as_95_but_is_below_fails(tmp_path: Path) -> None:
    dossiers, _ = imported(tmp_path, PUBLIC)
    off, on = MonthState.OFF_TARGET, MonthState.ON_TARGET
    assert month_of(dossiers, "LEICESTERSHIRE", "2015-05") == ("0.94968", off)
    assert month_of(dossiers, "STAFFORDSHIRE", "2015-07") == ("0.94985", off)
    assert month_of(dossiers, "NOTTINGHAM CITY", "2015-05") == ("0.95018", on)


@public
def test_the_north_west_sites_stay_apart_and_are_named(tmp_path: Path) -> None:
    dossiers, report = imported(tmp_path, PUBLIC)
    months = {code: len(states(d, ANSWERED)) for code, d in dossiers.items()}
    assert {code: count for code, count in months.items() if count != 12} == {
        "111AF5": 6,
        "111AF6": 6,
        "111AF8": 6,
    }
    assert [line for line in report if line.startswith("111A")] == [
        "111AF5 has 2 names: NORTH WEST NHS 111 (2015-04 to 2015-08); "
        "NORTH WEST EXC BLACKPOOL NHS 111 (2015-09). The dossier has the latest",
        "111AF5 (NORTH WEST EXC BLACKPOOL NHS 111) ends with 2015-09, the file with 2016-03",
        "111AF6 (BLACKPOOL NHS 111) ends with 2015-09, the file with 2016-03",
        "111AF8 (NORTH WEST INC BLACKPOOL NHS 111) begins with 2015-10, the file with 2015-04",
    ]
    assert all(line in HOW_TO.read_text("utf-8") for line in report if line.startswith("111A"))


OTHERS = {
    "filter": ("KPI,Month,Total,Calls\nAHT,Sep 2026,33000,100\nHeads,Sep 2026,9,\n", "readings"),
    "encoding": ("Monat;Anteil\n01.09.2026;95,5 %\n01.10.2026;n/a\n", "readings"),
    "occurrence": (
        "Date,Time,Queue,Offered,Answered,In SL\n01/09/2026,09:30,Voice,3,2,1\n",
        "intervals",
    ),
}
REST = """
tables:
  processes: [{process: p, class: enabling, low_volume: no, time_and_materials: no}]
  metrics:
    - {metric: average-handle-time, process: p, aspect: efficiency, unit: seconds, better: lower}
    - {metric: service-level, process: p, aspect: service, unit: share, better: higher}
dossier:
  name: Ours
  operation: internal
  timezone: Europe/London
  channels: [phone]
  volume: {site: 1, assessed: 1}
"""


def test_every_mapping_in_the_how_to_is_a_mapping() -> None:
    assert len(blocks()) == 5
    for block in blocks():
        Mapping.model_validate(yaml.load(block, Loader=yaml.BaseLoader))


@pytest.mark.parametrize("word", OTHERS)
def test_the_other_mappings_of_the_how_to_work(tmp_path: Path, word: str) -> None:
    own, table = OTHERS[word]
    (block,) = (block for block in blocks()[1:] if word in block and "Total}" not in block)
    (tmp_path / "own.csv").write_bytes(own.encode("windows-1252"))
    (tmp_path / "mapping.yaml").write_text(block + REST, encoding="utf-8")
    import_table(table, tmp_path / "own.csv", tmp_path / "mapping.yaml", tmp_path / "out")
    rows = (tmp_path / "out" / f"{table}.csv").read_text("utf-8").splitlines()[1:]
    assert (
        rows
        == {
            "filter": ["average-handle-time,2026-09,33000,100"],
            "encoding": ["service-level,2026-09,0.955,"],
            "occurrence": ["phone,2026-09-01T09:30:00+01:00,3,2,1"],
        }[word]
    )
