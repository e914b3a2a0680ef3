"""Programs declare goals, open roadmaps, appraise steps and read the ranking."""

from typing import Any

import pytest
from django_scopes import scope

from attain.improvement.models import StepAppraisal
from attain.organisations.rules import Role
from programs import Program, Told

pytestmark = pytest.mark.django_db
MONEY = {"low": 100, "likely": 200, "high": 300}


@pytest.fixture(autouse=True)
def _nothing_is_appraised_yet(told: Told) -> None:
    with scope(organisation=told.estate.organisation):
        StepAppraisal.objects.all().delete()


@pytest.fixture
def lead(told: Told) -> Program:
    return told.program(Role.PROGRAMME_LEAD)


def _done(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def _roadmap(told: Told) -> str:
    return f"/roadmaps/{told.ids['roadmap']}"


def _step(told: Told) -> str:
    return f"{_roadmap(told)}/steps/{told.ids['place']}/{told.ids['item']}/{told.ids['to']}"


def test_a_goal_is_declared_changed_and_retired(lead: Program) -> None:
    made = _done(lead.ask("POST", "/goals", {"title": "Image", "weight": "2"}), 201)
    assert (made["key"], made["share"]) == ("image", "1/2")
    changed = {"title": "Good name", "weight": "0", "version": 1}
    assert _done(lead.ask("PUT", f"/goals/{made['uuid']}", changed))["share"] == "0"
    assert lead.ask("PUT", f"/goals/{made['uuid']}", changed).status_code == 409
    retired = _done(lead.ask("POST", f"/goals/{made['uuid']}/retire", {"version": 2}))
    assert (retired["state"], retired["share"]) == ("retired", None)
    assert lead.get("/goals")["count"] == 3


@pytest.mark.parametrize("weight", ["-1", "NaN", "1e400", 2, "1e7"])
def test_a_weight_that_is_none_is_refused(lead: Program, weight: object) -> None:
    answer = lead.ask("POST", "/goals", {"title": "Image", "weight": weight})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].endswith("weight")


def test_a_roadmap_is_opened_changed_and_archived(told: Told, lead: Program) -> None:
    given = {
        "title": "Spring",
        "centre": told.ids["centre"],
        "assessments": [told.ids["closed"]],
        "first_month": "2027-04",
    }
    made = _done(lead.ask("POST", "/roadmaps", given), 201)
    assert (made["currency"], made["steps"], made["appraised"]) == ("GBP", 3, 0)
    here = f"/roadmaps/{made['uuid']}"
    changed = {"title": "Summer", "first_month": "2027-07", "years": 2, "version": 1}
    assert _done(lead.ask("PUT", here, changed))["years"] == 2
    assert lead.ask("PUT", here, changed).status_code == 409
    assert _done(lead.ask("POST", f"{here}/archive", {"version": 2}))["state"] == "archived"
    assert lead.ask("PUT", here, {**changed, "version": 3}).status_code == 422
    whole = {**given, "assessments": [told.ids["closed"], told.ids["earlier"]]}
    assert lead.ask("POST", "/roadmaps", whole).status_code == 422
    opened = {**given, "assessments": [told.ids["assessment"]]}
    assert lead.ask("POST", "/roadmaps", opened).status_code == 422


def test_a_later_assessment_takes_the_place_of_a_source(told: Told, lead: Program) -> None:
    found = lead.get(_roadmap(told))
    (source,) = found["assessments"]
    assert source["later"] == told.ids["closed"]
    path = f"{_roadmap(told)}/sources/{source['uuid']}/later"
    taken = _done(lead.ask("POST", path, {"version": 1}))
    assert [each["assessment"] for each in taken["assessments"]] == [told.ids["closed"]]
    assert lead.ask("POST", path, {"version": 2}).status_code == 422


def test_a_step_is_appraised_as_a_whole(told: Told, lead: Program) -> None:
    here = _step(told)
    before = lead.get(here)
    assert (before["state"], before["said"], before["returned"]) == ("not_appraised", None, None)
    said = {
        "version": 0,
        "one_off": MONEY,
        "running": {"low": 0, "likely": 0, "high": 0},
        "benefit": MONEY,
        "impacts": {"service": 5, "cost": 0},
        "days": 12,
    }
    after = _done(lead.ask("PUT", here, said))
    assert (after["state"], after["returned"], after["impact"]) == ("appraised", "3/4", "1/2")
    assert (after["said"]["one_off"], after["said"]["scale"]) == (MONEY, None)
    assert lead.ask("PUT", here, said).status_code == 409
    assert _done(lead.ask("PUT", here, {"version": 1}))["said"]["benefit"] is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"one_off": {"low": 3, "likely": 2, "high": 4}}, "one_off"),
        ({"one_off": {"low": -3, "likely": 2, "high": 4}}, "low"),
        ({"benefit": {"low": 1, "likely": 2, "high": 10**15 + 1}}, "benefit"),
        ({"scale": 6}, "scale"),
        ({"scale": 3, "one_off": MONEY}, "scale"),
        ({"impacts": {"image": 3}}, "image"),
        ({"impacts": {"service": 6}}, "service"),
        ({"days": 1e400}, "days"),
        ({"earliest": 3, "latest": 2}, "latest"),
        ({"after": ["leeds/none/2"]}, "after"),
        ({"after": ["leeds/forecast/2"]}, "after"),
        ({"profit": 3}, "profit"),
    ],
)
def test_what_cannot_stand_is_refused_by_field(
    told: Told, lead: Program, said: dict[str, object], field: str
) -> None:
    answer = lead.ask("PUT", _step(told), {"version": 0, **said})
    assert answer.status_code == 422
    assert field in answer.json()["errors"][0]["field"]
    assert not StepAppraisal.objects.exists()


def test_steps_are_listed_and_ranked_with_draws_and_seed(told: Told, lead: Program) -> None:
    steps = lead.get(f"{_roadmap(told)}/steps?process=planning")
    assert steps["count"] == 0
    steps = lead.get(f"{_roadmap(told)}/steps?limit=2")
    assert (steps["count"], len(steps["items"])) == (6, 2)
    said = {"version": 0, "scale": 5, "impacts": {"service": 5, "cost": 5}}
    _done(lead.ask("PUT", _step(told), said))
    found = lead.get(f"{_roadmap(told)}/ranking?draws=500&seed=7")
    assert (found["draws"], found["seed"], found["top"]) == (500, 7, 1)
    (first,) = found["ranked"]
    assert (first["score"], first["low"], first["high"], first["top_draws"]) == ("9/10", 1, 1, 500)
    assert len(found["apart"]) == 5
    assert found["processes"][0]["items"][0]["key"] == "forecast"
    assert found == lead.get(f"{_roadmap(told)}/ranking?draws=500&seed=7")


def test_it_is_taken_over_to_the_same_step_elsewhere_alone(told: Told, lead: Program) -> None:
    path = f"{_step(told)}/take-over"
    assert lead.ask("POST", path, {"to": ["poole/forecast/2"]}).status_code == 422
    _done(lead.ask("PUT", _step(told), {"version": 0, "scale": 5}))
    assert lead.ask("POST", path, {"to": ["leeds/forecast/3"]}).status_code == 422


def test_who_may_not_plan_reads_and_a_neighbour_sees_nothing(told: Told) -> None:
    auditor, neighbour = told.program(Role.AUDITOR), told.neighbour()
    assert auditor.get(_step(told))["said"] is None
    assert auditor.ask("PUT", _step(told), {"version": 0}).status_code == 403
    assert auditor.ask("POST", "/goals", {"title": "X", "weight": "1"}).status_code == 403
    assert neighbour.ask("GET", _roadmap(told)).status_code == 404
    assert neighbour.ask("GET", f"{_roadmap(told)}/ranking").status_code == 404
    assert neighbour.get("/roadmaps")["count"] == 0
