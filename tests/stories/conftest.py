"""The demonstration of the stories: loaded once for all processes of the tests, served by each."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from stories.served import Served, served

# A page that seeks a way to the next tier takes seconds, and more on a busy machine.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a demonstration that was started, and ended, once; nothing writes into it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "said").exists():
            with served("demo", folder) as first:
                said = first.said
            (folder / "said").write_text(said)
    return folder


@pytest.fixture
def demonstration_folder(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration's folder, for a story that does as it likes with it."""
    return Path(shutil.copytree(loaded, tmp_path / "data"))


@pytest.fixture(scope="session")
def demonstration(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration as it is served to the stories of a process."""
    folder = Path(shutil.copytree(loaded, tmp_path_factory.mktemp("story") / "data"))
    with served("demo", folder) as answering:
        yield answering
