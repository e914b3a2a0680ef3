"""What the tests of the API share."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django_scopes import scopes_disabled

from attain.organisations.rules import Role
from estate import make_account, make_member
from programs import Program, Told, make_told
from worlds import world_of_a_file


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[Told]:
    """Make an estate that has one of everything, once for a file of tests."""
    with world_of_a_file(django_db_blocker), scopes_disabled():
        yield make_told()


@pytest.fixture
def told(lasting: Told, db: None) -> Iterator[Told]:
    """Return the estate as it was made, whatever a test before made of it."""
    with scopes_disabled():
        yield deepcopy(lasting)


@pytest.fixture(scope="module")
def everything(lasting: Told) -> Program:
    """Return a program that may do everything; its requests stay in the transaction."""
    account = make_account("everything@northwind.example", "Everything")
    roles = [make_member(lasting.estate.organisation, account, role) for role in Role]
    return Program(roles[-1])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many requests were drawn from the description of the API."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    told = [dict(getattr(report, "user_properties", ())) for report in reports]
    sent = sum(each.get("generated_requests", 0) for each in told)
    if sent:
        terminalreporter.write_line(f"API: {sent} generated requests")
