"""A centre's records written as the folder of a dossier, which `attain certify` reads back."""

import csv
import os
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from attain.dossier import header
from attain.dossier.folder import PARQUET
from attain.dossier.rows import Row
from attain.dossier.tables import TABLES, Table
from attain.measurement.faults import Fault, RefusedError, printable
from attain.measurement.numbers import write_exact
from attain.organisations.pages import Centre
from attain.performance.queries.figures import scope_of
from attain.performance.queries.rows import rows_of
from attain.performance.queries.volumes import lake_of, lake_version
from attain.standards.figures import Scope


def export_dossier(centre: Centre, folder: Path, as_of: date) -> tuple[str, ...]:
    """Write a centre's records into a folder that is new or empty, and return its files.

    `attain certify` reaches the same verdict on it as the rules on the records, byte for byte.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        found, expected = "something that is there", "a new or empty folder"
        raise RefusedError([Fault(printable(folder), 1, "folder", found, expected)])
    beside = folder.parent / f".{folder.name}.export-{os.getpid()}"
    beside.mkdir(parents=True)
    try:
        _write(centre, beside, as_of)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(sorted(path.name for path in folder.iterdir()))


def _write(centre: Centre, folder: Path, as_of: date) -> None:
    """Write every file of the dossier; a table without rows has none."""
    scope = scope_of(centre, as_of)
    (folder / header.FILE).write_text(_header(scope, as_of), encoding="utf-8")
    rows = rows_of([centre], as_of)[centre.pk]
    for name, table in TABLES.items():
        if rows.get(name):
            write_table(folder / table.file, table, rows[name])
    lake = lake_of(centre.organisation.key)
    if lake_version(lake) is not None:
        # Brings in the engine, which a centre without intervals does not need.
        from attain.lake.extracting import extract_site

        extract_site(lake, centre.key, folder / PARQUET)


def _header(scope: Scope, as_of: date) -> str:
    """Return `dossier.yaml`."""
    about = {
        "scope": {"kind": scope.kind.value, "name": scope.name, "operation": scope.operation.value},
        "as_of": as_of.isoformat(),
        "timezone": scope.timezone,
        "channels": list(scope.channels),
        "volume": {"site": scope.site_volume, "assessed": scope.assessed_volume},
    }
    return yaml.safe_dump(about, sort_keys=False, width=1000)


def write_table(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Write a table in the order of its key."""
    ordered = sorted(rows, key=lambda row: tuple(row[part] for part in table.key))
    with path.open("w", encoding="utf-8", newline="") as file:
        # A lone carriage return needs quotation marks too, which a laxer writer leaves out.
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        file.write(",".join(table.names) + "\n")
        writer.writerows([written(row[name]) for name in table.names] for row in ordered)


def written(value: Any) -> str:
    """Return a value in the writing of a dossier."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return write_exact(value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
