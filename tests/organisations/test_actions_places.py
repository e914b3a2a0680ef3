"""Places are made and changed by actions: one entry each, and nothing of a refused one."""

import json
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from attain.organisations.actions import places
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import AuditEntry, Centre, Site
from attain.organisations.rules import Role
from estate import Estate

pytestmark = pytest.mark.django_db


def actions_told() -> list[str]:
    return [entry.action for entry in AuditEntry.objects.all()]


def test_a_site_comes_with_the_centre_that_is_the_whole_of_it(estate: Estate) -> None:
    site = places.add_site(
        key="york",
        name="York",
        timezone="Europe/London",
        region=estate.north,
        channels=["phone"],
        opening_hours=[places.Opening(0, time(8), time(20))],
        by=estate.member(Role.ADMINISTRATOR),
    )
    centre = Centre.objects.get(site=site)
    assert (centre.key, centre.programme, centre.channels) == ("york", None, ["phone"])
    assert actions_told() == ["organisations.add_site"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"timezone": "Europe/Londn"}, "timezone"),
        ({"key": "New York"}, "key"),
        ({"name": ""}, "name"),
    ],
)
def test_a_site_that_cannot_be_is_refused_and_nothing_is_kept(
    estate: Estate, wrong: dict[str, str], named: str
) -> None:
    right: dict[str, Any] = {"key": "york", "name": "York", "timezone": "Europe/London"}
    with pytest.raises(ValidationError) as refusal:
        places.add_site(**(right | wrong), by=estate.member(Role.ADMINISTRATOR))
    assert named in refusal.value.message_dict
    assert not Site.objects.filter(name__in=["York", ""]).exists()
    assert actions_told() == []


def test_a_site_whose_centre_cannot_be_is_not_kept_either(estate: Estate) -> None:
    with pytest.raises(ValidationError):
        places.add_site(
            key="leeds-acme",
            name="Acme",
            timezone="Europe/London",
            by=estate.member(Role.ADMINISTRATOR),
        )
    assert not Site.objects.filter(key="leeds-acme").exists()


def test_of_two_who_change_a_site_the_second_sees_both(estate: Estate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    places.change_site(site=estate.leeds, seen=1, name="Leeds City", by=lead)
    with pytest.raises(ChangedMeanwhileError) as refusal:
        places.change_site(site=estate.leeds, seen=1, name="Leeds Dock", by=lead)
    assert refusal.value.theirs == {"name": "Leeds City"}
    assert refusal.value.yours == {"name": "Leeds Dock"}
    assert Site.objects.get(key="leeds").name == "Leeds City"
    assert Centre.objects.get(key="leeds").name == "Leeds City"


def test_a_change_that_changes_nothing_is_not_told(estate: Estate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    places.change_site(site=estate.leeds, seen=1, name="Leeds", by=lead)
    assert Site.objects.get(key="leeds").version == 1
    assert actions_told() == []


def test_a_closed_site_takes_no_new_team(estate: Estate) -> None:
    admin = estate.member(Role.ADMINISTRATOR)
    places.close_site(site=estate.leeds, on=date(2026, 10, 31), seen=1, by=admin)
    with pytest.raises(RefusedActionError, match="closed on 31 October 2026"):
        places.add_team(site=estate.leeds, key="red", name="Red", by=admin)


def test_a_programme_served_at_a_site_is_a_centre_of_its_own(estate: Estate) -> None:
    centre = places.serve_programme(
        programme=estate.programme,
        site=estate.poole,
        channels=["chat"],
        by=estate.member(Role.PROGRAMME_LEAD),
    )
    assert (centre.key, centre.name) == ("poole-acme", "Poole, Acme support")


def week(*days: int) -> list[places.Opening]:
    return [places.Opening(day, time(8), time(18)) for day in days]


def test_opening_hours_are_written_anew_and_told_as_they_were_and_are(estate: Estate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    site = places.set_opening_hours(site=estate.leeds, opening_hours=week(1, 0), seen=1, by=lead)
    places.set_opening_hours(site=site, opening_hours=week(5), seen=2, by=lead)
    assert places.opening_hours_of(site) == week(5)
    assert site.version == 3
    told = json.loads(AuditEntry.objects.get(sequence=2).content.text)
    assert told["opening_hours"] == {"was": ["0 08:00-18:00", "1 08:00-18:00"],
                                     "is": ["5 08:00-18:00"]}  # fmt: skip


def test_of_two_who_write_opening_hours_the_second_sees_both(estate: Estate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    places.set_opening_hours(site=estate.leeds, opening_hours=week(0), seen=1, by=lead)
    with pytest.raises(ChangedMeanwhileError) as refusal:
        places.set_opening_hours(site=estate.leeds, opening_hours=week(6), seen=1, by=lead)
    assert refusal.value.theirs == {"opening_hours": ["0 08:00-18:00"]}
    assert refusal.value.yours == {"opening_hours": ["6 08:00-18:00"]}
    assert places.opening_hours_of(estate.leeds) == week(0)


def test_opening_hours_that_stand_already_are_not_told(estate: Estate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    site = places.set_opening_hours(site=estate.leeds, opening_hours=week(0), seen=1, by=lead)
    places.set_opening_hours(site=site, opening_hours=week(0), seen=2, by=lead)
    assert actions_told() == ["organisations.set_opening_hours"]


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        ([places.Opening(0, time(8), time(12)), places.Opening(0, time(11), time(18))], "overlap"),
        ([places.Opening(7, time(8), time(12))], "weekday"),
        ([places.Opening(0, time(22), time(6)), places.Opening(1, time(5), time(12))], "overlap"),
        ([places.Opening(0, time(1), time(6)), places.Opening(6, time(22), time(2))], "overlap"),
    ],
)
def test_opening_hours_that_cannot_be_are_refused_and_those_before_stay(
    estate: Estate, hours: list[places.Opening], why: str
) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    site = places.set_opening_hours(site=estate.leeds, opening_hours=week(0), seen=1, by=lead)
    with pytest.raises((ValidationError, RefusedActionError), match=why):
        places.set_opening_hours(site=site, opening_hours=hours, seen=2, by=lead)
    assert places.opening_hours_of(site) == week(0)
    assert Site.objects.get(pk=site.pk).version == 2


def test_channels_are_changed_where_nobody_else_has(estate: Estate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    centre = places.set_channels(
        centre=estate.centre, channels=["chat", "phone", "chat"], seen=1, by=lead
    )
    assert (centre.channels, centre.version) == (["chat", "phone"], 2)
    with pytest.raises(ChangedMeanwhileError):
        places.set_channels(centre=estate.centre, channels=["email"], seen=1, by=lead)
