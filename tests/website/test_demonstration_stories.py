"""The stories of the demonstration, told by certifying its figures, whatever day it is."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.compute as pc
import pytest

from attain.dossier.tables import TABLES
from attain.measurement.metrics import MonthState
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month, last_full_month
from attain.measurement.zones import expected_intervals
from attain.organisations.rules import Role
from attain.standards.library import default_library
from attain.standards.road import what_would_it_take
from attain.website.demonstration.catalogue import HANDLE_TIME, PRACTICES, RESOLVED
from attain.website.demonstration.generate import generate_members, generate_site
from attain.website.demonstration.interval_file import (
    add_intervals,
    intervals_of,
    open_intervals,
)
from attain.website.demonstration.places import PLACES, REGIONS
from attain.website.demonstration.stories import WINTER
from demonstration_estate import Demonstration, finding_of, lacking, make_demonstration

TIERS = {
    **dict.fromkeys(("sunderland", "derby", "exeter", "galway", "cebu-harrow-travel"), 3),
    **dict.fromkeys(("preston", "halifax", "poole", "swindon", "belfast", "gdansk", "cebu"), 2),
    "durban-brightwater": 2,
    **dict.fromkeys(("dundee", "stoke", "wrexham", "chatham", "hastings", "porto"), 1),
    **dict.fromkeys(("durban", "pune"), 1),
    **dict.fromkeys(("carlisle", "corby", "telford"), None),
}


# The end of February, a month in which clocks change, the first month of a winter, a mid-month day
# on which the winter is not over.
@pytest.fixture(scope="module", params=["2026-02-28", "2027-04-01", "2026-11-30", "2028-01-17"])
def estate(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Demonstration:
    return make_demonstration(
        tmp_path_factory.mktemp("demonstration"), date.fromisoformat(request.param)
    )


def test_each_centre_is_on_the_tier_of_its_story(estate: Demonstration) -> None:
    assert {key: estate.verdict(key).tier for key in estate.centres} == TIERS


def test_there_are_22_sites_in_five_regions_and_two_clients(estate: Demonstration) -> None:
    assert len(estate.sites) == 22
    assert {site.region for site in estate.sites.values()} == set(REGIONS)
    assert len(REGIONS) == 5
    clients = [c.key for c in estate.centres.values() if c.programme]
    assert len(clients) == 2
    assert 2_000_000 < estate.intervals < 3_000_000


def test_one_site_lost_tier_3_to_its_winter(estate: Demonstration) -> None:
    assert lacking(estate.verdict("preston"), 3) >= {"end-user-facing-on-target"}
    finding = estate.finding("preston", 3, "end-user-facing-on-target")
    calls = next(c for c in finding.children if c.key == "calls-answered-in-time")
    assert calls.strip
    off = {
        month.first_day.month
        for month, state in zip(calls.strip.months, calls.strip.states, strict=True)
        if state is MonthState.OFF_TARGET
    }
    assert off == set(WINTER)
    assert calls.measured == "8 of 12 months"


def test_it_held_tier_3_before_that_winter(estate: Demonstration) -> None:
    before = last_full_month(estate.as_of).plus(-11).last_day
    earlier = replace(estate, as_of=before).verdict("preston")
    assert finding_of(earlier, 3, "end-user-facing-on-target").outcome is Outcome.MET


def test_one_site_claims_what_its_figures_deny(estate: Demonstration) -> None:
    assert estate.verdict("corby").tier is None
    assert estate.finding("corby", 1, "practices-documented").outcome is Outcome.MET
    assert estate.finding("corby", 1, "actions-on-misses").outcome is Outcome.NOT_MET
    assert {"end-user-facing-on-target", "service-level"} <= lacking(estate.verdict("corby"), 2)
    assert estate.verdict("corby", scheme="service-essentials-award").tier == 2


def test_one_site_is_nine_months_from_its_next_tier(estate: Demonstration) -> None:
    road = what_would_it_take(estate.verdict("poole"), {})
    assert road is not None
    assert road.earliest is not None
    assert (road.tier, road.earliest.months) == (3, 9)


def test_the_efficiency_of_work_paid_by_time_is_left_out_and_listed(
    estate: Demonstration,
) -> None:
    assert estate.sites["cebu"].operation == "third_party"
    finding = estate.finding("cebu", 2, "end-user-facing-on-target")
    assert any(entry.startswith(f"{HANDLE_TIME}: ") for entry in finding.left_out)
    assert HANDLE_TIME not in {child.key for child in finding.children}
    elsewhere = estate.finding("derby", 2, "end-user-facing-on-target")
    assert HANDLE_TIME in {child.key for child in elsewhere.children}


def test_missing_months_leave_a_tier_open_and_are_named(estate: Demonstration) -> None:
    [tier_2] = [t for t in estate.verdict("wrexham").tiers if t.tier == 2]
    assert tier_2.outcome is Outcome.UNDETERMINED
    last = last_full_month(estate.as_of)
    finding = estate.finding("wrexham", 2, "metrics-tracked")
    assert set(finding.missing) == {
        f"readings {RESOLVED} {last.plus(-4)}",
        f"readings forecast-accuracy {last.plus(-4)}",
        f"readings forecast-accuracy {last.plus(-5)}",
    }


def test_a_corrected_figure_cost_tier_3(estate: Demonstration) -> None:
    centre = estate.centres["halifax"]
    assert centre.first_reading is not None
    assert centre.first_reading.reason
    assert centre.first_reading.corrected_on <= estate.as_of
    assert estate.verdict("halifax", centre.rows_before_correction()).tier == 3
    assert estate.verdict("halifax").tier == 2


@pytest.mark.parametrize(
    ("site", "tier", "requirements"),
    [
        ("dundee", 2, {"initiatives"}),
        ("stoke", 2, {"service-level"}),
        ("chatham", 2, {"uptime"}),
        ("hastings", 2, {"business-continuity"}),
        ("durban", 2, {"enabling-on-target"}),
        ("pune", 2, {"end-user-facing-on-target"}),
        ("wrexham", 2, {"metrics-tracked"}),
        ("carlisle", 1, {"metrics-tracked"}),
        ("telford", 1, {"practices-documented"}),
        ("corby", 1, {"actions-on-misses"}),
        ("swindon", 3, {"it-response", "technology-alignment"}),
        ("gdansk", 3, {"business-continuity"}),
        ("halifax", 3, {"end-user-facing-on-target"}),
        ("belfast", 3, {"end-user-facing-on-target", "initiatives"}),
    ],
)
def test_each_site_is_held_back_by_what_its_story_says(
    estate: Demonstration, site: str, tier: int, requirements: set[str]
) -> None:
    assert lacking(estate.verdict(site), tier) == requirements


def test_the_tiers_of_the_estate_look_like_those_of_an_estate(estate: Demonstration) -> None:
    found = Counter(estate.verdict(key).tier for key in estate.sites)
    assert found == {3: 4, 2: 7, 1: 8, None: 3}


def test_nothing_is_dated_after_the_day(estate: Demonstration) -> None:
    last = last_full_month(estate.as_of)
    for centre in estate.centres.values():
        for name, rows in centre.rows.items():
            for row in rows:
                for column, value in row.items():
                    late = value > last if isinstance(value, Month) else False
                    if isinstance(value, date):
                        day = value.date() if hasattr(value, "date") else value
                        late = day > estate.as_of
                    assert not late, (centre.key, name, column, value)


def test_rows_have_the_columns_and_the_keys_of_their_tables(estate: Demonstration) -> None:
    for centre in estate.centres.values():
        assert set(centre.rows) == set(TABLES) - {"intervals"}
        for name, rows in centre.rows.items():
            table = TABLES[name]
            assert all(tuple(row) == table.names for row in rows), name
            keys = {tuple(row[part] for part in table.key) for row in rows}
            assert len(keys) == len(rows), (centre.key, name)


def test_readings_and_shares_are_possible(estate: Demonstration) -> None:
    for centre in estate.centres.values():
        units = {row["metric"]: row["unit"] for row in centre.rows["metrics"]}
        for row in centre.rows["readings"]:
            assert row["denominator"] > 0
            assert row["numerator"] >= 0
            if units[row["metric"]] == "share":
                assert row["numerator"] <= row["denominator"]
        assert all(0 <= row["uptime"] <= 1 for row in centre.rows["uptime"])


def test_a_client_has_part_of_the_contacts_of_its_site(estate: Demonstration) -> None:
    for site in estate.sites.values():
        whole, *clients = site.centres
        for client in clients:
            assert client.scope.assessed_volume * 2 > client.scope.site_volume
            for channel, found in client.contacts.items():
                assert (found.offered <= whole.contacts[channel].offered).all()
                assert (found.answered <= whole.contacts[channel].answered).all()


def test_intervals_cover_twelve_local_months_whole(estate: Demonstration) -> None:
    last = last_full_month(estate.as_of)
    for key in ("sunderland", "gdansk", "cebu"):
        centre = estate.centres[key]
        zone = ZoneInfo(centre.scope.timezone)
        first, end = last.plus(-11).first_day, last.plus(1).first_day
        days = [first + timedelta(days=n) for n in range((end - first).days)]
        expected = sum(expected_intervals(zone, day, 15) for day in days)
        for table in intervals_of(centre):
            assert table.num_rows == expected
            local: Any = pc.min_max(table["start"]).as_py()
            assert local["min"].astimezone(zone).date() == first
            assert local["max"].astimezone(zone).date() == end - timedelta(days=1)


def test_people_are_in_the_teams_of_their_site_one_at_a_time(estate: Demonstration) -> None:
    for site in estate.sites.values():
        teams = {team.key for team in site.teams}
        assert 4 <= len(teams) <= 8
        for person in site.people:
            assert {posting.team for posting in person.postings} <= teams
            for earlier, later in zip(person.postings, person.postings[1:], strict=False):
                assert earlier.until is not None
                assert earlier.since <= earlier.until < later.since
            assert person.postings[-1].until == person.left_on
            assert person.postings[-1].since <= estate.as_of


def test_every_role_signs_in_and_no_address_twice() -> None:
    members = generate_members()
    assert {member.role for member in members} == set(Role)
    assert len({member.email for member in members}) == len(members)
    assert all(member.email.endswith(".example") for member in members)


def test_the_same_seed_makes_the_same_rows_and_bytes_and_another_makes_others(
    tmp_path: Path,
) -> None:
    day = date(2026, 11, 22)
    first, again = generate_site("durban", day, 7), generate_site("durban", day, 7)
    other = generate_site("durban", day, 8)
    assert first.rows == again.rows
    assert first.people == again.people
    assert first.rows != other.rows
    hashes = []
    for number, site in enumerate((first, again, other)):
        path = tmp_path / f"{number}.parquet"
        with open_intervals(path) as file:
            for centre in site.centres:
                add_intervals(file, centre)
        hashes.append(sha256(path.read_bytes()).hexdigest())
    assert hashes[0] == hashes[1] != hashes[2]


def test_the_practices_are_those_of_the_model() -> None:
    model = default_library().model("service-essentials")
    assert list(PRACTICES) == [key for c in model.categories.values() for key in c.items]


def test_stories_are_told_in_words() -> None:
    assert all(place.story.told for place in PLACES.values())
