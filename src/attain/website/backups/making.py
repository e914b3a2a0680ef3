"""Making a backup: the database at one moment, then the files that it may speak of."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from attain.website.backups import databases
from attain.website.backups.archive import FORMAT, Manifest, RefusedBackupError, verify, writing

# What is not kept: written anew, on its way, or another installation's.
_LEFT_OUT = {"mail", "workers", "demo"}
_LOG = "_delta_log"


def make_backup(path: Path) -> Manifest:
    """Write a backup and read it again; only one that was read again has its name."""
    if path.exists():
        raise RefusedBackupError(f"{path} is there already. Name another file.")
    if not path.absolute().parent.is_dir():
        raise RefusedBackupError(f"There is no folder {path.absolute().parent}.")
    draft = path.with_name(f"{path.name}.unfinished-{os.getpid()}")
    try:
        _write(draft)
        manifest = verify(draft)
        os.replace(draft, path)
    except OSError as error:
        raise RefusedBackupError(f"The backup cannot be written: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _write(draft: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with TemporaryDirectory(dir=settings.DATA, prefix=".backup-") as folder:
        copy = Path(folder, databases.file_name())
        migrations, heads = databases.copy_into(copy)
        with writing(draft) as archive:
            archive.add(copy.name, copy)
            for file in files_to_keep(settings.DATA):
                archive.add(str(file.relative_to(settings.DATA)), file)
            archive.close_with(
                Manifest(
                    FORMAT,
                    settings.VERSION,
                    now,
                    connection.vendor,
                    migrations,
                    heads,
                    tuple(archive.parts),
                )
            )


def files_to_keep(data: Path) -> Iterator[Path]:
    """Yield every file of the data folder that a backup holds, apart from the database.

    The logs of the lake come first: what a log names is there already, and stays as it is.
    """
    files = [file for file in _files(data) if _is_kept(file.relative_to(data))]
    yield from (file for file in files if _LOG in file.parts)
    later = [file for file in _files(data) if _is_kept(file.relative_to(data))]
    yield from (file for file in later if _LOG not in file.parts)


def _files(data: Path) -> Iterator[Path]:
    for folder, subfolders, names in os.walk(data):
        subfolders.sort()
        yield from (Path(folder, name) for name in sorted(names))


def _is_kept(file: Path) -> bool:
    first = file.parts[0]
    if first in _LEFT_OUT or first.startswith(".backup-"):
        return False
    is_database = len(file.parts) == 1 and ".sqlite3" in file.name
    return not is_database


def size_of(manifest: Manifest) -> int:
    """Return how many bytes a backup holds, unpacked."""
    return sum(part.size for part in manifest.parts)
