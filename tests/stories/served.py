"""An attain that is served as its users serve it: a process of its own, reached over HTTP."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from playwright.sync_api import Page

from attain.organisations.models import Member
from attain.website.demonstration.passwords import PASSWORD
from attain.website.demonstration.places import DOMAIN
from attain.website.starting import is_answered
from browser import DESKTOP, PHONE, Server, Visitor, visitor
from estate import PASSWORD as OWN_PASSWORD
from installed import SERVER, Installation
from project import ROOT


@dataclass(frozen=True)
class Served:
    """Where an attain answers, and what it said as it began."""

    url: str
    said: str


@contextmanager
def served(command: str, place: Installation) -> Iterator[Served]:
    """Serve an installation until the test is done; it ends with all that it began."""
    port = _free_port()
    arguments = [command, "--data", str(place.data), "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "attain", *arguments],
        env=place.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        said = _announced(process, port, command)
        assert is_answered("127.0.0.1", port)
        yield Served(f"http://127.0.0.1:{port}", said)
    finally:
        _end(process)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def _announced(process: subprocess.Popen[str], port: int, command: str) -> str:
    """Read what is said until the last line of it; a program that ends instead did not start."""
    last = "Ctrl-C ends it." if command == "demo" else f":{port}"
    said = ""
    assert process.stdout
    for line in process.stdout:
        said += line
        if last in line:
            return said
    raise AssertionError(f"attain {command} ended before it answered: {said}")


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=20)
    if process.stdout:
        process.stdout.close()


@contextmanager
def beside_a_worker() -> Iterator[None]:
    """Have a worker do the long work of the database of the tests, in a process of its own."""
    at = connection.settings_dict["NAME"]
    url = f"{SERVER}/{at}" if SERVER else f"sqlite:///{at}"
    process = subprocess.Popen(
        [sys.executable, "-m", "attain", "worker"],
        env={**os.environ, "ATTAIN_DATABASE_URL": url, "ATTAIN_DATA": str(settings.DATA)},
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        yield
    finally:
        _end(process)


class Somebody:
    """Somebody at a browser, and what they look at on the way."""

    def __init__(self, visiting: Visitor, story: str) -> None:
        self.visiting, self.story = visiting, story
        self.page: Page = visiting.page
        self.page.set_default_timeout(20_000)

    def goes_to(self, name: str) -> None:
        """Go to a page by the navigation, as it is called there."""
        self.page.get_by_role("navigation", name="Main").get_by_role(
            "link", name=name, exact=True
        ).click()
        self.page.get_by_role("heading", level=1, name=name).wait_for()

    def looks(self, name: str) -> None:
        """Look at the page on a desk and on a phone: it must be sound on both."""
        self.page.wait_for_load_state("networkidle")
        for width, height in ((PHONE, 844), (DESKTOP, 900)):
            self.page.set_viewport_size({"width": width, "height": height})
            self.visiting.must_be_sound()
            self.visiting.keep(f"{self.story}-{name}")

    def presses(self, name: str) -> None:
        """Press the button of a name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        """Follow the link of a name, in what the page says."""
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


@contextmanager
def signed_in(place: Served, box: str, story: str) -> Iterator[Somebody]:
    """Sign somebody of the demonstration in by the form, as they would."""
    with _whoever_signs_in(place, f"{box}@{DOMAIN}", PASSWORD, story) as somebody:
        yield somebody


@contextmanager
def member_signed_in(place: Server, member: Member, story: str) -> Iterator[Somebody]:
    """Sign a member of a small organisation in by the form, as they would."""
    email = member.account.email
    with _whoever_signs_in(place, email, OWN_PASSWORD, story) as somebody:
        yield somebody


@contextmanager
def _whoever_signs_in(place: Server, email: str, password: str, story: str) -> Iterator[Somebody]:
    with stranger(place, story) as somebody:
        page = somebody.visiting.open("/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(password)
        somebody.presses("Sign in")
        page.get_by_role("heading", level=1, name="Hello").wait_for()
        yield somebody


@contextmanager
def stranger(place: Server, story: str) -> Iterator[Somebody]:
    """Give a browser to somebody whom nobody knows."""
    with visitor(place) as visiting:
        yield Somebody(visiting, story)
