"""Programs lead an organisation as its pages do: members, places, people, notices, tokens, jobs."""

import json
from collections import Counter
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django_scopes import scopes_disabled
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from ninja import Schema

from attain.organisations.actions import notices
from attain.organisations.jobs.actions import enqueue
from attain.organisations.models import (
    AnsweredRequest,
    ApiToken,
    AuditEntry,
    Invitation,
    Member,
    Site,
)
from attain.organisations.rules import Permission, Role
from attain.website.api.v1 import api
from estate import Estate, make_account, make_estate, make_member
from frame.job_tasks import make_regions
from programs import NOW, Program

pytestmark = pytest.mark.django_db
P = Permission


@pytest.fixture
def estate() -> Any:
    made = make_estate()
    with scopes_disabled():
        yield made


@pytest.fixture
def admin(estate: Estate) -> Program:
    return Program(estate.member(Role.ADMINISTRATOR))


@pytest.fixture
def charlie(estate: Estate) -> Member:
    account = make_account("charlie@northwind.example", "Charlie")
    return make_member(estate.organisation, account, Role.AGENT)


def actions_told() -> list[str]:
    return [entry.action.partition(".")[2] for entry in AuditEntry.objects.order_by("sequence")]


def test_a_program_says_for_whom_it_acts_and_what_it_may(estate: Estate) -> None:
    program = Program(estate.member(Role.ANALYST), [P.READ_FIGURES, P.MANAGE_MEMBERS])
    told = program.get("/me")
    assert (told["organisation"], told["permissions"]) == ("northwind", ["READ_FIGURES"])
    assert [held["role"] for held in told["roles"]] == ["analyst"]


def test_a_role_is_given_and_taken_and_each_is_told(
    estate: Estate, admin: Program, charlie: Member
) -> None:
    path = f"/members/{charlie.uuid}"
    given = admin.ask("POST", f"{path}/roles", {"role": "site_lead", "site": "leeds"})
    assert given.status_code == 201
    held = next(role for role in given.json()["roles"] if role["role"] == "site_lead")
    assert held["site"] == "leeds"
    taken = admin.ask("DELETE", f"{path}/roles/{held['id']}")
    assert [role["role"] for role in taken.json()["roles"]] == ["agent"]
    assert actions_told()[-2:] == ["give_role", "take_role"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "site_lead", "site": "nowhere"},
        {"role": "site_lead", "site": "leeds", "region": "north"},
        {"role": "king"},
    ],
)
def test_a_role_that_cannot_be_held_is_refused(
    admin: Program, charlie: Member, wrong: dict[str, str]
) -> None:
    assert admin.ask("POST", f"/members/{charlie.uuid}/roles", wrong).status_code == 422
    assert charlie.roles.count() == 1


def test_the_last_administrator_is_neither_removed_nor_suspended_nor_without_the_role(
    estate: Estate, admin: Program
) -> None:
    own = estate.member(Role.ADMINISTRATOR)
    path = f"/members/{own.uuid}"
    held = own.roles.get().pk
    asked = [("DELETE", path), ("POST", f"{path}/suspend"), ("DELETE", f"{path}/roles/{held}")]
    assert [admin.ask(*each).status_code for each in asked] == [422, 422, 422]
    assert admin.get("/me")["roles"]


def test_a_member_is_suspended_and_comes_back_with_the_same_roles(
    admin: Program, charlie: Member
) -> None:
    path = f"/members/{charlie.uuid}"
    assert admin.ask("POST", f"{path}/suspend").json()["suspended_at"]
    back = admin.ask("POST", f"{path}/reinstate").json()
    assert back["suspended_at"] is None
    assert [role["role"] for role in back["roles"]] == ["agent"]


def test_a_member_who_is_removed_has_no_role_and_no_token_and_stays_named(
    estate: Estate, admin: Program
) -> None:
    analyst = estate.member(Role.ANALYST)
    program = Program(analyst)
    assert program.ask("GET", "/sites").status_code == 200
    gone = admin.ask("DELETE", f"/members/{analyst.uuid}").json()
    assert gone["roles"] == []
    assert gone["suspended_at"]
    assert program.ask("GET", "/sites").status_code == 401
    assert ApiToken.objects.get(pk=program.token.pk).revoked_at
    told = json.loads(AuditEntry.objects.latest("pk").content.text)
    assert told["roles"] == ["analyst everywhere"]
    admin.ask("POST", f"/members/{analyst.uuid}/reinstate")
    assert program.ask("GET", "/sites").status_code == 401


def test_an_invitation_is_mailed_and_its_link_told_once(
    admin: Program, django_capture_on_commit_callbacks: Any
) -> None:
    said = {"email": "dana@northwind.example", "role": "agent"}
    with django_capture_on_commit_callbacks(execute=True):
        sent = admin.ask("POST", "/invitations", said, **{"Idempotency-Key": "k"})
    link = sent.json()["link"]
    assert link in mail.outbox[0].body
    again = admin.ask("POST", "/invitations", said, **{"Idempotency-Key": "k"})
    assert (again.status_code, again.json()["link"]) == (201, "")
    assert Invitation.objects.count() == 1
    assert link not in AnsweredRequest.objects.get().body
    assert "no-store" in sent["Cache-Control"]
    uuid = sent.json()["uuid"]
    assert [one["uuid"] for one in admin.get("/invitations")["items"]] == [uuid]
    assert admin.ask("POST", f"/invitations/{uuid}/withdraw").status_code == 200
    assert admin.ask("POST", f"/invitations/{uuid}/withdraw").status_code == 422
    assert admin.get("/invitations")["count"] == 0


def test_an_address_that_is_none_is_refused(admin: Program) -> None:
    for address in ("dana", "dana@", "a b@c.example", "dana@x\n.example"):
        said = {"email": address, "role": "agent"}
        assert admin.ask("POST", "/invitations", said).status_code == 422
    assert not Invitation.objects.exists()


def test_a_token_makes_none_that_permits_more_or_ends_later(estate: Estate) -> None:
    program = Program(estate.member(Role.PROGRAMME_LEAD), [P.ANALYSE, P.READ_FIGURES])
    until = (NOW + timedelta(days=29)).date()
    said = {"name": "More", "until": str(until), "permissions": ["READ_FIGURES"]}
    made = program.ask("POST", "/tokens", said)
    assert made.status_code == 201
    assert made.json()["secret"].startswith("attain_")
    later = said | {"until": str(until + timedelta(days=2))}
    more = said | {"permissions": ["READ_FIGURES", "DECIDE"]}
    assert [program.ask("POST", "/tokens", each).status_code for each in (later, more)] == [422] * 2
    assert program.get("/tokens")["count"] == 2


def test_a_token_is_revoked_by_its_member_alone(estate: Estate, admin: Program) -> None:
    other = Program(estate.member(Role.ANALYST))
    path = f"/tokens/{other.token.uuid}/revoke"
    assert admin.ask("POST", path).status_code == 404
    assert other.ask("POST", path).json()["revoked_at"]
    assert other.ask("GET", "/tokens").status_code == 401


def test_opening_hours_and_channels_are_written_where_nobody_else_did(admin: Program) -> None:
    week = admin.get("/sites/leeds/opening-hours")
    hours = [{"weekday": 0, "opens": "08:00", "closes": "20:00"}]
    said = {"version": week["version"], "opening_hours": hours}
    first = admin.ask("PUT", "/sites/leeds/opening-hours", said)
    second = admin.ask("PUT", "/sites/leeds/opening-hours", said | {"opening_hours": []})
    assert first.json()["opening_hours"] == hours
    assert second.status_code == 409
    assert second.json()["errors"][0]["theirs"] == {"opening_hours": ["0 08:00-20:00"]}
    seen = admin.get("/centres/leeds/channels")["version"]
    channels = {"version": seen, "channels": ["chat"]}
    assert admin.ask("PUT", "/centres/leeds/channels", channels).json()["channels"] == ["chat"]
    stale = channels | {"channels": ["email"]}
    assert admin.ask("PUT", "/centres/leeds/channels", stale).status_code == 409


def test_an_organisation_is_built_from_nothing_but_requests(admin: Program) -> None:
    for path, said in (
        ("/regions", {"key": "west", "name": "West"}),
        ("/programmes", {"key": "globex", "name": "Globex", "client": "Globex"}),
        ("/sites", {"key": "bath", "name": "Bath", "timezone": "Europe/London"}),
        ("/sites/bath/programmes", {"programme": "globex", "channels": ["phone"]}),
        ("/sites/bath/teams", {"key": "red", "name": "Red", "programme": "globex"}),
    ):
        answer = admin.ask("POST", path, said)
        assert answer.status_code == 201, answer.content
    moved = admin.ask("PATCH", "/sites/bath", {"version": 1, "region": "west", "kind": "bpo"})
    assert (moved.json()["region"], moved.json()["kind"]) == ("west", "bpo")
    out = admin.ask("PATCH", "/sites/bath", {"version": 2, "region": None})
    assert out.json()["region"] is None
    closed = admin.ask("POST", "/sites/bath/close", {"version": 3, "on": "2026-10-31"})
    assert closed.json()["closed_on"] == "2026-10-31"
    late = admin.ask("POST", "/sites/bath/teams", {"key": "late", "name": "Late"})
    assert late.status_code == 422
    assert admin.get("/centres/bath-globex")["programme"] == "globex"


def test_what_is_called_otherwise_is_so_where_nobody_else_did(
    estate: Estate, admin: Program
) -> None:
    team = f"/teams/{estate.team.uuid}"
    for path, name in (("/regions/north", "Far"), ("/programmes/acme", "Acme"), (team, "Red")):
        first = admin.ask("PATCH", path, {"version": 1, "name": name})
        second = admin.ask("PATCH", path, {"version": 1, "name": "Other"})
        assert (first.status_code, first.json()["name"], second.status_code) == (200, name, 409)
    assert actions_told()[-3:] == ["change_region", "change_programme", "change_team"]


def test_a_spreadsheet_of_the_structure_is_looked_at_then_made(admin: Program) -> None:
    text = b"site,timezone,region,team\nHull,Europe/London,East,Green\n"
    asked = {"regions": ["East"], "sites": ["Hull"], "programmes": [], "centres": [],
             "teams": ["Hull, Green"], "changed": [], "unchanged": [], "refused": []}  # fmt: skip
    looked = admin.hand_in("/structure/preview", file=_file("estate.csv", text))
    asked["seen"] = looked.json()["seen"]
    assert (looked.status_code, looked.json()) == (200, asked)
    assert not Site.objects.filter(name="Hull").exists()
    made = admin.hand_in("/structure", file=_file("estate.csv", text), seen=asked["seen"])
    assert (made.status_code, made.json()) == (201, asked)
    renamed = b"site,site_key,timezone\nHull harbour,hull,Europe/Paris\n"
    stale = admin.hand_in("/structure", file=_file("estate.csv", renamed), seen=asked["seen"])
    assert stale.status_code == 409
    assert Site.objects.filter(name="Hull").exists()
    changed = admin.hand_in("/structure", file=_file("estate.csv", renamed)).json()["changed"]
    assert [(each["field"], each["was"], each["now"]) for each in changed] == [
        ("name", "Hull", "Hull harbour"),
        ("timezone", "Europe/London", "Europe/Paris"),
    ]
    wrong = admin.hand_in("/structure", file=_file("estate.csv", b"site,timezone\nYork,Mars\n"))
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["line"] == 2


def _file(name: str, text: bytes) -> BytesIO:
    file = BytesIO(text)
    file.name = name
    return file


def test_a_person_is_added_posted_changed_and_let_go(estate: Estate, admin: Program) -> None:
    said = {"name": "Dana", "employee_number": "0042", "grade": "agent"}
    person = admin.ask("POST", "/people", said).json()
    path = f"/people/{person['uuid']}"
    posting = {"team": str(estate.team.uuid), "since": "2026-03-01"}
    assert admin.ask("POST", f"{path}/postings", posting).json()["site"] == "leeds"
    changed = admin.ask("PATCH", path, {"version": 1, "grade": "senior"})
    assert changed.json()["grade"] == "senior"
    assert admin.ask("PATCH", path, {"version": 1, "grade": "lead"}).status_code == 409
    left = admin.ask("POST", f"{path}/leave", {"version": 2, "on": "2026-09-30"})
    assert left.json()["left_on"] == "2026-09-30"
    assert admin.get(f"{path}/postings")["items"][0]["until"] == "2026-09-30"
    assert admin.get("/people?words=0042")["count"] == 1


def test_who_leads_one_site_posts_nobody_to_a_team_of_another(estate: Estate) -> None:
    account = make_account("bob@northwind.example", "Bob")
    bob = Program(make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.poole))
    person = bob.ask("POST", "/people", {"name": "Dana"}).json()
    posting = {"team": str(estate.team.uuid), "since": "2026-03-01"}
    answer = bob.ask("POST", f"/people/{person['uuid']}/postings", posting)
    assert answer.status_code == 404


def test_notices_are_of_what_the_token_lets_it_see(estate: Estate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    for subject in ("certificate", "figures"):
        notices.tell(members=[lead], subject=subject, key=subject, text="t", link="/", now=NOW)
    program = Program(lead, [P.READ_FIGURES])
    told = program.get("/notices")
    assert [one["subject"] for one in told["items"]] == ["figures"]
    assert program.ask("POST", "/notices/read", {}).json() == {"unread": 0}
    assert program.get("/notices?show=unread")["count"] == 0
    assert Program(lead).get("/notices?show=unread")["count"] == 1
    assert program.ask("PUT", "/notices/mail/certificate", {"mail": "never"}).status_code == 403
    assert program.ask("PUT", "/notices/mail/figures", {"mail": "never"}).status_code == 200
    assert program.get("/notices/mail")["items"] == [{"subject": "figures", "mail": "never"}]


def test_a_job_is_seen_and_tried_again_by_whose_it_is(estate: Estate) -> None:
    lead = estate.member(Role.SITE_LEAD)
    job = enqueue(make_regions, by=lead, organisation=estate.organisation, title="March", count=1)
    program, path = Program(lead), f"/jobs/{job.uuid}"
    assert program.get(path)["state"] == "queued"
    assert program.ask("POST", f"{path}/try-again").status_code == 422
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=NOW)
    assert program.ask("POST", f"{path}/try-again").json()["state"] == "queued"
    assert Program(estate.member(Role.ANALYST)).ask("GET", path).status_code == 404


def test_a_search_finds_what_the_pages_find(estate: Estate, admin: Program) -> None:
    assert [hit["name"] for hit in admin.get("/search?words=leeds")["items"]][:1] == ["Leeds"]
    assert admin.ask("GET", "/search?words=l").status_code == 422
    assert Program(estate.member(Role.AGENT)).get("/search?words=leeds")["count"] == 0


def test_the_trail_is_asked_for_by_words_and_days(admin: Program) -> None:
    admin.ask("POST", "/regions", {"key": "west", "name": "West"})
    found = admin.get("/audit?words=add_region")["items"]
    assert [one["details"]["name"] for one in found] == ["West"]
    assert admin.get("/audit?until=2020-01-01")["count"] == 0


def test_the_health_of_the_installation_is_told_without_a_place_of_a_disk(admin: Program) -> None:
    told = admin.get("/health")
    assert told["count"] >= 6
    assert {check["state"] for check in told["items"]} <= {"ok", "warning", "failed"}


def test_every_request_is_described_with_examples() -> None:
    schema = api.get_openapi_schema()
    assert schema["openapi"].startswith("3.1")
    schemas = schema["components"]["schemas"]
    bodies = {
        content["schema"]["$ref"].rpartition("/")[2]
        for methods in schema["paths"].values()
        for operation in methods.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        if "$ref" in content["schema"]
    }
    assert len(bodies) > 40
    bare = [
        f"{name}.{field}"
        for name in sorted(bodies)
        for field, said in schemas[name].get("properties", {}).items()
        if not _is_shown(said, schemas)
    ]
    assert bare == []


def test_no_two_shapes_of_the_api_share_a_name() -> None:
    """The description names a shape by its class: of two alike, one would describe both."""
    shapes = [each for each in _shapes(Schema) if each.__module__.startswith("attain.")]
    assert len(shapes) > 100
    names = Counter(each.__name__ for each in shapes)
    assert [name for name, n in names.items() if n > 1] == []


def _shapes(of: type[Any]) -> set[type[Any]]:
    return {one for each in of.__subclasses__() for one in {each, *_shapes(each)}}


def _is_shown(said: dict[str, Any], schemas: dict[str, Any]) -> bool:
    """Say whether a reader sees a value that a field takes."""
    if "$ref" in said:
        of = schemas[said["$ref"].rpartition("/")[2]]
        return "enum" in of or all(_is_shown(one, schemas) for one in of["properties"].values())
    inner = [said[name] for name in ("items", "additionalProperties") if name in said]
    choices = [one for one in said.get("anyOf", []) if one.get("type") != "null"]
    telling = {"examples", "enum", "const", "format", "maximum"}
    shown = telling & said.keys() or said.get("default") not in (None, "", [])
    return bool(shown) or any(
        isinstance(one, dict) and _is_shown(one, schemas) for one in [*inner, *choices]
    )
