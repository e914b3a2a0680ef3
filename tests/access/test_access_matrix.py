"""Every address, with every method, asked for by everybody: the answers are those of the matrix."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from access.access_matrix import (
    METHODS,
    RELATIONS,
    Line,
    PublicLine,
    Relation,
    addresses,
    read_matrix,
)
from access.access_world import World, own_token
from access.asking import ask, client_of, path_of, public_path
from attain.organisations.models import Member
from attain.organisations.rules import Role

pytestmark = pytest.mark.django_db
MATRIX = read_matrix()
ALL = addresses()
OURS = {each.name: each for each in ALL if each.is_of_an_organisation}
HELD: tuple[Relation, ...] = tuple(each for each in RELATIONS if each != "none")


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert {line.name for line in MATRIX.lines} == set(OURS)
    public = {each.name for each in ALL if not each.is_of_an_organisation}
    named = {line.name for line in MATRIX.public}
    groups = tuple(name.removesuffix("*") for name in named if name.endswith("*"))
    assert not {name for name in public - named if not name.startswith(groups)}
    assert not {name for name in named - public if not name.endswith("*")}
    assert all(any(name.startswith(group) for name in public) for group in groups)


def test_no_line_is_said_twice() -> None:
    lines = [line.title for line in MATRIX.lines]
    assert len(lines) == len(set(lines))


def answers(world: World, member: Member | None) -> Iterator[tuple[Line, str]]:
    """Ask for every line as a member, or as somebody who did not sign in."""
    client = client_of(member)
    token = own_token(member) if member else uuid4()
    for line in MATRIX.lines:
        own = {"token": token} if line.name == "token-revoke" else {}
        path = path_of(world, OURS[line.name], line, **own)
        yield line, ask(client, line.method, path)


def wrong(world: World, member: Member | None, declared: Callable[[Line], str]) -> str:
    """Return the cells that are other than declared: the line, what was declared, what came."""
    cells = ((line, declared(line), got) for line, got in answers(world, member))
    return "\n".join(f"{line.title}: {said}, got {got}" for line, said, got in cells if got != said)


@pytest.mark.parametrize("relation", HELD)
@pytest.mark.parametrize("role", list(Role))
def test_a_role_that_is_held_at_a_place_is_let_in_as_declared(
    world: World, role: Role, relation: Relation
) -> None:
    member = world.people[role, relation]
    assert wrong(world, member, lambda line: MATRIX.expected(line, role, relation)) == ""


def test_who_has_no_role_any_more_sees_nothing_of_any_place(world: World) -> None:
    [member] = world.without_role
    assert wrong(world, member, lambda line: MATRIX.expected(line, None, "none")) == ""


@pytest.mark.parametrize("role", list(Role))
def test_who_was_suspended_finds_nothing(world: World, role: Role) -> None:
    assert wrong(world, world.suspended[role], lambda _line: "404") == ""


@pytest.mark.parametrize("role", list(Role))
def test_a_member_of_another_organisation_finds_nothing(world: World, role: Role) -> None:
    assert wrong(world, world.elsewhere.member(role), lambda _line: "404") == ""


def test_who_did_not_sign_in_is_led_to_the_sign_in(world: World) -> None:
    assert wrong(world, None, lambda _line: "sign-in") == ""


# What is the same in every organisation of these tests: its own thing of the key answers, and so
# does a model of attain's library.
_BY_KEY = {
    "organisation", "region", "centre", "site", "programme", "team", "month", "table", "key",
    "category", "item",
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_things_of_another_organisation_are_not_found_under_ones_own(
    world: World, role: Role
) -> None:
    """The addresses name the own organisation, and everything but keys of the other's."""
    client = client_of(world.elsewhere.member(role))
    let_in = []
    for line in MATRIX.lines:
        things = OURS[line.name].arguments - _BY_KEY
        if things:
            path = path_of(world, OURS[line.name], line, organisation="elsewhere")
            answer = ask(client, line.method, path)
            let_in += [(line.title, answer)] if answer not in ("403", "404") else []
    assert not let_in


def test_what_is_declared_is_every_method_that_an_address_has(world: World) -> None:
    """Who holds every role is answered 405 with each method that no line declares."""
    client = client_of(world.with_every_role())
    declared = {(line.name, line.method) for line in MATRIX.lines}
    lines = {line.name: line for line in MATRIX.lines}
    others = [(n, m) for n in lines for m in METHODS if (n, m) not in declared]
    found = {(n, m): ask(client, m, path_of(world, OURS[n], lines[n])) for n, m in others}
    open_ones = {f"{m} {n}: {answer}" for (n, m), answer in found.items() if answer != "405"}
    assert not open_ones, "\n".join(sorted(open_ones))


def public_lines() -> Iterator[tuple[PublicLine, str]]:
    """Yield the lines of the public part, those of a group once for each of its addresses."""
    known = {each.name for each in ALL if not each.is_of_an_organisation}
    said = {line.name for line in MATRIX.public}
    for line in MATRIX.public:
        if line.name.endswith("*"):
            group = line.name.removesuffix("*")
            yield from ((line, name) for name in known - said if name.startswith(group))
        else:
            yield line, line.name


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_what_belongs_to_no_organisation_is_answered_as_declared(
    world: World, is_signed_in: bool
) -> None:
    agent = world.people[Role.AGENT, "organisation"] if is_signed_in else None
    known = {each.name: each for each in ALL}
    cells = []
    for line, name in public_lines():
        said = line.signed_in if is_signed_in else line.anonymous
        # A browser of its own for each: one of these addresses signs out.
        got = ask(client_of(agent), line.method, public_path(world, known[name]))
        if got != said and not (line.method_is_any and got == "405"):
            cells.append(f"{line.method} {name}: {said}, got {got}")
    assert not cells, "\n".join(cells)
