"""Signing in by OpenID Connect: whom a provider vouches for is let in, and nobody else."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from attain.measurement.faults import RefusedError
from attain.organisations.actions import members
from attain.organisations.models import Account, AuditEntry, Member
from attain.organisations.rules import Role
from attain.website import environment
from estate import PASSWORD, Estate, make_account, make_estate
from openid import Provider, provider

pytestmark = pytest.mark.django_db
HOME = "/o/northwind/"
EMAIL = "analyst@northwind.example"


@pytest.fixture
def corporate() -> Iterator[Provider]:
    cache.clear()
    with provider() as found:
        found.person = {"sub": "4711", "email": EMAIL, "email_verified": True, "name": "Ann Lyst"}
        with _settings(found):
            yield found


def _settings(found: Provider, **more: Any) -> Any:
    apps = {"APPS": [found.as_setting(**more)], "OAUTH_PKCE_ENABLED": True}
    return override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": apps})


@pytest.fixture
def estate() -> Estate:
    return make_estate()


def sign_in(client: Client, then: str = HOME) -> Any:
    """Go to the provider, be let in there, and come back."""
    path = reverse("openid_connect_login", kwargs={"provider_id": "corporate"})
    led = client.get(path, {"next": then, "process": "login"})
    assert led.status_code == 302, led.content
    there = requests.get(led["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(there.headers["Location"])
    assert back.path == "/accounts/oidc/corporate/login/callback/"
    return client.get(back.path, {k: v[0] for k, v in parse_qs(back.query).items()})


def verbs() -> list[str]:
    with scopes_disabled():
        return [entry.action.partition(".")[2] for entry in AuditEntry.objects.order_by("pk")]


def test_the_sign_in_page_leads_to_the_provider_by_a_link(corporate: Provider) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert "Sign in with Corporate" in page
    assert "/accounts/oidc/corporate/login/" in page


def test_a_member_for_whom_the_provider_vouches_is_let_in(
    estate: Estate, corporate: Provider
) -> None:
    client = Client()
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert client.get(HOME).status_code == 200
    assert {"/jwks", "/userinfo"} <= set(corporate.asked)
    assert "connect_provider" in verbs()
    # From now on it is the provider's person who is known, whatever their address becomes.
    corporate.person |= {"email": "renamed@northwind.example"}
    again = Client()
    sign_in(again)
    assert again.get(HOME).status_code == 200


def test_who_may_have_chosen_the_password_of_an_account_does_not_keep_it(
    estate: Estate, corporate: Provider
) -> None:
    """Somebody else may have opened it by a link that was forwarded; the provider knows better."""
    sign_in(Client())
    said = {"login": EMAIL, "password": PASSWORD}
    answer = Client().post(reverse("account_login"), said)
    assert "not correct" in answer.content.decode()


def test_an_invited_person_gets_an_account_and_accepts(estate: Estate, corporate: Provider) -> None:
    corporate.person |= {"sub": "5", "email": "Dana@Northwind.example", "name": "Dana Fry"}
    with scope(organisation=estate.organisation):
        invited = members.invite(
            email="dana@northwind.example", role=Role.AGENT, now=datetime.now(UTC),
            by=estate.member(Role.ADMINISTRATOR),
        )  # fmt: skip
    client, link = Client(), reverse("invitation", args=[invited.secret])
    assert sign_in(client, link)["Location"] == link
    account = Account.objects.get(email="dana@northwind.example")
    assert account.name == "Dana Fry"
    assert not account.has_usable_password()
    assert client.post(link).status_code == 302
    with scopes_disabled():
        assert Member.objects.get(account=account).roles.get().role == Role.AGENT
    assert client.get(HOME).status_code == 200
    assert "open_account" in verbs()


def test_an_address_that_nobody_invited_gets_a_page_that_says_what_to_do(
    estate: Estate, corporate: Provider
) -> None:
    corporate.person |= {"sub": "6", "email": "stranger@elsewhere.example"}
    client = Client()
    answer = sign_in(client)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "stranger@elsewhere.example" in text
    assert "invite this address" in text
    assert client.get(HOME).status_code == 302
    assert not Account.objects.filter(email__contains="stranger").exists()


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_was_not_verified_takes_over_no_account(
    estate: Estate, corporate: Provider, verified: object
) -> None:
    corporate.person |= {"sub": "attacker", "email_verified": verified}
    client = Client()
    answer = sign_in(client)
    assert answer.status_code == 403
    assert "does not vouch" in answer.content.decode()
    assert client.get(HOME).status_code == 302
    assert Account.objects.get(email=EMAIL).has_usable_password()


def test_an_address_that_was_not_verified_opens_no_account_either(
    estate: Estate, corporate: Provider
) -> None:
    corporate.person |= {"sub": "7", "email": "dana@northwind.example", "email_verified": False}
    with scope(organisation=estate.organisation):
        members.invite(
            email="dana@northwind.example", role=Role.AGENT, now=datetime.now(UTC),
            by=estate.member(Role.ADMINISTRATOR),
        )  # fmt: skip
    assert sign_in(Client()).status_code == 403
    assert not Account.objects.filter(email="dana@northwind.example").exists()


def test_who_wrote_anothers_address_into_their_account_does_not_catch_them(
    estate: Estate, corporate: Provider
) -> None:
    mallory = make_account("mallory@elsewhere.example", "Mallory")
    EmailAddress.objects.create(user=mallory, email=EMAIL, verified=False, primary=False)
    client = Client()
    sign_in(client)
    assert client.get(HOME).status_code == 200
    assert int(client.session["_auth_user_id"]) == estate.member(Role.ANALYST).account.pk


def test_a_provider_that_verifies_every_address_is_believed_where_the_setting_says_so(
    estate: Estate, corporate: Provider
) -> None:
    del corporate.person["email_verified"]
    with _settings(corporate, verified_email=["northwind.example"]):
        client = Client()
        sign_in(client)
    assert client.get(HOME).status_code == 200


def test_a_second_factor_is_asked_for_after_the_provider_too(
    estate: Estate, corporate: Provider
) -> None:
    secret = totp.generate_totp_secret()
    account = estate.member(Role.ANALYST).account
    Authenticator.objects.create(
        user=account, type="totp", data={"secret": get_adapter().encrypt(secret)}
    )
    client = Client()
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert client.get(HOME).status_code == 302
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(HOME).status_code == 200


def test_a_suspended_member_signs_in_and_finds_nothing(estate: Estate, corporate: Provider) -> None:
    with scope(organisation=estate.organisation):
        members.suspend_member(
            member=estate.member(Role.ANALYST), now=datetime.now(UTC),
            by=estate.member(Role.ADMINISTRATOR),
        )  # fmt: skip
    client = Client()
    sign_in(client)
    assert client.get(HOME).status_code == 404


def test_an_account_that_is_not_active_is_not_let_in(estate: Estate, corporate: Provider) -> None:
    Account.objects.filter(email=EMAIL).update(is_active=False)
    client = Client()
    sign_in(client)
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize(
    "instead",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"exp": 1_700_000_000},
        {"sub": "somebody else"},
    ],
)
def test_an_answer_that_is_not_for_us_or_of_two_people_is_not_believed(
    estate: Estate, corporate: Provider, instead: dict[str, Any]
) -> None:
    corporate.signed_instead = instead
    client = Client()
    answer = sign_in(client)
    assert answer.status_code == 401
    assert "could not be believed" in answer.content.decode()
    assert client.get(HOME).status_code == 302


def test_an_answer_signed_by_another_key_is_not_believed(
    estate: Estate, corporate: Provider
) -> None:
    corporate.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    client = Client()
    assert sign_in(client).status_code == 401
    assert client.get(HOME).status_code == 302


def test_an_answer_to_somebody_elses_question_is_not_taken(
    estate: Estate, corporate: Provider
) -> None:
    """Whoever is led to the way back without having asked is not let in as another."""
    path = reverse("openid_connect_callback", kwargs={"provider_id": "corporate"})
    client = Client()
    answer = client.get(path, {"code": "code-1", "state": "made-up"})
    assert answer.status_code == 401
    assert client.get(HOME).status_code == 302


def test_who_turns_back_at_the_provider_is_told_so(estate: Estate, corporate: Provider) -> None:
    client = Client()
    path = reverse("openid_connect_login", kwargs={"provider_id": "corporate"})
    state = parse_qs(urlsplit(client.get(path)["Location"]).query)["state"][0]
    back = reverse("openid_connect_callback", kwargs={"provider_id": "corporate"})
    answer = client.get(back, {"error": "access_denied", "state": state}, follow=True)
    assert "Nothing was changed" in answer.content.decode()


def test_a_provider_that_does_not_answer_is_told_and_is_no_fault_of_attain(
    estate: Estate, corporate: Provider
) -> None:
    with override_settings(
        SOCIALACCOUNT_PROVIDERS={
            "openid_connect": {
                "APPS": [
                    corporate.as_setting() | {"settings": {"server_url": "http://127.0.0.1:9"}}
                ]
            }
        }
    ):
        path = reverse("openid_connect_login", kwargs={"provider_id": "corporate"})
        answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 401
    assert "could not be believed, or took too long" in answer.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "{}",
        '[{"provider_id": "x"}]',
        '[{"provider_id": "x", "name": "X", "client_id": "a", "secret": "b",'
        ' "settings": {"server_url": "http://login.example"}}]',
    ],
)
def test_a_provider_that_cannot_be_trusted_is_refused_at_the_start(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTAIN_OIDC", text)
    with pytest.raises(RefusedError, match="ATTAIN_OIDC"):
        environment.oidc_providers()
    monkeypatch.setenv("ATTAIN_OIDC", text.replace("http:", "https:"))
    if "login.example" in text:
        assert environment.oidc_providers()[0]["provider_id"] == "x"
