"""A site lead gets a plan inside a budget, changes the budget, adopts and carries it out."""

from typing import Any

import pytest
from django_scopes import scope

from attain.improvement.models import Initiative, KeptPlan
from attain.improvement.queries.roadmaps import steps_of
from attain.organisations.jobs.worker import work_off
from attain.organisations.rules import Role
from browser import DESKTOP, PHONE, Visitor, visitor
from estate import make_estate
from improving import in_money, make_improving, say

pytestmark = pytest.mark.django_db(transaction=True)


def look(lead: Visitor, name: str) -> None:
    """Look at the page on a phone and on a desk: it must be sound on both."""
    for width, height in ((PHONE, 844), (DESKTOP, 900)):
        lead.page.set_viewport_size({"width": width, "height": height})
        lead.must_be_sound()
        lead.keep(name)


def test_a_lead_plans_changes_the_budget_and_carries_it_out(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        made = make_improving(estate)
        for number, step in enumerate(steps_of(made.roadmap)[:-1], 1):
            amounts = in_money(number * 900_00, number * 700_00 + 150_000, 90_00)
            say(made, step.key, days=number * 4, quarters=1 + number % 2, **amounts)
    here = f"/o/northwind/improvement/roadmaps/{made.roadmap.uuid}"
    with visitor(live_server, estate.member(Role.PROGRAMME_LEAD)) as lead:
        page = lead.open(f"{here}/plans")
        look(lead, "plans-empty")
        page.get_by_role("link", name="Make a plan").click()
        page.get_by_text("Choose what must be in the plan").click()
        look(lead, "plan-new")
        page.get_by_label("Title").fill("Careful")
        page.get_by_label("Person-days of every quarter", exact=True).fill("0")
        page.get_by_role("button", name="Make the plan").click()
        page.get_by_text("There is no capacity").wait_for()
        look(lead, "plan-refused")
        page.get_by_label("Person-days of every quarter", exact=True).fill("30")
        page.get_by_label("Budget of every quarter", exact=True).fill("4,000")
        page.get_by_role("button", name="Make the plan").click()
        page.get_by_text("Waiting").wait_for()
        look(lead, "plan-waiting")
        with scope(organisation=estate.organisation):
            assert work_off() == 1
        page.get_by_role("heading", name="Steps by quarter").wait_for()
        page.wait_for_load_state("networkidle")
        look(lead, "plan")
        page.get_by_role("link", name="Again with other means").click()
        page.get_by_label("Title").fill("Bold")
        page.get_by_label("Budget of every quarter", exact=True).fill("9,000")
        page.get_by_role("button", name="Make the plan").click()
        with scope(organisation=estate.organisation):
            assert work_off() == 1
        page.get_by_role("heading", name="Steps by quarter").wait_for()
        page.get_by_role("link", name="Compare").click()
        page.get_by_role("button", name="Compare").click()
        page.get_by_text("What they bring and take").wait_for()
        look(lead, "plan-compare")
        page.go_back()
        page.go_back()
        page.get_by_role("link", name="Adopt").click()
        page.get_by_role("button", name="Adopt").click()
        page.get_by_role("link", name="Carry it out").click()
        page.get_by_role("checkbox").first.check()
        look(lead, "plan-carry-out")
        page.get_by_role("button", name="Plan the initiatives").click()
        page.get_by_text("1 initiative is planned.").wait_for()
        look(lead, "plan-adopted")
        lead.open(f"{here}/plans")
        look(lead, "plans")
    with scope(organisation=estate.organisation):
        assert Initiative.objects.count() == 1
        assert KeptPlan.objects.filter(adopted_at__isnull=False).get().title == "Bold"


def test_a_plan_is_read_without_scripts(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        made = make_improving(estate)
        say(made, "leeds/forecast/2", days=4, **in_money(100_00, 400_00))
    here = f"/o/northwind/improvement/roadmaps/{made.roadmap.uuid}/plans/new"
    with visitor(live_server, estate.member(Role.PROGRAMME_LEAD), scripts=False) as lead:
        page = lead.open(here)
        page.get_by_label("Person-days of every quarter", exact=True).fill("30")
        page.get_by_role("button", name="Make the plan").click()
        with scope(organisation=estate.organisation):
            work_off()
        page.get_by_role("link", name="Show how far it is now").click()
        assert "It is proved that no plan" in page.content()
        page.get_by_text("As a table").click()
        assert page.get_by_role("cell", name="1,000 GBP").first.is_visible()
