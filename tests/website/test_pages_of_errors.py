"""A refusal says what happened and what to do, also where the database does not answer."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from pytest_django import DjangoAssertNumQueries

from attain.organisations.errors import ChangedMeanwhileError, ForbiddenError, RefusedActionError
from attain.organisations.rules import Permission
from attain.website import refusals
from attain.website.urls import handler400, handler403, handler404, handler500  # noqa: F401

FAULTS: dict[str, Exception] = {
    "bad": BadRequest("no"),
    "large": RequestDataTooBig("no"),
    "denied": PermissionDenied("no"),
    "gone": Http404("no"),
    "broken": RuntimeError("secret details of the fault"),
}


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    """Fail as asked."""
    raise FAULTS[kind]


urlpatterns = [path("fail/<str:kind>", fail)]


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("bad", 400, "This request cannot be read"),
        ("large", 413, "This file is too large"),
        ("denied", 403, "Your role does not permit this"),
        ("gone", 404, "There is nothing here"),
        ("broken", 500, "Attain has failed"),
    ],
)
def test_a_fault_gets_the_page_of_its_status(kind: str, status: int, words: str) -> None:
    # No test of this file but one asks for the database: it would refuse to be asked.
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=__name__):
        response = client.get(f"/fail/{kind}")
    assert response.status_code == status
    text = response.content.decode()
    assert f"<h1>{words}</h1>" in text
    assert "secret details" not in text
    assert len(re.findall("<p>", text)) >= 2


def test_an_address_that_leads_nowhere_says_so(client: Client) -> None:
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert b"There is nothing here" in response.content


@pytest.fixture
def request_of_a_page() -> HttpRequest:
    """Give a request for the page of a site."""
    return RequestFactory().post("/o/northwind/sites/leeds?tab=2")


def test_a_conflict_shows_both_accounts_side_by_side(request_of_a_page: HttpRequest) -> None:
    conflict = ChangedMeanwhileError(
        "the target of May",
        theirs={"value": Decimal(85), "since": "2026-05"},
        yours={"value": Decimal(80), "since": "2026-05"},
    )
    response = refusals.answer(request_of_a_page, conflict)
    text = response.content.decode()
    assert response.status_code == 409
    assert "the target of May was changed by somebody else" in text
    rows = re.findall(
        r'<tr( class="differs")?><th scope="row">(\w+).*?<td>(.*?)</td><td>(.*?)</td>', text
    )
    assert rows == [(' class="differs"', "Value", "85", "80"), ("", "Since", "2026-05", "2026-05")]
    assert 'href="/o/northwind/sites/leeds?tab=2"' in text


def test_a_refused_action_says_why(request_of_a_page: HttpRequest) -> None:
    response = refusals.answer(
        request_of_a_page, RefusedActionError("May is closed <b>already</b>")
    )
    assert response.status_code == 422
    assert "May is closed &lt;b&gt;already&lt;/b&gt;" in response.content.decode()


def test_who_may_not_do_it_hears_which_right_it_takes(request_of_a_page: HttpRequest) -> None:
    response = refusals.answer(request_of_a_page, ForbiddenError(Permission.CLOSE_MONTHS))
    assert response.status_code == 403
    assert "close a month" in response.content.decode()
    assert refusals.answer(request_of_a_page, ForbiddenError()).status_code == 403


def test_a_form_without_its_token_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert response.status_code == 403
    assert b"This form is too old" in response.content


@pytest.mark.django_db
def test_a_failure_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert refusals.server_error(RequestFactory().get("/")).status_code == 500
