"""What makes the database itself refuse to change the audit trail, on SQLite and on PostgreSQL.

An entry and a checkpoint stay as they are. Of the content of an entry, text and salt together may
be emptied, which is how it is erased. Who owns the database can take the triggers away: what was
changed then is found by the chain and the checkpoints kept elsewhere.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_ENTRY, _CONTENT, _CHECKPOINT = (
    "organisations_auditentry",
    "organisations_auditcontent",
    "organisations_auditcheckpoint",
)
_TABLES = (_ENTRY, _CONTENT, _CHECKPOINT)
_REFUSAL = "the audit trail stays as it was written"
_ERASES = "NEW.text = '' AND NEW.salt = '' AND NEW.entry_id = OLD.entry_id"
# To replace a row is to delete it, and SQLite tells no trigger of it.
_THERE = {
    _ENTRY: "id = NEW.id OR (chain = NEW.chain AND sequence = NEW.sequence)",
    _CONTENT: "entry_id = NEW.entry_id",
    _CHECKPOINT: "id = NEW.id",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger that is not there."""
    statements = _for_sqlite() if connection.vendor == "sqlite" else _for_postgresql()
    _execute(connection, statements)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away, as where the tables are dropped."""
    on = "" if connection.vendor == "sqlite" else " ON {table}"
    _execute(
        connection,
        [
            f"DROP TRIGGER IF EXISTS {name}{on.format(table=table)}"
            for table, name in _names(connection.vendor)
        ],
    )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that do not stand guard."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        there = {name for (name,) in cursor.fetchall()}
    return [name for _, name in _names(connection.vendor) if name not in there]


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _names(vendor: str) -> list[tuple[str, str]]:
    kinds = ("update", "delete", "replace" if vendor == "sqlite" else "truncate")
    return [(table, f"{table}_no_{kind}") for table in _TABLES for kind in kinds]


def _for_sqlite() -> list[str]:
    return [statement for table in _TABLES for statement in _of_table_in_sqlite(table)]


def _of_table_in_sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    unless = f" WHEN NOT ({_ERASES})" if table == _CONTENT else ""
    there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_THERE[table]})"  # noqa: S608
    begin = f"CREATE TRIGGER IF NOT EXISTS {table}"
    return [
        f"{begin}_no_update BEFORE UPDATE ON {table} FOR EACH ROW{unless} {refuse}",
        f"{begin}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"{begin}_no_replace BEFORE INSERT ON {table} FOR EACH ROW {there} {refuse}",
    ]


def _for_postgresql() -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION attain_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )
    return [refuse, *(one for table in _TABLES for one in _of_table_in_postgresql(table))]


def _of_table_in_postgresql(table: str) -> list[str]:
    unless = f"WHEN (NOT ({_ERASES})) " if table == _CONTENT else ""
    begin, call = f"CREATE OR REPLACE TRIGGER {table}", "EXECUTE FUNCTION attain_refuse_change()"
    return [
        f"{begin}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {unless}{call}",
        f"{begin}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {call}",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]
