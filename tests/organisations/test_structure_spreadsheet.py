"""The structure of an organisation comes from one spreadsheet, all of it or nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attain.measurement.faults import RefusedError
from attain.organisations.actions import places
from attain.organisations.actions.structure import make_structure, preview_structure
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.hours import read_hours, write_hours
from attain.organisations.models import AuditEntry, Centre, Programme, Region, Site, Team
from attain.organisations.rules import Role
from attain.organisations.structure import StructureAsked, read_structure
from browser import DESKTOP, PHONE, visitor
from estate import Estate, make_estate

HEADER = "region,site,timezone,operation,kind,channels,programme,client,team\n"
ROWS = """North,Leeds,Europe/London,internal,contact_centre,phone email,,,Blue
North,York,Europe/London,third_party,bpo,phone chat,Acme support,Acme,Red
North,York,Europe/London,third_party,bpo,phone chat,,,Green
East,Łódź,Europe/Warsaw,internal,contact_centre,email,,,
"""


def read(tmp_path: Path, text: str) -> StructureAsked:
    path = tmp_path / "structure.csv"
    path.write_text(text, "utf-8")
    return read_structure(path, path.name)


def test_rows_of_one_site_make_one_site_with_all_its_parts(tmp_path: Path) -> None:
    asked = read(tmp_path, HEADER + ROWS)
    assert [site.name for site in asked.sites] == ["Leeds", "York", "Łódź"]
    assert asked.regions == ("North", "East")
    assert asked.served == (("York", "Acme support"),)
    assert asked.teams == (
        ("Leeds", "Blue", ""),
        ("York", "Red", "Acme support"),
        ("York", "Green", ""),
    )


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("N,Bath,Europe/Londn,,,,,,", "2: timezone: found Europe/Londn, expected an IANA"),
        ("N,,Europe/London,,,,,,", "2: site: found nothing, expected the name of a site"),
        ("N,Bath,Europe/London,ours,,,,,", "2: operation: found ours, expected one of internal"),
        ("N,Bath,Europe/London,,,Phone,,,", "2: channels: found Phone, expected channels in lower"),
        ("N,Bath,Europe/London,,,,Acme,,", "2: client: found nothing, expected the client"),
        (
            "N,Bath,Europe/London,,,,,,\nS,Bath,Europe/London,,,,,,",
            "3: site: found Bath described in another way",
        ),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(
    tmp_path: Path, row: str, fault: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        read(tmp_path, HEADER + row + "\n")
    assert fault in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("region,place\nN,Bath\n", "place: found the column"),
        ("region\nN\n", "site: found no such column"),
        ("site,timezone,site\nBath,Europe/London,Bath\n", "site: found the column again"),
        ("site,timezone\n", "site: found no row"),
    ],
)
def test_a_file_with_other_columns_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        read(tmp_path, text)
    assert fault in str(refusal.value)


@pytest.mark.django_db
def test_a_preview_keeps_nothing_and_says_what_would_be_made(
    estate: Estate, tmp_path: Path
) -> None:
    change = preview_structure(read(tmp_path, HEADER + ROWS))
    assert change.regions == ("East",)
    assert change.sites == ("York", "Łódź")
    assert change.programmes == ()
    assert change.centres == ("York, Acme support",)
    assert change.teams == ("York, Red", "York, Green")
    assert Site.objects.count() == 2


@pytest.mark.django_db
def test_what_is_asked_for_is_made_once(estate: Estate, tmp_path: Path) -> None:
    asked = read(tmp_path, HEADER + ROWS)
    make_structure(asked=asked, by=estate.member(Role.ADMINISTRATOR))
    assert set(Region.objects.values_list("name", flat=True)) == {"East", "North", "South"}
    york = Site.objects.get(name="York")
    assert (york.operation, york.region.name if york.region else None) == ("third_party", "North")
    assert Centre.objects.get(name="York, Acme support").channels == ["phone", "chat"]
    assert Team.objects.get(name="Red").programme == Programme.objects.get(name="Acme support")
    assert not make_structure(asked=asked, by=estate.member(Role.ADMINISTRATOR))


KEYED = "region,region_key,site,site_key,timezone,kind,channels,opening_hours,programme,"
KEYED += "programme_key,client,team,team_key\n"
RENAMED = (
    KEYED + "Northern,north,Leeds City,leeds,Europe/Dublin,bpo,phone chat,mon-fri 08:00-20:00,"
    "Acme care,acme,Acme Ltd,Navy,blue\n"
)


@pytest.mark.django_db
def test_a_key_finds_what_is_there_so_that_it_can_be_called_otherwise(
    estate: Estate, tmp_path: Path
) -> None:
    asked = read(tmp_path, RENAMED)
    change = preview_structure(asked)
    assert not change.is_made
    assert [(c.kind, c.field, c.was, c.now) for c in change.changed] == [
        ("region", "name", "North", "Northern"),
        ("site", "name", "Leeds", "Leeds City"),
        ("site", "timezone", "Europe/London", "Europe/Dublin"),
        ("site", "kind", "contact_centre", "bpo"),
        ("site", "opening_hours", "", "mon-fri 08:00-20:00"),
        ("site", "channels", "phone email", "phone chat"),
        ("programme", "name", "Acme support", "Acme care"),
        ("programme", "client", "Acme", "Acme Ltd"),
        ("team", "name", "Blue", "Navy"),
        ("team", "programme", "", "Acme care"),
    ]
    counts = [table.objects.count() for table in (Region, Site, Programme, Centre, Team)]
    make_structure(asked=asked, by=estate.member(Role.ADMINISTRATOR), seen=change.seen)
    assert counts == [table.objects.count() for table in (Region, Site, Programme, Centre, Team)]
    site = Site.objects.get(key="leeds")
    assert (site.name, site.timezone, site.kind) == ("Leeds City", "Europe/Dublin", "bpo")
    assert str(site.region) == "Northern"
    assert places.opening_hours_of(site) == read_hours("mon-fri 08:00-20:00")
    whole, served = Centre.objects.filter(site=site).order_by("programme__key")
    assert {whole.name, served.name} == {"Leeds City", "Leeds City, Acme care"}
    assert Team.objects.get(key="blue").programme == Programme.objects.get(name="Acme care")
    # What each thing was and is stands in the trail; a second time there is nothing to do.
    verbs = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert [verb.partition(".")[2] for verb in verbs] == [
        "change_region", "change_programme", "change_site", "set_opening_hours", "set_channels",
        "change_team",
    ]  # fmt: skip
    again = preview_structure(asked)
    assert not again
    assert set(again.unchanged) == {"Northern", "Leeds City", "Acme care", "Navy"}


@pytest.mark.django_db
def test_an_empty_cell_leaves_what_is_there_as_it_is(estate: Estate, tmp_path: Path) -> None:
    change = preview_structure(read(tmp_path, HEADER + ",Leeds,Europe/London,,,,,,Blue\n"))
    assert not change
    assert change.unchanged == ("Leeds", "Blue")


@pytest.mark.django_db
def test_a_site_moves_to_a_region_that_is_made_along_with_it(
    estate: Estate, tmp_path: Path
) -> None:
    asked = read(tmp_path, HEADER + "West,Leeds,Europe/London,,,,,,\n")
    change = preview_structure(asked)
    assert change.regions == ("West",)
    assert [(c.field, c.was, c.now) for c in change.changed] == [("region", "North", "West")]
    make_structure(asked=asked, by=estate.member(Role.ADMINISTRATOR))
    assert str(Site.objects.get(key="leeds").region) == "West"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Leeds,elsewhere,Europe/London,", "It has the key leeds, and a key stays."),
        ("Poole,leeds,Europe/London,", "poole is called Poole already."),
        ("leeds!,,Europe/London,", "Another one has the key leeds"),
        ("Closed,closed,Europe/Paris,", "The site was closed on 2026-01-31."),
        ("Closed,closed,Europe/London,Late", "The site was closed on 2026-01-31."),
    ],
)
def test_what_cannot_be_is_told_beforehand_and_nothing_is_made(
    estate: Estate, tmp_path: Path, row: str, why: str
) -> None:
    by = estate.member(Role.ADMINISTRATOR)
    closed = places.add_site(key="closed", name="Closed", timezone="Europe/London", by=by)
    places.close_site(site=closed, on=date(2026, 1, 31), seen=closed.version, by=by)
    text = f"site,site_key,timezone,team\nBath,,Europe/London,\n{row}\n"
    asked = read(tmp_path, text)
    change = preview_structure(asked)
    assert [part.why.startswith(why) for part in change.refused] == [True]
    assert change.sites == ("Bath",)
    with pytest.raises(RefusedActionError, match=why.split(":")[0]):
        make_structure(asked=asked, by=by, seen=change.seen)
    assert not Site.objects.filter(name="Bath").exists()


@pytest.mark.django_db
def test_two_sites_change_names_with_each_other_by_their_keys(
    estate: Estate, tmp_path: Path
) -> None:
    text = "site,site_key,timezone\nPoole,leeds,Europe/London\nLeeds,poole,Europe/London\n"
    make_structure(asked=read(tmp_path, text), by=estate.member(Role.ADMINISTRATOR))
    assert dict(Site.objects.values_list("key", "name")) == {"leeds": "Poole", "poole": "Leeds"}


@pytest.mark.django_db
def test_what_was_changed_since_the_preview_is_not_overwritten(
    estate: Estate, tmp_path: Path
) -> None:
    by, asked = estate.member(Role.ADMINISTRATOR), read(tmp_path, RENAMED)
    seen = preview_structure(asked).seen
    assert preview_structure(asked).seen == seen
    places.change_site(site=estate.leeds, seen=estate.leeds.version, by=by, kind="web_hosting")
    with pytest.raises(ChangedMeanwhileError):
        make_structure(asked=asked, by=by, seen=seen)
    assert Site.objects.get(key="leeds").name == "Leeds"
    assert make_structure(asked=asked, by=by, seen=preview_structure(asked).seen)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("Bath,bath,\nBath,bad,", "3: site_key: found bad, expected bath, as in an earlier row"),
        ("Bath,bath,\nYork,bath,", "3: site: found York, expected Bath, as in an earlier row"),
        ("Bath,b th,", "2: site_key: found b th, expected a key of letters"),
        ("Bath,,blue", "2: team: found nothing, expected the name of what has the key blue"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_its_line(
    tmp_path: Path, rows: str, fault: str
) -> None:
    text = "site,site_key,team_key,timezone\n"
    text += "".join(f"{row},Europe/London\n" for row in rows.split("\n"))
    with pytest.raises(RefusedError) as refusal:
        read(tmp_path, text)
    assert fault in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["mon-fri 08:00-20:00; sat 09:00-12:00 13:00-17:00", "mon 22:00-06:00", ""]
)
def test_opening_hours_are_written_as_they_are_read(text: str) -> None:
    assert write_hours(read_hours(text)) == text


@pytest.mark.django_db
def test_a_spreadsheet_of_more_sites_takes_no_more_queries(estate: Estate, tmp_path: Path) -> None:
    head = "site,timezone,opening_hours,channels,team\n"
    rows = [f"S{n},Europe/London,mon 08:00-20:00,phone,T{n}\n" for n in range(12)]
    by, asked = estate.member(Role.ADMINISTRATOR), []
    make_structure(asked=read(tmp_path, head + "".join(rows)), by=by)
    for count in (1, 12):
        text = head + "".join(rows[:count]).replace("phone", "chat")
        with CaptureQueriesContext(connection) as queries:
            preview_structure(read(tmp_path, text))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def uploaded(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("estate.csv", text.encode(), "text/csv")
    return client.post(reverse("structure-upload", args=["northwind"]), {"file": file})


@pytest.mark.django_db
def test_the_page_shows_what_would_change_and_once_more_where_that_is_another(
    estate: Estate,
) -> None:
    client = Client()
    account = estate.member(Role.ADMINISTRATOR).account
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    page = uploaded(client, RENAMED)
    assert "Leeds City" in page.content.decode()
    said = {"kept": page.context["kept"], "seen": page.context["change"].seen}
    Region.objects.filter(key="north").update(name="Nord", version=7)
    confirm = reverse("structure-confirm", args=["northwind"])
    stale = client.post(confirm, said)
    assert stale.status_code == 409
    assert "Look at it once more" in stale.content.decode()
    assert Site.objects.get(key="leeds").name == "Leeds"
    said["seen"] = stale.context["change"].seen
    assert client.post(confirm, said).status_code == 302
    assert Site.objects.get(key="leeds").name == "Leeds City"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_preview_is_sound_in_a_browser(live_server: Any, tmp_path: Path, width: int) -> None:
    estate = make_estate()
    file = tmp_path / "estate.csv"
    text = RENAMED + ",,Bath,,Europe/London,,,,,,,Late,\n,,Poole,elsewhere,Europe/London,,,,,,,,\n"
    with visitor(live_server, estate.member(Role.ADMINISTRATOR)) as lead:
        for name, written in (("refused", text), ("changed", RENAMED)):
            file.write_text(written, "utf-8")
            page = lead.open("/o/northwind/structure/upload", width=width)
            lead.must_be_sound()
            page.locator("input[type=file]").set_input_files(file)
            page.get_by_role("button", name="Show what it would do").click()
            page.get_by_role("heading", name="Changed").wait_for()
            lead.must_be_sound()
            lead.keep(f"structure-{name}-{width}")
        page.get_by_role("button", name="Do all of it").click()
        page.get_by_text("Leeds City").first.wait_for()
