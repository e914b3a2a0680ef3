"""Programs read the estate by a model, the gaps that sites share, and share practices."""

from typing import Any

import pytest

from assessed import TEXT
from assessing import publish_model
from attain.assessments.models import GoodPractice, ModelEdition
from attain.organisations.rules import Role
from closed import close_one, cover, more_centres
from programs import NOW, Program, Told

pytestmark = pytest.mark.django_db
HERE = "/maturity/north-centre"


@pytest.fixture
def lead(told: Told) -> Program:
    edition = publish_model(told.estate, TEXT.replace("small-centre", "north-centre"))
    close_one(told.estate, told.estate.centre, edition, {"forecast": 0}, now=NOW)
    levels = {"forecast": 3, "budget": None}
    close_one(told.estate, told.estate.other_centre, edition, levels, now=NOW, note="Weekly.")
    return told.program(Role.PROGRAMME_LEAD)


def at(items: Any, centre: str) -> Any:
    return next(each for each in items if each["centre"] == centre)


def test_the_cells_of_the_estate_are_exact_and_name_the_roll_up(lead: Program) -> None:
    found = lead.get(f"{HERE}/estate")
    assert (found["rule"], found["edition"], found["count"]) == ("lowest", "1", 3)
    leeds = at(found["items"], "leeds")
    assert leeds["kind"] == "self"
    assert leeds["categories"][0] == {
        "key": "planning", "value": "0", "target": "2", "colour": "red", "rated": 2,
        "not_applicable": 0, "short": 2, "denied": 0, "comparable": True,
    }  # fmt: skip
    missing = at(found["items"], "leeds-acme")
    assert (missing["assessment"], missing["whole"], missing["categories"]) == (None, None, [])
    second = lead.get(f"{HERE}/estate?limit=1&offset=1")
    assert (second["count"], len(second["items"])) == (3, 1)


def test_a_category_has_its_items_site_by_site(lead: Program) -> None:
    found = lead.get(f"{HERE}/estate/categories/planning?region=north")
    assert [each["centre"] for each in found["items"]] == ["leeds", "leeds-acme"]
    forecast, budget = at(found["items"], "leeds")["items"]
    assert (forecast["key"], forecast["value"], budget["value"]) == ("forecast", "0", "1")
    assert lead.ask("GET", f"{HERE}/estate/categories/nothing").status_code == 404


def test_an_item_tells_levels_who_is_short_and_donors(lead: Program) -> None:
    found = lead.get(f"{HERE}/items/forecast")
    assert [each["centres"] for each in found["levels"]] == [1, 0, 0, 1]
    assert [(each["centre"], each["gap"]) for each in found["short"]] == [("leeds", 2)]
    (donor,) = found["donors"]
    assert (donor["centre"], donor["helps"], donor["note"]) == ("poole", ["leeds"], "Weekly.")
    assert found["not_assessed"] == ["leeds-acme"]
    assert lead.ask("GET", f"{HERE}/items/nothing").status_code == 404
    assert lead.ask("GET", "/maturity/nothing/estate").status_code == 404


def test_gaps_are_those_of_two_or_more_sites(lead: Program, told: Told) -> None:
    assert lead.get(f"{HERE}/gaps")["items"] == [
        {
            "item": "hiring", "title": "Hiring", "category": "People", "rated": 2, "levels": 2,
            "centres": ["leeds", "poole"], "denied": 0,
        }
    ]  # fmt: skip
    assert told.neighbour().get(f"{HERE}/gaps")["count"] == 0


def test_a_practice_is_shared_once_and_withdrawn_by_the_version_seen(
    lead: Program, told: Told
) -> None:
    (donor,) = lead.get(f"{HERE}/items/forecast")["donors"]
    share = f"/assessments/{donor['assessment']}/items/forecast/practice"
    made = lead.ask("POST", share, {"text": "Weekly, by two people."})
    assert made.status_code == 201
    assert (made.json()["centre"], made.json()["level"]) == ("poole", 3)
    assert lead.ask("POST", share, {"text": "Again."}).status_code == 422
    withdraw = f"/practices/{made.json()['uuid']}/withdraw"
    assert lead.ask("POST", withdraw, {"version": 2}).status_code == 409
    assert lead.ask("POST", withdraw, {"version": 1}).status_code == 200
    assert GoodPractice.objects.get(uuid=made.json()["uuid"]).withdrawn_at is not None


def test_a_site_stands_among_its_peers_where_there_are_enough(lead: Program, told: Told) -> None:
    few = lead.get(f"{HERE}/peers/leeds")
    assert (few["peers"], few["whole"]["quartiles"], few["whole"]["place"]) == (["poole"], [], None)
    edition = ModelEdition.objects.get(key="north-centre")
    for number, centre in enumerate(more_centres(told.estate, 4)):
        cover(told.estate, centre, few["contacts"])
        close_one(told.estate, centre, edition, {"hiring": number}, now=NOW)
    found = lead.get(f"{HERE}/peers/leeds")
    assert found["peers"] == ["poole", "site-00", "site-01", "site-02", "site-03"]
    people = found["categories"][1]
    assert (people["value"], people["quartiles"]) == ("1", ["1", "1", "2"])
    assert people["place"] == "middle"
    assert lead.ask("GET", f"{HERE}/peers/leeds-acme").status_code == 404
