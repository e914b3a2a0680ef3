"""Programs plan initiatives, carry them on, and read what they brought."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from attain.improvement.models import Initiative
from attain.organisations.rules import Role
from programs import Program, Told

pytestmark = pytest.mark.django_db
HERE = "/initiatives"
MONTHS = {
    "before_first": "2025-11",
    "before_last": "2026-04",
    "after_first": "2026-05",
    "after_last": "2026-10",
}


@pytest.fixture
def lead(told: Told) -> Program:
    return told.program(Role.PROGRAMME_LEAD)


def _done(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def _refused(answer: Any, status: int = 422) -> Any:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


def _said(told: Told, **otherwise: Any) -> dict[str, Any]:
    with scopes_disabled():
        owner = str(told.estate.member(Role.SITE_LEAD).uuid)
    return {
        "title": "Call-backs",
        "centre": told.ids["centre"],
        "owner": owner,
        "starts_on": "2026-01-05",
        "due_on": "2026-06-30",
        **otherwise,
    }


def _planned(lead: Program, told: Told, **otherwise: Any) -> Any:
    return _done(lead.ask("POST", HERE, _said(told, **otherwise)), 201)


def test_a_program_takes_an_initiative_from_its_plan_to_its_end(told: Told, lead: Program) -> None:
    made = _planned(lead, told, process="answering", is_structured=True, cost=125_000)
    here = f"{HERE}/{made['uuid']}"
    changed = lead.ask("PATCH", here, {"version": made["version"], "title": "Call back", "days": 9})
    made = _done(changed)
    assert (made["title"], made["days"], made["cost"]) == ("Call back", 9, 125_000)
    begun = _done(
        lead.ask("POST", f"{here}/start", {"version": made["version"], "on": "2026-01-07"})
    )
    assert begun["recorded"] == [
        {"centre": told.ids["centre"], "has_process": True, "is_recorded": True}
    ]
    end = {"version": begun["version"], "on": "2026-06-01"}
    problem = _refused(lead.ask("POST", f"{here}/complete", end))
    assert "needs its analysis" in problem["detail"]
    texts = {"analysis": "A fishbone", "outcome": "Ten per cent fewer"}
    written = _done(lead.ask("PUT", f"{here}/write-up", {"version": begun["version"], **texts}))
    ended = _done(lead.ask("POST", f"{here}/complete", {**end, "version": written["version"]}))
    assert (ended["state"], ended["outcome"]) == ("done", "Ten per cent fewer")
    listed = lead.get(HERE)
    assert made["uuid"] in {each["uuid"] for each in listed["items"]}


def test_a_program_plans_a_central_project_with_its_steps(told: Told, lead: Program) -> None:
    step = {"assessment": told.ids["closed"], "item": "forecast", "level": 2, "to": 3}
    made = _planned(lead, told, centre=None, steps=[step], process="answering")
    assert made["centre"] is None
    assert made["steps"] == [{**step, "centre": told.ids["centre"]}]
    twice = _said(told, centre=None, steps=[step, step])
    assert "named twice" in _refused(lead.ask("POST", HERE, twice))["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"owner": "00000000-0000-4000-8000-000000000000"},
        {"process": "none"},
        {"due_on": "2025-12-31"},
        {"currency": "pounds"},
        {"cost": -1},
        {"after": ["00000000-0000-4000-8000-000000000000"]},
        {"title": ""},
        {"colour": "blue"},
    ],
)
def test_a_plan_that_cannot_be_is_refused(told: Told, lead: Program, wrong: Any) -> None:
    with scopes_disabled():
        before = Initiative.objects.count()
    _refused(lead.ask("POST", HERE, _said(told, **wrong)))
    with scopes_disabled():
        assert Initiative.objects.count() == before


def test_an_order_that_goes_in_a_circle_is_refused(told: Told, lead: Program) -> None:
    first = _planned(lead, told, title="First")
    second = _planned(lead, told, title="Second", after=[first["uuid"]])
    said = {"version": first["version"], "after": [second["uuid"]]}
    problem = _refused(lead.ask("PATCH", f"{HERE}/{first['uuid']}", said))
    assert "First → Second → First" in problem["detail"]


def test_a_stale_change_is_a_conflict(told: Told, lead: Program) -> None:
    made = _planned(lead, told)
    for status in (200, 409):
        said = {"version": made["version"], "title": f"Title {status}"}
        assert lead.ask("PATCH", f"{HERE}/{made['uuid']}", said).status_code == status


def test_parts_are_added_and_taken_back(told: Told, lead: Program) -> None:
    here = f"{HERE}/{_planned(lead, told)['uuid']}"
    step = _done(
        lead.ask("POST", f"{here}/milestones", {"text": "Train", "due_on": "2026-02-01"}), 201
    )
    for name, is_done in (("finish", True), ("take-up", False)):
        path = f"{here}/milestones/{step['uuid']}/{name}"
        step = _done(lead.ask("POST", path, {"version": step["version"]}))
        assert bool(step["done_on"]) is is_done
    _done(lead.ask("POST", f"{here}/comments", {"text": "Begun."}), 201)
    assert lead.get(f"{here}/comments")["items"][0]["text"] == "Begun."
    link = {"kind": "analysis", "link": "https://wiki.example/x"}
    document = _done(lead.ask("POST", f"{here}/documents", link), 201)
    path = f"{here}/documents/{document['uuid']}/withdraw"
    assert _done(lead.ask("POST", path, {"version": 1}))["withdrawn_at"]
    _refused(lead.ask("POST", f"{here}/documents", {**link, "link": "javascript:alert(1)"}))


def test_what_a_metric_did_is_told_with_its_interval(told: Told, lead: Program) -> None:
    here = f"{HERE}/{_planned(lead, told)['uuid']}/benefits"
    said = {"metric": told.ids["metric"], "planned": "0.05", **MONTHS}
    made = _done(lead.ask("POST", here, said), 201)
    result = made["result"]
    assert result["before"]["n"] + result["before"]["missing"] == 6
    assert result["verdict"] in ("better", "worse", "noise", "undetermined")
    apart = {**MONTHS, "after_first": "2026-04", "version": 1}
    _refused(lead.ask("PUT", f"{here}/{made['uuid']}", apart))
    changed = _done(lead.ask("PUT", f"{here}/{made['uuid']}", {**MONTHS, "version": 1}))
    assert changed["planned"] is None
    _done(lead.ask("POST", f"{here}/{made['uuid']}/remove", {"version": 2}))
    assert lead.get(here)["count"] == 0
