"""The pages on which assessments are opened, rated and handed in: who finds them, what they do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessing import NOW, Assessed, hand_in, open_one, rate_all
from attain.assessments.actions.editions import enter_library_model
from attain.assessments.models import Assessment, AssessorPart, ItemEvidence, Rating
from attain.assessments.queries.editions import model_of
from attain.organisations.models import Member
from attain.organisations.rules import Role
from certified import record_centre
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
def assessed(estate: Estate) -> Assessed:
    return open_one(estate)


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:2000]
    return response.content.decode()


def queries_of(client: Client, url: str) -> int:
    # Counted at once: the next request empties the log.
    with CaptureQueriesContext(connection) as asked:
        text_of(client, url)
        return len(asked)


def at(assessed: Assessed, *parts: object) -> str:
    return "/".join([HERE, str(assessed.assessment.uuid), *map(str, parts)])


def pages(assessed: Assessed) -> list[str]:
    item = at(assessed, "items/forecast/evidence")
    part = assessed.mine.uuid
    leading = ("name", f"parts/{part}/delegate", "withdraw", "moderation/begin", "close", "reopen")
    return [at(assessed), item, at(assessed, "rate"), *(at(assessed, each) for each in leading)]


def said(level: object = 1, version: int = 0, **further: object) -> dict[str, object]:
    return {"version": version, "level": level, "target": "", **further}


def test_who_reads_assessments_sees_the_list_and_how_far_each_is(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    rate_all(assessed.mine)
    body = text_of(sign_in(estate.member(Role.AUDITOR)), HERE)
    assert "Autumn self-assessment" in body
    assert "3 of 6" in body
    assert "Open an assessment" not in body
    assert "<c-" not in body
    assert "style=" not in body


def test_an_assessment_past_its_date_is_marked_overdue(
    estate: Estate, assessed: Assessed, sign_in: Sign, time_machine: Any
) -> None:
    client = sign_in(estate.member(Role.AUDITOR))
    assert "Overdue" not in text_of(client, HERE)
    Assessment.objects.update(due_on=NOW.date().replace(day=1))
    assert "Overdue" in text_of(client, HERE)
    assert "Overdue" in text_of(client, at(assessed))


def test_the_list_is_narrowed_and_leaves_as_a_file(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.ANALYST))
    assert "Autumn" in text_of(client, f"{HERE}?state=rating&kind=self&q=leeds")
    assert "Autumn" not in text_of(client, f"{HERE}?state=closed&kind=&q=")
    file = client.get(f"{HERE}?export=csv")
    assert b"Autumn self-assessment" in b"".join(file) if file.streaming else file.content


def test_an_empty_list_says_what_to_do_first(estate: Estate, sign_in: Sign) -> None:
    assert "No assessment yet" in text_of(sign_in(estate.member(Role.SITE_LEAD)), HERE)


def test_who_may_not_read_assessments_is_refused(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.EVALUATOR))
    for url in (HERE, f"{HERE}/open", *pages(assessed)):
        assert client.get(url).status_code == 403, url


def test_a_lead_of_another_site_and_a_stranger_find_nothing(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    account = make_account("poole@northwind.example", "Poole lead")
    other = make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.poole)
    stranger = make_estate("southwind").member(Role.PROGRAMME_LEAD)
    for member in (other, stranger):
        client = sign_in(member)
        for url in pages(assessed):
            assert client.get(url).status_code == 404, url
    assert "Autumn" not in text_of(sign_in(other), HERE)


def test_a_reader_does_nothing(estate: Estate, assessed: Assessed, sign_in: Sign) -> None:
    client = sign_in(estate.member(Role.AUDITOR))
    for url in pages(assessed)[1:]:
        assert client.post(url).status_code in (403, 405), url
    assert client.post(at(assessed, "rate/forecast"), said()).status_code == 403
    assert not Rating.objects.exists()


def test_a_lead_opens_an_assessment_by_a_model_of_the_library_and_names_who_rates(
    estate: Estate, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.PROGRAMME_LEAD))
    given = {
        "title": "Autumn",
        "model": "library service-essentials",
        "place": f"centre {estate.centre.uuid}",
        "kind": "mock",
        "due_on": "2026-12-18",
    }
    answer = client.post(f"{HERE}/open", given)
    opened = Assessment.objects.get()
    assert answer["Location"] == f"{HERE}/{opened.uuid}"
    assert (opened.kind, opened.centre, opened.edition.key) == (
        "mock",
        estate.centre,
        "service-essentials",
    )
    assert "Name who rates it" in text_of(client, answer["Location"])
    assessor = estate.member(Role.QA_MANAGER)
    said = {"assessor": str(assessor.uuid), "categories": ["people"], "due_on": "2026-12-01"}
    client.post(f"{HERE}/{opened.uuid}/name", said)
    assert AssessorPart.objects.get().categories == ["people"]
    assert "Some categories have no assessor yet" in text_of(client, answer["Location"])


def test_a_site_lead_opens_nothing_elsewhere(estate: Estate, sign_in: Sign) -> None:
    account = make_account("leeds@northwind.example", "Leeds lead")
    lead = make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.leeds)
    given = {
        "title": "Theirs",
        "model": "library service-essentials",
        "place": f"centre {estate.other_centre.uuid}",
        "kind": "self",
        "due_on": "2026-12-18",
    }
    assert sign_in(lead).post(f"{HERE}/open", given).status_code == 422
    given["place"] = "organisation"
    assert sign_in(lead).post(f"{HERE}/open", given).status_code == 422
    assert not Assessment.objects.exists()


def test_an_assessor_rates_item_by_item_and_is_told_that_each_is_saved(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    client = sign_in(assessed.mine.assessor)
    page = text_of(client, at(assessed, "rate"))
    assert page.count('name="version"') == 3
    assert "How is it made?" in page
    saved = client.post(
        at(assessed, "rate/forecast"),
        said(2, target=3, note="Weekly", needed="Daily"),
        headers=HTMX,
    )
    assert "Saved" in saved.content.decode()
    assert 'value="1" hx-swap-oob' in saved.content.decode()
    row = Rating.objects.get()
    assert (row.level, row.target, row.note, row.needed) == (2, 3, "Weekly", "Daily")
    without_script = client.post(at(assessed, "rate/budget"), said("na", reason="No money"))
    assert without_script["Location"].endswith("/rate#item-budget")
    assert not Rating.objects.get(item="budget").is_applicable


def test_a_conflict_of_two_windows_stands_beside_the_item_with_both_values(
    assessed: Assessed, sign_in: Sign
) -> None:
    client, url = sign_in(assessed.mine.assessor), at(assessed, "rate/forecast")
    client.post(url, said(1), headers=HTMX)
    client.post(url, said(2, version=1), headers=HTMX)
    late = client.post(url, said(3, version=1), headers=HTMX)
    assert late.status_code == 409
    assert late["HX-Retarget"] == "#saved-forecast"
    body = late.content.decode()
    assert "2" in body
    assert "3" in body
    assert 'name="keep" value="2"' in body
    assert client.post(url, said(3, version=1)).status_code == 409
    client.post(url, said(3, version=1, keep=2), headers=HTMX)
    assert Rating.objects.get().level == 3


@pytest.mark.parametrize(
    ("item", "given", "status"),
    [
        ("nothing", said(1), 404),
        ("outside", said(1), 422),
        ("forecast", said(9), 422),
        ("forecast", said("x"), 422),
        ("forecast", said(2, target=1), 422),
        ("forecast", said("na"), 422),
        ("forecast", said(1, note="x" * 4_001), 422),
        ("forecast", {"level": 1}, 422),
        ("forecast", {f"field-{n}": 1 for n in range(1_035)}, 422),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_stored(
    assessed: Assessed, sign_in: Sign, item: str, given: dict[str, object], status: int
) -> None:
    client = sign_in(assessed.mine.assessor)
    for headers in (HTMX, {}):
        answer = client.post(at(assessed, "rate", item), given, headers=headers)
        assert answer.status_code == status
    assert not Rating.objects.exists()


def test_nobody_sees_anothers_rating_while_it_is_rated(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    client = sign_in(assessed.theirs.assessor)
    client.post(at(assessed, "rate/forecast"), said(3, note="A word of theirs"), headers=HTMX)
    client.post(at(assessed, "rate/budget"), said("na", reason="A word of theirs"), headers=HTMX)
    lead, mine = estate.member(Role.PROGRAMME_LEAD), assessed.mine.assessor
    for member in (lead, mine, estate.member(Role.AUDITOR)):
        other = sign_in(member)
        for url in (HERE, *pages(assessed)):
            assert "A word of theirs" not in other.get(url).content.decode(), url
    page = text_of(sign_in(mine), at(assessed, "rate"))
    assert page.count('value="" checked') == 3
    assert sign_in(lead).get(at(assessed, "rate")).status_code == 403


def test_a_part_is_handed_in_and_its_ratings_stay(assessed: Assessed, sign_in: Sign) -> None:
    client = sign_in(assessed.mine.assessor)
    refused = client.post(at(assessed, "hand-in"), {"version": 1})
    assert "3 items of the part are not rated yet" in refused.content.decode()
    rate_all(assessed.mine)
    assert "Hand it in" in text_of(client, at(assessed))
    client.post(at(assessed, "hand-in"), {"version": 1})
    late = client.post(at(assessed, "rate/forecast"), said(3, version=1), headers=HTMX)
    assert late.status_code == 422
    assert "disabled" in text_of(client, at(assessed, "rate"))
    assert set(Rating.objects.values_list("level", flat=True)) == {1}


def test_a_part_is_handed_on_by_who_has_it_or_leads_and_by_nobody_else(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    url = at(assessed, f"parts/{assessed.mine.uuid}/delegate")
    to = {"to": str(estate.member(Role.ASSESSOR).uuid), "version": 1}
    assert sign_in(assessed.theirs.assessor).post(url, to).status_code == 403
    assert sign_in(assessed.mine.assessor).post(url, to).status_code == 302
    assert AssessorPart.objects.get(pk=assessed.mine.pk).assessor == estate.member(Role.ASSESSOR)
    assert "handed on by" in text_of(sign_in(estate.member(Role.PROGRAMME_LEAD)), at(assessed))


def test_an_assessment_is_withdrawn_with_its_reason(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.PROGRAMME_LEAD))
    assert client.post(at(assessed, "withdraw"), {"version": 1}).status_code == 422
    client.post(at(assessed, "withdraw"), {"version": 1, "reason": "Opened twice"})
    assert "Opened twice" in text_of(client, at(assessed))


def test_evidence_is_added_in_four_kinds_marked_when_it_expires_and_withdrawn(
    estate: Estate, assessed: Assessed, sign_in: Sign, settings: Any, tmp_path: Any
) -> None:
    settings.EVIDENCE = tmp_path
    record_centre(estate)
    client, url = sign_in(assessed.mine.assessor), at(assessed, "items/forecast/evidence")
    page = text_of(client, url)
    document = page.split('name="document-record"')[1].split('<option value="')[1].split('"')[0]
    metric = page.split('name="figure-record"')[1].split('<option value="')[1].split('"')[0]
    link = {"kind": "link", "link-link": "https://wiki.example/forecast", "link-title": "Wiki",
            "link-expires_on": "2026-11-01"}  # fmt: skip
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    for given in (
        link,
        {"kind": "file", "file-file": plan, "file-title": "The plan"},
        {"kind": "document", "document-record": document},
        {"kind": "figure", "figure-record": metric},
    ):
        assert client.post(url, given).status_code == 302
    kinds = ItemEvidence.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["link", "file", "document", "figure"]
    rating = text_of(client, at(assessed, "rate"))
    assert "Wiki" in rating
    assert "Expired" in rating
    first = ItemEvidence.objects.order_by("id")[0]
    client.post(at(assessed, f"evidence/{first.uuid}/withdraw"), {"version": 1})
    assert "Wiki" not in text_of(client, at(assessed, "rate"))
    assert "Withdrawn" in text_of(client, url)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "link", "link-link": "javascript:alert(1)"},
        {"kind": "file"},
        {"kind": "document", "document-record": "7d2f5f8e-0000-4000-8000-000000000000"},
        {"kind": "anything"},
    ],
)
def test_what_is_no_evidence_is_refused(
    assessed: Assessed, sign_in: Sign, given: dict[str, str]
) -> None:
    client = sign_in(assessed.mine.assessor)
    assert client.post(at(assessed, "items/forecast/evidence"), given).status_code == 422
    assert not ItemEvidence.objects.exists()


def test_what_records_deny_is_said_beside_the_rating(estate: Estate, sign_in: Sign) -> None:
    record_centre(estate)
    lead = estate.member(Role.PROGRAMME_LEAD)
    edition = enter_library_model(by=lead, key="centre-performance", now=NOW)
    page = text_of(sign_in(estate.member(Role.SITE_LEAD)), at(open_one(estate, edition), "rate"))
    assert "What the records say" in page
    assert "Records cannot tell" in page or "Records say otherwise" in page


def test_69_items_take_as_many_queries_as_three(estate: Estate, sign_in: Sign) -> None:
    record_centre(estate)
    lead = estate.member(Role.PROGRAMME_LEAD)
    edition = enter_library_model(by=lead, key="centre-performance", now=NOW)
    client = sign_in(estate.member(Role.SITE_LEAD))
    url = at(open_one(estate, edition), "rate")
    text_of(client, url)
    empty = queries_of(client, url)
    for item in model_of(edition).rated_items[:2]:
        client.post(f"{url}/{item.key}", said(1), headers=HTMX)
    assert Rating.objects.count() == 2
    assert text_of(client, url).count("data-item") == 69
    assert 0 < queries_of(client, url) == empty <= 40


def test_the_list_takes_as_many_queries_for_many(estate: Estate, sign_in: Sign) -> None:
    first = open_one(estate)
    client = sign_in(estate.member(Role.AUDITOR))
    text_of(client, HERE)
    one = queries_of(client, HERE)
    for _again in range(4):
        hand_in(open_one(estate, first.assessment.edition).mine)
    assert 0 < queries_of(client, HERE) == one


def test_moderation_begins_on_a_page_of_its_own(
    estate: Estate, assessed: Assessed, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.PROGRAMME_LEAD))
    assert client.post(at(assessed, "moderation/begin"), {"version": 1}).status_code == 422
    hand_in(assessed.mine)
    hand_in(assessed.theirs)
    assert "Every part is handed in" in text_of(client, at(assessed))
    client.post(at(assessed, "moderation/begin"), {"version": 1})
    assert Assessment.objects.get().state == "moderation"
