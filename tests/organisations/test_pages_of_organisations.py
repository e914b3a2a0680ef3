"""The pages of the room: who may, who may not, and who finds nothing there at all."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from attain.organisations.actions import people
from attain.organisations.models import AuditEntry, Member, Person, Region, Site
from attain.organisations.rules import Role
from estate import Estate, make_account, make_estate

pytestmark = pytest.mark.django_db


@pytest.fixture
def estate() -> Iterator[Estate]:
    made = make_estate()
    with scopes_disabled():
        yield made


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *rest: object) -> str:
    return reverse(name, args=["northwind", *rest])


READ = ["structure", "people", "members", "roles", "audit", "audit-export"]
FORMS = [
    "region-add",
    "site-add",
    "programme-add",
    "structure-upload",
    "person-add",
    "member-invite",
]


@pytest.mark.parametrize("name", READ + FORMS)
def test_an_administrator_opens_every_page(estate: Estate, name: str) -> None:
    assert signed_in(estate.member(Role.ADMINISTRATOR)).get(address(name)).status_code == 200


@pytest.mark.parametrize("name", ["people", "members", "audit", *FORMS])
def test_an_agent_may_open_none_of_these(estate: Estate, name: str) -> None:
    answer = signed_in(estate.member(Role.AGENT)).get(address(name))
    # Nobody is there for whom an agent may see nobody.
    assert answer.status_code == (200 if name == "people" else 403)


@pytest.mark.parametrize("name", READ + FORMS)
def test_a_stranger_finds_nothing(estate: Estate, name: str) -> None:
    stranger = make_account("charlie@elsewhere.example", "Charlie")
    client = Client()
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address(name)).status_code == 404


def test_who_has_not_signed_in_is_led_to_the_sign_in(estate: Estate) -> None:
    answer = Client().get(address("structure"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_region_is_added_by_its_form(estate: Estate) -> None:
    client = signed_in(estate.member(Role.ADMINISTRATOR))
    answer = client.post(address("region-add"), {"name": "West", "key": "west"}, follow=True)
    assert "West was added." in answer.content.decode()
    assert Region.objects.filter(key="west", organisation=estate.organisation).exists()


def test_a_region_that_is_there_is_refused_with_what_was_typed(estate: Estate) -> None:
    client = signed_in(estate.member(Role.ADMINISTRATOR))
    answer = client.post(address("region-add"), {"name": "North again", "key": "north"})
    assert answer.status_code == 422
    assert "North again" in answer.content.decode()


def test_of_two_who_change_a_site_the_second_sees_both(estate: Estate) -> None:
    client = signed_in(estate.member(Role.ADMINISTRATOR))
    said = {"timezone": "Europe/London", "operation": "internal", "kind": "bpo", "version": 1}
    first = client.post(address("site-change", "leeds"), said | {"name": "Leeds City"})
    second = client.post(address("site-change", "leeds"), said | {"name": "Leeds Dock"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Leeds City" in second.content.decode()
    assert "Leeds Dock" in second.content.decode()


def test_a_spreadsheet_is_shown_before_it_is_made(estate: Estate) -> None:
    client = signed_in(estate.member(Role.ADMINISTRATOR))
    text = "site,timezone,team\nBath,Europe/London,Gold\n"
    upload = SimpleUploadedFile("sites.csv", text.encode())
    preview = client.post(address("structure-upload"), {"file": upload})
    assert "Bath, Gold" in preview.content.decode()
    assert not Site.objects.filter(name="Bath").exists()
    said = {"kept": preview.context["kept"], "seen": preview.context["change"].seen}
    client.post(address("structure-confirm"), said)
    assert Site.objects.filter(name="Bath").exists()


def test_a_spreadsheet_with_faults_shows_each_with_its_line(estate: Estate) -> None:
    client = signed_in(estate.member(Role.ADMINISTRATOR))
    upload = SimpleUploadedFile("sites.csv", b"site,timezone\nBath,Mars/Olympus\n")
    answer = client.post(address("structure-upload"), {"file": upload})
    assert answer.status_code == 422
    assert "Mars/Olympus" in answer.content.decode()


def test_a_site_lead_sees_the_people_of_their_site_alone(estate: Estate) -> None:
    admin = estate.member(Role.ADMINISTRATOR)
    unposted = people.add_person(name="Nowhere Yet", by=admin)
    answer = signed_in(admin).get(address("people"))
    assert "Nowhere Yet" in answer.content.decode()
    answer = signed_in(estate.member(Role.AGENT)).get(address("people"))
    assert "Nowhere Yet" not in answer.content.decode()
    assert (
        signed_in(estate.member(Role.AGENT)).get(address("person-post", unposted.uuid)).status_code
        == 404
    )


def test_an_invitation_is_sent_and_accepted(
    estate: Estate, mailoutbox: list[object], django_capture_on_commit_callbacks: object
) -> None:
    client = signed_in(estate.member(Role.ADMINISTRATOR))
    said = {"email": "new@northwind.example", "role": "analyst"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(address("member-invite"), said)
    [mail] = mailoutbox
    link = "/invitation/" + str(mail.body).split("/invitation/")[1].split()[0]  # type: ignore[attr-defined]
    guest = Client()
    assert "as Analyst" in guest.get(link).content.decode()
    answer = guest.post(link, {"name": "Nia Wood", "password": "a long enough secret"})
    assert answer.status_code == 302
    assert Member.objects.filter(account__name="Nia Wood").exists()
    assert guest.get(link).status_code == 404


def test_the_trail_is_filtered_and_sent_as_csv(estate: Estate) -> None:
    admin = estate.member(Role.ADMINISTRATOR)
    people.add_person(name="=cmd()", by=admin)
    client = signed_in(admin)
    client.post(address("region-add"), {"name": "West", "key": "west"})
    page = client.get(address("audit"), {"words": "add_region"}).content.decode()
    assert "organisations.add_region" in page
    assert "organisations.add_person" not in page
    sent: Any = client.get(address("audit-export"))
    lines = b"".join(sent).decode().splitlines()
    assert len(lines) == 1 + AuditEntry.objects.count()


def test_a_person_changes_their_language_and_zone(estate: Estate) -> None:
    member = estate.member(Role.ANALYST)
    said = {"name": "Ana", "language": "de", "timezone": "Europe/Berlin"}
    signed_in(member).post(reverse("preferences"), said)
    member.account.refresh_from_db()
    assert (member.account.name, member.account.language) == ("Ana", "de")


def test_a_member_of_another_organisation_finds_nothing_of_this_one(estate: Estate) -> None:
    other = make_estate("southwind")
    client = signed_in(other.member(Role.ADMINISTRATOR))
    assert client.get(address("structure")).status_code == 404
    person = Person.objects.create(organisation=estate.organisation, name="Theirs")
    theirs = reverse("person-post", args=["southwind", person.uuid])
    assert client.get(theirs).status_code == 404
