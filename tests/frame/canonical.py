"""Everything that an installation keeps, as one text: equal texts, equal installations."""

import hashlib
from pathlib import Path

from django.db import connection


def of_database() -> str:
    """Return each row of each table, in an order of its own."""
    lines = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            lines += sorted(f"{table} {row!r}" for row in cursor.fetchall())
    return "\n".join(lines)


def of_files(data: Path) -> str:
    """Return each file of the lake, the evidence and the keys by its hash."""
    return "\n".join(
        f"{path.relative_to(data)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for kept in ("lake", "evidence", "keys")
        for path in sorted((data / kept).rglob("*"))
        if path.is_file()
    )
