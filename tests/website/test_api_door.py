"""The API: who comes in, what their token permits, and that a repeated write is done once."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from attain.organisations.actions import members, places, tokens
from attain.organisations.models import Region, Site
from attain.organisations.rules import Permission, Role
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
P = Permission


@pytest.fixture
def estate() -> Iterator[Estate]:
    made = make_estate()
    with scopes_disabled():
        yield made


class Program:
    """A program with a token."""

    def __init__(self, estate: Estate, role: Role, *permissions: Permission) -> None:
        by = estate.member(role)
        self.token, self.secret = tokens.make_token(
            name="nightly",
            permissions=permissions or list(Permission),
            expires_at=NOW + timedelta(days=30),
            now=NOW,
            by=by,
        )

    def ask(self, method: str, path: str, said: Any = None, **headers: str) -> Any:
        """Ask the API for something."""
        headers = {"Authorization": f"Bearer {self.secret}", **headers}
        body = "" if said is None else json.dumps(said)
        client = Client(headers=headers)
        return client.generic(method, f"/api/v1{path}", body, content_type="application/json")


YORK = {"key": "york", "name": "York", "timezone": "Europe/London", "region": "north"}


def test_a_token_lists_what_its_member_sees(estate: Estate) -> None:
    answer = Program(estate, Role.ANALYST).ask("GET", "/sites")
    assert answer.status_code == 200
    assert answer.json()["count"] == 2
    assert [site["key"] for site in answer.json()["items"]] == ["leeds", "poole"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nothing", "Basic abc", "Bearer \x7f"])
def test_without_a_token_that_holds_nothing_is_told(estate: Estate, header: str) -> None:
    answer = Client(headers={"Authorization": header}).get("/api/v1/sites")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_a_session_of_a_browser_opens_nothing(estate: Estate) -> None:
    client = Client()
    client.force_login(
        estate.member(Role.ADMINISTRATOR).account,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert client.get("/api/v1/sites").status_code == 401


def test_a_token_permits_no_more_than_was_chosen(estate: Estate) -> None:
    program = Program(estate, Role.ADMINISTRATOR, P.READ_STRUCTURE)
    assert program.ask("GET", "/sites").status_code == 200
    assert program.ask("POST", "/sites", YORK).status_code == 403
    assert program.ask("GET", "/audit").status_code == 403


def test_a_token_permits_no_more_than_its_member_may(estate: Estate) -> None:
    assert Program(estate, Role.ANALYST).ask("POST", "/sites", YORK).status_code == 403


def test_a_revoked_token_and_a_suspended_member_open_nothing(estate: Estate) -> None:
    program = Program(estate, Role.ANALYST)
    admin = estate.member(Role.ADMINISTRATOR)
    members.suspend_member(member=estate.member(Role.ANALYST), now=NOW, by=admin)
    assert program.ask("GET", "/sites").status_code == 401
    members.reinstate_member(member=estate.member(Role.ANALYST), by=admin)
    assert program.ask("GET", "/sites").status_code == 200
    tokens.revoke_token(token=program.token, now=NOW, by=estate.member(Role.ANALYST))
    assert program.ask("GET", "/sites").status_code == 401


def test_a_site_is_added_and_changed_where_nobody_else_changed_it(estate: Estate) -> None:
    program = Program(estate, Role.ADMINISTRATOR)
    added = program.ask("POST", "/sites", YORK)
    assert added.status_code == 201
    assert added.json()["region"] == "north"
    first = program.ask("PATCH", "/sites/york", {"version": 1, "name": "York Minster"})
    second = program.ask("PATCH", "/sites/york", {"version": 1, "name": "York Station"})
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["errors"][0]["theirs"] == {"name": "York Minster"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"timezone": "Mars/Olympus"},
        {"key": "new york"},
        {"name": ""},
        {"name": "a\x00b"},
        {"kind": 1},
    ],
)
def test_a_site_that_cannot_be_is_refused_with_its_field(estate: Estate, wrong: Any) -> None:
    answer = Program(estate, Role.ADMINISTRATOR).ask("POST", "/sites", YORK | wrong)
    assert answer.status_code == 422
    assert next(iter(wrong)) in json.dumps(answer.json()["errors"])
    assert Site.objects.count() == 2


def test_a_write_that_is_repeated_is_done_once_and_answered_alike(estate: Estate) -> None:
    program = Program(estate, Role.ADMINISTRATOR)
    first = program.ask("POST", "/sites", YORK, **{"Idempotency-Key": "abc"})
    again = program.ask("POST", "/sites", YORK, **{"Idempotency-Key": "abc"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Site.objects.filter(key="york").count() == 1


def test_a_key_with_another_request_is_refused(estate: Estate) -> None:
    program = Program(estate, Role.ADMINISTRATOR)
    program.ask("POST", "/sites", YORK, **{"Idempotency-Key": "abc"})
    other = program.ask("POST", "/sites", YORK | {"key": "bath"}, **{"Idempotency-Key": "abc"})
    assert other.status_code == 422
    assert not Site.objects.filter(key="bath").exists()


def test_a_token_of_another_organisation_sees_nothing_of_this_one(estate: Estate) -> None:
    other = make_estate("southwind")
    with scope(organisation=other.organisation):
        places.add_region(key="only-here", name="Only here", by=other.member(Role.ADMINISTRATOR))
    told = Program(estate, Role.ADMINISTRATOR).ask("GET", "/regions").content.decode()
    assert "Only here" not in told
    assert Region.objects.filter(key="only-here").exists()


@pytest.mark.parametrize("path", ["/nothing", "/sites/nowhere", "/../v2/sites"])
def test_an_address_that_leads_nowhere_is_a_problem_and_no_page(estate: Estate, path: str) -> None:
    answer = Program(estate, Role.ADMINISTRATOR).ask("GET", path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("limt=5", "limt: there is no such parameter"),
        ("limit=5&limit=6", "limit: it comes 2 times"),
    ],
)
def test_a_parameter_that_is_misspelt_or_said_twice_is_refused(
    estate: Estate, query: str, why: str
) -> None:
    answer = Program(estate, Role.ANALYST).ask("GET", f"/sites?{query}")
    assert answer.status_code == 422
    assert why in answer.json()["detail"]
    assert Program(estate, Role.ANALYST).ask("GET", "/sites?limit=1").json()["count"] == 2
