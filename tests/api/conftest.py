"""What the tests of the API share."""

from collections.abc import Iterator

import pytest
from django_scopes import scopes_disabled

from programs import Told, make_told


@pytest.fixture
def told() -> Iterator[Told]:
    """Make an estate that has one of everything."""
    with scopes_disabled():
        yield make_told()
