"""An organisation is begun from the command line, with the first of its administrators."""

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from attain.organisations.models import Account, AuditEntry, Organisation
from attain.website.beginnings import RefusedBeginningError, begin
from estate import PASSWORD

pytestmark = pytest.mark.django_db
ADA = {"email": "Ada@northwind.example", "person": "Ada Byron", "password": PASSWORD}


def test_its_administrator_signs_in_and_may_invite() -> None:
    address = begin("northwind", "Northwind", "Europe/London", **ADA)
    assert address.endswith("/o/northwind/")
    client = Client()
    client.force_login(
        Account.objects.get(email="ada@northwind.example"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert client.get("/o/northwind/members/invite").status_code == 200
    with scopes_disabled():
        told = [entry.action for entry in AuditEntry.objects.order_by("sequence")]
    assert told == ["organisations.found_organisation", "organisations.make_administrator"]


@pytest.mark.parametrize(
    ("key", "zone", "password", "why"),
    [
        ("attain", "Europe/London", PASSWORD, "key: "),
        ("north wind", "Europe/London", PASSWORD, "key: "),
        ("northwind", "Mars/Olympus", PASSWORD, "timezone: "),
        ("northwind", "Europe/London", "short", "at least 12 characters"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    key: str, zone: str, password: str, why: str
) -> None:
    with pytest.raises(RefusedBeginningError, match=why):
        begin(key, "Northwind", zone, "ada@northwind.example", "Ada", password)
    assert not Organisation.objects.exists()
    assert not Account.objects.exists()


def test_who_has_an_account_keeps_their_password() -> None:
    begin("northwind", "Northwind", "Europe/London", **ADA)
    begin("southwind", "Southwind", "Europe/London", **ADA | {"password": "another long one"})
    assert Account.objects.get().check_password(PASSWORD)
