"""Restoring a backup: verified as a whole, put together aside, and only then given its place."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from attain.website.backups.archive import Manifest, RefusedBackupError, verify
from attain.website.starting import ready, tell


class Restored(NamedTuple):
    """A backup that was brought back, and how many changes its tables had since it was made."""

    manifest: Manifest
    changes: int


def restore_backup(path: Path, into: Path) -> Restored:
    """Bring an installation back into an empty folder: wholly, or nothing at all.

    The tables of an earlier version are brought to those of this one. With ATTAIN_DATABASE_URL, its
    database must be empty as well.
    """
    place = into.expanduser().absolute()
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise RefusedBackupError(f"{place} is not empty. Name an empty folder by --into.")
    manifest = verify(path)
    with _aside(place) as aside:
        # The settings make a key of their own in a folder without one, which the backup's replaces.
        tell(data=aside)
        ready()
        changes = _bring_back(path, aside, manifest)
        os.chmod(aside, 0o700)
        os.replace(aside, place)
    return Restored(manifest, changes)


@contextmanager
def _aside(place: Path) -> Iterator[Path]:
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = Path(mkdtemp(dir=place.parent, prefix=f".{place.name}.restoring-"))
    except OSError as error:
        raise RefusedBackupError(f"{place} cannot be made: {error}.") from error
    try:
        yield aside
    except OSError as error:
        raise RefusedBackupError(f"The backup cannot be restored: {error}.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _bring_back(path: Path, aside: Path, manifest: Manifest) -> int:
    # Its tables can be loaded once the rooms are.
    from attain.website.backups import databases

    _demand_fitting(manifest)
    if manifest.vendor == "sqlite":
        databases.demand_lies_in(aside)
    else:
        databases.demand_empty()
    verify(path, aside)
    if manifest.vendor == "sqlite":
        databases.demand_sound_sqlite(aside / databases.SQLITE)
    else:
        dump = aside / databases.DUMP
        with databases.emptied_on_failure():
            databases.bring_back_dump(dump)
            dump.unlink()
            return _checked(manifest)
    return _checked(manifest)


def _checked(manifest: Manifest) -> int:
    from attain.website.backups import databases

    databases.demand_same_tables(manifest.migrations)
    databases.demand_same_end(dict(manifest.audit_heads))
    changes = databases.bring_up_to_date()
    # What was changed is no entry of the trail: it ends as before, and is guarded.
    databases.demand_same_end(dict(manifest.audit_heads))
    databases.demand_guarded()
    return changes


def _demand_fitting(manifest: Manifest) -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    if manifest.vendor != connection.vendor:
        raise RefusedBackupError(
            f"The backup is of {manifest.vendor}, and this installation uses {connection.vendor}: "
            "see ATTAIN_DATABASE_URL."
        )
    known = MigrationLoader(None).disk_migrations or {}
    later = sorted(set(manifest.migrations) - {f"{app}.{name}" for app, name in known})
    if later:
        raise RefusedBackupError(
            f"The backup was made by a later version, attain {manifest.version}: this one does not "
            f"know {', '.join(later[:3])}. Install that version, and restore by it."
        )
