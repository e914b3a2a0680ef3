"""What the contract refuses of `intervals.parquet`, and that it judges like the CSV file."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contract.agreement import differences
from contract.contract_files import read_rows
from contract.drawn_dossiers import draw_dossier, write_dossier
from contract.oracle import verdict
from contract.refusing import certify, places_of_faults
from dossiers import write_dossier as write_sound

START = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
SOUND: dict[str, Any] = {
    "channel": ["phone", "phone"],
    "start": ["2026-10-25T01:30:00Z", "2026-10-25T01:30:00+01:00"],
    "offered": [4, 5],
    "answered": [4, 0],
    "within_threshold": [3, 0],
}


def places(folder: Path, capsys: pytest.CaptureFixture[str], table: dict[str, Any]) -> list[str]:
    """Return the places of the faults of a sound dossier with such intervals."""
    write_sound(folder)
    pq.write_table(pa.table(table), folder / "intervals.parquet")
    return places_of_faults(capsys, str(folder))


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"start": [START, START.astimezone(timezone(timedelta(hours=1))) + timedelta(hours=1)]},
        {"start": pa.array([START, START + timedelta(1)], pa.timestamp("ns", "Asia/Kolkata"))},
        {"start": pa.array([START, START + timedelta(1)], pa.timestamp("s", "+05:30"))},
        {"offered": pa.array([4, 5], pa.uint16())},
        {"channel": ["fax", "live_chat2"]},
    ],
)
def test_intervals_as_the_contract_asks_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], other: dict[str, Any]
) -> None:
    assert places(tmp_path / "dossier", capsys, {**SOUND, **other}) == []


@pytest.mark.parametrize(
    ("other", "column"),
    [
        ({"start": pa.array([START, START], pa.timestamp("us"))}, "start"),
        ({"start": ["2026-10-25T01:30:00Z", "2026-10-25T02:30:00"]}, "start"),
        ({"start": ["2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"]}, "start"),
        ({"start": [START, START]}, "start"),
        ({"start": [START, None]}, "start"),
        ({"start": [46000, 46001]}, "start"),
        ({"offered": [4.0, 5.0]}, "offered"),
        ({"offered": ["4", "5"]}, "offered"),
        ({"offered": [4, None]}, "offered"),
        ({"answered": [4, 6]}, "answered"),
        ({"within_threshold": [3, 1]}, "within_threshold"),
        ({"within_threshold": [3, -1]}, "within_threshold"),
        ({"channel": ["phone", "Phone"]}, "channel"),
        ({"channel": ["phone", None]}, "channel"),
        ({"remark": ["", ""]}, "remark"),
    ],
)
def test_intervals_that_are_not_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], other: dict[str, Any], column: str
) -> None:
    faults = places(tmp_path / "dossier", capsys, {**SOUND, **other})
    assert faults
    for fault in faults:
        file, line, named = fault.split(":")
        assert (file, named.strip()) == ("intervals.parquet", column)
        assert int(line) >= 1


@pytest.mark.parametrize("column", SOUND)
def test_a_missing_column_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str
) -> None:
    table = {name: cells for name, cells in SOUND.items() if name != column}
    faults = places(tmp_path / "dossier", capsys, table)
    assert faults == [f"intervals.parquet:1: {column}"]


def test_a_file_that_is_no_parquet_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_sound(tmp_path / "dossier", {"intervals.parquet": b"channel,start\n"})
    (fault,) = places_of_faults(capsys, str(folder))
    assert fault.startswith("intervals.parquet:1: ")


@pytest.mark.parametrize("seed", [1, 2, 5, 8, 13, 21])
def test_intervals_are_judged_alike_in_parquet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    draw = Random(seed)
    drawn = draw_dossier(draw, 0)
    drawn["given"] = None
    drawn["header"]["as_of"] = "2025-10-31"
    folder = write_dossier(tmp_path / "dossier", drawn, draw)
    oracle = verdict(folder)
    rows = read_rows(folder / "intervals.csv")
    counts = ("offered", "answered", "within_threshold")
    table: dict[str, Any] = {column: [int(row[column]) for row in rows] for column in counts}
    starts = [row["start"] for row in rows]
    table["start"] = starts if seed % 2 else [datetime.fromisoformat(text) for text in starts]
    pq.write_table(
        pa.table({"channel": [row["channel"] for row in rows], **table}),
        folder / "intervals.parquet",
    )
    (folder / "intervals.csv").unlink(missing_ok=True)
    status, out, _ = certify(capsys, str(folder), "--json")
    assert status == 0
    assert differences(json.loads(out), oracle) == []
