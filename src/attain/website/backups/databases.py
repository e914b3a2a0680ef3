"""The database as one file: copied out whole at one moment, and brought back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django_scopes import scopes_disabled

from attain.organisations import triggers
from attain.organisations.models import AuditHead
from attain.website.backups.archive import RefusedBackupError
from attain.website.migrating import migrate
from attain.website.starting import CannotStartError

SQLITE, DUMP = "attain.sqlite3", "database.dump"
_HEADS = "SELECT chain, sequence, entry_hash FROM organisations_audithead ORDER BY chain"


def file_name() -> str:
    """Return what the database is called in a backup."""
    return SQLITE if connection.vendor == "sqlite" else DUMP


def applied_migrations() -> tuple[str, ...]:
    """Return the changes that the tables have had."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def audit_heads() -> dict[str, str]:
    """Return how each chain of the audit trail ends."""
    with scopes_disabled():
        rows = AuditHead.objects.order_by("chain").values_list("chain", "sequence", "entry_hash")
        return {chain: f"{sequence} {entry_hash}" for chain, sequence, entry_hash in rows}


def copy_into(path: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Write the database into a file, and return the changes and the ends of chains in it."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(path)
    return _copy_postgresql(path)


def _copy_sqlite(path: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    connection.ensure_connection()
    # The copy holds one moment, whoever writes meanwhile, as copying the files would not; and
    # nobody waits for it.
    with _opened(path) as copy:
        connection.connection.backup(copy)
    demand_sound_sqlite(path)
    with _opened(path) as copy:
        applied = copy.execute("SELECT app, name FROM django_migrations").fetchall()
        heads = copy.execute(_HEADS).fetchall()
    migrations = tuple(sorted(f"{app}.{name}" for app, name in applied))
    return migrations, {chain: f"{number} {end}" for chain, number, end in heads}


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    library = connection.Database  # type: ignore[attr-defined]
    opened = library.connect(str(path))
    try:
        yield opened
    finally:
        opened.close()


def demand_sound_sqlite(path: Path) -> None:
    """Refuse a SQLite file that is damaged: RefusedBackupError."""
    with _opened(path) as opened:
        # One file without another beside it, whatever reads it next.
        opened.execute("PRAGMA journal_mode=DELETE")
        (said,) = opened.execute("PRAGMA integrity_check").fetchone()
        orphan = opened.execute("PRAGMA foreign_key_check").fetchone()
    if said != "ok" or orphan:
        why = said if said != "ok" else f"a row of {orphan[0]} refers to nothing"
        raise RefusedBackupError(f"The database is damaged: {why}.")


def _copy_postgresql(path: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run("pg_dump", "-Fc", "--no-owner", "--no-privileges", "--snapshot", snapshot,
             "--file", str(path))  # fmt: skip
        return applied_migrations(), audit_heads()


def demand_empty() -> None:
    """Refuse a PostgreSQL database that holds anything: RefusedBackupError."""
    connection.ensure_connection()
    tables = connection.introspection.table_names()
    if tables:
        raise RefusedBackupError(
            f"The database of ATTAIN_DATABASE_URL holds {len(tables)} tables. "
            "Name an empty one to restore into."
        )


def demand_lies_in(folder: Path) -> None:
    """Refuse a SQLite database elsewhere than in the data folder: RefusedBackupError."""
    if Path(str(connection.settings_dict["NAME"])) != folder / SQLITE:
        raise RefusedBackupError("Restore without ATTAIN_DATABASE_URL: SQLite has its own place.")


@contextmanager
def emptied_on_failure() -> Iterator[None]:
    """Empty the database again where it was filled and is then refused: it was empty before."""
    try:
        yield
    except BaseException:
        _empty()
        raise


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'TABLE ' || oid::regclass::text FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
            " UNION ALL SELECT 'FUNCTION ' || oid::regprocedure::text FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace"
        )
        # A function that a trigger calls goes after the table of the trigger.
        for (found,) in sorted(cursor.fetchall(), reverse=True):
            cursor.execute(f"DROP {found} CASCADE")


def bring_back_dump(dump: Path) -> None:
    """Fill an empty PostgreSQL database from a dump: wholly, or not at all."""
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
         "--dbname", str(connection.settings_dict["NAME"]), str(dump))  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise RefusedBackupError(
            f"There is no program {program}. Install the client programs of PostgreSQL."
        )
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    given = {name: str(told[key]) for name, key in {**names, "PGPASSWORD": "PASSWORD"}.items()
             if told.get(key)}  # fmt: skip
    done = subprocess.run(  # noqa: S603
        [found, *arguments],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise RefusedBackupError(f"{program}: {said[-1] if said else done.returncode}")


def demand_same_tables(migrations: tuple[str, ...]) -> None:
    """Refuse a database whose tables had other changes than its backup says: RefusedBackupError."""
    connections.close_all()
    if applied_migrations() != tuple(sorted(migrations)):
        raise RefusedBackupError("The tables of the backup are not those that its manifest names.")


def demand_same_end(heads: dict[str, str]) -> None:
    """Refuse a database whose trail ends elsewhere than the backup says: RefusedBackupError."""
    connections.close_all()
    # Asked for as they lie there: an earlier version kept them in the same columns.
    with connection.cursor() as cursor:
        cursor.execute(_HEADS)
        found = {chain: f"{number} {end}" for chain, number, end in cursor.fetchall()}
    if found != heads:
        raise RefusedBackupError("The audit trail does not end as the backup says.")
    connections.close_all()


def demand_guarded() -> None:
    """Refuse a database in which anybody may change the trail: RefusedBackupError."""
    lost = triggers.missing(connection)
    connections.close_all()
    if lost:
        raise RefusedBackupError(f"The audit trail is not guarded: {', '.join(lost)}.")


def bring_up_to_date() -> int:
    """Bring the tables of an earlier version to those of this one; return how many changes."""
    before = len(applied_migrations())
    try:
        migrate()
    except (CannotStartError, DatabaseError) as error:
        said = str(error).strip().split("\n")[0]
        raise RefusedBackupError(
            f"The tables of the backup cannot be brought to those of this version: {said}. "
            "Restore it by the version that made it."
        ) from error
    changes = len(applied_migrations()) - before
    connections.close_all()
    return changes
