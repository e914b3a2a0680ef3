"""An estate's lake is filled file by file: all intervals of a file, or none."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable

from attain.commands import run
from attain.lake import appending
from attain.lake.duckdb_engine import DuckdbEngine
from attain.lake.engine import Query
from attain.lake.intervals import tally_lake
from attain.lake.stretches import CentreWindow
from attain.measurement.faults import RefusedError
from attain.measurement.periods import Month
from interval_rows import Row, columns_of, tally_slowly, utc, write_intervals, write_parquet

OCTOBER = (Month.parse("2026-10"),)
CENTRES = {site: CentreWindow("Europe/London", (), OCTOBER) for site in ("leeds", "york")}


def rows(day: int, count: int = 96) -> list[Row]:
    first = utc(2026, 10, day)
    return [Row("phone", first + n * timedelta(minutes=15), 5, 4, n % 4) for n in range(count)]


def write_csv(path: Path, listed: Iterable[Row]) -> Path:
    lines = [
        f"{r.channel},{r.start.isoformat()},{r.offered},{r.answered},{r.within}" for r in listed
    ]
    header = "channel,start,offered,answered,within_threshold"
    # An empty line is skipped, and later lines keep their numbers.
    path.write_text("\n".join([header, lines[0], "", *lines[1:]]) + "\n")
    return path


def append(*arguments: object) -> int:
    return run(["lake", "append", *map(str, arguments)])


def test_intervals_appended_from_csv_and_parquet_are_judged_together(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    csv = write_csv(tmp_path / "a.csv", rows(1))
    parquet = write_intervals(tmp_path / "b.parquet", rows(2), "texts")
    of_york = {"site": pa.array(["york"] * 96), **columns_of(rows(1))}
    both = write_parquet(tmp_path / "c.parquet", of_york)
    assert append(lake, csv, "--site", "leeds") == 0
    assert append(lake, parquet, "--site", "leeds") == 0
    assert append(lake, both) == 0
    found = tally_lake(lake, CENTRES).by_site
    assert found["leeds"] == tally_slowly(rows(1) + rows(2), "Europe/London", (), OCTOBER)
    assert found["york"] == tally_slowly(rows(1), "Europe/London", (), OCTOBER)


def test_an_interval_that_is_in_the_lake_already_is_refused_and_nothing_is_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = tmp_path / "lake"
    assert append(lake, write_intervals(tmp_path / "a.parquet", rows(1)), "--site", "leeds") == 0
    more = write_csv(tmp_path / "b.csv", [*rows(2, 2), *rows(1, 1)])
    assert append(lake, more, "--site", "leeds") == 2
    assert capsys.readouterr().err.splitlines() == [
        'b.csv:5: start: found "leeds phone 2026-10-01T00:00:00+00:00", '
        "expected a site, channel and start that is not in the lake yet"
    ]
    assert DeltaTable(lake).version() == 0
    assert append(lake, more, "--site", "york") == 0


def test_a_file_with_a_fault_is_refused_as_in_a_dossier(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [*rows(1, 3), rows(1, 1)[0], rows(2, 1)[0]._replace(answered=6)]
    for file in (write_csv(tmp_path / "a.csv", bad), write_intervals(tmp_path / "b.parquet", bad)):
        assert append(tmp_path / "lake", file, "--site", "leeds") == 2
    told = [line.split(": found")[0] for line in capsys.readouterr().err.splitlines()]
    assert told == [
        "a.csv:6: start",
        "a.csv:7: answered",
        "b.parquet:5: start",
        "b.parquet:6: answered",
    ]
    assert not (tmp_path / "lake").exists()


def test_whose_intervals_they_are_must_be_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    csv = write_csv(tmp_path / "a.csv", rows(1))
    of_york = {"site": pa.array(["york"] * 96), **columns_of(rows(1))}
    both = write_parquet(tmp_path / "c.parquet", of_york)
    assert append(tmp_path / "lake", csv) == 2
    assert append(tmp_path / "lake", both, "--site", "leeds") == 2
    assert append(tmp_path / "lake", csv, "--site", " ") == 2
    told = capsys.readouterr().err
    assert "--site: found nothing, expected the site whose intervals they are" in told
    assert 'c.parquet:1: site: found the column "site", expected only the columns channel' in told


def test_a_folder_that_is_no_lake_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_intervals(tmp_path / "a.parquet", rows(1))
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "notes.txt").write_text("mine")
    assert append(tmp_path / "lake", file, "--site", "leeds") == 2
    assert "expected a Delta table" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "lake").iterdir()] == ["notes.txt"]


class InterruptedEngine(DuckdbEngine):
    """An engine before whose writing another append comes."""

    def __init__(self, other: Path) -> None:
        super().__init__()
        self._other = other

    def write(self, query: Query, table: Path, after: int | None) -> int:
        appending.append_file(table, self._other, "leeds", DuckdbEngine())
        return super().write(query, table, after)


@pytest.mark.parametrize("begun", [False, True])
def test_of_two_appends_at_the_same_time_one_is_refused(tmp_path: Path, begun: bool) -> None:
    lake, same = tmp_path / "lake", write_intervals(tmp_path / "a.parquet", rows(1))
    if begun:
        other = write_intervals(tmp_path / "b.parquet", rows(2))
        appending.append_file(lake, other, "leeds")
    with pytest.raises(RefusedError, match="another append at the same time"):
        appending.append_file(lake, same, "leeds", InterruptedEngine(same))
    assert tally_lake(lake, CENTRES).by_site["leeds"]["phone"][OCTOBER[0]].total == 480 * (
        1 + begun
    )
