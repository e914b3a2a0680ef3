"""What is allowed and doubtful: uneven, overlapping and unheard-of intervals."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from attain.dossier.folder import check_dossier
from dossiers import HEADER, write_dossier

COLUMNS = "channel,start,offered,answered,within_threshold\n"


def doubts(
    folder: Path, starts: Iterable[str], channel: str = "phone", zone: str = ""
) -> list[str]:
    rows = "".join(f"{channel},{start},1,1,1\n" for start in starts)
    header = HEADER.replace("Europe/London", zone or "Europe/London")
    files = {"dossier.yaml": header, "intervals.csv": COLUMNS + rows}
    return [str(doubt) for doubt in check_dossier(write_dossier(folder / "d", files)).doubts]


def quarters(*minutes: int) -> list[str]:
    return [f"2026-06-01T{m // 60:02d}:{m % 60:02d}Z" for m in minutes]


def test_even_intervals_with_a_closed_night_raise_no_doubt(tmp_path: Path) -> None:
    assert doubts(tmp_path, quarters(0, 15, 30, 45, 600, 615, 660)) == []
    assert doubts(tmp_path, quarters(0)) == []
    assert doubts(tmp_path, []) == []


def test_intervals_that_overlap_are_doubted_at_the_first_line(tmp_path: Path) -> None:
    assert doubts(tmp_path, quarters(0, 30, 60, 75, 90, 120, 150, 180, 210)) == [
        "doubt intervals.csv:5: 2 intervals of phone start closer than 30 minutes to the one "
        "before it; intervals that overlap count contacts twice: keep one of them",
        "doubt intervals.csv:5: an interval of phone starts off the grid of 30 minutes that the "
        "others keep; check the times and the offsets that the source writes",
    ]


def test_an_interval_off_the_grid_is_doubted_wherever_its_line_stands(tmp_path: Path) -> None:
    found = doubts(tmp_path, [*quarters(307), *quarters(*range(0, 180, 15))])
    assert [doubt.split(";")[0] for doubt in found] == [
        "doubt intervals.csv:2: an interval of phone starts off the grid of 15 minutes that the "
        "others keep"
    ]


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("Europe/London", "2026-03-28", 15),
        ("Europe/London", "2026-10-24", 15),
        ("Europe/London", "2026-10-24", 60),
        ("Europe/London", "2026-03-27", 24 * 60),
        ("Europe/London", "2026-10-23", 24 * 60),
        ("Australia/Lord_Howe", "2026-04-04", 30),
        ("Australia/Lord_Howe", "2026-04-04", 60),
        ("Australia/Lord_Howe", "2026-10-03", 60),
        ("America/Havana", "2026-10-31", 60),
    ],
)
def test_a_change_of_the_clocks_raises_no_doubt(
    tmp_path: Path, zone: str, day: str, minutes: int
) -> None:
    place, utc = ZoneInfo(zone), ZoneInfo("UTC")
    first = datetime.fromisoformat(day).replace(tzinfo=place)
    steps = 6 * 24 * 60 // minutes
    if minutes == 24 * 60:
        starts = [(first + n * timedelta(days=1)).isoformat() for n in range(steps)]
    else:
        step = timedelta(minutes=minutes)
        moments = [first.astimezone(utc) + n * step for n in range(steps)]
        starts = [moment.astimezone(place).isoformat() for moment in moments]
    assert doubts(tmp_path, starts, zone=zone) == []


def test_intervals_of_a_channel_in_which_nobody_is_contacted_are_doubted(tmp_path: Path) -> None:
    assert doubts(tmp_path, quarters(15, 0), channel="fax") == [
        "doubt intervals.csv:2: fax is not among the channels of dossier.yaml, and is not counted; "
        "add it there if the centre is contacted in it"
    ]
