"""Programs take over what a closed assessment states of practices."""

import pytest

from attain.organisations.rules import Role
from programs import Told

pytestmark = pytest.mark.django_db


def test_a_program_reads_what_is_stated_and_records_it(told: Told) -> None:
    lead = told.program(Role.SITE_LEAD)
    path = f"/assessments/{told.ids['closed']}/practices"
    stated = lead.get(path)
    differing = [_seen(each["item"]) for each in stated if each["differs"]]
    assert differing
    answer = lead.ask("POST", path, {"practices": differing})
    assert (answer.status_code, answer.json()) == (200, {"recorded": len(differing)})
    assert not any(each["differs"] for each in lead.get(path))
    assert {each["revision"] for each in lead.get(path)} == {1}
    assert lead.ask("POST", path, {"practices": differing}).status_code == 422
    assert lead.ask("POST", path, {"practices": [_seen("no-such-item")]}).status_code == 422


def _seen(item: str) -> dict[str, object]:
    return {"item": item, "revision": 0}


def test_only_whoever_records_figures_may_take_practices_over(told: Told) -> None:
    path = f"/assessments/{told.ids['closed']}/practices"
    assert told.program(Role.ANALYST).ask("GET", path).status_code == 403
