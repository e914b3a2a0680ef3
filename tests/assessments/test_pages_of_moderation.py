"""The pages of moderation and of results: what each said, what was agreed, what became of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessing import DUE, NOW, Assessed, in_moderation, open_one
from attain.assessments.actions.agreeing import agree, agree_where_settled
from attain.assessments.actions.assessing import (
    begin_moderation,
    close_assessment,
    reopen_assessment,
)
from attain.assessments.actions.assessing import submit_part as submit
from attain.assessments.actions.editions import enter_library_model
from attain.assessments.actions.rating import NEW, rate
from attain.assessments.models import AgreedRating, Assessment
from attain.assessments.queries.editions import model_of
from attain.assessments.rules.entries import Entry
from attain.organisations.models import Member
from attain.organisations.rules import Role
from estate import Estate, make_account, make_estate, make_member

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/assessments"
HTMX = {"HX-Request": "true"}
Sign = Callable[[Member], Client]


@pytest.fixture
def sign_in(time_machine: Any) -> Sign:
    time_machine.move_to(NOW)

    def as_member(member: Member) -> Client:
        client = Client()
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_member


@pytest.fixture
def moderated(estate: Estate) -> Assessed:
    return in_moderation(estate, {"forecast": 1, "budget": 2}, {"forecast": 3, "budget": 2})


def lead_of(estate: Estate) -> Member:
    return estate.member(Role.PROGRAMME_LEAD)


def at(assessment: Assessment, *parts: str) -> str:
    return "/".join([HERE, str(assessment.uuid), *parts])


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:2000]
    body = response.content.decode()
    assert "<c-" not in body
    assert "style=" not in body
    return body


def closed(estate: Estate, assessment: Assessment, forecast: int) -> Assessment:
    lead = lead_of(estate)
    agree_where_settled(by=lead, assessment=assessment, now=NOW)
    agree(
        by=lead,
        assessment=assessment,
        item="forecast",
        seen=0,
        entry=Entry(level=forecast, target=3, needed="A weekly forecast"),
        rationale="Seen together",
        now=NOW,
    )
    return close_assessment(by=lead, assessment=assessment, seen=assessment.version, now=NOW)


def test_the_widest_apart_come_first_and_each_says_what_they_said(
    estate: Estate, moderated: Assessed, sign_in: Sign
) -> None:
    url = at(moderated.assessment, "moderation")
    client = sign_in(lead_of(estate))
    body = text_of(client, url)
    assert body.index('id="item-forecast"') < body.index('id="item-budget"')
    assert "2 levels apart" in body
    assert body.count("All say the same") == 2
    assert "Agree on all 2 that are settled" in body
    assert "Cannot be told" in body
    ordered = text_of(client, f"{url}?order=category")
    assert ordered.index('id="item-budget"') < ordered.index('id="item-hiring"')


def test_nothing_is_shown_before_moderation(estate: Estate, sign_in: Sign) -> None:
    assessment = open_one(estate).assessment
    client = sign_in(lead_of(estate))
    assert client.get(at(assessment, "moderation")).status_code == 422
    assert client.get(at(assessment, "result")).status_code == 422
    assert client.get(at(assessment, "compare")).status_code == 422


def test_only_who_leads_it_moderates(estate: Estate, moderated: Assessed, sign_in: Sign) -> None:
    account = make_account("poole@northwind.example", "Poole lead")
    other = make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.poole)
    stranger = make_estate("southwind").member(Role.PROGRAMME_LEAD)
    answers = {moderated.theirs.assessor: 403, other: 404, stranger: 404}
    for member, status in answers.items():
        client = sign_in(member)
        for url in ("moderation", "close", "reopen"):
            assert client.get(at(moderated.assessment, url)).status_code == status
        for url in ("moderation/settle", "moderation/items/forecast"):
            assert client.post(at(moderated.assessment, url)).status_code == status
    assert (
        sign_in(moderated.theirs.assessor).get(at(moderated.assessment, "result")).status_code
        == 200
    )
    for member in (other, stranger):
        for url in ("result", "compare"):
            assert sign_in(member).get(at(moderated.assessment, url)).status_code == 404


def test_where_assessors_differ_the_reason_is_asked_for(
    estate: Estate, moderated: Assessed, sign_in: Sign
) -> None:
    client = sign_in(lead_of(estate))
    url = at(moderated.assessment, "moderation/items/forecast")
    said = {"version": 0, "level": 2, "target": 3}
    refused = client.post(url, said, headers=HTMX)
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    agreed = client.post(url, {**said, "rationale": "Seen together"}, headers=HTMX)
    assert agreed.status_code == 200
    assert "Seen together" in agreed.content.decode()
    assert 'id="agreed" hx-swap-oob="true">1<' in agreed.content.decode()
    late = client.post(url, {**said, "level": 3, "rationale": "No"}, headers=HTMX)
    assert late.status_code == 409
    assert 'name="keep" value="1"' in late.content.decode()
    client.post(url, {**said, "level": 3, "rationale": "Yes", "keep": 1})
    assert AgreedRating.objects.get(is_current=True).level == 3


@pytest.mark.parametrize(
    ("item", "said", "status"),
    [
        ("nothing", {"version": 0, "level": 1}, 404),
        ("outside", {"version": 0, "level": 1}, 404),
        ("budget", {"version": 0, "level": ""}, 422),
        ("budget", {"version": 0, "level": 9}, 422),
        ("budget", {"version": 0, "level": "na", "reason": ""}, 422),
        ("budget", {"level": 2}, 422),
    ],
)
def test_what_cannot_be_agreed_is_refused(
    estate: Estate,
    moderated: Assessed,
    sign_in: Sign,
    item: str,
    said: dict[str, object],
    status: int,
) -> None:
    client = sign_in(lead_of(estate))
    url = at(moderated.assessment, "moderation/items", item)
    assert client.post(url, said, headers=HTMX).status_code == status
    assert client.post(url, said).status_code == status
    assert not AgreedRating.objects.exists()


def test_what_is_settled_is_agreed_at_once_and_then_the_assessment_is_closed(
    estate: Estate, moderated: Assessed, sign_in: Sign
) -> None:
    client, found = sign_in(lead_of(estate)), moderated.assessment
    client.post(at(found, "moderation/settle"))
    assert AgreedRating.objects.count() == 2
    refused = client.post(at(found, "close"), {"version": found.version})
    assert "1 item is not agreed yet" in refused.content.decode()
    said = {"version": 0, "level": 2, "target": 3, "rationale": "Seen"}
    client.post(at(found, "moderation/items/forecast"), said)
    assert "Every item is agreed" in text_of(client, at(found))
    client.post(at(found, "close"), {"version": found.version})
    assert Assessment.objects.get().state == "closed"
    assert "What each said" in text_of(client, at(found))
    assert "Agree otherwise" not in text_of(client, at(found, "moderation"))


def test_the_result_says_its_rule_what_is_open_and_the_gaps(
    estate: Estate, moderated: Assessed, sign_in: Sign
) -> None:
    client, found = sign_in(estate.member(Role.AUDITOR)), moderated.assessment
    agree_where_settled(by=lead_of(estate), assessment=found, now=NOW)
    before = text_of(client, at(found, "result"))
    assert "Result so far" in before
    assert "the lowest level of its items" in before
    assert "Cannot be told yet" in before
    closed(estate, found, 2)
    body = text_of(client, at(found, "result"))
    assert body.index("Hiring") < body.rindex("Forecast")
    assert "Red" in body
    assert "Amber" in body
    assert "A weekly forecast" in body
    assert "data-chart" not in body


def test_a_closed_result_is_read_from_what_was_frozen(
    estate: Estate, moderated: Assessed, sign_in: Sign
) -> None:
    found = closed(estate, moderated.assessment, 2)
    client = sign_in(estate.member(Role.AUDITOR))
    with CaptureQueriesContext(connection) as asked:
        text_of(client, at(found, "result"))
    assert len(asked) > 0
    # The size of a site, by which it has peers, is all that is asked of its figures.
    figures = [each["sql"] for each in asked if "performance_" in each["sql"]]
    assert all("performance_coveragefigure" in each for each in figures)


def test_two_assessments_of_a_place_stand_beside_each_other(
    estate: Estate, moderated: Assessed, sign_in: Sign
) -> None:
    first = closed(estate, moderated.assessment, 1)
    lead = lead_of(estate)
    again = reopen_assessment(by=lead, assessment=first, reason="Looked again", due_on=DUE, now=NOW)
    agree(
        by=lead,
        assessment=again,
        item="forecast",
        seen=1,
        entry=Entry(level=3, target=3),
        rationale="It rose",
        now=NOW,
    )
    close_assessment(by=lead, assessment=again, seen=again.version, now=NOW)
    client = sign_in(estate.member(Role.AUDITOR))
    assert "Compare with" in text_of(client, at(first, "compare"))
    body = text_of(client, f"{at(first, 'compare')}?with={again.uuid}")
    assert "Rose: <strong>1</strong>" in body
    assert "Same: <strong>2</strong>" in body
    unknown = f"{at(first, 'compare')}?with=7d2f5f8e-0000-4000-8000-000000000000"
    assert client.get(unknown).status_code == 404


def test_a_closed_assessment_is_reopened_as_a_new_version(
    estate: Estate, moderated: Assessed, sign_in: Sign
) -> None:
    found = closed(estate, moderated.assessment, 2)
    client = sign_in(lead_of(estate))
    said = {"reason": "A record was wrong", "due_on": "2026-12-20"}
    assert client.post(at(found, "reopen"), said).status_code == 302
    again = Assessment.objects.get(number=2)
    assert "A record was wrong" in text_of(client, at(again))
    assert "Later version" in text_of(client, at(found))


def test_69_items_are_moderated_by_as_many_queries_as_three(
    estate: Estate, moderated: Assessed, sign_in: Sign
) -> None:
    lead = lead_of(estate)
    edition = enter_library_model(by=lead, key="centre-performance", now=NOW)
    long = open_one(estate, edition)
    for part in (long.mine, long.theirs):
        for n, item in enumerate(model_of(edition).rated_items):
            entry = Entry(level=n % 3 + (part is long.mine), target=3)
            rate(by=part.assessor, part=part, item=item.key, seen=NEW, entry=entry, now=NOW)
        submit(by=part.assessor, part=part, seen=part.version, now=NOW)
    begin_moderation(by=lead, assessment=long.assessment, seen=1, now=NOW)
    client = sign_in(lead)
    for page in ("moderation", "result"):
        counted = []
        for assessment in (moderated.assessment, long.assessment):
            text_of(client, at(assessment, page))
            with CaptureQueriesContext(connection) as asked:
                text_of(client, at(assessment, page))
            # What records say is asked for where the model has conditions, and not otherwise.
            counted.append(len([e for e in asked if "performance_" not in e["sql"]]))
        assert 0 < counted[0] == counted[1]
    assert 'data-chart="radar"' in text_of(client, at(long.assessment, "result"))
