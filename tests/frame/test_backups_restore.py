"""A backup brings back exactly what was there, and a damaged one brings back nothing."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import installed
from project import ROOT

pytestmark = pytest.mark.database


class Installation(installed.Installation):
    """An installation that tells all that it keeps."""

    def everything(self) -> str:
        told = self.run("-m", "frame.tell_everything")
        assert told.returncode == 0, told.stderr
        return told.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with records, a lake, evidence and keys, which each test copies."""
    made = Installation(tmp_path_factory.mktemp("backups") / "data")
    made.make_database()
    assert made.attain("migrate").returncode == 0
    assert made.run("-m", "frame.write_on", "20").returncode == 0
    lake = made.data / "lake" / "northwind" / "intervals"
    (lake / "_delta_log").mkdir(parents=True)
    (lake / "_delta_log" / "00000000000000000000.json").write_text('{"commitInfo": {}}')
    (lake / "part-0.parquet").write_bytes(os.urandom(200_000))
    (made.data / "evidence").mkdir()
    (made.data / "evidence" / "plän.pdf").write_bytes(b"%PDF-1.7 evidence")
    yield made
    made.drop_database()


@pytest.fixture
def installation(made: Installation, tmp_path: Path) -> Iterator[Installation]:
    copied = made.copied_to(tmp_path / "data")
    yield copied
    copied.drop_database()


@pytest.fixture
def backup(installation: Installation, tmp_path: Path) -> Path:
    file = tmp_path / "attain.tar.gz"
    made = installation.attain("backup", file)
    assert made.returncode == 0, made.stderr
    assert "read again and sound" in made.stdout
    return file


def restored(installation: Installation, file: Path, place: Path) -> Installation:
    """Restore into another folder, and on PostgreSQL into another database."""
    other = Installation(place)
    other.make_database()
    done = other.attain("restore", file)
    assert done.returncode == 0, done.stderr
    return other


def test_what_was_destroyed_is_restored_as_it_was(
    installation: Installation, backup: Path, tmp_path: Path
) -> None:
    before = installation.everything()
    assert before.endswith("['None']\n")
    assert oct(backup.stat().st_mode & 0o777) == "0o600"
    installation.destroy()
    other = restored(installation, backup, tmp_path / "new place")
    assert other.everything() == before
    assert other.attain("migrate").stdout == "The tables are those of this version.\n"
    assert not list(tmp_path.glob(".*restoring*"))
    assert oct((tmp_path / "new place").stat().st_mode & 0o777) == "0o700"
    other.drop_database()


def test_a_backup_under_load_holds_one_moment(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "attain.tar.gz"
    writer = subprocess.Popen(
        [sys.executable, "-m", "frame.write_on"], env=installation.environment(), cwd=ROOT
    )
    try:
        time.sleep(1.5)
        made = installation.attain("backup", file)
    finally:
        writer.kill()
        writer.wait()
    assert made.returncode == 0, made.stderr
    other = restored(installation, file, tmp_path / "other")
    told = other.everything()
    assert told.endswith("['None']\n")
    # Each region has its entry, and there are some that were written after the first twenty.
    regions = told.count("organisations_region (")
    entries = told.count("'organisations.add_region'")
    assert regions == entries > 20
    other.drop_database()


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write a backup anew with other parts."""
    with tarfile.open(file) as archive:
        parts = {e.name: archive.extractfile(e).read() for e in archive}  # type: ignore[union-attr]
    change(parts)
    other = file.with_name("changed.tar.gz")
    with tarfile.open(other, "w:gz") as archive:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return other


def cut_off(file: Path) -> Path:
    other = file.with_name("cut.tar.gz")
    other.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    return other


def without_manifest(file: Path) -> Path:
    return rewritten(file, lambda parts: parts.__delitem__("manifest.json"))


def without_evidence(file: Path) -> Path:
    return rewritten(file, lambda parts: parts.__delitem__("evidence/plän.pdf"))


def with_another_evidence(file: Path) -> Path:
    return rewritten(file, lambda parts: parts.update({"evidence/plän.pdf": b"%PDF-1.7 forged"}))


def with_another_key(file: Path) -> Path:
    return rewritten(file, lambda parts: parts.update({"keys/secret-key": b"x" * 67}))


def with_something_more(file: Path) -> Path:
    def add(parts: dict[str, bytes]) -> None:
        manifest = parts.pop("manifest.json")
        parts.update({"evidence/more.txt": b"more", "manifest.json": manifest})

    return rewritten(file, add)


def with_a_way_out(file: Path) -> Path:
    return rewritten(file, lambda parts: parts.update({"../outside": b"out"}))


def with_other_tables(file: Path) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        manifest["migrations"].remove("organisations.0002_audit_triggers")
        parts["manifest.json"] = json.dumps(manifest).encode()

    return rewritten(file, change)


def with_later_tables(file: Path) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        manifest["migrations"].append("organisations.9999_of_tomorrow")
        manifest["version"] = "9.0"
        parts["manifest.json"] = json.dumps(manifest).encode()

    return rewritten(file, change)


def with_a_changed_byte(file: Path) -> Path:
    other = file.with_name("flipped.tar.gz")
    content = bytearray(gzip.decompress(file.read_bytes()))
    at = content.find(b"%PDF-1.7 evidence")
    content[at + 9] ^= 1
    other.write_bytes(gzip.compress(bytes(content)))
    return other


DAMAGES: list[tuple[Callable[[Path], Path], str]] = [
    (cut_off, "is damaged or cut off"),
    (without_manifest, "has no manifest"),
    (without_evidence, "evidence/plän.pdf is missing from the backup"),
    (with_another_evidence, "evidence/plän.pdf is not what was backed up"),
    (with_a_changed_byte, "evidence/plän.pdf is not what was backed up"),
    (with_another_key, "keys/secret-key is not what was backed up"),
    (with_something_more, "evidence/more.txt, which its manifest does not name"),
    (with_a_way_out, "which is no part"),
    (with_other_tables, "are not those that its manifest names"),
    (with_later_tables, "made by a later version, attain 9.0"),
]


def test_every_damage_is_refused_with_its_sentence_and_nothing_is_left(
    backup: Path, tmp_path: Path
) -> None:
    target = Installation(tmp_path / "target")
    target.make_database()
    for damage, sentence in DAMAGES:
        before = {path.name for path in tmp_path.iterdir()}
        damaged = damage(backup)
        refused = target.attain("restore", damaged)
        assert refused.returncode == 2, damage
        assert sentence in refused.stderr, damage
        damaged.unlink()
        assert {path.name for path in tmp_path.iterdir()} == before
    restored = target.attain("restore", backup)
    assert restored.returncode == 0, restored.stderr
    target.drop_database()


def test_what_is_there_is_never_replaced(installation: Installation, backup: Path) -> None:
    before = installation.everything()
    refused = installation.attain("restore", backup)
    assert refused.returncode == 2
    assert "is not empty" in refused.stderr
    assert installation.attain("backup", backup).returncode == 2
    assert installation.everything() == before
    if installation.database:
        beside = installation.data.with_name("beside")
        refused = installation.attain("restore", backup, "--into", beside)
        assert refused.returncode == 2
        assert "Name an empty one" in refused.stderr
        assert not beside.exists()


def records(told: str) -> list[str]:
    """Return what is kept, without what Django notes of the tables themselves, and when."""
    of_tables = ("django_migrations ", "django_content_type ", "auth_permission ")
    return [line for line in told.splitlines() if not line.startswith(of_tables)]


def test_a_backup_of_an_earlier_version_is_brought_to_this_one(
    installation: Installation, tmp_path: Path
) -> None:
    before = installation.everything()
    # As an installation was before one of its last changes: sites closed before midnight.
    back = installation.run("-m", "django", "migrate", "organisations", "0004", "-v", "0")
    assert back.returncode == 0, back.stderr
    # The command itself wants the tables of its own version; that of then had those.
    file = tmp_path / "earlier.tar.gz"
    made = installation.run(
        "-c",
        "import sys, pathlib, django; django.setup();"
        "from attain.website.backups.making import make_backup;"
        "make_backup(pathlib.Path(sys.argv[1]))",
        str(file),
    )
    assert made.returncode == 0, made.stderr
    installation.drop_database()
    other = Installation(tmp_path / "new place")
    other.make_database()
    done = other.attain("restore", file)
    assert done.returncode == 0, done.stderr
    assert "changes of its tables were made" in done.stdout
    assert records(other.everything()) == records(before)
    assert other.attain("migrate").stdout == "The tables are those of this version.\n"
    other.drop_database()
