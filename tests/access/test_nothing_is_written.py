"""Who may only read changes nothing, whatever they send."""

import hashlib
from typing import Any

import pytest
from django.db import connection, transaction

from access.access_matrix import METHODS, addresses, read_matrix
from access.access_world import World
from access.asking import ask, client_of, path_of
from attain.organisations.rules import Role

pytestmark = pytest.mark.django_db
OURS = {each.name: each for each in addresses() if each.is_of_an_organisation}
# What is one's own: the session, the sign-in, what one has read, and when one gets mail about it.
_OWN = {
    "django_session", "organisations_signin", "organisations_notice",
    "organisations_noticepreference",
}  # fmt: skip
# Fields that forms of attain ask for, with what would be taken.
_FILLED = {
    "name": "Changed", "key": "changed", "reason": "Because", "why": "Because", "version": "1",
    "seen": "1", "numerator": "1", "denominator": "2", "month": "2026-03", "email": "a@b.example",
    "role": "administrator", "text": "Changed", "due": "2026-12-01", "since": "2026-01-01",
    "cause": "Changed", "answer": "Changed", "timezone": "Europe/London", "operation": "internal",
    "kind": "contact_centre", "facing": "enabling", "client": "Changed", "award": "yes",
    "as_of": "2026-10-31", "site_volume": "1", "assessed_volume": "1", "tier": "1",
}  # fmt: skip


def everything() -> dict[str, tuple[int, str]]:
    """Return how many rows each table has, and a hash of all of them."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - _OWN):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.mark.parametrize("said", [{}, _FILLED], ids=["nothing", "filled"])
def test_an_auditor_who_sends_every_unsafe_method_changes_nothing(
    world: World, said: dict[str, Any]
) -> None:
    lines = {(line.name, line.variant): line for line in read_matrix().lines}.values()
    client = client_of(world.people[Role.AUDITOR, "organisation"])
    before = everything()
    for line in lines:
        path = path_of(world, OURS[line.name], line)
        ask(client, "GET", path)
        for method in METHODS[1:]:
            with transaction.atomic():
                client.generic(method, path, b"{}", "application/json")
                if method == "POST":
                    client.post(path, said)
    after = everything()
    assert {table for table in before if before[table] != after[table]} == set()


def test_the_comparison_sees_a_changed_row(world: World) -> None:
    before = everything()
    person = client_of(world.people[Role.PROGRAMME_LEAD, "organisation"])
    line = next(each for each in read_matrix().lines if each.name == "region-add")
    path = path_of(world, OURS[line.name], line)
    assert person.post(path, {"name": "East", "key": "east"}).status_code == 302
    after = everything()
    changed = {table for table in before if before[table] != after[table]}
    assert {"organisations_region", "organisations_auditentry"} <= changed
