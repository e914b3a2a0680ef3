"""Where initiatives are met outside their own pages: home, calendar, feed, search."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from attain.improvement.actions import progress
from attain.improvement.models import Initiative
from attain.organisations.models import Member
from attain.organisations.rules import Role
from carrying import DUE, done, planned, started
from estate import Estate, make_account, make_member
from improving import NOW, make_improving

pytestmark = pytest.mark.django_db
HERE = "/o/northwind"
Sign = Callable[[Member], Client]


@pytest.fixture
def sign_in(time_machine: Any) -> Sign:
    time_machine.move_to(NOW)

    def as_member(member: Member) -> Client:
        client = Client()
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_member


@pytest.fixture
def initiative(estate: Estate) -> Initiative:
    made = planned(estate)
    progress.add_milestone(by=made.owner, initiative=made, text="Train all", due_on=DUE, now=NOW)
    planned(estate, "Central one", centre=None)
    return made


@pytest.fixture
def elsewhere(estate: Estate) -> Member:
    account = make_account("bob@northwind.example", "Bob")
    return make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.poole)


def text_of(client: Client, url: str) -> str:
    response = client.get(f"{HERE}{url}")
    assert response.status_code == 200
    return response.content.decode()


def test_home_shows_the_dates_of_ones_own_initiatives(
    estate: Estate, initiative: Initiative, sign_in: Sign
) -> None:
    home = text_of(sign_in(initiative.owner), "/")
    assert "Initiative due: Call-backs" in home
    assert "Milestone of Call-backs: Train all" in home
    assert "Initiative due" not in text_of(sign_in(estate.member(Role.SITE_LEAD)), "/")


@pytest.mark.parametrize("url", ["/certification/calendar", "/calendar.ics"])
def test_the_calendar_has_the_dates_of_open_initiatives_that_may_be_seen(
    estate: Estate, initiative: Initiative, elsewhere: Member, sign_in: Sign, url: str
) -> None:
    lead = sign_in(estate.member(Role.PROGRAMME_LEAD))
    page = text_of(lead, url)
    for title in ("Call-backs", "Train all", "Central one", "Northwind"):
        assert title in page
    assert "Call-backs" not in text_of(sign_in(elsewhere), url)
    done(started(initiative, estate), estate)
    assert "Train all" not in text_of(lead, url)


def test_search_finds_initiatives_and_roadmaps_that_may_be_seen(
    estate: Estate, initiative: Initiative, elsewhere: Member, sign_in: Sign
) -> None:
    roadmap, lead = make_improving(estate).roadmap, sign_in(estate.member(Role.PROGRAMME_LEAD))
    found = f"{HERE}/improvement/initiatives/{initiative.uuid}"
    assert found in text_of(lead, "/search?q=call")
    assert f"{HERE}/improvement/roadmaps/{roadmap.uuid}" in text_of(lead, "/search?q=winter")
    stranger = sign_in(elsewhere)
    assert "Nothing found" in text_of(stranger, "/search?q=call")
    assert "Nothing found" in text_of(stranger, "/search?q=winter")
