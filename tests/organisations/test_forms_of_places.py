"""The forms of places: opening hours, channels, and what regions, programmes and teams are."""

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from hypothesis import given
from hypothesis import strategies as st

from attain.organisations.actions import places
from attain.organisations.hours import EXAMPLE, Opening, by_days, first_overlap, read_hours
from attain.organisations.models import AuditEntry, Centre, Region, Site
from attain.organisations.rules import Role
from attain.organisations.words import hours_words
from estate import Estate, make_estate

DAY = 24 * 60
MIDNIGHT = time()


@pytest.fixture
def estate(db: None) -> Iterator[Estate]:
    made = make_estate()
    with scopes_disabled():
        yield made


@pytest.fixture
def admin(estate: Estate) -> Client:
    client = Client()
    account = estate.member(Role.ADMINISTRATOR).account
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *rest: object) -> str:
    return reverse(name, args=["northwind", *rest])


def week(**hours: str) -> dict[str, Any]:
    """Return what a browser sends of `opens_0="08:00"` and so on; closed where nothing is said."""
    names = [f"{at}_{day}{part}" for day in range(7) for part in ("", "_again")
             for at in ("opens", "closes")]  # fmt: skip
    return dict.fromkeys(names, "") | {"version": "1"} | hours


def test_hours_are_read_as_they_are_written() -> None:
    found = read_hours(EXAMPLE)
    assert len(found) == 7
    assert found[0] == Opening(0, time(8), time(20))
    assert found[-1] == Opening(5, time(13), time(17))
    assert read_hours("Sat-Mon 22:00-06:00") == [
        Opening(day, time(22), time(6)) for day in (0, 5, 6)
    ]
    assert read_hours("mon 00:00-24:00") == [Opening(0, MIDNIGHT, MIDNIGHT)]
    assert read_hours(" ; ") == []


@pytest.mark.parametrize(
    "text", ["mon", "mon 8-20", "moon 08:00-20:00", "mon 08:00-25:00", "mon-fri-sat 08:00-09:00",
             "08:00-20:00", "mon ٠٨:٠٠-20:00", "mon 24:00-06:00"],
)  # fmt: skip
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_hours(text)


openings = st.builds(
    Opening, st.integers(0, 6), st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)  # fmt: skip


@given(st.lists(openings, max_size=4))
def test_openings_overlap_where_they_share_a_minute(hours: list[Opening]) -> None:
    minutes = [(o.begin + n) % (7 * DAY) for o in hours for n in range(o.minutes)]
    assert (first_overlap(hours) is None) == (len(minutes) == len(set(minutes)))


def test_a_night_and_a_whole_day_are_as_long_as_they_are() -> None:
    assert Opening(0, time(22), time(6)).minutes == 8 * 60
    assert Opening(0, MIDNIGHT, MIDNIGHT).minutes == DAY
    assert by_days(read_hours("mon-fri 08:00-20:00; sun 08:00-20:00")) == [
        (0, 4, [(time(8), time(20))]), (6, 6, [(time(8), time(20))]),
    ]  # fmt: skip
    assert hours_words(read_hours("mon-tue 22:00-06:00")) == ["Mon to Tue 22:00–06:00"]


def test_opening_hours_are_written_by_a_form_and_shown(estate: Estate, admin: Client) -> None:
    url = address("site-hours", "leeds")
    said = week(opens_0="22:00", closes_0="06:00", opens_1="08:00", closes_1="12:00")
    said |= {"opens_1_again": "13:00", "closes_1_again": "17:00"}
    assert admin.post(url, said).status_code == 302
    assert places.opening_hours_of(estate.leeds) == [
        Opening(0, time(22), time(6)), Opening(1, time(8), time(12)),
        Opening(1, time(13), time(17)),
    ]  # fmt: skip
    assert 'value="22:00"' in admin.get(url).content.decode()
    page = admin.get(address("structure")).content.decode()
    assert "Mon 22:00–06:00" in page
    assert "Tue 08:00–12:00, 13:00–17:00" in page
    # Somebody who saw the week before that is shown both.
    assert admin.post(url, week(opens_6="09:00", closes_6="10:00")).status_code == 409


@pytest.mark.parametrize(
    "bad",
    [
        {"opens_0": "08:00"},
        {"closes_3_again": "08:00"},
        {"opens_0": "8 o'clock", "closes_0": "20:00"},
        {"opens_0": "25:00", "closes_0": "26:00"},
        {"opens_0": "22:00", "closes_0": "06:00", "opens_1": "05:00", "closes_1": "12:00"},
        {"opens_0": "08:00", "closes_0": "12:00", "opens_0_again": "11:00",
         "closes_0_again": "13:00"},
        {"opens_0": "00:00", "closes_0": "00:00", "opens_1": "00:00", "closes_1": "00:00",
         "opens_6": "23:00", "closes_6": "00:01"},
        {"version": "x"},
        {"opens_0": "\0", "closes_0": "\0"},
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused_and_what_was_typed_stays(
    estate: Estate, admin: Client, bad: dict[str, str]
) -> None:
    answer = admin.post(address("site-hours", "leeds"), week(**bad))
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    assert not places.opening_hours_of(estate.leeds)


def test_channels_of_a_centre_are_changed_by_a_form(estate: Estate, admin: Client) -> None:
    url = address("centre-channels", "leeds-acme")
    assert admin.post(url, {"version": 1, "channels": "Phone"}).status_code == 422
    assert admin.post(url, {"version": 1, "channels": "phone, sms"}).status_code == 302
    assert Centre.objects.get(key="leeds-acme").channels == ["phone", "sms"]
    assert admin.post(url, {"version": 1, "channels": "chat"}).status_code == 409
    assert "Telephone, SMS" in admin.get(address("structure")).content.decode()


def test_regions_programmes_and_teams_are_changed_by_forms(estate: Estate, admin: Client) -> None:
    changes: dict[str, dict[str, Any]] = {
        address("region-change", "north"): {"name": "Far north"},
        address("programme-change", "acme"): {"name": "Acme care", "client": "Acme Ltd"},
        address("team-change", "leeds", "blue"): {"name": "Navy", "programme": estate.programme.pk},
    }
    for url, said in changes.items():
        assert admin.get(url).status_code == 200
        assert admin.post(url, said | {"version": 1, "name": ""}).status_code == 422
        assert admin.post(url, said | {"version": "x"}).status_code == 422
        assert admin.post(url, said | {"version": 1}).status_code == 302
        assert admin.post(url, said | {"version": 1, "name": "Else"}).status_code == 409
    estate.team.refresh_from_db()
    assert (estate.team.name, estate.team.programme) == ("Navy", estate.programme)
    assert Region.objects.get(key="north").name == "Far north"
    # A centre is called after its site and its programme.
    assert Centre.objects.get(key="leeds-acme").name == "Leeds, Acme care"
    told = set(AuditEntry.objects.values_list("action", flat=True))
    assert {f"organisations.change_{kind}" for kind in ("region", "programme", "team")} <= told


def test_a_site_that_is_called_otherwise_renames_all_its_centres(
    estate: Estate, admin: Client
) -> None:
    by = estate.member(Role.ADMINISTRATOR)
    places.change_site(site=estate.leeds, seen=1, by=by, name="Leeds North")
    names = Centre.objects.filter(site=estate.leeds).values_list("name", flat=True)
    assert set(names) == {"Leeds North", "Leeds North, Acme support"}


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("region-change", ["nowhere"]), ("programme-change", ["nothing"]),
        ("team-change", ["leeds", "nobody"]), ("team-change", ["poole", "blue"]),
        ("site-hours", ["nowhere"]), ("site-close", ["nowhere"]), ("centre-channels", ["nowhere"]),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(admin: Client, name: str, rest: list[str]) -> None:
    assert admin.get(address(name, *rest)).status_code == 404


def test_a_site_is_closed_by_a_form(estate: Estate, admin: Client) -> None:
    url = address("site-close", "leeds")
    assert admin.post(url, {"version": 1, "on": "whenever"}).status_code == 422
    assert admin.post(url, {"version": 1, "on": "2026-12-31"}).status_code == 302
    assert str(Site.objects.get(key="leeds").closed_on) == "2026-12-31"
    # The day is told by the action, and no team is added after it.
    said = {"name": "New", "key": "new"}
    assert admin.post(address("team-add", "leeds"), said).status_code == 422


SHEET = "region,site,timezone,channels,opening_hours,programme,client,team\n"


def upload(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("structure.csv", text.encode())
    return client.post(address("structure-upload"), {"file": file})


def test_the_spreadsheet_says_opening_hours_too(estate: Estate, admin: Client) -> None:
    text = f'{SHEET}West,Truro,Europe/London,phone sms,"{EXAMPLE}",,,Sea\n'
    page = upload(admin, text).content.decode()
    kept, seen = (
        page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("kept", "seen")
    )
    assert admin.post(address("structure-confirm"), {"kept": kept, "seen": seen}).status_code == 302
    assert places.opening_hours_of(Site.objects.get(name="Truro")) == read_hours(EXAMPLE)


@pytest.mark.parametrize("hours", ["always", "mon 22:00-06:00; tue 05:00-09:00"])
def test_hours_of_the_spreadsheet_that_cannot_be_are_faults_of_their_row(
    admin: Client, hours: str
) -> None:
    answer = upload(admin, f'{SHEET}West,Truro,Europe/London,phone,"{hours}",,,\n')
    assert answer.status_code == 422
    assert b"opening_hours" in answer.content
    assert not Site.objects.filter(name="Truro").exists()
