"""The pages of certification: who finds them, what they show, what they do."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from attain.certification.actions.watches import watch_certificates
from attain.certification.models import Application, Certificate, CorrectiveAction, Decision, Review
from attain.measurement.hashes import sha256_of
from attain.organisations.models import Member
from attain.organisations.rules import Role
from attain.performance.actions.loading import load_rows
from attain.performance.models import Metric
from certified import NOW, certified, readings, record_centre, site_lead_of, submitted
from estate import Estate, make_account, make_estate

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/certification"
Sign = Callable[[Member], Client]


@pytest.fixture
def estate() -> Estate:
    return make_estate()


@pytest.fixture
def sign_in(time_machine: Any) -> Sign:
    time_machine.move_to(NOW)

    def as_member(member: Member) -> Client:
        client = Client()
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_member


@pytest.fixture
def certificate(estate: Estate) -> Certificate:
    with scope(organisation=estate.organisation):
        return certified(estate, record_centre(estate))


@pytest.fixture
def corrective(estate: Estate, certificate: Certificate) -> CorrectiveAction:
    with scope(organisation=estate.organisation):
        spoil(estate)
        watch_certificates(estate.organisation, NOW)
        return CorrectiveAction.objects.get()


def spoil(estate: Estate) -> None:
    """Record that the forecast was off target for half a year, after the decision."""
    load_rows(
        centre=estate.centre,
        rows={"readings": readings("forecast", "------++++++")},
        by=estate.member(Role.PROGRAMME_LEAD),
        reason="The meter was wrong.",
        now=NOW,
    )


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:2000]
    return response.content.decode()


def paths(certificate: Certificate, corrective: CorrectiveAction) -> dict[str, str]:
    application = certificate.decision.application
    review = Review.objects.filter(application=application).first()
    assert review
    return {
        "centre": f"{HERE}/centres/leeds",
        "proof": f"{HERE}/centres/leeds/proof",
        "road": f"{HERE}/centres/leeds/road",
        "what if": f"{HERE}/centres/leeds/what-if",
        "application": f"{HERE}/applications/{application.uuid}",
        "review": f"{HERE}/reviews/{review.uuid}",
        "certificate": f"{HERE}/certificates/{certificate.number}",
        "sealed": f"{HERE}/certificates/{certificate.number}/sealed",
        "corrective": f"{HERE}/corrective-actions/{corrective.uuid}",
    }


LISTS = ("", "/calendar", "/applications", "/certificates", "/corrective-actions")


def test_a_reader_opens_every_page(
    estate: Estate, certificate: Certificate, corrective: CorrectiveAction, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.AUDITOR))
    with scope(organisation=estate.organisation):
        addresses = [*paths(certificate, corrective).values(), *(HERE + each for each in LISTS)]
    for url in addresses:
        body = text_of(client, url)
        assert "<c-" not in body
        assert "style=" not in body
        assert certificate.number in body or "Leeds" in body or '"tier"' in body


def test_who_may_not_read_certification_is_refused(
    estate: Estate, certificate: Certificate, corrective: CorrectiveAction, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.EVALUATOR))
    with scope(organisation=estate.organisation):
        addresses = [*paths(certificate, corrective).values(), *(HERE + each for each in LISTS)]
    for url in addresses:
        assert client.get(url).status_code == 403


def test_a_lead_of_another_site_and_a_stranger_find_nothing(
    estate: Estate, certificate: Certificate, corrective: CorrectiveAction, sign_in: Sign
) -> None:
    with scope(organisation=estate.organisation):
        addresses = paths(certificate, corrective).values()
        other = site_lead_of(estate, estate.poole)
    stranger = make_estate("southwind").member(Role.ADMINISTRATOR)
    for member in (other, stranger):
        client = sign_in(member)
        for url in addresses:
            assert client.get(url).status_code == 404


def test_a_reader_does_nothing(
    estate: Estate, certificate: Certificate, corrective: CorrectiveAction, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.AUDITOR))
    with scope(organisation=estate.organisation):
        found = paths(certificate, corrective)
    deeds = {
        "centre": ("apply",),
        "application": ("submit", "withdraw", "decide", "reviews/open"),
        "review": ("answers/record", "finish"),
        "certificate": ("suspend", "withdraw", "reinstate", "raise"),
        "corrective": ("assign", "answer", "evidence", "milestones", "retest"),
    }
    for name, verbs in deeds.items():
        for verb in verbs:
            assert client.post(f"{found[name]}/{verb}").status_code == 403, (name, verb)


def test_the_estate_is_shown_filtered_and_exported(
    estate: Estate, certificate: Certificate, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.PROGRAMME_LEAD))
    body = text_of(client, HERE)
    assert "Leeds" in body
    assert "Poole" in body
    assert "Poole" not in text_of(client, f"{HERE}?tier=2").split("<main")[1].split("data-table")[1]
    file = client.get(f"{HERE}?export=csv").content.decode("utf-8-sig")
    assert file.splitlines()[0].startswith('"Centre","Region"')
    assert certificate.number in file


def test_the_estate_asks_as_many_queries_for_many_centres_as_for_two(
    estate: Estate, certificate: Certificate, sign_in: Sign, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(estate.member(Role.PROGRAMME_LEAD))
    with django_assert_max_num_queries(200) as few:
        text_of(client, HERE)
    with scope(organisation=estate.organisation):
        certified(estate, record_centre(estate, estate.other_centre))
        record_centre(estate, estate.programme_centre)
    with django_assert_max_num_queries(len(few)):
        text_of(client, HERE)


def test_the_proof_of_the_page_is_that_of_the_command_line(
    estate: Estate, certificate: Certificate, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.ANALYST))
    proof = client.get(f"{HERE}/centres/leeds/proof?as_of=2026-10-31").content.decode()
    with scope(organisation=estate.organisation):
        assert proof == Decision.objects.get().tree
        assert sha256_of(proof) == Decision.objects.get().tree_hash


def test_a_finding_leads_to_the_figures_of_its_metric(
    estate: Estate, certificate: Certificate, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.AUDITOR))
    page = text_of(client, f"{HERE}/centres/leeds?tier=2")
    with scope(organisation=estate.organisation):
        metric = Metric.objects.get(centre=estate.centre, key="forecast")
    address = reverse("performance-metric", args=["northwind", "leeds", metric.uuid])
    assert address in page
    assert client.get(address).status_code == 200


def test_four_people_lead_an_application_to_its_certificate(estate: Estate, sign_in: Sign) -> None:
    with scope(organisation=estate.organisation):
        record_centre(estate)
    lead = sign_in(estate.member(Role.SITE_LEAD))
    volumes = {"site_volume": 1000, "assessed_volume": 900}
    applied = {"scheme": "performance-tiers", "tier": 2, **volumes}
    assert lead.post(f"{HERE}/centres/leeds/apply", applied).status_code == 302
    with scope(organisation=estate.organisation):
        page = f"{HERE}/applications/{Application.objects.get().uuid}"
    assert lead.post(f"{page}/submit", {"version": 1}).status_code == 302

    assessor = sign_in(estate.member(Role.ASSESSOR))
    for number, kind in enumerate(["documentation", "conference_call", "on_site"]):
        opened = {"kind": kind, "assessor": estate.member(Role.ASSESSOR).pk, "on": "2026-11-20"}
        answer = assessor.post(f"{page}/reviews/open", {**opened, "version": min(2 + number, 3)})
        assert answer.status_code == 302, answer.content.decode()
    with scope(organisation=estate.organisation):
        reviews = [f"{HERE}/reviews/{each.uuid}" for each in Review.objects.all()]
    for address in reviews:
        said = {"asked": "An agent", "question": "How?", "notes": "So."}
        assert assessor.post(f"{address}/answers/record", said).status_code == 302
        done = {"result": "passed", "notes": "Seen.", "version": 1}
        assert assessor.post(f"{address}/finish", done).status_code == 302

    deciding = {"as_of": "2026-10-31", "award": "yes", "reason": "So.", "version": 3}
    refused = assessor.post(f"{page}/decide", deciding)
    assert refused.status_code == 422
    assert "does not decide" in refused.content.decode()
    decider = sign_in(estate.member(Role.PROGRAMME_LEAD))
    assert "reach tier 2" in text_of(decider, f"{page}/decide")
    assert decider.post(f"{page}/decide", deciding).status_code == 302
    with scope(organisation=estate.organisation):
        issued = Certificate.objects.get().number
    assert issued in text_of(sign_in(estate.member(Role.AUDITOR)), page)


def test_a_stale_page_is_told_what_stands_now(estate: Estate, sign_in: Sign) -> None:
    with scope(organisation=estate.organisation):
        application = submitted(estate, record_centre(estate))
    lead = sign_in(estate.member(Role.SITE_LEAD))
    url = f"{HERE}/applications/{application.uuid}/withdraw"
    assert lead.post(url, {"version": 1, "reason": "No."}).status_code == 409


def test_a_corrective_action_is_answered_and_closed(
    estate: Estate, corrective: CorrectiveAction, sign_in: Sign
) -> None:
    page = f"{HERE}/corrective-actions/{corrective.uuid}"
    lead = sign_in(estate.member(Role.SITE_LEAD))
    assert "2/enabling-on-target" in text_of(lead, page)
    steps: dict[str, dict[str, Any]] = {
        "assign": {"owner": estate.member(Role.SITE_LEAD).pk, "version": 1},
        "milestones": {"text": "Train", "due": "2026-12-20"},
        "evidence": {"file": SimpleUploadedFile("plan.txt", b"what we did"), "note": ""},
        "answer": {"cause": "A meter", "answer": "Another meter", "version": 2},
    }
    for verb, said in steps.items():
        answer = lead.post(f"{page}/{verb}", said)
        assert answer.status_code == 302, answer.content.decode()
    assert "plan.txt" in text_of(lead, page)
    with scope(organisation=estate.organisation):
        step = corrective.milestones.get()
        done = lead.post(f"{page}/milestones/{step.uuid}/done", {"version": 1})
        assert done.status_code == 302
        load_rows(
            centre=estate.centre,
            rows={"readings": readings("forecast", "++++++++++++")},
            by=estate.member(Role.PROGRAMME_LEAD),
            reason="Read again.",
            now=NOW,
        )
    tested = {"as_of": "2026-11-20", "version": 3}
    assert lead.post(f"{page}/retest", tested).status_code == 403
    assessor = sign_in(estate.member(Role.ASSESSOR))
    assert assessor.post(f"{page}/retest", tested).status_code == 302
    assert "Verified" in text_of(assessor, page)


def test_anybody_verifies_a_certificate(
    estate: Estate, certificate: Certificate, sign_in: Sign
) -> None:
    sign_in(estate.member(Role.AUDITOR))
    client = Client()
    body = text_of(client, f"/verify/{certificate.number}")
    assert "Current" in body
    assert "Northwind" in body
    asked = client.get("/verify/", {"number": certificate.number.lower().replace("-", " ")})
    assert asked.headers["Location"] == f"/verify/{certificate.number}"
    told = json.loads(text_of(client, f"/verify/{certificate.number}/json"))
    assert (told["state"], told["tier"]) == ("current", 2)
    text_of(client, "/verify/")
    assert "No such certificate" in text_of(client, "/verify/2026-0000-0000-X", 404)
    text_of(client, "/verify/2026-0000-0000-X/json", 404)


def test_the_public_page_shows_the_state_of_this_instant(
    estate: Estate, certificate: Certificate, sign_in: Sign, time_machine: Any
) -> None:
    lead = sign_in(estate.member(Role.PROGRAMME_LEAD))
    page = f"{HERE}/certificates/{certificate.number}"
    assert lead.post(f"{page}/suspend", {"reason": "A complaint."}).status_code == 302
    assert "Suspended" in text_of(Client(), f"/verify/{certificate.number}")
    assert lead.post(f"{page}/reinstate", {"reason": "Unfounded."}).status_code == 302
    assert "Current" in text_of(Client(), f"/verify/{certificate.number}")
    # Nobody has written the expiry down.
    time_machine.move_to(datetime(2027, 11, 21, 0, 0, 1, tzinfo=UTC))
    assert "Expired" in text_of(Client(), f"/verify/{certificate.number}")


def test_the_certificate_is_printed(
    estate: Estate, certificate: Certificate, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.AUDITOR))
    response = client.get(f"{HERE}/certificates/{certificate.number}/pdf")
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-")


def test_somebody_who_did_not_sign_in_is_asked_to(estate: Estate) -> None:
    make_account("x@y.example", "X")
    assert Client().get(HERE).status_code == 302
