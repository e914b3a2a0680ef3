"""What a file of tests makes once in the database, and takes away again at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def world_of_a_file(django_db_blocker: Any) -> Iterator[None]:
    """Let a fixture of a module write: each test works in a savepoint inside its transaction.

    What a test is handed of it must be its own copy wherever a test may change it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
