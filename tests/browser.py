"""A real browser for stories, on the pages that pytest-django's `live_server` answers.

    @pytest.mark.django_db(transaction=True)
    def test_a_lead_finds_out_why(live_server):
        estate = make_estate()
        with visitor(live_server, estate.member(Role.SITE_LEAD)) as lead:
            page = lead.open("/o/northwind/", width=1366)      # a page of playwright's sync API
            page.get_by_role("link", name="Estate").click()
            lead.must_be_sound()     # axe finds nothing, no script failed, nothing was forbidden,
                                     # and the page is not wider than the window
            lead.keep("estate")      # a screenshot, where ATTAIN_SCREENSHOTS names a folder

Without a member the visitor is a stranger. `scheme="dark"` asks for the dark colours, and
`scripts=False` is a browser that runs none.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from attain.organisations.models import Member

DESKTOP, PHONE = 1366, 390
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
          "--disable-background-networking", "--disable-component-update"]  # fmt: skip
_WIDER_THAN_THE_WINDOW = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll("body *")];
    return wide.filter((e) => e.getBoundingClientRect().right > width + 1)
        .map((e) => e.tagName + "." + e.getAttribute("class")).slice(0, 8);
}"""
# Playwright keeps an event loop in the thread of the test; Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


class Server(Protocol):
    """What answers at an address: the `live_server` of pytest-django, or a process of attain."""

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        ...


class Visitor:
    """Somebody at a browser. `faults` are what its console complained about."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, path: str, width: int = DESKTOP) -> Page:
        """Open an address of attain in a window of a width, and wait until it is drawn."""
        self.page.set_viewport_size({"width": width, "height": 844 if width < 768 else 900})
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def must_be_sound(self) -> None:
        """Refuse a page with a barrier, a fault in the console, or more width than the window."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
        assert not self.faults, self.faults
        wide = self.page.evaluate(_WIDER_THAN_THE_WINDOW)
        assert not wide, f"{self.page.url} is wider than its window: {wide}"

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page, where somebody wants to look at it."""
        if folder := os.environ.get("ATTAIN_SCREENSHOTS"):
            self.page.evaluate("scrollTo(0, 0)")
            size = self.page.viewport_size
            width = size["width"] if size else 0
            path = Path(folder) / f"{name}-{width}.png"
            # To hide the caret would leave styles on fields, which the policy refuses when swapped.
            self.page.screenshot(path=path, full_page=True, caret="initial")

    def _hear(self, message: ConsoleMessage) -> None:
        # A page of an error says its status to the console too, which is no fault of the page.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.faults.append(message.text)


@contextmanager
def visitor(
    server: Server,
    member: Member | None = None,
    scheme: str = "light",
    *,
    scripts: bool = True,
) -> Iterator[Visitor]:
    """Give a browser of its own to a member who has signed in, or to a stranger."""
    context = _browser().new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        timezone_id="UTC",
        java_script_enabled=scripts,
    )
    try:
        if member:
            _sign_in(context, server, member)
        yield Visitor(context, server.url)
    finally:
        context.close()


def _sign_in(context: BrowserContext, server: Server, member: Member) -> None:
    client = Client()
    client.force_login(member.account)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": server.url}])


@cache
def _browser() -> Browser:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("there is no chromium on this machine (Debian: apt-get install chromium)")
    # One for all tests of the process; it ends with it.
    return sync_playwright().start().chromium.launch(executable_path=path, args=_FLAGS)
