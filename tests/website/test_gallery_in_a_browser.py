"""Every component in a real browser: wide and narrow, light and dark, without a barrier."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from attain.organisations.rules import Role
from browser import DESKTOP, PHONE, visitor
from estate import PASSWORD, make_estate

pytestmark = pytest.mark.django_db(transaction=True)
GALLERY = "/o/northwind/components"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_gallery_has_no_barrier(live_server: LiveServer, scheme: str, width: int) -> None:
    member = make_estate().member(Role.AGENT)
    with visitor(live_server, member, scheme) as agent:
        page = agent.open(GALLERY, width)
        expect(page.locator("[data-drawn] svg")).to_be_visible()
        agent.keep(f"components-{scheme}")
        agent.must_be_sound()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_pages_outside_the_navigation_have_no_barrier(
    live_server: LiveServer, scheme: str, width: int
) -> None:
    member = make_estate().member(Role.AGENT)
    pages = ("/accounts/login/", "/accounts/password/reset/", "/no/such/page")
    with visitor(live_server, scheme=scheme) as stranger:
        for path in pages:
            stranger.open(path, width)
            stranger.keep(f"public-{pages.index(path)}-{scheme}")
            stranger.must_be_sound()
    with visitor(live_server, member, scheme) as agent:
        for path in ("/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"):
            agent.open(path, width)
            agent.must_be_sound()


def test_a_member_signs_in_and_out(live_server: LiveServer) -> None:
    estate = make_estate()
    with visitor(live_server) as stranger:
        page = stranger.open(GALLERY)
        page.get_by_label("Email").fill(estate.member(Role.AGENT).account.email)
        page.get_by_label("Password").fill("not the password")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("not correct")
        stranger.must_be_sound()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Components")
        page.get_by_label("Menu of Agent").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_colours_are_those_of_the_system_until_another_are_chosen(
    live_server: LiveServer,
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with visitor(live_server, scheme="dark") as stranger:
        page = stranger.open("/accounts/login/")
        dark = page.evaluate(ground)
        page.get_by_role("button", name="Light").click()
        light = page.evaluate(ground)
        assert light != dark
        page.reload()
        assert page.evaluate(ground) == light
        page.get_by_role("button", name="System").click()
        assert page.evaluate(ground) == dark


def test_a_list_is_ordered_and_paged_without_loading_the_page_anew(
    live_server: LiveServer,
) -> None:
    with visitor(live_server, make_estate().member(Role.AGENT)) as agent:
        page = agent.open(GALLERY)
        page.evaluate("window.notLoadedAnew = true")
        table = page.locator(".data-table")
        table.get_by_role("link", name="Contacts").click()
        expect(table.get_by_role("columnheader", name="Contacts")).to_have_attribute(
            "aria-sort", "ascending"
        )
        table.get_by_role("link", name="Next").click()
        expect(table).to_contain_text("11 to 20, page 2 of 14")
        assert page.evaluate("window.notLoadedAnew")
        assert re.search(r"sort=calls&page=2|page=2&sort=calls", page.url)
        page.reload()
        expect(table).to_contain_text("11 to 20, page 2 of 14")


def test_a_link_to_a_finding_opens_everything_that_it_lies_in(live_server: LiveServer) -> None:
    with visitor(live_server, make_estate().member(Role.AGENT)) as agent:
        page = agent.open(GALLERY + "#example-tier-2-on-target-calls")
        finding = page.locator("#example-tier-2-on-target-calls")
        expect(finding).to_have_attribute("open", "")
        expect(finding.get_by_text("at least 10 of the last 12")).to_be_in_viewport()


def test_long_work_shows_how_far_it_is_until_it_is_done(live_server: LiveServer) -> None:
    with visitor(live_server, make_estate().member(Role.AGENT)) as agent:
        page = agent.open(GALLERY)
        job = page.locator(".job")
        expect(job).to_contain_text("Running")
        expect(job).to_contain_text("Done", timeout=15_000)
        expect(job).to_contain_text("6 of 6 files")


def test_menus_and_drawers_work_by_keyboard(live_server: LiveServer) -> None:
    with visitor(live_server, make_estate().member(Role.AGENT)) as agent:
        page = agent.open(GALLERY)
        menu = page.locator(".topbar-end details")
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(menu.get_by_role("button", name="Sign out")).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu.get_by_role("button", name="Sign out")).to_be_hidden()
        opener = page.get_by_role("link", name="Why is it off target?")
        opener.focus()
        page.keyboard.press("Enter")
        drawer = page.get_by_role("dialog", name="Why is it off target?")
        expect(drawer).to_be_visible()
        agent.must_be_sound()
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        expect(opener).to_be_focused()


def test_a_phone_has_the_navigation_one_touch_away(live_server: LiveServer) -> None:
    with visitor(live_server, make_estate().member(Role.AGENT)) as agent:
        page = agent.open(GALLERY, PHONE)
        navigation = page.get_by_role("navigation", name="Main")
        expect(navigation).to_be_hidden()
        page.get_by_role("link", name="Menu", exact=True).click()
        expect(navigation).to_be_visible()
        agent.must_be_sound()
        page.get_by_role("link", name="Close the menu").click()
        expect(navigation).to_be_hidden()


def test_a_page_can_be_read_without_a_script(live_server: LiveServer) -> None:
    member = make_estate().member(Role.AGENT)
    with visitor(live_server, member, scripts=False) as agent:
        page = agent.open(GALLERY + "#why")
        expect(page.get_by_text("Three of twelve months were below 80 per cent")).to_be_visible()
        page.goto(page.url.split("#")[0] + "?sort=-site")
        expect(page.locator("tbody tr").last).to_be_visible()
        page.get_by_text("As a table").click()
        expect(page.get_by_role("cell", name="2025-03", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [768, 1024, 1920])
def test_no_window_is_too_narrow_or_too_wide(live_server: LiveServer, width: int) -> None:
    with visitor(live_server, make_estate().member(Role.AGENT)) as agent:
        agent.open(GALLERY, width)
        agent.keep("components-light")
        agent.must_be_sound()


def test_a_printed_page_has_neither_bars_nor_buttons(live_server: LiveServer) -> None:
    with visitor(live_server, make_estate().member(Role.AGENT)) as agent:
        page = agent.open(GALLERY)
        page.emulate_media(media="print")
        for part in (".topbar", ".sidebar", ".page-actions", ".filter-bar", ".pager"):
            expect(page.locator(part).first).to_be_hidden()
        expect(page.locator(".strip").first).to_be_visible()
        agent.keep("components-print")


def test_a_refused_part_of_a_page_says_so_in_place_of_the_content(live_server: LiveServer) -> None:
    with visitor(live_server, make_estate().member(Role.AGENT)) as agent:
        page = agent.open(GALLERY)
        page.evaluate("htmx.ajax('GET', '/no/such/part', '.job')")
        expect(page.locator("#content")).to_contain_text("There is nothing here")
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()
