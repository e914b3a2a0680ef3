"""Signing in: by password, with a second factor, within limits, and never by opening an account."""

import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from attain.organisations.rules import Role
from estate import PASSWORD, Estate, make_estate

pytestmark = pytest.mark.django_db
EMAIL = "analyst@northwind.example"
HOME = "/o/northwind/"


@pytest.fixture
def estate() -> Estate:
    # Attempts are counted in the cache, from one test to the next.
    cache.clear()
    return make_estate()


def sign_in(client: Client, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": EMAIL, "password": password})


def test_who_gives_the_password_is_in(estate: Estate) -> None:
    client = Client()
    assert sign_in(client).status_code == 302
    assert client.get(HOME).status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_refused_alike(estate: Estate) -> None:
    wrong = sign_in(Client(), "something else entirely").content.decode()
    unknown = Client().post(
        reverse("account_login"), {"login": "nobody@northwind.example", "password": PASSWORD}
    )
    assert "not correct" in wrong
    assert "not correct" in unknown.content.decode()


def test_who_guesses_is_locked_out_even_with_the_right_password(estate: Estate) -> None:
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "guess")
    assert "Too many failed" in sign_in(client).content.decode()
    assert client.get(HOME).status_code == 302


def test_nobody_opens_an_account_by_themselves() -> None:
    said = {"email": "new@northwind.example", "password1": PASSWORD, "password2": PASSWORD}
    answer = Client().post(reverse("account_signup"), said)
    assert "closed" in answer.content.decode().casefold()


def test_half_an_hour_without_a_request_ends_the_session(estate: Estate) -> None:
    client = Client()
    with time_machine.travel(time.time(), tick=False) as clock:
        sign_in(client)
        client.get(HOME)
        clock.shift(settings.SESSION_IDLE_SECONDS - 1)
        assert client.get(HOME).status_code == 200
        clock.shift(settings.SESSION_IDLE_SECONDS + 61)
        assert client.get(HOME).status_code == 302


def test_twelve_hours_end_the_session_however_busy_it_was(estate: Estate) -> None:
    client = Client()
    with time_machine.travel(time.time(), tick=False) as clock:
        sign_in(client)
        for _ in range(settings.SESSION_COOKIE_AGE // 1500):
            client.get(HOME)
            clock.shift(1500)
        clock.shift(1500)
        assert client.get(HOME).status_code == 302


def test_a_second_factor_is_asked_for_where_one_is_set_up(estate: Estate) -> None:
    account = estate.member(Role.ANALYST).account
    secret = totp.generate_totp_secret()
    Authenticator.objects.create(
        user=account, type="totp", data={"secret": get_adapter().encrypt(secret)}
    )
    client = Client()
    answer = sign_in(client)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(HOME).status_code == 302
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(HOME).status_code == 200


def test_passwords_are_hashed_by_argon2_and_have_twelve_characters() -> None:
    from attain.website import settings as written

    assert written.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    validators: Any = written.AUTH_PASSWORD_VALIDATORS
    lengths = [each.get("OPTIONS", {}) for each in validators]
    assert {"min_length": 12} in lengths


def test_cookies_leave_by_https_alone_where_attain_is_reached_by_it() -> None:
    with override_settings(SESSION_COOKIE_SECURE=True, SECURE_SSL_REDIRECT=True):
        answer = Client().get("/")
        assert answer.status_code == 301
        assert answer["Location"].startswith("https")
