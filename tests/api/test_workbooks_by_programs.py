"""Programs fetch the workbook of a part, hand it in again, and move assessments."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope
from python_calamine import load_workbook

from assessed import TEXT
from assessing import open_one, publish_model
from attain.assessments.models import Assessment, AssessorPart
from attain.organisations.rules import Role
from programs import Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(told: Told) -> AssessorPart:
    with scope(organisation=told.estate.organisation):
        edition = publish_model(told.estate, TEXT.replace("small-centre", "workbook-centre"))
        return open_one(told.estate, edition).mine


def test_a_part_goes_out_and_comes_back_unchanged(told: Told, mine: AssessorPart) -> None:
    assessor = told.program(Role.SITE_LEAD)
    path = f"/assessments/{mine.assessment.uuid}/workbook"
    out = assessor.ask("GET", path)
    assert out.status_code == 200
    assert load_workbook(BytesIO(out.content)).sheet_names
    file = SimpleUploadedFile("part.xlsx", out.content)
    back = assessor.hand_in(path, file=file)
    assert back.status_code == 200, back.content
    assert back.json()["counts"]["written"] == 0
    assert back.json()["conflicts"] == []


def test_what_is_no_workbook_of_the_part_is_refused(told: Told, mine: AssessorPart) -> None:
    assessor = told.program(Role.SITE_LEAD)
    path = f"/assessments/{mine.assessment.uuid}/workbook"
    refused = assessor.hand_in(path, file=SimpleUploadedFile("part.csv", b"item,level\n"))
    assert refused.status_code == 422
    assert refused.json()["errors"]


def test_nobody_fetches_a_part_that_they_do_not_rate(told: Told, mine: AssessorPart) -> None:
    path = f"/assessments/{mine.assessment.uuid}/workbook"
    assert told.program(Role.ANALYST).ask("GET", path).status_code == 403
    assert told.neighbour().ask("GET", path).status_code == 404


def test_a_result_leaves_as_a_workbook_for_who_may_export(told: Told) -> None:
    path = f"/assessments/{told.ids['closed']}/result.xlsx"
    answer = told.program(Role.ANALYST).ask("GET", path)
    assert answer.status_code == 200
    assert len(load_workbook(BytesIO(answer.content)).sheet_names) > 1
    assert told.program(Role.ASSESSOR).ask("GET", path).status_code == 403


def test_an_assessment_moves_to_the_edition_that_follows_its_own_alone(told: Told) -> None:
    lead = told.program(Role.PROGRAMME_LEAD)
    path = f"/assessments/{told.ids['closed']}/move"
    with scope(organisation=told.estate.organisation):
        own = Assessment.objects.get(uuid=told.ids["closed"]).edition
    refused = lead.ask("POST", path, {"edition": str(own.uuid), "due_on": "2026-12-18"})
    assert refused.status_code == 422
    assert "follows its own" in refused.json()["detail"]
