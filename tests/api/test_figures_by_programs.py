"""What programs do with figures: exact numbers, corrections, imports, and odd requests."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from attain.certification.queries.verdicts import verdict_of
from attain.certification.rules.proofs import write_tree
from attain.organisations.rules import Role
from attain.performance.models import Import
from programs import NOW, Program, Told

pytestmark = pytest.mark.django_db
_FIRST = "/centres/leeds/metrics/{metric}/readings/2020-01"


@pytest.fixture
def lead(told: Told) -> Program:
    return told.program(Role.PROGRAMME_LEAD)


def test_a_reading_keeps_its_digits_and_is_corrected_with_a_reason(
    told: Told, lead: Program
) -> None:
    path = _FIRST.format(**told.ids)
    said: dict[str, Any] = {"numerator": "94985.10", "denominator": "100000"}
    first = lead.ask("PUT", path, said)
    assert (first.status_code, first.json()["numerator"]) == (200, "94985.1")
    assert lead.ask("PUT", path, said).status_code == 422
    corrected = lead.ask("PUT", path, said | {"numerator": "1", "seen": 1, "reason": "Counted"})
    assert (corrected.status_code, corrected.json()["revision"]) == (200, 2)
    late = lead.ask("PUT", path, said | {"numerator": "2", "seen": 1, "reason": "Counted"})
    assert late.status_code == 409
    assert late.json()["errors"][0]["theirs"]["numerator"] == "1"


@pytest.mark.parametrize(
    "body",
    [
        '{"numerator": NaN}',
        '{"numerator": 1}',
        '{"numerator": "1e3"}',
        '{"numerator": "' + "9" * 5000 + '"}',
        '{"numerator": ' + "9" * 5000 + "}",
        '{"numerator": "1", "seen": ' + "9" * 30 + ', "reason": "x"}',
        '{"numerator": "1", "seen": 1, "reason": "\\u0000"}',
        '{"numerator": "1", "seen": 1, "reason": "\\ud800"}',
        '{"numerator": "1", "other": 1}',
        "[" * 100_000,
        "",
        "null",
        "\xff",
    ],
    ids=range(13),
)
def test_what_is_no_reading_is_refused(told: Told, lead: Program, body: str) -> None:
    client = Client(headers=lead.headers)
    path = "/api/v1" + _FIRST.format(**told.ids)
    answer = client.generic("PUT", path, body.encode("latin-1"), content_type="application/json")
    assert answer.status_code in (400, 422), answer.content
    assert answer["Content-Type"] == "application/problem+json"


def test_a_request_that_is_too_large_is_refused(told: Told, lead: Program) -> None:
    path = _FIRST.format(**told.ids)
    assert lead.ask("PUT", path, "x" * 3_000_000).status_code == 413
    again = lead.ask("PUT", path, "x" * 3_000_000, **{"Idempotency-Key": "k"})
    assert again.status_code == 413


def test_the_verdict_is_the_proof_byte_for_byte(told: Told, lead: Program) -> None:
    answer = lead.ask("GET", "/centres/leeds/verdict?as_of=2026-10-31")
    verdict = verdict_of(told.estate.centre, NOW.date().replace(2026, 10, 31))
    assert answer.content.decode() == write_tree(verdict)


def test_a_file_is_looked_at_imported_once_under_its_key_and_undone(
    told: Told, lead: Program
) -> None:
    def hand_in(path: str) -> Any:
        file = BytesIO(b"system,class\ncrm2,enabling\n")
        file.name = "more.csv"
        client = Client(headers=lead.headers | {"Idempotency-Key": f"key {path}"})
        said = {"file": file, "table": "systems", "mode": "all_or_nothing"}
        if path.endswith("preview"):
            del said["mode"]
        return client.post(f"/api/v1/centres/leeds/imports{path}", said)

    before = Import.objects.count()
    looked = hand_in("/preview")
    assert (looked.status_code, looked.json()["counts"]["added"]) == (200, 1)
    assert Import.objects.count() == before
    first, again = hand_in(""), hand_in("")
    assert (first.status_code, again.json()) == (201, first.json())
    assert Import.objects.count() == before + 1
    undone = lead.ask("POST", f"/centres/leeds/imports/{first.json()['uuid']}/undo")
    assert (undone.status_code, undone.json()["state"]) == (200, "undone")


def test_rows_are_texts_and_what_is_wrong_is_told_by_column(told: Told, lead: Program) -> None:
    row = {"item": "capacity-planning", "documented": "perhaps"}
    wrong = lead.ask("POST", "/centres/leeds/records/practices", {"row": row})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["column"] == "documented"
    good = lead.ask("POST", "/centres/leeds/records/practices", {"row": row | {"documented": "no"}})
    assert (good.status_code, good.json()["row"]["documented"]) == (201, "no")


def test_the_description_is_of_openapi_3_1_and_says_what_a_refusal_is() -> None:
    told = json.loads(Client().get("/api/v1/openapi.json").content)
    assert told["openapi"].startswith("3.1")
    refusal = told["paths"]["/api/v1/centres"]["get"]["responses"]["403"]["content"]
    assert list(refusal) == ["application/problem+json"]
