"""A member who is refused is still at home: the navigation stays, and nothing is given away."""

import re

import pytest
from django.test import Client
from django_scopes import scope

from attain.organisations.models import Member
from attain.organisations.rules import Role
from estate import Estate, make_account, make_estate, make_member

pytestmark = pytest.mark.django_db
O = "/o/northwind"  # noqa: E741


@pytest.fixture
def estate() -> Estate:
    return make_estate()


@pytest.fixture
def bob(estate: Estate) -> Member:
    """Bob leads Poole, and sees nothing of Leeds."""
    account = make_account("bob@northwind.example", "Bob")
    with scope(organisation=estate.organisation):
        return make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.poole)


def browser(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


def without_address(text: str, address: str) -> str:
    return re.sub(r'"[A-Za-z0-9]{64}"', "", text.replace(address, "ADDRESS"))


def test_what_a_role_does_not_permit_is_said_within_the_organisation(bob: Member) -> None:
    answer = browser(bob).get(f"{O}/members")
    text = answer.content.decode()
    assert answer.status_code == 403
    assert 'id="navigation"' in text
    assert f'href="{O}/structure"' in text
    assert "invite members, give and take roles" in text


@pytest.mark.parametrize(
    "path",
    [
        f"{O}/performance/metrics/nowhere",
        f"{O}/no/such/page",
        f"{O}/people/00000000-0000-4000-8000-000000000000/post",
    ],
)
def test_what_is_not_there_is_said_within_the_organisation(bob: Member, path: str) -> None:
    answer = browser(bob).get(path)
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "There is nothing here" in text
    assert 'id="navigation"' in text
    assert len(re.findall("<h1", text)) == 1


def test_what_may_not_be_seen_looks_like_what_is_not_there(bob: Member) -> None:
    client = browser(bob)
    hidden, missing = f"{O}/performance/metrics/leeds", f"{O}/performance/metrics/nowhere"
    answers = [client.get(path) for path in (hidden, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    texts = [
        without_address(answer.content.decode(), path)
        for answer, path in zip(answers, (hidden, missing), strict=True)
    ]
    assert texts[0] == texts[1]


def test_a_stranger_gets_the_bare_page_wherever_they_look(estate: Estate) -> None:
    make_estate("elsewhere")
    stranger = Client()
    account = make_account("eve@elsewhere.example", "Eve")
    stranger.force_login(account, "django.contrib.auth.backends.ModelBackend")
    texts = set()
    for path in (f"{O}/members", f"{O}/no/such/page", "/o/nobody/members"):
        answer = stranger.get(path)
        assert answer.status_code == 404
        assert "Northwind" not in answer.content.decode()
        texts.add(answer.content.decode().replace(path, ""))
    assert len(texts) == 1
    assert "navigation" not in texts.pop()


def test_who_did_not_sign_in_is_led_to_it_wherever_they_look(estate: Estate) -> None:
    for path in (f"{O}/members", f"{O}/no/such/page", "/o/nobody/members"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_a_form_that_is_refused_keeps_the_way_out(estate: Estate) -> None:
    answer = browser(estate.member(Role.ADMINISTRATOR)).post(f"{O}/no/such/form", {})
    assert answer.status_code == 404
    assert 'id="navigation"' in answer.content.decode()
