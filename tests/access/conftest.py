"""The organisation of the tests of access: made once for a file of tests, and taken away again."""

import functools
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import override_settings

from access.access_matrix import read_matrix
from access.access_world import World, make_world
from attain.certification import printing
from attain.organisations.rules import Role
from certified import NOW
from worlds import world_of_a_file


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Make one thing of each kind, in a transaction that is rolled back at the end."""
    folder = tmp_path_factory.mktemp("access")
    places = {"DATA": folder, "LAKE": folder / "lake", "EVIDENCE": folder / "evidence"}
    with (
        world_of_a_file(django_db_blocker),
        time_machine.travel(NOW, tick=False),
        override_settings(**places),
        pytest.MonkeyPatch.context() as patch,
    ):
        # A certificate is drawn once, and not once for each of those who may see it.
        drawn = functools.cache(printing.certificate_pdf)
        patch.setattr(printing, "certificate_pdf", drawn)
        # Thousands of refusals are asked for; each would be a line of the log.
        logging.disable(logging.CRITICAL)
        yield make_world(folder)
        logging.disable(logging.NOTSET)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many cells the matrix of access has."""
    lines = len(read_matrix().lines)
    # Each role at six places, suspended, and of another organisation; who has none; nobody.
    asking = len(Role) * 8 + 2
    terminalreporter.write_line(
        f"access: {lines} lines x {asking} who ask = {lines * asking} cells"
    )
