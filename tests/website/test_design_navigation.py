"""The navigation shows what a role may use, and nothing else."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import DjangoAssertNumQueries

from attain.organisations.rules import Permission, Role
from attain.website.navigation import JOBS, PERSONAL
from estate import make_estate

ADDRESS = "/o/northwind/components"
PLACES = [place for _title, places in JOBS for place in places]


def is_there(name: str) -> bool:
    try:
        return bool(reverse(name, kwargs={"organisation": "northwind"}))
    except NoReverseMatch:
        return False


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_role_is_led_to_what_it_may_use(client: Client, role: Role) -> None:
    client.force_login(make_estate().member(role).account)
    page = client.get(ADDRESS).content.decode()
    bar = page.split('id="navigation"')[1].split("</nav>")[0]
    shown = set(re.findall(r"<span>([^<]+)</span></a>", bar))
    wanted = {
        str(place.title)
        for place in PLACES
        if is_there(place.name)
        and (place.permission is None or place.permission in role.permissions)
    }
    assert shown == wanted
    assert "Components" in shown


@pytest.mark.django_db
def test_the_page_that_is_open_is_marked(client: Client) -> None:
    client.force_login(make_estate().member(Role.AGENT).account)
    page = client.get(ADDRESS).content.decode()
    (current,) = re.findall(r'<a href="([^"]+)" aria-current="page"', page.split("<main")[0])
    assert current == ADDRESS


@pytest.mark.django_db
def test_a_stranger_gets_no_page_with_a_navigation(client: Client) -> None:
    estate, other = make_estate(), make_estate("southwind")
    client.force_login(other.member(Role.ADMINISTRATOR).account)
    response = client.get(ADDRESS)
    assert response.status_code == 404
    assert estate.organisation.name not in response.content.decode()
    client.logout()
    assert client.get(ADDRESS).status_code == 302


def test_every_job_has_its_places() -> None:
    assert [str(title) for title, _places in JOBS] == [
        "Overview",
        "Performance",
        "Maturity",
        "Improvement",
        "Certification",
        "Administration",
    ]
    assert {place.permission for place in PLACES} > {None, Permission.READ_AUDIT}
    assert len({place.name for place in [*PLACES, *PERSONAL]}) == len([*PLACES, *PERSONAL])


@pytest.mark.django_db
def test_the_layout_asks_the_database_no_more_than_who_is_there(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_estate().member(Role.ADMINISTRATOR).account)
    client.get(ADDRESS)
    # The session, the account, the sign-in, the member with the organisation, the roles.
    with django_assert_max_num_queries(5):
        assert client.get(ADDRESS).status_code == 200
