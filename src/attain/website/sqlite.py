"""The SQLite that records are kept in: one without the faults of WAL that older versions have.

Until 3.51.3 two connections to one file in WAL mode may lose committed pages; 3.44.6 and 3.50.7
brought the repair to their branches. A file is never opened by two libraries of one process.
"""

import sys

import pysqlite3

_REPAIRED = (3, 51, 3)
_REPAIRED_BRANCHES = {(3, 44): 6, (3, 50): 7}
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": "20000",
    "trusted_schema": "OFF",
    "cell_size_check": "ON",
    "journal_size_limit": "67108864",
    "mmap_size": "0",
    "cache_size": "-20000",
    "temp_store": "MEMORY",
}


def is_sound(version: tuple[int, int, int]) -> bool:
    """Say whether a version of SQLite may be trusted with WAL."""
    branch, patch = version[:2], version[2]
    return version >= _REPAIRED or patch >= _REPAIRED_BRANCHES.get(branch, patch + 1)


def take_the_place_of_the_standard_library() -> None:
    """Make Django use the SQLite of the package, whichever the system brings."""
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def options() -> dict[str, object]:
    """Return the options of a connection: it locks as it begins, and commits reach the disk."""
    pragmas = " ".join(f"PRAGMA {name}={value};" for name, value in PRAGMAS.items())
    return {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
