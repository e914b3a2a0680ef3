"""The file of a backup: a compressed archive whose last part tells the hash of every other."""

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
MANIFEST = "manifest.json"
_LONGEST_MANIFEST = 256_000_000
_BLOCK = 1 << 20


class RefusedBackupError(Exception):
    """Why a backup is not made or not used, in a sentence that says what to do."""


@dataclass(frozen=True)
class Part:
    """A file in a backup: its name, its size, and the SHA-256 of what it holds."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: which version made it, when, of what, and all its parts.

    `migrations` are the changes that its tables have had, `audit_heads` how each chain of the audit
    trail ended.
    """

    format: int
    version: str
    made_at: str
    vendor: str
    migrations: tuple[str, ...]
    audit_heads: Mapping[str, str]
    parts: tuple[Part, ...]

    def as_json(self) -> bytes:
        """Write it as the last part of a backup."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def manifest_of(text: bytes) -> Manifest:
    """Read a manifest; RefusedBackupError where it is none that this version understands."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise RefusedBackupError(
                f"The backup has format {told['format']}; this version of attain reads {FORMAT}."
            )
        parts = tuple(Part(one["name"], one["size"], one["sha256"]) for one in told.pop("parts"))
        migrations = tuple(told.pop("migrations"))
        return Manifest(migrations=migrations, parts=parts, **told)
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedBackupError("The manifest of the backup cannot be read.") from error


class ArchiveWriter:
    """Writes the parts of a backup one after another, and remembers the hash of each."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.parts: list[Part] = []

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now; one that grows meanwhile is taken as long as it was."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            hashing = _Hashing(file)
            self._archive.addfile(_entry(name, size), hashing)
        self.parts.append(Part(name, size, hashing.digest.hexdigest()))

    def close_with(self, manifest: Manifest) -> None:
        """Add the manifest, which ends the backup."""
        text = manifest.as_json()
        self._archive.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))


class _Hashing(io.RawIOBase):
    """A file that is read and hashed at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


@contextmanager
def writing(path: Path) -> Iterator[ArchiveWriter]:
    """Write a backup under a name of its own, readable by its owner alone."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as archive:
            yield ArchiveWriter(archive)
        file.flush()
        os.fsync(file.fileno())


def verify(path: Path, into: Path | None = None) -> Manifest:
    """Read a whole backup and hold it against its manifest; RefusedBackupError where they differ.

    The parts are written into a folder where one is named, whose content is of use only where the
    backup was not refused.
    """
    try:
        found, manifest = _read(path, into)
    except FileNotFoundError as error:
        raise RefusedBackupError(f"There is no file {path}.") from error
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise RefusedBackupError(
            f"{path} is damaged or cut off ({error}). Use another backup."
        ) from error
    if manifest is None:
        raise RefusedBackupError("The backup has no manifest: it was cut off, or is none.")
    _compare(found, manifest.parts)
    return manifest


def _read(path: Path, into: Path | None) -> tuple[dict[str, Part], Manifest | None]:
    found: dict[str, Part] = {}
    manifest: Manifest | None = None
    for name, size, file in _entries(path):
        if manifest is not None:
            raise RefusedBackupError("The backup goes on after its manifest.")
        if name == MANIFEST:
            if size > _LONGEST_MANIFEST:
                raise RefusedBackupError("The manifest of the backup is too long.")
            manifest = manifest_of(file.read())
        elif name in found:
            raise RefusedBackupError(f"The backup holds {name} twice.")
        else:
            found[name] = _take(name, file, into)
    return found, manifest


def _entries(path: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    with tarfile.open(path, "r:gz") as archive:
        for entry in archive:
            file = archive.extractfile(entry) if entry.isreg() else None
            if file is None or not _is_safe(entry.name):
                raise RefusedBackupError(f"The backup holds {entry.name!r}, which is no part.")
            yield entry.name, entry.size, file


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\0" not in name


def _take(name: str, file: IO[bytes], into: Path | None) -> Part:
    if into is None:
        return _copy(name, file, None)
    place = into / name
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as written:
        part = _copy(name, file, written)
        written.flush()
        os.fsync(written.fileno())
    return part


def _copy(name: str, file: IO[bytes], written: IO[bytes] | None) -> Part:
    digest, size = hashlib.sha256(), 0
    while block := file.read(_BLOCK):
        digest.update(block)
        size += len(block)
        if written:
            written.write(block)
    return Part(name, size, digest.hexdigest())


def _compare(found: Mapping[str, Part], told: Iterable[Part]) -> None:
    expected = {part.name: part for part in told}
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            raise RefusedBackupError(f"{name} is missing from the backup. Use another backup.")
        if name not in expected:
            raise RefusedBackupError(f"The backup holds {name}, which its manifest does not name.")
        if found[name] != expected[name]:
            raise RefusedBackupError(
                f"{name} is not what was backed up: its hash differs. Use another backup."
            )
