"""What holds for every test."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings

from attain.organisations import triggers
from project import ROOT

if TYPE_CHECKING:
    from estate import Estate

# Commands that tests start have a data folder of their own, as each process of the tests has.
DATA = Path(tempfile.mkdtemp(prefix="attain-tests-"))
os.environ["ATTAIN_DATA"] = str(DATA)

# A machine that does something else meanwhile is slow, which is no fault of what is tried. What
# must be fast has a test of its own that says how fast.
settings.register_profile("attain", parent=settings(), deadline=None)
settings.load_profile("attain")


# A file of tests is one process's work, so that what a file makes for all its tests is made once.
# The longest are begun first, so that no process ends with one while the other has nothing to do;
# the first story loads a demonstration, which the others wait for.
LONGEST = (
    "stories/test_why_a_site_lost_its_tier.py",
    "access/test_access_matrix.py",
    "access/test_naughty_input.py",
    "stories/test_four_people_and_a_certificate.py",
    "api/test_generated_requests.py",
    "stories/test_a_month_with_three_bad_rows.py",
    "stories/test_a_corrective_action_is_closed.py",
    "stories/test_an_outsider_verifies.py",
    "stories/test_a_backup_is_restored.py",
    "frame/test_backups_restore.py",
    "website/test_demonstration_loading.py",
    "website/test_demonstration_stories.py",
    "frame/test_jobs_survive.py",
    "stories/test_a_model_author.py",
    "stories/test_three_people_assess_a_site.py",
    "stories/test_a_roadmap_inside_a_budget.py",
    "website/test_gallery_in_a_browser.py",
    "lake/test_spark_cluster.py",
    "library/test_golden_cases.py",
)


_OF_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what asks for a database or for a browser, and begin with the longest."""
    for item in items:
        if _OF_THE_DATABASE & set(_fixtures(item)) or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if "live_server" in _fixtures(item) or "stories" in item.path.parts:
            item.add_marker("browser")
    yield
    rank = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    assert all(path.is_file() for path in rank), "LONGEST names a file of tests that is not there"
    # What empties the database stays behind what leaves it alone.
    items.sort(key=lambda item: (_empties_the_database(item), rank.get(item.path, len(rank))))


def _empties_the_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_said = marker is not None and marker.kwargs.get("transaction", False)
    return is_said or bool({"transactional_db", "live_server"} & set(_fixtures(item)))


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def pytest_configure() -> None:
    """Make accounts quickly: that passwords are hashed slowly has a test of its own."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Django has read where the data lies by now, which several processes may share.
    django_settings.DATA = DATA
    for name in ("LAKE", "EVIDENCE", "KEYS"):
        setattr(django_settings, name, DATA / name.lower())
    told = django_settings.DATABASES["default"]
    if told["ENGINE"] == "django.db.backends.sqlite3":
        told["TEST"]["NAME"] = str(DATA / "test.sqlite3")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(autouse=True)
def _each_test_begins_in_no_language() -> None:
    """Forget the language of whoever asked last: a server turns to that of each who asks."""
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _tests_empty_the_audit_trail() -> Iterator[None]:
    """Let what a test committed be taken away again, which the triggers refuse to everybody."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_triggers(case: TransactionTestCase) -> None:
        triggers.remove(connection)
        kept = _put_aside()
        empty(case)
        _put_back(kept)
        triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


def _put_aside() -> list[str]:
    """Take away the triggers that keep what was decided, and return how each is made.

    PostgreSQL empties a table without asking those of its rows.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
        for name, _made in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
    return [made for _name, made in found]


def _put_back(kept: list[str]) -> None:
    with connection.cursor() as cursor:
        for made in kept:
            cursor.execute(made)


@pytest.fixture
def estate(db: None) -> "Iterator[Estate]":
    """Make an estate, and look at its organisation; a file that needs another one makes its own."""
    from django_scopes import scope

    from estate import make_estate

    made = make_estate()
    with scope(organisation=made.organisation):
        yield made
