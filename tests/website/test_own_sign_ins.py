"""Where one is signed in: listed, ended from elsewhere, and refused from the next request on."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from attain.organisations.actions.sign_ins import begin_sign_in, prune
from attain.organisations.browsers import browser_words, shortened_address
from attain.organisations.models import Account, AuditEntry, SignIn
from attain.organisations.rules import Permission, Role
from attain.organisations.sign_in_queries import own_sign_ins
from browser import DESKTOP, PHONE, visitor
from estate import PASSWORD, Estate, make_estate
from programs import Program

pytestmark = pytest.mark.django_db
EMAIL, HOME, LIST = "analyst@northwind.example", "/o/northwind/", "/preferences/sign-ins"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
OTHER = "another password of sixteen"


@pytest.fixture
def estate() -> Estate:
    cache.clear()
    return make_estate()


def browser(agent: str = FIREFOX, address: str = "192.0.2.77", password: str = PASSWORD) -> Client:
    """Return a browser that signed in."""
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    said = {"login": EMAIL, "password": password}
    assert client.post(reverse("account_login"), said).status_code == 302
    return client


def rows(client: Client) -> dict[str, SignIn]:
    """Return the rows of the page, by the browser."""
    table = client.get(LIST).context["table"]
    return {browser_words(row.record.agent): row.record for row in table.rows}


def states(client: Client) -> list[str]:
    return [row.record.state for row in client.get(LIST).context["table"].rows]


def is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


def told() -> list[tuple[str, dict[str, Any]]]:
    with scopes_disabled():
        entries = AuditEntry.objects.select_related("content").order_by("pk")
        return [(e.action.partition(".")[2], json.loads(e.content.text)) for e in entries]


def test_each_sign_in_is_listed_with_its_browser_and_a_shortened_address(estate: Estate) -> None:
    here = browser()
    browser(SAFARI, "2001:db8:abcd:12::7")
    page = here.get(LIST).content.decode()
    found = rows(here)
    assert {name: row.state for name, row in found.items()} == {  # type: ignore[attr-defined]
        "Firefox on Linux": "here", "Safari on iPhone": "open",
    }  # fmt: skip
    assert "This one" in page
    assert "192.0.2.0/24" in page
    assert "2001:db8:abcd::/48" in page
    assert "192.0.2.77" not in page
    assert not SignIn.objects.filter(address__contains="77").exists()


def test_one_that_was_ended_is_refused_at_its_next_request(estate: Estate) -> None:
    here, there = browser(), browser(SAFARI)
    assert is_in(there)
    ended = rows(here)["Safari on iPhone"]
    here.post(reverse("sign-in-end", args=[ended.uuid]))
    assert not is_in(there)
    assert is_in(here)
    [(verb, said)] = told()
    assert (verb, said["sign_in"]) == ("end_sign_in", str(ended.uuid))
    assert states(here) == ["over", "here"]
    # A second time there is nothing to end, and nothing to tell.
    here.post(reverse("sign-in-end", args=[ended.uuid]))
    assert len(told()) == 1


def test_all_others_are_ended_at_once_and_told_once(estate: Estate) -> None:
    here, others = browser(), [browser(SAFARI), browser(SAFARI)]
    assert "End all others" in here.get(LIST).content.decode()
    here.post(reverse("sign-ins-end"))
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(here)
    assert [(verb, said["count"]) for verb, said in told()] == [("end_other_sign_ins", 2)]
    assert "End all others" not in here.get(LIST).content.decode()


def test_nobody_sees_or_ends_the_sign_ins_of_somebody_else(estate: Estate) -> None:
    mine = browser()
    for role in (Role.ADMINISTRATOR, Role.AGENT):
        stranger = Client()
        account = estate.member(role).account
        stranger.force_login(account, "django.contrib.auth.backends.ModelBackend")
        assert states(stranger) == ["here"]
        path = reverse("sign-in-end", args=[SignIn.objects.get(account__email=EMAIL).uuid])
        assert stranger.post(path).status_code == 404
        stranger.post(reverse("sign-ins-end"))
    assert is_in(mine)
    assert told() == []


def test_a_new_password_ends_the_others_and_says_so_in_the_list(estate: Estate) -> None:
    here, there = browser(), browser(SAFARI)
    said = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert here.post(reverse("account_change_password"), said).status_code == 302
    assert not is_in(there)
    assert is_in(here)
    assert states(here) == ["over", "here"]


def test_a_suspended_account_is_refused_at_its_next_request(estate: Estate) -> None:
    client = browser()
    Account.objects.filter(email=EMAIL).update(is_active=False)
    assert client.get(HOME).status_code == 302
    assert client.get(LIST).status_code == 302


def test_who_signs_out_or_stays_away_is_over_and_the_next_one_is_another(estate: Estate) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        here, idle, left = browser(), browser(SAFARI), browser(SAFARI)
        left.post(reverse("account_logout"))
        assert states(here) == ["over", "open", "here"]
        for _ in range(2):
            clock.shift(settings.SESSION_IDLE_SECONDS - 60)
            here.get(HOME)
        assert states(here) == ["over", "over", "here"]
        assert not is_in(idle)
        # Nobody ended what came to its end by itself.
        assert told() == []
        here.post(reverse("account_logout"))
        assert states(browser()) == ["here", "over", "over", "over"]


def test_what_was_seen_is_written_once_a_minute_at_most(estate: Estate) -> None:
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        client = browser()
        for second, writes in ((0, False), (59, False), (60, True), (61, False)):
            clock.move_to(start + timedelta(seconds=second))
            with CaptureQueriesContext(connection) as asked:
                client.get(LIST)
            written = [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE"))]
            assert any("organisations_signin" in sql for sql in written) is writes, second
            assert writes or not written
    [row] = SignIn.objects.all()
    assert row.seen_at - row.begun_at >= timedelta(seconds=60)


def test_sign_ins_of_a_month_ago_are_forgotten(estate: Estate) -> None:
    account, now = Account.objects.get(email=EMAIL), datetime.now(UTC)
    for days in (29, 31):
        at = now - timedelta(days=days)
        begin_sign_in(account=account, agent=FIREFOX, address="", now=at)
    assert prune(now) == 1
    [kept] = own_sign_ins(account, now)
    assert kept.begun_at == now - timedelta(days=29)


def test_a_program_lists_and_ends_the_sign_ins_of_its_member(estate: Estate) -> None:
    first, second = browser(), browser(SAFARI)
    with scopes_disabled():
        program = Program(estate.member(Role.ANALYST), [Permission.ANALYSE])
    listed = program.get("/me/sessions")
    assert [(row["browser"], row["state"]) for row in listed["items"]] == [
        ("Safari on iPhone", "open"), ("Firefox on Linux", "open"),
    ]  # fmt: skip
    answer = program.ask("DELETE", f"/me/sessions/{listed['items'][0]['uuid']}")
    assert answer.json()["state"] == "over"
    assert (is_in(first), is_in(second)) == (True, False)
    assert program.ask("DELETE", "/me/sessions").json() == {"ended": 1}
    assert not is_in(first)
    assert [verb for verb, _said in told()][-2:] == ["end_sign_in", "end_other_sign_ins"]
    # The program itself goes on.
    assert program.get("/me/sessions")["count"] == 2


def test_a_program_of_somebody_else_finds_none_of_them(estate: Estate) -> None:
    client = browser()
    [row] = SignIn.objects.all()
    with scopes_disabled():
        other = Program(estate.member(Role.ADMINISTRATOR))
        narrow = Program(estate.member(Role.ANALYST), [Permission.READ_FIGURES])
    assert other.get("/me/sessions")["count"] == 0
    assert other.ask("DELETE", f"/me/sessions/{row.uuid}").status_code == 404
    assert narrow.ask("GET", "/me/sessions").status_code == 403
    assert is_in(client)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/131 Safari/537", "Chrome on macOS"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/131 Mobile Safari/537", "Chrome on Android"),
        ("Something (Windows)", "Another browser on Windows"),
        ("curl/8.1", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_told_in_words(agent: str, words: str) -> None:
    assert browser_words(agent) == words


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("unix:", ""),
        ("", ""),
    ],
)
def test_an_address_is_shortened_to_its_network(address: str, shown: str) -> None:
    assert shortened_address(address) == shown


def test_a_page_asks_for_a_sign_in_where_a_session_came_from_elsewhere(estate: Estate) -> None:
    client = Client()
    client.force_login(
        estate.member(Role.ANALYST).account, "django.contrib.auth.backends.ModelBackend"
    )
    for _ in range(2):
        assert states(client) == ["here"]
    assert SignIn.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_page_is_sound_in_a_browser_and_ends_a_sign_in(live_server: Any, width: int) -> None:
    cache.clear()
    estate = make_estate()
    other = browser(SAFARI)
    with visitor(live_server, estate.member(Role.ANALYST)) as person:
        page = person.open(LIST, width=width)
        person.must_be_sound()
        person.keep(f"sign-ins-{width}")
        page.get_by_role("button", name="End ", exact=False).first.click()
        page.get_by_text("The sign-in was ended.").wait_for()
        person.must_be_sound()
    assert not is_in(other)
