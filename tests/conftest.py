"""What holds for every test."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

from attain.organisations import triggers

# Commands that tests start have a data folder of their own, as each process of the tests has.
DATA = Path(tempfile.mkdtemp(prefix="attain-tests-"))
os.environ["ATTAIN_DATA"] = str(DATA)

# A machine that does something else meanwhile is slow, which is no fault of what is tried. What
# must be fast has a test of its own that says how fast.
settings.register_profile("attain", parent=settings(), deadline=None)
settings.load_profile("attain")


def pytest_configure() -> None:
    """Make accounts quickly: that passwords are hashed slowly has a test of its own."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Django has read where the data lies by now, which several processes may share.
    django_settings.DATA = DATA
    for name in ("LAKE", "EVIDENCE", "KEYS"):
        setattr(django_settings, name, DATA / name.lower())


@pytest.fixture(scope="session", autouse=True)
def _tests_empty_the_audit_trail() -> Iterator[None]:
    """Let what a test committed be taken away again, which the triggers refuse to everybody."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_triggers(case: TransactionTestCase) -> None:
        triggers.remove(connection)
        empty(case)
        triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield
