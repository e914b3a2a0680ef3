"""The ninth story: a site lead finds what pays most, plans it inside a budget, and prints it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django_scopes import scope
from playwright.sync_api import Locator, expect
from python_calamine import CalamineWorkbook

from attain.improvement.actions.goals import add_goal
from attain.organisations.models import Member
from attain.organisations.rules import Role
from browser import Server
from estate import Estate, make_account, make_estate, make_member
from improving import NOW, close_one, publish_stepped_model
from printed import words_of
from stories.served import Somebody, beside_a_worker, member_signed_in

pytestmark = pytest.mark.django_db(transaction=True)
STORY = "9-roadmap"
ROADMAP, CAREFUL, BOLD = "Leeds next year", "Careful", "Bold"
UNIT = "Money: what steps bring less what they cost to run"
BUDGET, HIRING = "Budget", "Hiring"


@dataclass(frozen=True)
class Money:
    """What is most likely of a step: its one-off cost and yearly benefit, and what it takes."""

    cost: int
    benefit: int
    impact: int
    days: int


MONEY = {
    (BUDGET, 2): Money(3_000, 6_000, 2, 10),
    (BUDGET, 3): Money(5_000, 9_000, 1, 20),
    (HIRING, 2): Money(2_000, 8_000, 5, 8),
}


def test_a_site_lead_plans_inside_a_budget_and_prints_it(
    live_server: Server, tmp_path: Path
) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        lead_of_leeds = a_closed_assessment_and_two_goals(estate)
    with beside_a_worker(), member_signed_in(live_server, lead_of_leeds, STORY) as lead:
        a_roadmap_is_opened(lead)
        a_step_is_appraised_by_keys(lead)
        what_others_cost_is_said_in_money(lead)
        the_ranking_shows_what_pays_most(lead)
        a_plan_is_made_inside_a_budget(lead)
        another_budget_gives_another_plan(lead)
        both_are_compared(lead)
        the_better_one_is_adopted_and_printed(lead, tmp_path)


def a_closed_assessment_and_two_goals(estate: Estate) -> Member:
    """Return the lead of Leeds, whose site was found on the first level of all items."""
    by = estate.member(Role.PROGRAMME_LEAD)
    for title, weight in (("Satisfied callers", 3), ("Lower cost", 1)):
        add_goal(by=by, title=title, why="", weight=Decimal(weight), now=NOW)
    close_one(estate, publish_stepped_model(estate), estate.centre, {})
    account = make_account("leeds.lead@northwind.example", "Lena Leeds")
    return make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.leeds)


def a_roadmap_is_opened(lead: Somebody) -> None:
    page = lead.page
    lead.goes_to("Roadmaps")
    lead.looks("nothing-yet")
    lead.follows("Open a roadmap")
    lead.looks("open")
    page.get_by_label("Title").fill(ROADMAP)
    page.get_by_label("First month").fill("2027-01")
    lead.presses("Open")
    page.get_by_role("heading", level=1, name=ROADMAP).wait_for()
    expect(page.get_by_text("0 of 6 steps are appraised.")).to_be_visible()
    lead.looks("opened")


def a_step_is_appraised_by_keys(lead: Somebody) -> None:
    """Say by digits of the first step what it returns, and what it does for each goal."""
    page = lead.page
    lead.follows("Appraise many")
    page.get_by_role("heading", level=1, name="Appraise many").wait_for()
    page.wait_for_load_state("networkidle")
    for key in ("j", "4", "Tab", "5", "Tab", "2", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("12")
    page.keyboard.press("Escape")
    expect(page.locator("#appraised")).to_have_text("1")
    expect(page.locator(".saved").first).to_have_text("Saved")
    lead.looks("appraise")


def what_others_cost_is_said_in_money(lead: Somebody) -> None:
    lead.follows("Steps")
    lead.looks("steps")
    for step, money in MONEY.items():
        opens_the_step(lead, *step)
        says(lead, money)
        if step == (BUDGET, 2):
            lead.looks("step")
        lead.presses("Save")
        expect(lead.page.get_by_text("The appraisal is saved.")).to_be_visible()


def opens_the_step(lead: Somebody, item: str, to: int) -> None:
    row = lead.page.get_by_role("row").filter(has_text=item).filter(has_text=f"→ {to}")
    row.get_by_role("link", name=item).click()
    lead.page.get_by_role("heading", level=1, name=item).wait_for()


def says(lead: Somebody, money: Money) -> None:
    page = lead.page
    for name, likely in (("One-off cost", money.cost), ("Benefit a year", money.benefit)):
        for end, amount in (("Low", likely * 3 // 4), ("Likely", likely), ("High", likely * 2)):
            page.get_by_label(f"{name}, {end}").fill(f"{amount:,}")
    for end in ("Low", "Likely", "High"):
        page.get_by_label(f"Running cost a year, {end}").fill("0")
    page.get_by_label("Satisfied callers").select_option(str(money.impact))
    page.get_by_label("Lower cost").select_option("3")
    page.get_by_label("Effort in person-days").fill(str(money.days))


def the_ranking_shows_what_pays_most(lead: Somebody) -> None:
    page = lead.page
    lead.follows("Ranking")
    ranked = page.get_by_role("table").first.get_by_role("row")
    expect(ranked).to_have_count(1 + 1 + len(MONEY))
    expect(ranked.nth(1)).to_contain_text("Hiring")
    bubbles = page.get_by_role("img", name="Each ranked step by its impact and its return")
    expect(bubbles).to_be_visible()
    lead.looks("ranking")


def a_plan_is_made_inside_a_budget(lead: Somebody) -> None:
    page = lead.page
    lead.follows("Plans")
    lead.looks("no-plan")
    lead.follows("Make a plan")
    page.get_by_label("The value counts in").select_option(label=UNIT)
    page.get_by_label("Person-days of every quarter", exact=True).fill("30")
    lead.looks("ask")
    asks(lead, CAREFUL, "4,000")
    left_out = page.get_by_role("region", name="Left out").get_by_role("row").nth(1)
    expect(left_out).to_contain_text("Budget: 2 Superior → 3 Leading")
    expect(left_out).to_contain_text("It takes more than a quarter has, even alone.")
    lead.looks("plan")


def asks(lead: Somebody, title: str, budget: str) -> None:
    """Ask for a plan, and wait until the worker has found it."""
    page = lead.page
    page.get_by_label("Title").fill(title)
    page.get_by_label("Budget of every quarter", exact=True).fill(budget)
    lead.presses("Make the plan")
    page.get_by_role("heading", level=1, name=title).wait_for()
    page.get_by_role("heading", name="Steps by quarter").wait_for(timeout=60_000)


def another_budget_gives_another_plan(lead: Somebody) -> None:
    lead.follows("Again with other means")
    asks(lead, BOLD, "6,000")
    expect(planned(lead).filter(has_text="Budget: 2 Superior → 3 Leading")).to_have_count(1)
    expect(
        lead.page.get_by_text(re.compile("[Nn]o plan of these means brings more"))
    ).to_be_visible()
    lead.looks("other-plan")


def planned(lead: Somebody) -> Locator:
    return lead.page.get_by_role("region", name="Steps by quarter").get_by_role("row")


def both_are_compared(lead: Somebody) -> None:
    page = lead.page
    lead.follows("Compare")
    lead.presses("Compare")
    compared = page.get_by_role("region", name="What they bring and take")
    heads = compared.get_by_role("columnheader")
    expect(heads).to_have_text(["What", BOLD, CAREFUL, "Difference"])
    only = page.locator(".card").filter(has_text=f"Only in {BOLD}")
    expect(only).to_contain_text("Budget: 2 Superior → 3 Leading")
    lead.looks("compared")


def the_better_one_is_adopted_and_printed(lead: Somebody, folder: Path) -> None:
    page = lead.page
    lead.follows(BOLD)
    lead.follows("Adopt")
    lead.looks("adopt")
    lead.presses("Adopt")
    expect(page.get_by_role("link", name="Carry it out")).to_be_visible()
    told = words_of(downloaded(lead, "Print (PDF)", folder / "roadmap.pdf"))
    for said in (ROADMAP, BOLD, "Budget: 2 Superior → 3 Leading", "Steps by quarter"):
        assert said.replace(" ", "") in told
    lead.follows("Plans")
    lead.looks("plans")
    book = CalamineWorkbook.from_filelike(
        BytesIO(downloaded(lead, "Excel workbook", folder / "roadmap.xlsx"))
    )
    summary = {str(row[0]): row[1] for row in book.get_sheet_by_name("Summary").to_python()}
    assert summary["Plan"] == f"{BOLD} (adopted)"
    planned_rows = book.get_sheet_by_name("Plan").to_python()
    assert any("Hiring: 1 Adequate → 2 Superior" in row for row in planned_rows)


def downloaded(lead: Somebody, name: str, path: Path) -> bytes:
    with lead.page.expect_download() as download:
        lead.page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    download.value.save_as(path)
    return path.read_bytes()
