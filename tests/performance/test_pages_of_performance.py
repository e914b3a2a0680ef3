"""The pages of the room: who may, who may not, and who finds nothing there at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attain.measurement.periods import Month
from attain.organisations.models import Centre, Member
from attain.organisations.rules import Role
from attain.performance import models
from attain.performance.actions.readings import record_reading
from attain.performance.library import practice_name
from estate import Estate, make_account, make_estate, make_member
from performing import Measured

MARCH = Month.parse("2026-03")


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *rest: object) -> str:
    return reverse(f"performance-{name}", args=["northwind", *rest])


def page(member: Member, name: str, *rest: object) -> Any:
    return signed_in(member).get(address(name, *rest))


@pytest.fixture(autouse=True)
def _own_uploads_in_november(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def stranger(estate: Estate) -> Member:
    return make_estate("elsewhere").member(Role.ADMINISTRATOR)


@pytest.fixture
def poole_lead(estate: Estate) -> Member:
    """Return who leads another site, and may not see Leeds."""
    account = make_account("lead@poole.example", "Bob")
    return make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.poole)


EVERYWHERE = ["metrics", "missing", "systems", "service-levels", "imports"]
READ = ["centre-metrics", "uptime", "service-level"]
RECORD = ["coverage-add", "import-start"]
CHANGE = ["metric-add", "process-add", "system-add", "service-level-add"]
RECORDED = [
    "initiatives", "improvement_actions", "practices", "documents", "satisfaction", "incidents",
    "technology_changes", "uptime",
]  # fmt: skip


@pytest.mark.parametrize("name", [*EVERYWHERE, *READ, *RECORD, *CHANGE])
def test_who_leads_the_programme_opens_every_page(measured: Measured, name: str) -> None:
    rest = () if name in EVERYWHERE else ("leeds",)
    assert page(measured.by, name, *rest).status_code == 200


@pytest.mark.parametrize("name", [*RECORD, *CHANGE])
def test_a_colleague_who_only_reads_gets_403(measured: Measured, estate: Estate, name: str) -> None:
    assert page(estate.member(Role.AUDITOR), name, "leeds").status_code == 403


@pytest.mark.parametrize("name", READ)
def test_an_agent_may_see_no_figures(measured: Measured, estate: Estate, name: str) -> None:
    assert page(estate.member(Role.AUDITOR), name, "leeds").status_code == 200
    assert page(estate.member(Role.AGENT), name, "leeds").status_code == 403


@pytest.mark.parametrize("name", [*READ, *RECORD, *CHANGE])
def test_strangers_and_other_sites_find_nothing(
    measured: Measured, stranger: Member, poole_lead: Member, name: str
) -> None:
    assert page(stranger, name, "leeds").status_code == 404
    assert page(poole_lead, name, "leeds").status_code == 404
    assert page(poole_lead, name, "poole").status_code == 200


@pytest.mark.parametrize("table", RECORDED)
def test_every_record_has_a_list_and_a_form(measured: Measured, table: str) -> None:
    assert page(measured.by, "records", "leeds", table).status_code == 200
    assert page(measured.by, "record-add", "leeds", table).status_code == 200
    assert page(measured.by, "records", "leeds", "nonsense").status_code == 404
    assert page(measured.by, "record-add", "leeds", "targets").status_code == 404


def recorded(measured: Measured) -> models.Reading:
    return record_reading(
        metric=measured.metric,
        month=MARCH,
        numerator=Fraction(300),
        denominator=Fraction(2),
        by=measured.by,
    )


def test_a_metric_is_found_in_its_own_centre_only(measured: Measured, poole_lead: Member) -> None:
    recorded(measured)
    uuid = measured.metric.uuid
    answer = page(measured.by, "metric", "leeds", uuid)
    assert answer.status_code == 200
    assert b"Average handle time" in answer.content
    assert page(measured.by, "metric", "poole", uuid).status_code == 404
    assert page(poole_lead, "metric", "leeds", uuid).status_code == 404


def test_a_reading_is_recorded_corrected_and_refused_by_its_forms(measured: Measured) -> None:
    client = signed_in(measured.by)
    url = address("reading", "leeds", measured.metric.uuid, "2026-03")
    assert client.post(url, {"numerator": "3,5", "denominator": "2"}).status_code == 422
    assert client.post(url, {"numerator": "300", "denominator": "2"}).status_code == 302
    form = client.get(url)
    assert b'value="300"' in form.content
    without = client.post(url, {"numerator": "290", "denominator": "2", "seen": "1"})
    assert without.status_code == 422
    told = {"numerator": "290", "denominator": "2", "seen": "1", "why": "late calls"}
    assert client.post(url, told).status_code == 302
    assert client.post(url, told).status_code == 409
    assert models.Reading.objects.get(is_current=True).revision == 2
    assert client.get(url.replace("2026-03", "2026-13")).status_code == 404


def test_an_auditor_reads_and_never_writes(measured: Measured, estate: Estate) -> None:
    recorded(measured)
    client = signed_in(estate.member(Role.AUDITOR))
    uuid = measured.metric.uuid
    answer = client.get(address("metric", "leeds", uuid))
    assert b"Correct<span" not in answer.content
    for name, rest in (
        ("reading", (uuid, "2026-03")),
        ("target-add", (uuid,)),
        ("metric-change", (uuid,)),
        ("month-close", ("2026-03",)),
        ("import-confirm", ()),
    ):
        assert client.post(address(name, "leeds", *rest), {}).status_code == 403
    assert models.Reading.objects.count() == 1
    assert not models.ClosedMonth.objects.exists()


def test_a_process_a_metric_and_a_target_are_defined_by_form(measured: Measured) -> None:
    client = signed_in(measured.by)
    said = {"key": "mail", "name": "Mail", "facing": "enabling"}
    assert client.post(address("process-add", "leeds"), said).status_code == 302
    mail = models.Process.objects.get(key="mail")
    said = {"key": "backlog", "name": "Backlog", "process": str(mail.pk)}
    said |= {"aspect": "service", "better": "lower", "unit": "share"}
    assert client.post(address("metric-add", "leeds"), said).status_code == 302
    backlog = models.Metric.objects.get(key="backlog")
    target = {"from": "2026-01-01", "target": "0.05"}
    url = address("target-add", "leeds", backlog.uuid)
    assert client.post(url, target).status_code == 302
    assert client.post(url, target).status_code == 422
    assert b"5 %" in client.get(address("metric", "leeds", backlog.uuid)).content
    said |= {"name": "Old letters", "seen": "1"}
    changed = address("metric-change", "leeds", backlog.uuid)
    assert client.get(changed).status_code == 200
    assert client.post(changed, said).status_code == 302
    assert client.post(changed, said | {"name": "Other"}).status_code == 409


def test_a_record_is_added_corrected_looked_back_on_and_withdrawn(measured: Measured) -> None:
    client = signed_in(measured.by)
    said = {"incident": "INC-1", "system": "acd", "opened": "2026-03-02T09:15"}
    assert client.post(address("record-add", "leeds", "incidents"), said).status_code == 302
    bad = said | {"incident": "INC-2", "opened": "2026-03-29T01:30"}
    assert client.post(address("record-add", "leeds", "incidents"), bad).status_code == 422
    first = models.Incident.objects.get()
    assert first.opened.isoformat() == "2026-03-02T09:15:00+00:00"
    said |= {"severity": "2", "responded_minutes": "9", "cost_impact": "12.50"}
    said |= {"seen": "1", "why": "assessed"}
    url = address("record-change", "leeds", "incidents", first.uuid)
    assert client.get(url).status_code == 200
    assert client.post(url, said).status_code == 302
    second = models.Incident.objects.get(is_current=True)
    assert b"assessed" in client.get(address("record", "leeds", "incidents", second.uuid)).content
    url = address("record-withdraw", "leeds", "incidents", second.uuid)
    assert client.get(url).status_code == 200
    assert client.post(url, {"seen": "2", "why": "twice"}).status_code == 302
    assert b"INC-1" not in client.get(address("records", "leeds", "incidents")).content


def test_evidence_is_handed_in_with_a_practice_and_handed_out_to_be_kept(
    measured: Measured, stranger: Member
) -> None:
    client = signed_in(measured.by)
    said = {"own_item": "key-of-ours", "documented": "yes", "evidence": "part 2"}
    url = address("record-add", "leeds", "practices")
    page = SimpleUploadedFile("page.html", b"<script>alert(1)</script>")
    assert client.post(url, said | {"file": page}).status_code == 422
    assert not models.Practice.objects.exists()
    plan = SimpleUploadedFile("Pläne & more.pdf", b"%PDF-1.7 plan")
    assert client.post(url, said | {"file": plan}).status_code == 302
    stored = models.EvidenceFile.objects.get()
    answer = client.get(address("evidence", "leeds", stored.uuid))
    assert b"".join(answer) == b"%PDF-1.7 plan"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(address("evidence", "poole", stored.uuid)).status_code == 404
    strange = signed_in(stranger).get(address("evidence", "leeds", stored.uuid))
    assert strange.status_code == 404


def test_a_month_is_closed_and_its_restatement_shown(measured: Measured) -> None:
    recorded(measured)
    client = signed_in(measured.by)
    assert client.post(address("month-close", "leeds", "2026-03")).status_code == 302
    assert client.post(address("month-close", "leeds", "2026-03")).status_code == 422
    told = {"numerator": "290", "denominator": "2", "seen": "1", "why": "late calls"}
    client.post(address("reading", "leeds", measured.metric.uuid, "2026-03"), told)
    answer = client.get(address("metric", "leeds", measured.metric.uuid))
    assert b"closed as 150" in answer.content
    assert b"Restated" in answer.content
    missing = client.get(address("missing") + "?month=2026-03")
    assert b"Telephony" in missing.content
    assert b"Closed" in missing.content
    assert client.get(address("missing") + "?month=soon").status_code == 404


def upload(client: Client, text: str, table: str = "readings", name: str = "m.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(address("import-start", "leeds"), {"table": table, "file": file})


def token_of(answer: Any) -> str:
    _before, _mark, rest = str(answer.content.decode()).partition('name="token" value="')
    return rest.partition('"')[0]


HEADER = "metric,month,numerator,denominator\n"


def test_three_bad_rows_are_shown_mended_and_imported(measured: Measured) -> None:
    client = signed_in(measured.by)
    text = HEADER + "aht,2026-03,300,2\naht,2026-13,1,2\nnone,2026-04,1,2\naht,2026-05,x,2\n"
    looked = upload(client, text)
    assert looked.status_code == 200
    assert not models.Reading.objects.exists()
    for said in (b"2026-13", b"none", b"a metric that the centre has"):
        assert said in looked.content
    confirm = address("import-confirm", "leeds")
    told = {"token": token_of(looked), "mode": "all_or_nothing"}
    assert client.post(confirm, told).status_code == 422
    assert not models.Reading.objects.exists()
    kept = client.post(confirm, told | {"mode": "good_rows_only"})
    assert kept.status_code == 302
    shown = client.get(kept["Location"])
    assert b"Rows to be mended" in shown.content
    done = models.Import.objects.get()
    refused = client.get(address("import-refused", "leeds", done.uuid)).content.decode()
    assert refused.splitlines() == [
        "metric,month,numerator,denominator", "aht,2026-13,1,2", "none,2026-04,1,2",
        "aht,2026-05,x,2",
    ]  # fmt: skip
    mended = refused.replace("2026-13", "2026-02").replace("none", "aht").replace("x", "5")
    looked = upload(client, mended, name="mended.csv")
    client.post(confirm, {"token": token_of(looked), "mode": "all_or_nothing"})
    assert models.Reading.objects.count() == 4
    assert b"mended.csv" in client.get(address("imports")).content
    assert client.post(address("import-undo", "leeds", done.uuid)).status_code == 302
    assert client.post(address("import-undo", "leeds", done.uuid)).status_code == 422


def test_a_refused_row_that_is_handed_out_is_no_formula(measured: Measured) -> None:
    client = signed_in(measured.by)
    text = HEADER + "=cmd|x,2026-03,-5,2\naht,2026-04,1,1\n"
    told = {"token": token_of(upload(client, text)), "mode": "good_rows_only"}
    client.post(address("import-confirm", "leeds"), told)
    done = models.Import.objects.get()
    refused = client.get(address("import-refused", "leeds", done.uuid)).content.decode()
    assert refused.splitlines()[1] == "'=cmd|x,2026-03,-5,2"


def test_foreign_columns_are_chosen_once_and_kept(measured: Measured) -> None:
    client = signed_in(measured.by)
    asked = upload(client, "Monat;Zeit\n03/2026;301,5\n".replace(";", ","), name="de.csv")
    assert b"Choose the columns" in asked.content
    text = "when,seconds\n03/2026,301.5\n"
    asked = upload(client, text)
    told = {"token": token_of(asked), "decimal_mark": ".", "thousands": "none"}
    told |= {"value-metric": "aht", "column-month": "when", "format-month": "%m/%Y"}
    both = told | {"column-metric": "when", "column-numerator": "seconds"}
    columns = address("import-columns", "leeds")
    assert client.post(columns, both).status_code == 422
    looked = client.post(columns, told | {"column-numerator": "seconds"})
    assert looked.status_code == 200
    client.post(
        address("import-confirm", "leeds"), {"token": token_of(looked), "mode": "all_or_nothing"}
    )
    assert models.Reading.objects.get().numerator == Fraction("301.5")
    again = upload(client, "when,seconds\n04/2026,310\n", name="april.csv")
    assert b"What the import would do" in again.content


def test_a_false_upload_is_refused_and_a_token_is_nobody_elses(
    measured: Measured, estate: Estate
) -> None:
    client = signed_in(measured.by)
    assert upload(client, "<html>", name="a.xlsx").status_code == 422
    assert upload(client, "a,b\n", name="a.exe").status_code == 422
    token = token_of(upload(client, HEADER + "aht,2026-03,300,2\n"))
    other = signed_in(estate.member(Role.QA_MANAGER))
    told = {"token": token, "mode": "all_or_nothing"}
    assert other.post(address("import-confirm", "leeds"), told).status_code == 422
    assert client.post(address("import-confirm", "poole"), told).status_code == 422
    assert client.post(address("import-confirm", "leeds"), {"token": "x"}).status_code == 422
    assert not models.Reading.objects.exists()


def test_templates_are_handed_out_with_an_example(measured: Measured) -> None:
    answer = page(measured.by, "import-template", "leeds", "readings")
    assert answer.content.decode().startswith("metric,month,numerator,denominator\r\n")
    assert page(measured.by, "import-template", "leeds", "nonsense").status_code == 404


def test_the_service_level_is_shown_by_weekday_and_half_hour(
    centres: dict[str, Centre], lead: Member
) -> None:
    answer = page(lead, "service-level", "harbour")
    assert answer.status_code == 200
    assert b"heat-5" in answer.content
    assert b"contacts" in answer.content
    assert page(lead, "uptime", "harbour").status_code == 200


def test_pages_ask_as_many_queries_for_many_centres_as_for_few(
    centres: dict[str, Centre], estate: Estate, lead: Member
) -> None:
    for name in ("metrics", "missing"):
        client = signed_in(lead)
        client.get(address(name))
        with CaptureQueriesContext(connection) as many:
            client.get(address(name))
        bob = make_member(
            estate.organisation,
            make_account(f"{name}@leeds.example", "Bob"),
            Role.PROGRAMME_LEAD,
            site=estate.leeds,
        )
        client = signed_in(bob)
        client.get(address(name))
        with CaptureQueriesContext(connection) as few:
            client.get(address(name))
        assert len(many) == len(few)


def test_a_practice_is_chosen_by_its_title_and_told_by_it(measured: Measured) -> None:
    client = signed_in(measured.by)
    url = address("record-add", "leeds", "practices")
    page = client.get(url).content.decode()
    assert '<optgroup label="Centre performance: Planning">' in page
    assert '<option value="forecasting">' in page
    said = {"item": "forecasting", "documented": "yes", "evidence": "part 2"}
    assert client.post(url, said).status_code == 302
    practice = models.Practice.objects.get()
    assert practice.item == "forecasting"
    title = practice_name("forecasting")
    assert title != "forecasting"
    for name in ("record-change", "record-withdraw"):
        told = client.get(address(name, "leeds", "practices", practice.uuid))
        assert title in told.content.decode(), name
    assert f"{title} (there already)" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"item": "forecasting", "own_item": "our-own"}, "forecasting"),
        ({"own_item": "our-own"}, "our-own"),
        ({}, None),
        ({"item": "no-such-practice"}, None),
    ],
    ids=lambda said: "-".join(said) if isinstance(said, dict) else "",
)
def test_a_practice_that_no_model_has_is_named_by_its_key(
    measured: Measured, said: dict[str, str], kept: str | None
) -> None:
    client = signed_in(measured.by)
    url = address("record-add", "leeds", "practices")
    answer = client.post(url, said | {"documented": "yes"})
    assert answer.status_code == (302 if kept else 422)
    assert list(models.Practice.objects.values_list("item", flat=True)) == ([kept] if kept else [])
