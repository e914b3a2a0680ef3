"""The heat of a channel: each interval in the half hour of its own clock, judged by its target."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from attain.lake.heat import Slot, heat_of
from attain.lake.intervals import CentreAsked
from attain.measurement.counting import Tally
from attain.measurement.periods import Month
from attain.measurement.volumes import ServiceLevelTarget, attains, target_in_force
from attain.measurement.zones import zone_named

MONTHS = tuple(Month.parse(f"2026-{n:02d}") for n in (3, 4, 10, 11))
TARGETS = (
    ServiceLevelTarget("phone", date(2026, 3, 20), Fraction("0.8"), "offered"),
    ServiceLevelTarget("phone", date(2026, 10, 26), Fraction(1, 2), "answered"),
)
Rows = Sequence[tuple[datetime, int, int, int]]


def lake_with(path: Path, rows: Rows) -> Path:
    starts, offered, answered, within = (list(column) for column in zip(*rows, strict=True))
    table = {
        "site": ["leeds"] * len(rows),
        "channel": ["phone"] * len(rows),
        "start": pa.array(starts, pa.timestamp("us", "UTC")),
        "offered": pa.array(offered, pa.int64()),
        "answered": pa.array(answered, pa.int64()),
        "within_threshold": pa.array(within, pa.int64()),
    }
    pq.write_table(pa.table(table), path)
    return path


def heat(path: Path, zone: str, *, site: str = "leeds") -> dict[Slot, Tally]:
    asked = CentreAsked(zone, TARGETS, frozenset({"phone"}))
    return heat_of(path, site, asked, MONTHS)


def test_the_hour_that_comes_twice_counts_twice_in_its_slot(tmp_path: Path) -> None:
    # The clocks of London go back from 02:00 to 01:00 on Sunday 25 October 2026.
    rows = [(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), 10, 10, 9) for hour in (0, 1, 2)]
    found = heat(lake_with(tmp_path / "i.parquet", rows), "Europe/London")
    assert found == {Slot(6, 3): Tally(20, 0, 20), Slot(6, 5): Tally(10, 0, 10)}


def test_without_a_target_the_volume_is_open_and_unanswered_contacts_never_attain(
    tmp_path: Path,
) -> None:
    day = datetime(2026, 3, 2, 9, tzinfo=UTC)
    rows = [(day, 10, 10, 10), (day.replace(minute=30), 4, 0, 0), (day.replace(hour=10), 0, 0, 0)]
    found = heat(lake_with(tmp_path / "i.parquet", rows), "UTC")
    assert found == {Slot(0, 18): Tally(0, 10, 10), Slot(0, 19): Tally(0, 0, 4)}


def test_another_site_has_no_heat(tmp_path: Path) -> None:
    rows = [(datetime(2026, 3, 2, 9, tzinfo=UTC), 10, 10, 10)]
    assert heat(lake_with(tmp_path / "i.parquet", rows), "UTC", site="poole") == {}


_MINUTES = st.integers(0, 270 * 24 * 4 - 1)
_COUNTS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
    lambda counts: (max(counts), sum(counts) - max(counts) - min(counts), min(counts))
)


@given(
    drawn=st.dictionaries(_MINUTES, _COUNTS, min_size=1, max_size=30),
    zone=st.sampled_from(["Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
@settings(max_examples=25)
def test_every_slot_is_what_adding_up_by_hand_gives(
    drawn: dict[int, tuple[int, int, int]], zone: str
) -> None:
    first = 1_772_000_000 // 900 * 900
    rows = [(datetime.fromtimestamp(first + 900 * n, UTC), *counts) for n, counts in drawn.items()]
    with TemporaryDirectory() as folder:
        found = heat(lake_with(Path(folder) / "i.parquet", rows), zone)
    expected: dict[Slot, Tally] = {}
    for start, offered, answered, within in rows:
        local = start.astimezone(zone_named(zone))
        if Month.of(local.date()) in MONTHS and offered:
            target = target_in_force(TARGETS, local.date())
            attained = attains(offered, answered, within, target)
            slot = Slot(local.weekday(), (local.hour * 60 + local.minute) // 30)
            tally = Tally(offered * (attained is True), offered * (attained is None), offered)
            expected[slot] = expected.get(slot, Tally(0, 0, 0)) + tally
    assert found == expected
