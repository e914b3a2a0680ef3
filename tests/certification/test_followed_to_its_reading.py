"""Every certificate can be followed down to the reading that decided it, and where it came from."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from attain.certification.models import Certificate
from attain.organisations.rules import Role
from attain.performance.actions.importing import carry_out_import
from attain.performance.models import ImportMode, Metric
from attain.performance.queries.previews import Upload
from certified import NOW, certified, record_centre
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
MAPPING = "columns: {metric: Metric, month: Month, numerator: Hit, denominator: All}"


@pytest.fixture
def estate() -> Estate:
    return make_estate()


@pytest.fixture
def certificate(estate: Estate, tmp_path: Path) -> Certificate:
    """A certificate that rests on a reading which came by a file."""
    file = tmp_path / "october.csv"
    file.write_text("Metric,Month,Hit,All\nforecast,2026-10,94985,100000\n", "utf-8")
    with scope(organisation=estate.organisation):
        centre = record_centre(estate, months={"forecast": "+++++++++++."})
        carry_out_import(
            centre=centre,
            table="readings",
            upload=Upload(file, file.name),
            mapping=MAPPING,
            mode=ImportMode.ALL_OR_NOTHING,
            by=estate.member(Role.PROGRAMME_LEAD),
            now=NOW,
        )
        return certified(estate, centre)


def link(body: str, words: str, to: str = "") -> str:
    """Return where the link with these words leads."""
    links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>([^<]*)', body)
    found = [unescape(url) for url, said in links if words in unescape(said) and to in url]
    assert found, (words, links)
    return found[0]


def test_a_certificate_is_followed_to_its_proof_a_month_its_reading_and_its_file(
    estate: Estate, certificate: Certificate, time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    reader = Client()
    account = estate.member(Role.AUDITOR).account
    reader.force_login(account, "django.contrib.auth.backends.ModelBackend")

    def opened(url: str) -> str:
        answer = reader.get(url)
        assert answer.status_code == 200, url
        return answer.content.decode()

    page = opened(f"/o/northwind/certification/certificates/{certificate.number}")
    proof = opened(link(page, "On figures as of 31 October 2026") + "?tier=2")
    with scope(organisation=estate.organisation):
        forecast = Metric.objects.get(centre=estate.centre, key="forecast")
    metric = opened(link(proof, "The reading of October 2026", to=str(forecast.uuid)))
    assert "94,985" in metric
    assert "September 2026" not in metric.split("<h2")[-1]
    brought = opened(link(metric, "october.csv"))
    assert "october.csv" in brought


def test_the_tree_of_a_centre_leads_to_the_same_reading(
    estate: Estate, certificate: Certificate, time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    lead = Client()
    account = estate.member(Role.SITE_LEAD).account
    lead.force_login(account, "django.contrib.auth.backends.ModelBackend")
    with scope(organisation=estate.organisation):
        forecast = Metric.objects.get(centre=estate.centre, key="forecast")
    body = lead.get("/o/northwind/certification/centres/leeds?tier=2").content.decode()
    address = link(body, "The reading of October 2026", to=str(forecast.uuid))
    assert address.endswith("?since=2026-10-01&until=2026-10-31")
