"""The structure of an organisation comes from one spreadsheet, all of it or nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django_scopes import scope

from attain.measurement.faults import RefusedError
from attain.organisations.actions.structure import make_structure, preview_structure
from attain.organisations.models import Centre, Programme, Region, Site, Team
from attain.organisations.rules import Role
from attain.organisations.structure import StructureAsked, read_structure
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


@pytest.fixture
def estate() -> Iterator[Estate]:
    made = make_estate()
    with scope(organisation=made.organisation):
        yield made


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
