"""Were a permission forgotten, or given to everybody, the matrix would be red."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from access.access_matrix import Line, addresses, read_matrix
from access.access_world import World
from access.asking import ask, client_of, path_of
from attain.organisations import queries, rules
from attain.organisations.rules import Permission, Role

pytestmark = pytest.mark.django_db
MATRIX = read_matrix()
OURS = {each.name: each for each in addresses() if each.is_of_an_organisation}
# Open to whoever rates a part of the assessment, and to nobody else whatever they may do.
WHOSE_PART = {
    "assessments-rate", "assessments-save", "assessments-hand-in", "assessments-workbook",
    "assessments-workbook-import", "assessments-workbook-confirm",
}  # fmt: skip
Judge = Callable[[World], Iterator[str]]
# An address that rests on each permission, and needs no other.
RESTS_ON: Mapping[Permission, str] = {
    Permission.CHANGE_STRUCTURE: "region-add",
    Permission.READ_PEOPLE: "person-post",
    Permission.CHANGE_PEOPLE: "person-add",
    Permission.MANAGE_MEMBERS: "members",
    Permission.READ_AUDIT: "audit",
    Permission.READ_FIGURES: "performance-uptime",
    Permission.RECORD_FIGURES: "performance-coverage-add",
    Permission.CHANGE_METRICS: "performance-process-add",
    Permission.CLOSE_MONTHS: "performance-month-close",
    Permission.READ_CERTIFICATION: "certification-calendar",
    Permission.APPLY: "certification-submit",
    Permission.REVIEW: "certification-review-answer",
    Permission.DECIDE: "certification-suspend",
    Permission.READ_ASSESSMENTS: "library",
    Permission.LEAD_ASSESSMENTS: "assessments-withdraw",
    Permission.WRITE_MODELS: "library-new",
    Permission.ANALYSE: "tokens",
}


def wrong(world: World, role: Role, names: set[str] | None = None) -> list[Line]:
    """Return the lines that a role at the site, which the matrix says all about, finds changed."""
    client = client_of(world.people[role, "organisation"])
    lines = [line for line in MATRIX.lines if names is None or line.name in names]
    return [
        line
        for line in lines
        if ask(client, line.method, path_of(world, OURS[line.name], line))
        != MATRIX.expected(line, role, "organisation")
    ]


@pytest.mark.parametrize("permission", RESTS_ON)
def test_a_permission_that_every_role_had_would_be_noticed(
    world: World, permission: Permission, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = RESTS_ON[permission]
    assert not wrong(world, Role.AGENT, {name})
    given = {role: role.permissions | {permission} for role in Role}
    monkeypatch.setattr(rules, "_PERMITTED", given)
    assert wrong(world, Role.AGENT, {name})


@pytest.mark.parametrize("permission", RESTS_ON)
def test_a_permission_that_no_role_had_would_be_noticed(
    world: World, permission: Permission, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = RESTS_ON[permission]
    [role, *_others] = [each for each in Role if permission in each.permissions]
    assert not wrong(world, role, {name})
    taken = {each: each.permissions - {permission} for each in Role}
    monkeypatch.setattr(rules, "_PERMITTED", taken)
    assert wrong(world, role, {name})


def test_the_structure_is_seen_by_every_role_and_losing_that_would_be_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = {each: each.permissions - {Permission.READ_STRUCTURE} for each in Role}
    monkeypatch.setattr(rules, "_PERMITTED", taken)
    assert wrong(world, Role.AUDITOR, {"performance-uptime"})


def test_a_check_that_let_everybody_in_would_be_noticed_at_every_guarded_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = {
        line.title
        for line in MATRIX.lines
        if line.answers.get(Role.AGENT) == "403" and line.name not in WHOSE_PART
    }
    monkeypatch.setattr(queries, "demand", lambda *_asked: None)
    monkeypatch.setattr(queries, "permits", lambda *_asked: True)
    monkeypatch.setattr(queries, "permits_somewhere", lambda *_asked: True)
    found = {line.title for line in wrong(world, Role.AGENT)}
    assert guarded <= found


def test_a_check_that_refused_everybody_would_be_noticed_at_every_guarded_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = {
        line.title
        for line in MATRIX.lines
        if line.answers.get(Role.PROGRAMME_LEAD) == "yes" and not line.name.startswith("person-")
    }
    monkeypatch.setattr(queries, "permits", lambda *_asked: False)
    monkeypatch.setattr(queries, "permits_somewhere", lambda *_asked: False)
    assert guarded <= {line.title for line in wrong(world, Role.PROGRAMME_LEAD)}
