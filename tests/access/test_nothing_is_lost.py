"""Two people edit one thing: the second is told, with both values, and overwrites nothing."""

import re

import pytest

from access.access_matrix import Relation
from access.access_world import World
from access.asking import at, client_of
from attain.organisations.rules import Role

pytestmark = pytest.mark.django_db
HERE: Relation = "organisation"


def edited_by_two(
    world: World, path: str, first: dict[str, str], second: dict[str, str], role: Role
) -> str:
    """Send what two people typed on the same page; return what the second one is shown."""
    one, other = client_of(world.people[role, HERE]), client_of(world.people[role, "site"])
    assert one.get(path).status_code == other.get(path).status_code == 200
    answer = one.post(path, first)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    late = other.post(path, second)
    assert late.status_code == 409
    return str(late.content.decode())


def test_a_site_that_two_people_name_keeps_the_first_name(world: World) -> None:
    said = {"timezone": "Europe/London", "operation": "internal", "kind": "contact_centre"}
    said |= {"region": str(world.estate.north.pk), "version": "1"}
    path = "/o/northwind/structure/sites/leeds/change"
    shown = edited_by_two(
        world,
        path,
        said | {"name": "Leeds East"},
        said | {"name": "Leeds West"},
        Role.ADMINISTRATOR,
    )
    assert "Leeds East" in shown
    assert "Leeds West" in shown


def test_what_two_people_wrote_is_told_in_the_words_of_the_form(world: World) -> None:
    said = {"name": "Leeds", "timezone": "Europe/London", "kind": "contact_centre", "version": "1"}
    shown = edited_by_two(
        world,
        "/o/northwind/structure/sites/leeds/change",
        said | {"operation": "third_party", "region": str(world.estate.south.pk)},
        said | {"operation": "internal"},
        Role.ADMINISTRATOR,
    )
    rows = re.findall(
        r"<tr[^>]*><th scope=.row.>(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>", shown
    )
    told = {name.partition(" <")[0]: (theirs, yours) for name, theirs, yours in rows}
    assert told["Time zone"] == ("Europe/London",) * 2
    assert told["Operation"] == ("Third party", "Internal")
    assert told["Region"] == ("South", "–")


def test_a_record_that_two_people_correct_keeps_the_first_correction(world: World) -> None:
    named = {"centre": "leeds", "table": "incidents", "record": world.records["incidents"]}
    path = at("performance-record-change", **named)
    said = {"system": "telephony", "opened": "2026-03-02T09:15:00", "seen": "1", "why": "assessed"}
    shown = edited_by_two(
        world, path, said | {"severity": "2"}, said | {"severity": "3"}, Role.SITE_LEAD
    )
    assert "severity" in shown.casefold()


def test_a_process_that_two_people_rename_keeps_the_first_name(world: World) -> None:
    path = at("performance-process-change", centre="leeds", process=world.named["process"])
    said = {"facing": "end_user_facing", "seen": "1"}
    shown = edited_by_two(
        world, path, said | {"name": "Answering calls"}, said | {"name": "Taking calls"},
        Role.SITE_LEAD,
    )  # fmt: skip
    assert "Answering calls" in shown
    assert "Taking calls" in shown


def test_a_corrective_action_that_two_people_answer_keeps_the_first_answer(world: World) -> None:
    path = f"/o/northwind/certification/corrective-actions/{world.named['corrective']}/answer"
    first = {"cause": "A broken meter", "answer": "Another meter", "version": "1"}
    second = {"cause": "Too few people", "answer": "More people", "version": "1"}
    one = client_of(world.people[Role.SITE_LEAD, HERE])
    other = client_of(world.people[Role.PROGRAMME_LEAD, HERE])
    assert one.post(path, first).status_code == 302
    # An answer is given once: the second is refused by the state, or by the version.
    late = other.post(path, second)
    assert late.status_code in (409, 422)
    shown = one.get(path.removesuffix("/answer")).content.decode()
    assert "A broken meter" in shown
    assert "Too few people" not in shown


def test_two_tabs_of_one_person_are_two_people(world: World) -> None:
    path = f"/o/northwind/people/{world.named['person']}/leave"
    tab = client_of(world.people[Role.ADMINISTRATOR, HERE])
    before = tab.get(path).content.decode()
    version = before.partition('name="version" value="')[2].partition('"')[0]
    assert version
    assert tab.post(path, {"on": "2026-11-20", "version": version}).status_code == 302
    assert tab.post(path, {"on": "2026-12-20", "version": version}).status_code in (409, 422)
