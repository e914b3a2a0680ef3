"""What a scheme asks is told in the person's language, and no proof changes by it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django_scopes import scope

from attain.certification.models import Certificate, Decision
from attain.certification.rules.proofs import told_tiers
from attain.organisations.rules import Role
from attain.organisations.sentences import Told
from attain.website.finding_nodes import nodes_of
from certified import NOW, certified, record_centre
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/certification"
TITLE = "Jede Praktik ist dokumentiert"


@pytest.fixture
def estate() -> Estate:
    return make_estate()


@pytest.fixture
def certificate(estate: Estate) -> Certificate:
    with scope(organisation=estate.organisation):
        return certified(estate, record_centre(estate))


@pytest.fixture
def reader(estate: Estate, certificate: Certificate, time_machine: Any) -> Client:
    """Somebody who reads German."""
    time_machine.move_to(NOW)
    account = estate.member(Role.PROGRAMME_LEAD).account
    account.language = "de"
    account.save()
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_tree_of_a_centre_asks_in_the_language_of_the_reader(reader: Client) -> None:
    body = reader.get(f"{HERE}/centres/leeds?tier=1").content.decode()
    assert f'<span class="finding-asked" lang="de">{TITLE}</span>' in body
    assert "Stufe 1: Grundlegend" in body
    assert "Every practice is documented" not in body
    # What the rules say of a part is in the reader's language too.
    assert '<span class="finding-asked">coaching ist dokumentiert</span>' in body


def test_a_decided_proof_asks_in_the_language_of_the_reader(
    estate: Estate, certificate: Certificate, reader: Client
) -> None:
    with scope(organisation=estate.organisation):
        uuid = certificate.decision.application.uuid
        address = f"{HERE}/applications/{uuid}/proof?tier=1"
    assert TITLE in reader.get(address).content.decode()


def test_a_decided_proof_tells_what_was_measured_in_the_language_of_the_reader(
    estate: Estate, certificate: Certificate, reader: Client
) -> None:
    with scope(organisation=estate.organisation):
        uuid = certificate.decision.application.uuid
    body = reader.get(f"{HERE}/applications/{uuid}/proof?tier=2").content.decode()
    assert "12 von 12 Monaten" in body
    assert "telephony wird verfolgt und erreicht in genügend Monaten die Zielverfügbarkeit" in body
    assert "gilt von jeher: " in body
    assert "Oktober 2026" in body
    assert 'lang="en"' not in body


def test_a_decision_from_before_sentences_were_kept_is_told_in_english(
    estate: Estate, certificate: Certificate
) -> None:
    with scope(organisation=estate.organisation):
        decision = certificate.decision
        (tier, *_others) = told_tiers(decision.tree, None)
        (now, *_more) = told_tiers(decision.tree, decision.sentences)
    with translation.override("de"):
        old, new = (nodes_of(each["requirements"], "t", {}) for each in (tier, now))
    measured = [node.measured for node in old if node.measured]
    assert Told("2 of 2", "en") in measured
    assert Told("2 von 2") in [node.measured for node in new]
    assert [str(each["measured"]) for each in tier["requirements"]] == [
        str(each["measured"]) for each in now["requirements"]
    ]


def test_what_keeps_a_centre_from_its_tier_is_told_in_german(
    estate: Estate, reader: Client
) -> None:
    body = reader.get(f"{HERE}/centres/leeds?tier=3").content.decode()
    assert "mindestens 3" in body
    assert 'lang="en"' not in body.partition("<main")[2]
    plan = reader.get(f"{HERE}/centres/leeds/road?plan=1").content.decode()
    assert "1 weitere strukturierte Initiative, Analyse und Ergebnis dokumentiert" in plan


def test_the_estate_and_a_plan_name_requirements_in_the_language_of_the_reader(
    reader: Client,
) -> None:
    title = "Mindestens 3 strukturierte Initiativen sind dokumentiert"
    estate = reader.get(HERE).content.decode()
    assert title in estate
    assert title in reader.get(f"{HERE}/centres/leeds/road?plan=1").content.decode()


def test_a_plan_that_was_kept_for_one_reader_is_told_to_the_next_in_theirs(
    estate: Estate, reader: Client
) -> None:
    road = f"{HERE}/centres/leeds/road?plan=1"
    reader.get(road)
    other = Client()
    account = estate.member(Role.SITE_LEAD).account
    other.force_login(account, "django.contrib.auth.backends.ModelBackend")
    assert "At least 3 structured initiatives are documented" in other.get(road).content.decode()


def test_the_proof_is_the_same_in_every_language_to_the_byte(
    estate: Estate, reader: Client
) -> None:
    proof = reader.get(f"{HERE}/centres/leeds/proof?as_of=2026-10-31").content.decode()
    with scope(organisation=estate.organisation):
        assert proof == Decision.objects.get().tree
