"""Whom the events of certification concern is told of them, once, in their own language."""

import pytest

from attain.certification.actions.watches import watch_certificates
from attain.organisations.models import Notice
from attain.organisations.rules import Role
from attain.performance.actions.loading import load_rows
from certified import NOW, certified, readings, record_centre
from estate import Estate

pytestmark = pytest.mark.django_db


def told(estate: Estate, role: Role, subject: str) -> list[str]:
    found = Notice.objects.filter(member=estate.member(role), subject=subject)
    return [notice.text for notice in found]


def test_an_application_waits_for_assessors_and_its_decision_goes_to_who_leads_the_centre(
    estate: Estate,
) -> None:
    certified(estate, record_centre(estate))
    assert told(estate, Role.ASSESSOR, "application") == ["Leeds applies for tier 2"]
    assert "Leeds: tier 2 was awarded" in told(estate, Role.SITE_LEAD, "application")
    assert told(estate, Role.ANALYST, "application") == []


def test_a_certificate_that_is_lost_is_told_once_with_the_rule_that_fails(estate: Estate) -> None:
    certified(estate, record_centre(estate))
    rows = {"readings": readings("forecast", "------++++++")}
    by = estate.member(Role.PROGRAMME_LEAD)
    load_rows(centre=estate.centre, rows=rows, by=by, reason="Read again.", now=NOW)
    watch_certificates(estate.organisation, NOW)
    watch_certificates(estate.organisation, NOW)
    [text] = told(estate, Role.SITE_LEAD, "certificate")
    assert "no longer bear" in text
    assert "Enough metrics of enabling processes are on target in enough months" in text
    assert len(told(estate, Role.SITE_LEAD, "corrective")) == 1
