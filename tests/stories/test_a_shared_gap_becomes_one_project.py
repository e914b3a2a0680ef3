"""The eighth story: most sites lack the same, one site has it, and one project brings it to all."""

import pytest
from django_scopes import scope
from playwright.sync_api import Locator, expect

from assessing import publish_model
from attain.organisations.rules import Role
from browser import Server
from closed import close_one, more_centres
from estate import Estate, make_estate
from stories.rounds import day
from stories.served import Somebody, member_signed_in

pytestmark = pytest.mark.django_db(transaction=True)
STORY = "8-shared"
HOW = "Each Friday two planners compare the forecast with what came, by half hours."
PROJECT = "One forecast for all sites"
SHORT = ("Leeds", "Site-00", "Site-01", "Site-02")


def test_a_lead_makes_the_gap_that_most_sites_share_one_project(live_server: Server) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        four_of_five_lack_a_forecast(estate)
    with member_signed_in(live_server, estate.member(Role.PROGRAMME_LEAD), STORY) as lead:
        the_home_page_names_the_gap(lead)
        the_map_shows_who_lacks_what(lead)
        the_gap_that_most_share_comes_first(lead)
        the_item_shows_who_is_short_and_who_has_it(lead)
        the_donors_note_is_shared(lead)
        it_becomes_one_project(lead)
        it_stands_among_the_initiatives(lead)


def four_of_five_lack_a_forecast(estate: Estate) -> None:
    """Close an assessment of each of five sites: Poole forecasts well, the others begin."""
    edition = publish_model(estate)
    for number, centre in enumerate([estate.centre, *more_centres(estate, 3)]):
        levels = {"forecast": 1, "budget": 3 if number else 2, "hiring": 3}
        close_one(estate, centre, edition, levels, target=3)
    levels = {"forecast": 3, "budget": 1, "hiring": 3}
    close_one(estate, estate.other_centre, edition, levels, target=3, note=HOW)


def the_home_page_names_the_gap(lead: Somebody) -> None:
    maturity = lead.page.locator(".card").filter(has_text="centres assessed")
    expect(maturity).to_contain_text("The same gap at 4 of 5 sites: Forecast")
    lead.looks("home")


def the_map_shows_who_lacks_what(lead: Somebody) -> None:
    page = lead.page
    lead.goes_to("Gaps over the estate")
    expect(page.get_by_text("5 of 6 sites assessed.")).to_be_visible()
    lead.looks("map")
    lead.page.get_by_role("table").get_by_role("link", name="Planning", exact=True).click()
    page.get_by_role("heading", level=1, name="Planning").wait_for()
    lead.looks("category")


def the_gap_that_most_share_comes_first(lead: Somebody) -> None:
    page = lead.page
    lead.follows("Shared gaps")
    expect(page.get_by_text("The same gap at 4 of 5 sites: Forecast.")).to_be_visible()
    lead.looks("shared")
    first = page.get_by_role("table").get_by_role("row").nth(1)
    first.get_by_role("link", name="Forecast").click()
    page.get_by_role("heading", level=1, name="Forecast").wait_for()


def the_item_shows_who_is_short_and_who_has_it(lead: Somebody) -> None:
    page = lead.page
    expect(page.get_by_text("4 of 5 rated sites are short of their target.")).to_be_visible()
    short = page.get_by_role("region", name="Who is short")
    for name in SHORT:
        expect(short.get_by_role("row").filter(has_text=name)).to_have_count(1)
    expect(donor(lead)).to_contain_text("Poole")
    expect(donor(lead)).to_contain_text(HOW)
    expect(donor(lead)).to_contain_text("Is on the target of 4 sites that are short.")
    lead.looks("item")


def donor(lead: Somebody) -> Locator:
    return lead.page.locator(".practice")


def the_donors_note_is_shared(lead: Somebody) -> None:
    lead.follows("Share as good practice Poole")
    expect(lead.page.get_by_label("What is done here")).to_have_value(HOW)
    lead.looks("share")
    lead.presses("Share it")
    expect(donor(lead)).to_contain_text("Shared as good practice by Programme lead")


def it_becomes_one_project(lead: Somebody) -> None:
    page = lead.page
    lead.follows("Make it one project")
    centres = page.get_by_role("region", name="Centres that are short on it").get_by_role("row")
    expect(centres).to_have_count(1 + len(SHORT))
    for name in SHORT:
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    expect(page.get_by_role("checkbox", name="Poole")).to_have_count(0)
    lead.looks("one-project")
    page.get_by_label("Title").fill(PROJECT)
    page.get_by_label("Aim").fill("All sites forecast by half hours, as Poole does.")
    page.get_by_label("Due on").fill(day(120))
    lead.presses("Plan")
    expect(page.get_by_text("The initiative is planned.")).to_be_visible()
    steps = page.get_by_role("region", name="Steps that it takes").get_by_role("row")
    for name in SHORT:
        expect(steps.filter(has_text=name)).to_have_count(2)
    lead.looks("planned")


def it_stands_among_the_initiatives(lead: Somebody) -> None:
    page = lead.page
    lead.goes_to("Initiatives")
    row = page.get_by_role("row").filter(has_text=PROJECT)
    expect(row).to_contain_text("Northwind")
    expect(row).to_contain_text("Planned")
    lead.looks("initiatives")
    row.get_by_role("link", name=PROJECT).click()
    page.get_by_role("heading", level=1, name=PROJECT).wait_for()
    expect(page.get_by_text("All sites forecast by half hours")).to_be_visible()
    steps = page.get_by_role("region", name="Steps that it takes")
    for name in SHORT:
        expect(steps).to_contain_text(name)
