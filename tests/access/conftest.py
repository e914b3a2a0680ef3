"""The organisation of the tests of access: made once for a file of tests, and taken away again."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from access.access_world import World, make_world
from certified import NOW


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Make one thing of each kind, in a transaction that is rolled back at the end."""
    folder = tmp_path_factory.mktemp("access")
    places = {"DATA": folder, "LAKE": folder / "lake", "EVIDENCE": folder / "evidence"}
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        override_settings(**places),
        transaction.atomic(),
    ):
        # Thousands of refusals are asked for; each would be a line of the log.
        logging.disable(logging.CRITICAL)
        yield make_world(folder)
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)
