"""Whether this installation is sound: one check for each thing that may be wrong with it."""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from attain.website import sqlite

_MIGRATE = "attain migrate"
_FAR_AWAY = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs"}
_OLDEST_POSTGRESQL = 15
# How SQLite tells the settings of `sqlite.PRAGMAS` back.
_TOLD_BACK = {"WAL": "wal", "FULL": "2", "ON": "1", "OFF": "0", "MEMORY": "2"}


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Check:
    """What was looked at, how it is, what was found, and what to do about it."""

    name: str
    state: State
    found: str
    advice: str = ""


def starting_checks() -> list[Check]:
    """Return the checks without which nothing is served: the first that fails ends them."""
    return _until_one_fails((folder, database_version, settings_read_back, migrations))


def _until_one_fails(checks: Iterable[Callable[[], Check]]) -> list[Check]:
    done: list[Check] = []
    for check in checks:
        done.append(check())
        if done[-1].state is State.FAILED:
            break
    return done


def folder() -> Check:
    """Look whether the data folder can be written to and lies on a disk of this machine."""
    name, place = _("Data folder"), settings.DATA
    if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
        found = _("%(place)s cannot be written to.") % {"place": place}
        return Check(name, State.FAILED, found, _("Give it to the user who runs attain."))
    kind = file_system_of(place)
    if kind in _FAR_AWAY and connection.vendor == "sqlite":
        found = _("%(place)s lies on %(kind)s, where SQLite may lose what was written.")
        advice = _("Name a folder on a disk of this machine by ATTAIN_DATA, or use PostgreSQL.")
        return Check(name, State.FAILED, found % {"place": place, "kind": kind}, advice)
    return Check(name, State.OK, str(place))


def file_system_of(place: Path, mounts: str | None = None) -> str:
    """Return the kind of file system on which a folder lies; nothing where no system tells."""
    if mounts is None:
        told = Path("/proc/self/mounts")
        mounts = told.read_text("utf-8", "replace") if told.is_file() else ""
    found, longest = "", -1
    for line in mounts.splitlines():
        _device, at, kind, *_others = line.split(" ")
        mounted = Path(at.encode().decode("unicode_escape"))
        if place.is_relative_to(mounted) and len(mounted.parts) >= longest:
            found, longest = kind, len(mounted.parts)
    return found


def database_version() -> Check:
    """Look whether the database is one that keeps what it was given."""
    name = _("Database")
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        said = str(error).strip().splitlines()
        advice = _("See that the database of ATTAIN_DATABASE_URL runs and lets attain in.")
        return Check(name, State.FAILED, said[0] if said else type(error).__name__, advice)
    if connection.vendor == "sqlite":
        # The very library that is in use, whichever else the machine has.
        library = connection.Database  # type: ignore[attr-defined]
        used: tuple[int, int, int] = library.sqlite_version_info
        return sqlite_version(used)
    major, minor = divmod(getattr(connection, "pg_version", 0), 10000)
    found = f"PostgreSQL {major}.{minor}"
    if major < _OLDEST_POSTGRESQL:
        return Check(name, State.FAILED, found, _("Use PostgreSQL 15 or later."))
    return Check(name, State.OK, found)


def sqlite_version(version: tuple[int, int, int]) -> Check:
    """Look whether a version of SQLite may be trusted with WAL."""
    found = f"SQLite {'.'.join(map(str, version))}"
    if sqlite.is_sound(version):
        return Check(_("Database"), State.OK, found)
    advice = _("It may lose what was written. Install pysqlite3 again: it brings a repaired one.")
    return Check(_("Database"), State.FAILED, found, advice)


def settings_read_back() -> Check:
    """Look whether the database works by the settings that it was given."""
    name = _("Settings of the database")
    if connection.vendor != "sqlite":
        return _postgresql_settings(name)
    differing = []
    with connection.cursor() as cursor:
        for pragma, wanted in sqlite.PRAGMAS.items():
            cursor.execute(f"PRAGMA {pragma}")
            told = str(cursor.fetchone()[0])
            if told != _TOLD_BACK.get(wanted, wanted):
                differing.append(f"{pragma}={told}")
    if differing:
        advice = _("Nothing else may set the database up; start attain again.")
        return Check(name, State.FAILED, ", ".join(differing), advice)
    return Check(name, State.OK, "journal_mode=wal, synchronous=FULL, foreign_keys=ON")


def _postgresql_settings(name: str) -> Check:
    wanted = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    wanted["server_encoding"] = "UTF8"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(wanted)])
        told = dict(cursor.fetchall())
    differing = [f"{key}={told.get(key)}" for key in wanted if told.get(key) != wanted[key]]
    if differing:
        advice = _("Let PostgreSQL keep what it has confirmed: set them to on, and UTF8.")
        return Check(name, State.FAILED, ", ".join(differing), advice)
    return Check(name, State.OK, ", ".join(f"{key}={value}" for key, value in wanted.items()))


def migrations() -> Check:
    """Look whether the tables are those of this version."""
    name = _("Tables")
    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    ours = {app for app, _name in executor.loader.disk_migrations}
    later = sorted(f"{app}.{number}" for app, number in unknown if app in ours)
    if later:
        found = _("The database was written by a later version: %(names)s")
        advice = _("Install that version, or restore a backup of this one.")
        return Check(name, State.FAILED, found % {"names": ", ".join(later)}, advice)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        found = _("%(count)d changes of the tables are not made yet.") % {"count": len(plan)}
        advice = _("Run: %(command)s") % {"command": _MIGRATE}
        return Check(name, State.FAILED, found, advice)
    return Check(name, State.OK, _("as this version needs them"))


def disk() -> Check:
    """Look whether there is room for what comes."""
    name, usage = _("Disk"), shutil.disk_usage(settings.DATA)
    found = _("%(free)s GB free of %(total)s GB") % {
        "free": number_format(usage.free / 1e9, 1),
        "total": number_format(usage.total / 1e9, 1),
    }
    advice = _("Make room: without it nothing can be written.")
    if usage.free < 200_000_000:
        return Check(name, State.FAILED, found, advice)
    scarce = usage.free < 2_000_000_000
    return Check(name, State.WARNING if scarce else State.OK, found, advice if scarce else "")
