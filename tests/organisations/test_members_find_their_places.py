"""A member finds what their roles cover; for a stranger there is nothing."""

import pytest
from django_scopes import scope, scopes_disabled

from attain.organisations import queries
from attain.organisations.errors import ForbiddenError, UnknownError
from attain.organisations.models import Member
from attain.organisations.rules import Permission, Role
from estate import Estate, make_account, make_estate, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def estate() -> Estate:
    return make_estate()


def site_lead_of_leeds(estate: Estate) -> Member:
    with scopes_disabled():
        account = make_account("bob@northwind.example", "Bob")
        return make_member(estate.organisation, account, Role.SITE_LEAD, site=estate.leeds)


def test_a_programme_lead_sees_every_site(estate: Estate) -> None:
    with scope(organisation=estate.organisation):
        found = queries.visible_sites(estate.member(Role.PROGRAMME_LEAD))
        assert [site.key for site in found] == ["leeds", "poole"]


def test_a_site_lead_sees_their_site_alone(estate: Estate) -> None:
    bob = site_lead_of_leeds(estate)
    with scope(organisation=estate.organisation):
        assert [site.key for site in queries.visible_sites(bob)] == ["leeds"]
        with pytest.raises(UnknownError):
            queries.find_site(bob, "poole")


def test_who_may_read_and_not_change_is_forbidden(estate: Estate) -> None:
    auditor = estate.member(Role.AUDITOR)
    with scope(organisation=estate.organisation):
        assert queries.find_centre(auditor, "leeds").key == "leeds"
        with pytest.raises(ForbiddenError):
            queries.find_centre(auditor, "leeds", Permission.RECORD_FIGURES)


def test_a_stranger_is_no_member(estate: Estate) -> None:
    charlie = make_account("charlie@elsewhere.example", "Charlie")
    with pytest.raises(UnknownError):
        queries.find_member(charlie, "northwind")


def test_what_lies_elsewhere_is_not_found(estate: Estate) -> None:
    elsewhere = make_estate("southwind")
    with scope(organisation=elsewhere.organisation):
        assert queries.visible_sites(elsewhere.member(Role.ADMINISTRATOR)).count() == 2
