"""People, members and the audit trail as lists: ordered, narrowed, taken away."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from attain.organisations.actions import members, people, places
from attain.organisations.audit_words import in_words
from attain.organisations.models import AuditEntry, Member, Person
from attain.organisations.rules import Role
from attain.organisations.views import audit
from estate import Estate, make_account, make_estate, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def estate() -> Iterator[Estate]:
    made = make_estate()
    with scopes_disabled():
        yield made


@pytest.fixture
def admin(estate: Estate) -> Client:
    return signed_in(estate.member(Role.ADMINISTRATOR))


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *rest: object, query: str = "") -> str:
    return reverse(name, args=["northwind", *rest]) + query


def file_at(client: Client, url: str) -> list[dict[str, str]]:
    answer = client.get(url)
    assert answer.status_code == 200
    content = getattr(answer, "content", None) or b"".join(answer)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def hired(estate: Estate, name: str, number: str = "") -> Person:
    by = estate.member(Role.ADMINISTRATOR)
    return people.add_person(name=name, employee_number=number, grade="agent", by=by)


def test_people_are_found_by_number_site_and_whether_they_are_still_here(
    estate: Estate, admin: Client
) -> None:
    by = estate.member(Role.ADMINISTRATOR)
    anna, ben = hired(estate, "Anna", "007"), hired(estate, "Ben", "=1+1")
    green = places.add_team(site=estate.poole, key="green", name="Green", by=by)
    people.post_person(person=anna, team=estate.team, since=date(2025, 1, 1), by=by)
    people.post_person(person=anna, team=green, since=date(2026, 1, 1), by=by)
    people.let_go(person=ben, on=date(2026, 3, 1), seen=ben.version, by=by)
    url = address("people")
    [found] = file_at(admin, f"{url}?site=poole&export=csv")
    assert (found["Name"], found["Employee number"], found["Team"]) == ("Anna", "007", "Green")
    assert found["Earlier teams"] == "Leeds, Blue: 2025-01-01 – 2025-12-31"
    [left] = file_at(admin, f"{url}?state=left&export=csv")
    assert (left["Name"], left["Employee number"]) == ("Ben", "'=1+1")
    assert len(file_at(admin, f"{url}?words=00&export=csv")) == 1
    names = [row["Name"] for row in file_at(admin, f"{url}?sort=-name&export=csv")]
    assert names == sorted(names, reverse=True)
    assert "Actions" not in found


def test_who_may_not_take_people_away_gets_no_file(estate: Estate) -> None:
    hired(estate, "Anna")
    leader = signed_in(estate.member(Role.TEAM_LEADER))
    assert "export=csv" not in leader.get(address("people")).content.decode()
    assert leader.get(address("people", query="?export=csv")).status_code == 403


def test_a_person_is_changed_by_a_form_where_nobody_else_did(estate: Estate, admin: Client) -> None:
    anna = hired(estate, "Anna")
    url = address("person-change", anna.uuid)
    said = {"name": "Anna Ember", "employee_number": "8", "grade": "lead", "version": 1}
    assert admin.post(url, said | {"name": " "}).status_code == 422
    assert admin.post(url, said | {"version": "x"}).status_code == 422
    assert admin.post(url, said).status_code == 302
    assert admin.post(url, said | {"name": "Anne"}).status_code == 409
    assert str(Person.objects.get(pk=anna.pk)) == "Anna Ember"


def test_members_are_found_by_role_and_state(estate: Estate, admin: Client) -> None:
    by = estate.member(Role.ADMINISTRATOR)
    bob = make_member(
        estate.organisation, make_account("bob@leeds.example", "Bob"), Role.SITE_LEAD,
        site=estate.leeds,
    )  # fmt: skip
    url = address("members")
    [found] = file_at(admin, f"{url}?words=leeds.example&role=site_lead&export=csv")
    assert (found["Member"], found["Roles"], found["State"]) == (
        "Bob",
        "Site lead, Leeds",
        "Active",
    )
    members.suspend_member(member=bob, now=bob.since, by=by)
    [found] = file_at(admin, f"{url}?state=suspended&export=csv")
    assert found["State"] == "Suspended"
    page = admin.get(f"{url}?state=suspended").content.decode()
    assert "Reinstate" in page
    assert page.count("csrfmiddlewaretoken") >= 3


def test_the_trail_is_found_by_who_did_it_and_leaves_with_its_hashes(
    estate: Estate, admin: Client
) -> None:
    hired(estate, "Anna")
    by = estate.member(Role.ADMINISTRATOR)
    url = address("audit")
    [entry] = file_at(admin, f"{url}?by={by.uuid}&words=add_person&export=csv")
    kept = AuditEntry.objects.get(action="organisations.add_person")
    assert (entry["hash"], entry["previous_hash"], entry["content_hash"]) == (
        kept.entry_hash, kept.previous_hash, kept.content_hash,
    )  # fmt: skip
    assert admin.get(f"{url}?export=xlsx").content.startswith(b"PK")
    other = estate.member(Role.AUDITOR).uuid
    assert not file_at(admin, f"{url}?by={other}&export=csv")
    shown = admin.get(f"{url}?columns=entry_hash").content.decode()
    assert kept.entry_hash in shown


def test_more_of_the_trail_than_excel_would_hold_is_refused(
    estate: Estate, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hired(estate, "Anna")
    hired(estate, "Ben")
    monkeypatch.setattr(audit, "MOST_IN_EXCEL", 1)
    answer = admin.get(address("audit", query="?export=xlsx"))
    assert answer.status_code == 422
    assert b"Narrow the list" in answer.content


def test_the_trail_says_lists_and_changes_in_words(estate: Estate, admin: Client) -> None:
    by = estate.member(Role.ADMINISTRATOR)
    places.set_channels(centre=estate.centre, channels=["phone", "sms"], seen=1, by=by)
    page = admin.get(address("audit")).content.decode()
    assert "phone, sms, before phone, email" in page
    assert "[&#x27;" not in page


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"), ([], "–"), (True, "Yes"), (["a", 1], "a, 1"), ("x", "x"), (0, "0"),
        ({"was": [], "is": ["a"]}, "a, before –"),
        ({"added_rows": 3, "closed": False}, "added rows 3, closed No"),
    ],
)  # fmt: skip
def test_values_of_the_trail_are_words(value: object, words: str) -> None:
    assert in_words(value) == words


@pytest.mark.parametrize("name", ["people", "members", "audit"])
def test_lists_ask_as_many_queries_for_many_rows_as_for_few(
    estate: Estate, admin: Client, name: str
) -> None:
    def more(count: int) -> None:
        by = estate.member(Role.ADMINISTRATOR)
        for number in range(count):
            one = hired(estate, f"P{Person.objects.count()}")
            people.post_person(person=one, team=estate.team, since=date(2026, 1, 1), by=by)
            account = make_account(f"{name}{number}-{count}@leeds.example", "Bob")
            make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.leeds)

    more(1)
    few = queries_of(admin, address(name))
    more(12)
    assert queries_of(admin, address(name)) == few
