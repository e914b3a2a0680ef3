"""Who may ask what of the API: each operation by a colleague without the role, and by strangers."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django_scopes import scopes_disabled

from attain.organisations.actions import members
from attain.organisations.rules import Permission, Role
from attain.website.api.v1 import api
from estate import make_estate
from programs import Program, Told, make_told

pytestmark = pytest.mark.django_db
SCHEMA = api.get_openapi_schema()
PATHS = SCHEMA["paths"]
OPERATIONS = [(method, path) for path, methods in PATHS.items() for method in methods]
# What lies nowhere in particular, and is asked of any member.
_OF_ANYBODY = {"/api/v1/tables", "/api/v1/me", "/api/v1/roles", "/api/v1/notices/read"}
# A subject of notices is nobody's: each member has own ones.
_OF_SUBJECTS = {"/api/v1/notices/mail/{subject}"}
ABOUT_SOMETHING = [(m, path) for m, path in OPERATIONS if "{" in path and path not in _OF_SUBJECTS]
WRITES = [(m, path) for m, path in OPERATIONS if m != "get" and path not in _OF_ANYBODY]
# Who may not see people or somebody else's job does not learn of them.
_UNSEEN = ("/api/v1/people/", "/api/v1/jobs/")


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[Told]:
    """Make the estate once for all who ask, in a transaction that is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), scopes_disabled():
        yield make_told()
        transaction.set_rollback(True)


def _names(operation: tuple[str, str]) -> str:
    return " ".join(operation)


def _body(told: Told, method: str, path: str) -> Any:
    """Return what the operation can read, so that it is refused for nothing else."""
    operation = PATHS[path][method]
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    schema = content["application/json"]["schema"]
    return _example(schema, told)


def _example(schema: dict[str, Any], told: Told) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _example(SCHEMA["components"]["schemas"][name], told)
    if schema.get("examples"):
        return schema["examples"][0]
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], told)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [_example(schema["items"], told)]
    kinds: dict[str, Any] = {"integer": 1, "boolean": True}
    if schema.get("type") == "object":
        needed = schema.get("required", [])
        return {
            name: _example(schema["properties"][name], told)
            for name in needed
            if name in schema.get("properties", {})
        }
    if schema.get("type") != "string":
        return kinds[schema["type"]]
    formats = {"date": "2026-10-31", "uuid": told.ids["metric"]}
    return formats.get(schema.get("format", ""), "1")


def _ask(program: Program, told: Told, method: str, path: str) -> Any:
    real = path.removeprefix("/api/v1").format(**told.ids) + _needed(method, path)
    if _takes_a_file(method, path):
        with open(__file__, "rb") as file:
            return program.hand_in(real, file=file, table="systems")
    answer = program.ask(method.upper(), real, _body(told, method, path))
    if answer.streaming:
        # A file is open until who asked for it has read the answer.
        b"".join(answer)
    return answer


def _needed(method: str, path: str) -> str:
    """Return the parameters without which an operation is not asked."""
    parameters = PATHS[path][method].get("parameters", ())
    said = {p["name"]: "leeds" for p in parameters if p["in"] == "query" and p.get("required")}
    return "?" + urlencode(said) if said else ""


def _takes_a_file(method: str, path: str) -> bool:
    content = PATHS[path][method].get("requestBody", {}).get("content", {})
    return "multipart/form-data" in content


@pytest.mark.parametrize("operation", ABOUT_SOMETHING, ids=_names)
def test_a_stranger_does_not_learn_that_there_is_such_a_thing(
    operation: tuple[str, str], told: Told
) -> None:
    with scopes_disabled():
        other = make_estate("southwind")
    every = other.member(Role.ADMINISTRATOR)
    for role in Role:
        members.give_role(member=every, role=role, by=other.member(Role.ADMINISTRATOR))
    of_both = ("centre", "key", "region", "programme", "shipped")
    stranger_ids = told.ids | dict.fromkeys(of_both, "nowhere")
    answer = _ask(Program(every), Told(other, stranger_ids), *operation)
    assert answer.status_code == 404, answer.content


@pytest.mark.parametrize("operation", WRITES, ids=_names)
def test_a_colleague_who_may_only_look_writes_nothing(
    operation: tuple[str, str], told: Told
) -> None:
    # An agent of the organisation sees that the site is there, and nothing of its figures.
    answer = _ask(told.program(Role.AGENT), told, *operation)
    refused = 404 if operation[1].startswith(_UNSEEN) else 403
    assert answer.status_code == refused, answer.content


@pytest.mark.parametrize("operation", OPERATIONS, ids=_names)
def test_without_a_permission_of_its_token_a_program_is_refused(
    operation: tuple[str, str], told: Told
) -> None:
    method, path = operation
    program = Program(told.estate.member(Role.PROGRAMME_LEAD), [Permission.MANAGE_MEMBERS])
    answer = _ask(program, told, method, path)
    assert path in _OF_ANYBODY or _is_nothing(answer), answer.content


def _is_nothing(answer: Any) -> bool:
    """Say whether an answer tells nothing: refused, or a list without anything."""
    if answer.status_code in (403, 404):
        return True
    return bool(answer.status_code == 200 and answer.json()["count"] == 0)


@pytest.mark.parametrize("operation", OPERATIONS, ids=_names)
def test_who_may_is_let_in(operation: tuple[str, str], told: Told) -> None:
    every = told.estate.member(Role.ADMINISTRATOR)
    for role in Role:
        members.give_role(member=every, role=role, by=every)
    answer = _ask(Program(every), told, *operation)
    assert answer.status_code in (200, 201, 202, 404, 409, 422), answer.content
    if operation[0] == "get" and not operation[1].endswith(("decision", "proof")):
        assert answer.status_code == 200, answer.content
