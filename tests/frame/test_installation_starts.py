"""What an installation says before it serves: sound, or what is wrong and what to do."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from attain.website import health
from attain.website.health import State
from attain.website.starting import CannotStartError, demand_free, reached_at, where
from frame.processes import wait_until
from installed import Installation

MOUNTS = """\
/dev/vda1 / ext4 rw 0 0
server:/export /far/shared nfs4 rw 0 0
//server/share /far/shared/office\\040files cifs rw 0 0
tmpfs /run tmpfs rw 0 0
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refused(place: Installation, *arguments: object) -> str:
    """Run a command that is refused, and return why."""
    done = place.attain(*arguments)
    assert done.returncode == 2
    return done.stderr


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that has its tables, and was neither served nor sound before."""
    made = Installation(tmp_path_factory.mktemp("starts") / "data")
    made.make_database()
    assert "Run: attain migrate" in refused(made, "serve", "--port", free_port())
    before = made.attain("check")
    assert before.returncode == 1
    assert "failed  Tables:" in before.stdout
    assert made.attain("migrate").returncode == 0
    yield made
    made.drop_database()


@pytest.fixture
def installation(migrated: Installation, tmp_path: Path) -> Iterator[Installation]:
    copied = migrated.copied_to(tmp_path / "data")
    yield copied
    copied.drop_database()


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def children_of(group: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[2]) == group and told[0] != "Z":
            found.append(int(status.parent.name))
    return found


@pytest.mark.database
@pytest.mark.parametrize("told_to_end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_once_it_is_migrated_and_ends_when_told(
    installation: Installation, tmp_path: Path, told_to_end: signal.Signals
) -> None:
    port = free_port()
    said = tmp_path / "said.txt"
    with said.open("w") as out:
        served = subprocess.Popen(
            [sys.executable, "-m", "attain", "serve", "--worker", "--port", str(port)],
            env=installation.environment(),
            stdout=out,
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until(said.read_text)
        # What is announced answers, at once.
        assert said.read_text() == f"attain answers at {address}/\n"
        assert status_of(f"{address}/accounts/login/") == 200
        assert status_of(f"{address}/static/none.css") == 404
        assert "Choose another by --port" in refused(installation, "serve", "--port", port)
        # The server, its two processes, and the worker.
        wait_until(lambda: len(children_of(served.pid)) >= 4)
        served.send_signal(told_to_end)
        assert served.wait(timeout=30) == 0
        wait_until(lambda: not children_of(served.pid))
    finally:
        for left in children_of(served.pid):
            os.kill(left, signal.SIGKILL)
        served.wait(timeout=30)


@pytest.mark.database
def test_the_check_says_that_all_is_sound_and_what_is_lacking(installation: Installation) -> None:
    after = installation.attain("check")
    assert after.returncode == 0
    assert "ok      Guard of the audit trail: the database refuses changes" in after.stdout
    assert "warning Workers: 0 at work. Run beside the server: attain worker" in after.stdout


@pytest.mark.database
def test_files_belong_to_their_owner_alone(migrated: Installation) -> None:
    migrated.attain("audit", "checkpoint")
    modes = {
        str(path.relative_to(migrated.data.parent)): oct(path.stat().st_mode & 0o077)
        for path in (migrated.data, *migrated.data.rglob("*"))
    }
    assert migrated.database or "data/attain.sqlite3" in modes
    assert "data/keys/audit-ed25519.pem" in modes
    assert set(modes.values()) == {"0o0"}


def test_a_folder_that_cannot_be_used_is_refused_in_a_sentence() -> None:
    said = refused(Installation(Path("/proc/nothing")), "serve")
    assert "Name one that you may write to by --data or ATTAIN_DATA." in said
    assert "Traceback" not in said


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "８０", ""])
def test_what_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("ATTAIN_PORT", text)
    if not text:
        assert where()[1] == 8000
        return
    with pytest.raises(CannotStartError, match="is no port"):
        where()


def test_an_address_that_is_not_this_machines_is_refused() -> None:
    with pytest.raises(CannotStartError, match="Cannot answer on"):
        demand_free("203.0.113.7", free_port())


def test_a_browser_is_told_an_address_that_it_can_open() -> None:
    assert reached_at("0.0.0.0", 80) == "http://127.0.0.1:80/"
    assert reached_at("::1", 8000) == "http://[::1]:8000/"


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/lib/attain", "ext4"),
        ("/far/shared/attain", "nfs4"),
        ("/far/shared/office files/attain", "cifs"),
        ("/far/shared-not", "ext4"),
    ],
)
def test_the_disk_of_a_folder_is_the_nearest_mount(place: str, kind: str) -> None:
    assert health.file_system_of(Path(place), MOUNTS) == kind


@pytest.mark.django_db
def test_a_folder_on_another_machine_is_refused_for_sqlite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "file_system_of", lambda place: "nfs4")
    expected = State.FAILED if connection.vendor == "sqlite" else State.OK
    assert health.folder().state is expected


@pytest.mark.parametrize(
    ("version", "state"),
    [
        ((3, 40, 1), State.FAILED),
        ((3, 44, 5), State.FAILED),
        ((3, 44, 6), State.OK),
        ((3, 50, 7), State.OK),
        ((3, 51, 2), State.FAILED),
        ((3, 51, 3), State.OK),
        ((4, 0, 0), State.OK),
    ],
)
def test_a_sqlite_that_may_lose_data_is_refused(
    version: tuple[int, int, int], state: State
) -> None:
    assert health.sqlite_version(version).state is state


@pytest.mark.django_db
def test_a_setting_that_was_changed_is_noticed() -> None:
    assert health.settings_read_back().state is State.OK
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA trusted_schema=ON")
        found = health.settings_read_back()
        assert (found.state, found.found) == (State.FAILED, "trusted_schema=1")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA trusted_schema=OFF")


@pytest.mark.django_db
def test_tables_of_another_version_are_noticed() -> None:
    assert health.migrations().state is State.OK
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('organisations', '9999_from_the_future', CURRENT_TIMESTAMP)"
        )
    later = health.migrations()
    assert later.state is State.FAILED
    assert "organisations.9999_from_the_future" in later.found
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '9999_from_the_future'")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
    assert health.migrations().advice == "Run: attain migrate"
