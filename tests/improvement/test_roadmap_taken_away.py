"""The roadmap on paper and as a workbook."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from python_calamine import CalamineWorkbook

from attain.improvement.actions.carrying_out import carry_out
from attain.improvement.actions.planning import adopt_plan, make_plan
from attain.improvement.drawing import chart_svg
from attain.improvement.models import KeptPlan
from attain.improvement.plan_charts import cumulative
from attain.improvement.printing import roadmap_pdf
from attain.improvement.queries.plans import plan_page
from attain.improvement.queries.reporting import report_of
from attain.improvement.rules.kept_plans import PlanWishes
from attain.improvement.spreadsheet import roadmap_workbook
from attain.organisations.rules import Role
from estate import make_estate
from improving import NOW, Improving, in_money, make_improving, say
from printed import words_of

pytestmark = pytest.mark.django_db
F2, F3, B3 = "leeds/forecast/2", "leeds/forecast/3", "leeds/budget/3"


@pytest.fixture
def improving() -> Iterator[Improving]:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        made = make_improving(estate)
        say(made, F2, days=10, note="=1+1", **in_money(100_00, 400_00))
        say(made, F3, days=20, quarters=2, **in_money(200_50, 900_00, 100_00))
        say(made, B3, days=5, **in_money(300_00, 100_00))
        yield made


def made(improving: Improving, **said: Any) -> KeptPlan:
    usual: dict[str, Any] = {"title": "Plan A", "budget": (300_50,) * 4, "capacity": (15,) * 4}
    wishes = PlanWishes(**{**usual, **said})
    return make_plan(by=improving.lead, roadmap=improving.roadmap, wishes=wishes, now=NOW)


def test_the_paper_says_the_plan_the_ranking_and_what_they_were_made_of(
    improving: Improving,
) -> None:
    plan = adopt_plan(by=improving.lead, plan=made(improving), seen=1, now=NOW)
    owner = improving.estate.member(Role.SITE_LEAD)
    carry_out(by=improving.lead, plan=plan, steps=[F2], owner=owner, now=NOW)
    report = report_of(improving.roadmap)
    pdf = roadmap_pdf(report, NOW)
    assert pdf.startswith(b"%PDF-")
    assert pdf == roadmap_pdf(report_of(improving.roadmap), NOW)
    assert report.plan is not None
    told = words_of(pdf)
    for said in (
        "Winter roadmap",
        "Plan A",
        "Forecast: 2 Superior → 3 Leading",
        "Nine of ten of 2,000 draws",
        report.plan.fingerprint,
        improving.leeds.closing["sha256"],
        "It is proved that no plan of these means brings more.",
        "Leeds, Forecast: 1 Adequate → 2 Superior",
        "Cost so far",
    ):
        assert re.sub(r"\s+", "", said) in told, said


def test_a_roadmap_without_a_plan_prints_too(improving: Improving) -> None:
    told = words_of(roadmap_pdf(report_of(improving.roadmap), NOW))
    assert "Noplanwasmadeyet." in told
    assert "Ranking" in told


def test_the_chart_is_drawn_of_the_same_figures_each_time(improving: Improving) -> None:
    option = cumulative(plan_page(made(improving)))
    drawn = chart_svg(option, 600, 240)
    assert drawn == chart_svg(option, 600, 240)
    assert "Brought so far" in drawn
    assert "Q12" in drawn
    hostile = {**option, "series": [{**option["series"][0], "name": "</text><script>"}]}
    assert "<script" not in chart_svg(hostile, 600, 240)


def test_the_workbook_reads_back_with_exact_numbers_and_no_formula(improving: Improving) -> None:
    plan = adopt_plan(by=improving.lead, plan=made(improving), seen=1, now=NOW)
    owner = improving.estate.member(Role.SITE_LEAD)
    carry_out(by=improving.lead, plan=plan, steps=[F2], owner=owner, now=NOW)
    book = CalamineWorkbook.from_filelike(BytesIO(roadmap_workbook(report_of(improving.roadmap))))
    assert book.sheet_names == ["Summary", "Steps", "Ranking", "Plan", "Initiatives", "Goals"]
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    summary = {str(row[0]): row[1] for row in sheets["Summary"]}
    assert summary["Plan"] == "Plan A (adopted)"
    assert summary["Person-days"] == plan.days
    steps = {f"{row[0]} {row[2]} {row[3]}": row for row in sheets["Steps"]}
    assert len(sheets["Steps"]) == 10
    heads = sheets["Steps"][0]
    likely = heads.index("One-off cost, likely (GBP)")
    assert steps["Leeds Forecast 2 Superior"][likely] == 200.5
    assert steps["Leeds Forecast 1 Adequate"][heads.index("Note")] == "=1+1"
    assert steps["Poole Forecast 1 Adequate"][likely] == ""
    assert [row[1] for row in sheets["Plan"][1:]][:3]
    (initiative,) = sheets["Initiatives"][1:]
    assert initiative[2] == str(owner)
    assert initiative[4] == date(2027, 1, 1)
    assert initiative[7] == 100
    assert [row[0] for row in sheets["Goals"]] == ["Goal", "Cost", "Service"]


def test_both_are_taken_from_the_address_of_the_roadmap(
    improving: Improving, time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    client = Client()
    client.force_login(improving.lead.account, "django.contrib.auth.backends.ModelBackend")
    start = f"/o/northwind/improvement/roadmaps/{improving.roadmap.uuid}/roadmap"
    one, other = made(improving), made(improving, title="Plan B")
    assert client.get(f"{start}.pdf")["Content-Type"] == "application/pdf"
    workbook = client.get(f"{start}.xlsx?plan={one.uuid}")
    book = CalamineWorkbook.from_filelike(BytesIO(workbook.content))
    assert ["Plan", "Plan A"] in [row[:2] for row in book.get_sheet_by_name("Summary").to_python()]
    assert client.get(f"{start}.xlsx?plan={other.roadmap.uuid}").status_code == 404
    assert client.get(f"{start}.pdf?plan=x").status_code == 404
