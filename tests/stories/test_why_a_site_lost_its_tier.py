"""The first story: start the demonstration, find why a site is not on tier 3, what would help."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from attain.measurement.periods import last_full_month
from attain.website.demonstration.passwords import PASSWORD
from stories.served import Served, Somebody, signed_in

pytestmark = pytest.mark.database
STORY = "1-why"
WINTER = "Enough metrics of end-user-facing processes are on target in enough months"


def test_a_lead_finds_why_a_site_is_not_on_tier_3_and_what_would_change_it(
    demonstration: Served,
) -> None:
    the_demonstration_says_where_it_is(demonstration)
    with signed_in(demonstration, "programme.lead", STORY) as lead:
        home_tells_what_is_no_longer_earned(lead)
        the_estate_shows_where_the_site_stands(lead)
        the_proof_opens_down_to_the_months(lead)
        the_metric_shows_the_same_winter(lead)
        the_heat_map_shows_when_nobody_answered(lead)
        there_is_a_way_back_with_a_date(lead)
        two_better_winters_would_have_been_enough(lead)


def the_demonstration_says_where_it_is(demonstration: Served) -> None:
    assert f"The demonstration answers at {demonstration.url}/" in demonstration.said
    assert f"Everybody's password: {PASSWORD}" in demonstration.said
    assert "programme.lead@larkfield.example" in demonstration.said


def home_tells_what_is_no_longer_earned(lead: Somebody) -> None:
    at_risk = lead.page.locator(".card").filter(has_text="At risk")
    expect(at_risk.get_by_role("listitem").filter(has_text="Preston")).to_contain_text(
        "No longer earned"
    )
    lead.looks("home")


def the_estate_shows_where_the_site_stands(lead: Somebody) -> None:
    lead.goes_to("Estate")
    expect(lead.page.get_by_text("24 rows")).to_be_visible()
    preston = lead.page.get_by_role("row").filter(has_text="Preston")
    expect(preston.get_by_role("cell").nth(2)).to_have_text("2")
    expect(preston.get_by_role("cell").nth(3)).to_have_text("3")
    expect(preston).to_contain_text("No longer earned")
    lead.looks("estate")
    preston.get_by_role("link", name="Preston").click()


def the_proof_opens_down_to_the_months(lead: Somebody) -> None:
    page = lead.page
    expect(page.get_by_text("reach tier 2.")).to_be_visible()
    winter = page.locator("details.finding").filter(has_text=WINTER).first
    expect(winter).to_contain_text("50.0 % (5 of 10)")
    expect(winter).to_contain_text("at least 65 % of the metrics")
    calls = finding(winter, "calls-answered-in-time")
    expect(calls).to_contain_text("8 of 12 months")
    calls.locator("summary").first.click()
    expect(calls.get_by_role("listitem").filter(has_text="Off target")).to_have_count(4)
    lead.looks("proof")
    calls.get_by_role("link", name="calls-answered-in-time").first.click()


def finding(within: Locator, asked: str) -> Locator:
    return within.locator("details.finding").filter(has_text=f"{asked} is on target").first


def the_metric_shows_the_same_winter(lead: Somebody) -> None:
    page = lead.page
    page.get_by_role("heading", level=1, name="Calls answered in time").wait_for()
    months = page.get_by_role("region", name="Months")
    january = months.get_by_role("row").filter(has_text=f"January {winter_year()}")
    expect(january).to_contain_text("Off target")
    lead.looks("metric")


def winter_year() -> int:
    return last_full_month(date.today()).first_day.year  # noqa: DTZ011 - as the demonstration


def the_heat_map_shows_when_nobody_answered(lead: Somebody) -> None:
    lead.follows("Preston")
    lead.follows("Service level")
    expect(lead.page.get_by_role("table").first).to_be_visible()
    lead.looks("service-level")


def there_is_a_way_back_with_a_date(lead: Somebody) -> None:
    lead.goes_to("Estate")
    lead.follows("Preston")
    lead.follows("What would it take")
    expect(lead.page.get_by_text("The shortest way to tier 3")).to_be_visible()
    plan = lead.page.get_by_role("main")
    expect(plan).to_contain_text(re.compile(r"By \d+ \w+ 20\d\d, in \d+ steps"))
    expect(plan).to_contain_text(re.compile("on target (next month|in the next)"))
    lead.looks("road")


def two_better_winters_would_have_been_enough(lead: Somebody) -> None:
    lead.follows("What if")
    page = lead.page
    supposed = page.locator("#what-if-answer")
    expect(supposed).to_contain_text("Nothing is supposed yet.")
    suppose(lead, "calls-answered-in-time")
    judged = supposed.get_by_role("row").filter(has_text="end-user-facing-on-target")
    expect(judged.get_by_role("cell").nth(1)).to_have_text("Not met")
    expect(figure(supposed, "Tier as supposed")).to_contain_text("2")
    suppose(lead, "calls-abandoned")
    expect(judged.get_by_role("cell").nth(1)).to_have_text("Met")
    expect(figure(supposed, "Tier as supposed")).to_contain_text("3")
    lead.looks("what-if")
    lead.follows("Start again")
    expect(figure(supposed, "Tier as supposed")).to_contain_text("2")
    expect(supposed).to_contain_text("Nothing is supposed yet.")


def suppose(lead: Somebody, metric: str) -> None:
    """Suppose that a metric had been on target in January."""
    months = lead.page.locator("select")
    strip = lead.page.locator("details.finding").filter(has_text=metric, has=months)
    if strip.get_attribute("open") is None:
        strip.locator("summary").click()
    strip.get_by_label(f"January {winter_year()}").select_option(label="On target")


def figure(within: Locator, label: str) -> Locator:
    return within.locator(".figure").filter(has_text=label)
