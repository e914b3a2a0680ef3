"""What people change of how they sign in: their address, password and second factor."""

import json
import re
import time
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from attain.organisations.models import Account, AuditEntry
from estate import PASSWORD, Estate, make_estate

pytestmark = pytest.mark.django_db
EMAIL, NEW = "analyst@northwind.example", "ann@northwind.example"
HOME = "/o/northwind/"
ADDRESS = "/accounts/email/"
OTHER = "another password of sixteen"


@pytest.fixture
def estate() -> Estate:
    cache.clear()
    return make_estate()


@pytest.fixture
def client(estate: Estate) -> Client:
    found = Client()
    sign_in(found)
    found.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return found


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def told() -> list[tuple[str, dict[str, Any]]]:
    with scopes_disabled():
        entries = AuditEntry.objects.select_related("content").order_by("pk")
        return [(e.action.partition(".")[2], json.loads(e.content.text)) for e in entries]


def ask_for(client: Client, address: str = NEW) -> Any:
    return client.post(ADDRESS, {"email": address, "action_add": "1"}, follow=True)


def _code(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))


def link_in_the_mail() -> str:
    found = re.search(r"http://testserver(/accounts/confirm-email/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_an_address_is_changed_only_once_it_was_confirmed(client: Client) -> None:
    assert NEW in ask_for(client).content.decode()
    assert mail.outbox[-1].to == [NEW]
    assert Account.objects.filter(email=EMAIL).exists()
    assert told() == []
    client.post(link_in_the_mail())
    assert not Account.objects.filter(email=EMAIL).exists()
    assert Account.objects.get(email=NEW).check_password(PASSWORD)
    # The old address learns of it, and so does the audit trail.
    assert [EMAIL] in [sent.to for sent in mail.outbox]
    [(verb, said)] = told()
    assert (verb, said["from_email"], said["to_email"]) == ("change_address", EMAIL, NEW)


def test_an_address_that_was_not_confirmed_is_not_taken_at_once(client: Client) -> None:
    ask_for(client)
    client.post(ADDRESS, {"email": NEW, "action_primary": "1"})
    assert Account.objects.filter(email=EMAIL).exists()
    assert not EmailAddress.objects.filter(email=NEW, primary=True).exists()


def test_an_address_of_somebody_else_is_refused(client: Client) -> None:
    answer = ask_for(client, "Auditor@northwind.example")
    assert "cannot be used" in answer.content.decode()
    assert mail.outbox == []


def test_who_changes_a_sign_in_gives_the_password_again(estate: Estate) -> None:
    client, said = Client(), {"email": NEW, "action_add": "1"}
    again = reverse("account_reauthenticate")
    with time_machine.travel(time.time(), tick=False) as clock:
        sign_in(client)
        assert again in client.post(ADDRESS, said)["Location"]
        assert client.post(again, {"password": "a guess"}).status_code == 200
        assert again in client.post(ADDRESS, said)["Location"]
        client.post(again, {"password": PASSWORD})
        clock.shift(600)
        assert again in client.post(ADDRESS, said)["Location"]
        assert mail.outbox == []
        client.post(again, {"password": PASSWORD})
        client.post(ADDRESS, said)
    assert [sent.to for sent in mail.outbox] == [[NEW]]


def test_who_looked_at_their_address_may_set_up_a_second_factor(client: Client) -> None:
    client.get(ADDRESS)
    path = reverse("mfa_activate_totp")
    code = _code(client.get(path).context["form"].secret)
    assert client.post(path, {"code": code}).status_code == 302


def test_a_changed_password_ends_every_other_session_and_is_told(client: Client) -> None:
    other = Client()
    sign_in(other)
    said = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert client.post(reverse("account_change_password"), said).status_code == 302
    assert client.get(HOME).status_code == 200
    assert other.get(HOME).status_code == 302
    assert [verb for verb, _said in told()] == ["change_password"]
    assert [sent.to for sent in mail.outbox] == [[EMAIL]]
    assert OTHER not in json.dumps(told())


@pytest.mark.parametrize("weak", ["short", "analyst-northwind", "password1234"])
def test_a_weak_password_is_refused(client: Client, weak: str) -> None:
    said = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post(reverse("account_change_password"), said).status_code == 200
    assert Account.objects.get(email=EMAIL).check_password(PASSWORD)
    assert told() == []


def test_a_forgotten_password_is_set_anew_by_a_link_and_is_told(estate: Estate) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    found = re.search(
        r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body)
    )
    assert found
    form = client.get(found[1], follow=True)
    path = form.redirect_chain[-1][0]
    client.post(path, {"password1": OTHER, "password2": OTHER})
    assert Account.objects.get(email=EMAIL).check_password(OTHER)
    assert [verb for verb, _said in told()] == ["reset_password"]


def test_who_forgot_nothing_and_has_no_account_gets_the_same_answer(estate: Estate) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": address})
        for address in (EMAIL, "nobody@northwind.example")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_that_is_set_up_or_removed_is_told(client: Client) -> None:
    path = reverse("mfa_activate_totp")
    page = client.get(path)
    secret = page.context["form"].secret
    code = _code(secret)
    assert client.post(path, {"code": code}).status_code == 302
    assert Authenticator.objects.filter(type="totp").count() == 1
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()
    verbs = [verb for verb, _said in told()]
    assert "set_up_second_factor" in verbs
    assert verbs[-1] == "remove_second_factor"
    assert secret not in json.dumps(told())


PAGES = (
    "account_email", "account_change_password", "account_reauthenticate", "mfa_index",
    "mfa_activate_totp", "socialaccount_connections", "account_logout",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_an_account_are_in_our_layout(client: Client, name: str) -> None:
    text = client.get(reverse(name)).content.decode()
    assert 'class="public-head"' in text
    assert "attain/attain.css" in text
    assert not re.search(r"<[^>]*\sstyle=", text)
    assert not re.search(r"<script(?![^>]*src=)", text)


def test_registration_is_closed_and_says_what_to_do(estate: Estate) -> None:
    text = Client().get(reverse("account_signup")).content.decode()
    assert "Accounts are opened by invitation" in text
