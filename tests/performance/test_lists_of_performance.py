"""The lists of the room: ordered, narrowed, taken away, by as many queries for many rows as few."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attain.measurement.periods import Month
from attain.organisations.models import Centre, Member
from attain.organisations.rules import Role
from attain.performance import models
from attain.performance.actions.defining import change_metric
from attain.performance.actions.loading import load_rows
from attain.performance.actions.readings import correct_reading, record_reading
from attain.standards.figures import SatisfactionKind
from estate import Estate
from performing import Measured

JANUARY = Month.parse("2026-01")
RECORDED = (
    "initiatives", "improvement_actions", "practices", "documents", "satisfaction", "incidents",
    "technology_changes", "uptime", "targets", "service_levels",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _in_november(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *rest: object, query: str = "") -> str:
    return reverse(f"performance-{name}", args=["northwind", *rest]) + query


def file_at(client: Client, url: str) -> list[dict[str, str]]:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def recorded(measured: Measured, month: Month, numerator: int) -> None:
    record_reading(
        metric=measured.metric, month=month, numerator=Fraction(numerator),
        denominator=Fraction(2), by=measured.by,
    )  # fmt: skip


def uptime_row(month: Month, uptime: str) -> dict[str, Any]:
    return {"system": "acd", "month": month, "uptime": Fraction(uptime), "target": Fraction(1, 2)}


def incident(number: int, cost: int | None) -> dict[str, Any]:
    return {
        "incident": f"INC-{number}",
        "system": "acd",
        "opened": datetime(2026, 10, 1, 9, number % 60, tzinfo=UTC),
        "severity": "2",
        "responded_minutes": Fraction(9),
        "cost_impact": None if cost is None else Fraction(cost),
    }


def test_every_list_of_records_orders_narrows_and_leaves_as_a_file(measured: Measured) -> None:
    client = signed_in(measured.by)
    rows = {"incidents": [incident(1, 90), incident(2, None), incident(3, 100)]}
    load_rows(centre=measured.centre, rows=rows, by=measured.by)
    url = address("records", "leeds", "incidents")
    # 100 is more than 90, which its text is not.
    dear = [row["Incident"] for row in file_at(client, f"{url}?sort=-cost_impact&export=csv")]
    assert dear.index("INC-3") < dear.index("INC-1")
    [only] = file_at(client, f"{url}?words=inc-2&export=csv")
    assert (only["System"], only["Cost"], only["Opened"][:10]) == ("Telephony", "", "2026-10-01")
    assert len(file_at(client, f"{url}?since=2026-10-01&until=2026-10-01&export=csv")) == 3
    assert not file_at(client, f"{url}?until=2026-09-30&export=csv")
    assert len(file_at(client, f"{url}?of=acd&export=csv")) == 3
    assert client.get(f"{url}?export=xlsx").content.startswith(b"PK")
    page = client.get(f"{url}?columns=incident").content.decode()
    assert "INC-3" in page
    assert 'scope="col"' in page.split("<thead")[1]
    assert "Minutes to respond" not in page.split("<thead")[1].split("</thead>")[0]


@pytest.mark.parametrize("table", RECORDED)
@pytest.mark.parametrize(
    "query",
    ["?since=9999-12-31&until=9999-12-31", "?since=x", "?sort=nothing", "?of=%00", "?words=%25"],
)
def test_a_list_takes_whatever_its_address_says(measured: Measured, table: str, query: str) -> None:
    assert (
        signed_in(measured.by).get(address("records", "leeds", table, query=query)).status_code
        == 200
    )


def test_a_practice_is_found_by_its_title_and_told_by_it(measured: Measured) -> None:
    rows = [
        {"item": item, "documented": "yes", "reason": None, "evidence": None}
        for item in ("continuity", "our-own")
    ]
    load_rows(centre=measured.centre, rows={"practices": rows}, by=measured.by)
    url = address("records", "leeds", "practices")
    found = file_at(signed_in(measured.by), f"{url}?words=business+cont&export=csv")
    # A file says what was recorded, the page what people call it.
    assert [row["Item"] for row in found] == ["continuity"]
    page = signed_in(measured.by).get(url).content.decode()
    assert "Business continuity" in page
    assert "our-own" in page


def test_a_month_is_asked_for_by_its_days(measured: Measured) -> None:
    rows = {"uptime": [uptime_row(JANUARY.plus(n), f"0.9{n}") for n in range(4)]}
    load_rows(centre=measured.centre, rows=rows, by=measured.by)
    url = address("records", "leeds", "uptime")
    client = signed_in(measured.by)
    found = file_at(client, f"{url}?since=2026-02-15&until=2026-03-01&sort=month&export=csv")
    assert [(row["Month"], row["Uptime"]) for row in found] == [
        ("2026-02", "0.91"),
        ("2026-03", "0.92"),
    ]
    page = client.get(url).content.decode()
    assert "January 2026" in page
    assert "93 %" in page


def test_who_may_not_take_figures_away_gets_no_file(measured: Measured, estate: Estate) -> None:
    client = signed_in(estate.member(Role.TEAM_LEADER))
    record_reading(
        metric=measured.metric,
        month=JANUARY,
        numerator=Fraction(1),
        denominator=None,
        by=measured.by,
    )
    for url in (
        address("centre-metrics", "leeds"),
        address("metric", "leeds", measured.metric.uuid),
        address("metrics"),
        address("uptime", "leeds"),
        address("records", "leeds", "incidents"),
    ):
        assert "export=csv" not in client.get(url).content.decode()
        assert client.get(f"{url}?export=csv").status_code == 403


def test_metrics_are_found_by_state_owner_and_a_review_that_is_due(measured: Measured) -> None:
    client, url = signed_in(measured.by), address("centre-metrics", "leeds")
    change_metric(
        metric=measured.metric, seen=1, by=measured.by, owner=measured.by,
        next_review=date(2026, 11, 21),
    )  # fmt: skip
    assert "Overdue" in client.get(url).content.decode().split("<tbody>")[1]
    [row] = file_at(client, f"{url}?review=overdue&owner={measured.by.pk}&export=csv")
    assert (row["Metric"], row["Owner"], row["Next review"]) == (
        "Average handle time", str(measured.by), "2026-11-21",
    )  # fmt: skip
    assert not file_at(client, f"{url}?state=on_target&export=csv")
    assert (
        file_at(client, f"{address('metrics')}?words=leeds&export=csv")[0]["Review overdue"] == "1"
    )
    assert (
        "Overdue" in client.get(address("metric", "leeds", measured.metric.uuid)).content.decode()
    )


def test_months_and_versions_of_a_metric_leave_as_files_of_their_own(measured: Measured) -> None:
    metric, by = measured.metric, measured.by
    for n in range(3):
        record_reading(
            metric=metric,
            month=JANUARY.plus(n),
            numerator=Fraction(300 + n),
            denominator=Fraction(2),
            by=by,
        )
    correct_reading(
        metric=metric,
        month=JANUARY,
        numerator=Fraction(7),
        denominator=None,
        seen=1,
        reason="late",
        by=by,
    )
    client, url = signed_in(by), address("metric", "leeds", metric.uuid)
    months = file_at(client, f"{url}?state=no_target&until=2026-03-31&sort=month&export=csv")
    assert [(row["Month"], row["Figure"], row["Versions"]) for row in months] == [
        ("2026-01", "7", "2"), ("2026-02", "150.5", "1"), ("2026-03", "151", "1"),
    ]  # fmt: skip
    versions = file_at(client, f"{url}?until=2026-01-31&versions-export=csv")
    assert [(row["Version"], row["State"], row["Reason"]) for row in versions] == [
        ("2", "In force", "late"), ("1", "Corrected since", ""),
    ]  # fmt: skip


def test_lists_ask_as_many_queries_for_many_rows_as_for_few(
    measured: Measured, estate: Estate
) -> None:
    client = signed_in(measured.by)
    addresses = [
        address("centre-metrics", "leeds"),
        address("metric", "leeds", measured.metric.uuid),
        address("uptime", "leeds"),
        *(address("records", "leeds", table) for table in RECORDED),
    ]
    load_rows(centre=measured.centre, rows=many(1), by=measured.by)
    few = [queries_of(client, url) for url in addresses]
    load_rows(centre=measured.centre, rows=many(30), by=measured.by)
    assert [queries_of(client, url) for url in addresses] == few


def many(count: int) -> dict[str, list[dict[str, Any]]]:
    """Return so many rows of every table."""
    months = [JANUARY.plus(-n) for n in range(count)]
    days = [month.first_day for month in months]
    return {
        "metrics": [
            {
                "metric": f"m{n}", "process": "calls", "aspect": "other", "unit": None,
                "better": "lower",
            }
            for n in range(count)
        ],
        "targets": [{"metric": "aht", "from": day, "target": Fraction(300)} for day in days],
        "readings": [
            {"metric": "aht", "month": m, "numerator": Fraction(600), "denominator": Fraction(2)}
            for m in months
        ],
        "service_levels": [
            {"channel": "phone", "from": day, "target": Fraction(4, 5), "of": "offered"}
            for day in days
        ],
        "uptime": [uptime_row(month, "0.9") for month in months],
        "initiatives": [
            {
                "initiative": f"i{n}", "process": "calls", "started": days[0], "completed": None,
                "structured": False, "analysis": None, "outcome": None,
            }
            for n in range(count)
        ],
        "improvement_actions": [
            {"metric": "aht", "month": m, "action": "coaching", "taken_on": days[0]} for m in months
        ],
        "practices": [
            {"item": f"p{n}", "documented": "yes", "reason": None, "evidence": None}
            for n in range(count)
        ],
        "documents": [
            {
                "kind": "plan", "title": f"d{n}", "dated": days[0],
                "covers_backup_and_recovery": True, "sets_acceptable_levels": False,
                "communicated_on": None, "tested_on": None,
            }
            for n in range(count)
        ],
        "satisfaction": [
            {
                "kind": SatisfactionKind.STAFF, "month": m, "value": Fraction(4),
                "target": Fraction(4),
            }
            for m in months
        ],
        "incidents": [incident(n, 10) for n in range(count)],
        "technology_changes": [
            {
                "change": f"c{n}", "kind": "upgrade", "on": days[0],
                "business_requirement": None, "annual_plan_reference": None,
            }
            for n in range(count)
        ],
    }  # fmt: skip


def imported(centre: Centre, by: Member, count: int) -> models.Import:
    done = models.Import.objects.create(
        organisation=by.organisation, centre=centre, table="readings", file_name=f"{count}.csv",
        sha256=str(count), mapping_sha256="", mode="good_rows_only", state="done", by=by,
        counts={"read": 100, "refused": count}, at=datetime(2026, 11, count, tzinfo=UTC),
        header=["metric", "month"],
    )  # fmt: skip
    models.ImportFault.objects.bulk_create(
        models.ImportFault(
            organisation=by.organisation, centre=centre, of=done, line=n + 2,
            column="month" if n % 2 else "metric", found=f"f{n}", expected="a month",
            raw=["aht", "=1+1"],
        )
        for n in range(count)
    )  # fmt: skip
    return done


def test_imports_and_what_they_refused_are_lists_too(measured: Measured) -> None:
    client, url = signed_in(measured.by), address("imports")
    done = imported(measured.centre, measured.by, 4)
    few = queries_of(client, url), queries_of(client, address("import", "leeds", done.uuid))
    for count in (1, 5, 6):
        more = imported(measured.centre, measured.by, count)
    assert (
        queries_of(client, url),
        queries_of(client, address("import", "leeds", more.uuid)),
    ) == few
    assert len(file_at(client, f"{url}?words=4.csv&refused=some&table=readings&export=csv")) == 1
    assert not file_at(client, f"{url}?state=undone&export=csv")
    refused = address("import", "leeds", done.uuid)
    rows = file_at(client, f"{refused}?column=month&sort=-line&export=csv")
    assert [(row["Line"], row["Found"]) for row in rows] == [("5", "f3"), ("3", "f1")]
    assert len(file_at(client, f"{refused}?words=f2&export=csv")) == 1
