"""A centre's page shows how mature it was found last, to whoever may read assessments there."""

import pytest
from django.test import Client
from django_scopes import scope

from assessing import NOW, in_moderation
from attain.assessments.actions.agreeing import agree_where_settled
from attain.assessments.actions.assessing import close_assessment
from attain.assessments.queries.standing import maturity_of
from attain.organisations.rules import Role
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db


@pytest.fixture
def estate() -> Estate:
    return make_estate()


def close_one(estate: Estate) -> None:
    """Close an assessment that two people rated alike."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    assessed = in_moderation(estate, {}, {})
    agree_where_settled(by=lead, assessment=assessed.assessment, now=NOW)
    close_assessment(
        by=lead, assessment=assessed.assessment, seen=assessed.assessment.version, now=NOW
    )


def shown_to(estate: Estate, role: Role) -> str:
    client = Client()
    client.force_login(estate.member(role).account)
    return client.get(f"/o/northwind/certification/centres/{estate.centre.key}").content.decode()


def test_the_last_closed_assessment_stands_beside_the_tier(estate: Estate) -> None:
    with scope(organisation=estate.organisation):
        close_one(estate)
        [line] = maturity_of(estate.member(Role.PROGRAMME_LEAD), estate.centre)
    assert line.short == line.rated > 0
    page = shown_to(estate, Role.SITE_LEAD)
    assert "Autumn self-assessment" in page
    assert f"{line.short} of {line.rated}" in page


def test_a_centre_without_a_closed_assessment_says_so(estate: Estate) -> None:
    assert "no closed assessment yet" in shown_to(estate, Role.SITE_LEAD)


def test_whoever_may_not_read_assessments_there_gets_none(estate: Estate) -> None:
    with scope(organisation=estate.organisation):
        close_one(estate)
        assert maturity_of(estate.member(Role.EVALUATOR), estate.centre) == []
