"""The demonstration of the stories: loaded once for all processes of the tests, served by each."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from installed import Installation
from stories.served import Served, served

# A page that seeks a way to the next tier takes seconds, and more on a busy machine.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Installation:
    """A demonstration that was started, and ended, once; nothing writes into it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    place, done = Installation(shared / "demonstration"), shared / "demonstration.done"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            place.make_database()
            with served("demo", place):
                done.touch()
    return place


@pytest.fixture
def installation(loaded: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy of the demonstration, for a story that does as it likes with it."""
    copied = loaded.copied_to(tmp_path / "data")
    yield copied
    copied.drop_database()


@pytest.fixture(scope="session")
def demonstration(
    loaded: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The demonstration as it is served to the stories of a process."""
    copied = loaded.copied_to(tmp_path_factory.mktemp("story") / "data")
    with served("demo", copied) as answering:
        yield answering
    copied.drop_database()
