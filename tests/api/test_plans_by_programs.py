"""Programs ask for plans, read and compare them, adopt one and carry it out."""

from collections.abc import Iterator
from typing import Any

import pytest
from django_scopes import scope

from attain.improvement.models import KeptPlan
from attain.organisations.jobs.worker import work_off
from attain.organisations.rules import Role
from estate import make_estate
from improving import Improving, in_money, make_improving, say
from programs import Program

pytestmark = pytest.mark.django_db
F2, F3 = "leeds/forecast/2", "leeds/forecast/3"
ASKED: dict[str, Any] = {"title": "Small", "budget": [30000] * 4, "capacity": [15] * 4}


@pytest.fixture
def improving() -> Iterator[Improving]:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        made = make_improving(estate)
        say(made, F2, days=10, **in_money(100_00, 400_00))
        say(made, F3, days=20, quarters=2, **in_money(200_00, 900_00))
        yield made


@pytest.fixture
def lead(improving: Improving) -> Program:
    return Program(improving.lead)


def here(improving: Improving) -> str:
    return f"/roadmaps/{improving.roadmap.uuid}/plans"


def made(improving: Improving, lead: Program, **said: Any) -> dict[str, Any]:
    answer = lead.ask("POST", here(improving), ASKED | said)
    assert answer.status_code == 202, answer.content
    assert lead.ask("GET", f"{here(improving)}/{answer.json()['plan']}").status_code == 404
    work_off()
    assert lead.get(f"/jobs/{answer.json()['job']}")["state"] == "done"
    found: dict[str, Any] = lead.get(f"{here(improving)}/{answer.json()['plan']}")
    return found


def test_a_plan_is_asked_for_read_adopted_and_carried_out(
    improving: Improving, lead: Program
) -> None:
    plan = made(improving, lead)
    url = f"{here(improving)}/{plan['uuid']}"
    assert [each["step"] for each in plan["steps"]] == [F2, F3]
    assert (plan["value"], plan["bound"], plan["unit"]) == (plan["bound"], plan["value"], "money")
    assert plan["apart"][0]["lacking"] == ["days", "cost", "money"]
    assert plan["quarters"][0] == {"cost": 10000, "budget": 30000, "days": 10, "capacity": 15}
    owner = str(improving.estate.member(Role.SITE_LEAD).uuid)
    early = lead.ask("POST", f"{url}/carry-out", {"steps": [F2], "owner": owner})
    assert early.status_code == 422
    assert lead.ask("PATCH", url, {"title": "Best", "version": 1}).json()["title"] == "Best"
    assert lead.ask("POST", f"{url}/adopt", {"version": 1}).status_code == 409
    assert lead.ask("POST", f"{url}/adopt", {"version": 2}).json()["state"] == "adopted"
    done = lead.ask("POST", f"{url}/carry-out", {"steps": [F2, F3], "owner": owner})
    assert done.status_code == 201
    assert [each["title"][:15] for each in done.json()] == ["Leeds, Forecast", "Leeds, Forecast"]
    assert lead.get(url)["steps"][0]["initiative"] == done.json()[0]["uuid"]
    stranger = {"steps": [F2], "owner": str(improving.roadmap.uuid)}
    assert lead.ask("POST", f"{url}/carry-out", stranger).status_code == 422


def test_two_plans_are_compared(improving: Improving, lead: Program) -> None:
    one = made(improving, lead)
    other = made(improving, lead, locks=[{"step": F3, "kind": "must_not"}])
    found = lead.get(f"{here(improving)}/{one['uuid']}/compare/{other['uuid']}")
    assert found["only_first"] == [F3]
    assert found["cost"] == -20000
    assert found["value"] == other["value"] - one["value"]
    assert [each["title"] for each in lead.get(here(improving))["items"]] == ["Small", "Small"]


@pytest.mark.parametrize(
    ("said", "told_of"),
    [
        ({"capacity": [0] * 4}, "There is no capacity"),
        ({"capacity": [-1] * 4}, ""),
        ({"capacity": [1.5] * 4}, ""),
        ({"capacity": []}, ""),
        ({"budget": [1] * 3}, "not of as many quarters"),
        ({"locks": [{"step": "x", "kind": "must"}]}, "cannot be planned: x"),
        ({"locks": [{"step": F2, "kind": "at"}]}, "names no quarter"),
        ({"locks": [{"step": F2, "kind": "never"}]}, ""),
        ({"unit": "apples"}, ""),
        ({"more": 1}, ""),
    ],
)
def test_what_cannot_be_planned_is_refused_as_a_problem(
    improving: Improving, lead: Program, said: dict[str, Any], told_of: str
) -> None:
    answer = lead.ask("POST", here(improving), ASKED | said)
    assert answer.status_code == 422
    assert told_of in answer.json()["detail"]
    assert not KeptPlan.objects.exists()


def test_who_may_not_plan_reads_alone(improving: Improving, lead: Program) -> None:
    plan = made(improving, lead)
    url = f"{here(improving)}/{plan['uuid']}"
    analyst = Program(improving.estate.member(Role.ANALYST))
    assert analyst.get(url)["title"] == "Small"
    for method, path, said in (
        ("POST", here(improving), ASKED),
        ("PATCH", url, {"title": "x", "version": 1}),
        ("POST", f"{url}/adopt", {"version": 1}),
        ("POST", f"{url}/carry-out", {"steps": [F2], "owner": plan["uuid"]}),
    ):
        assert analyst.ask(method, path, said).status_code == 403


def test_the_roadmap_is_taken_away_as_files(improving: Improving, lead: Program) -> None:
    start = f"/roadmaps/{improving.roadmap.uuid}/roadmap"
    assert lead.ask("GET", f"{start}.pdf").content.startswith(b"%PDF-")
    assert lead.ask("GET", f"{start}.xlsx").content.startswith(b"PK")
    assert lead.ask("GET", f"{start}.pdf?plan={improving.roadmap.uuid}").status_code == 404
    assert lead.ask("GET", f"{start}.pdf?plan=x").status_code == 422
