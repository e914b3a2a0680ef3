"""A new dossier: every file with its header and one example row, ready to be written over."""

import csv
import os
import shutil
from pathlib import Path

from attain.dossier import header
from attain.dossier.tables import TABLES, Table
from attain.measurement.faults import Fault, RefusedError, printable

_HEADER = """\
# What is assessed: a whole site, or the programme of one client.
scope:
  kind: site                # site or programme
  name: Example centre
  operation: internal       # internal or third_party

# The figures are judged as of this day: the last month is the last one that has ended by then.
as_of: 2026-10-31

# The time zone of the site; it tells on which date an interval or an incident falls.
timezone: Europe/London

# The channels in which the centre is contacted.
channels: [phone, email]

# Contacts of the last 12 months: those of the whole site, and those of what is assessed.
volume:
  site: 120000
  assessed: 120000
"""


def write_new_dossier(folder: Path) -> tuple[str, ...]:
    """Write an example dossier into a folder that is new or empty, and return its files.

    RefusedError where it is neither; nothing half written stays behind.
    """
    try:
        _refuse_content(folder)
        return _write(folder)
    except OSError as error:
        raise _refusal(folder, error.strerror or "an error") from error


def _refusal(folder: Path, found: str) -> RefusedError:
    expected = "the path of a new or empty folder, whose parent folder is there"
    return RefusedError([Fault(printable(folder), 1, "folder", found, expected)])


def _refuse_content(folder: Path) -> None:
    """Refuse a path at which something is already."""
    if folder.is_dir():
        held = next(folder.iterdir(), None)
        if held is not None:
            raise _refusal(folder, f"a folder that holds {printable(held.name)}")
    elif os.path.lexists(folder):
        raise _refusal(folder, "something that is no folder")


def _write(folder: Path) -> tuple[str, ...]:
    """Write all files beside their place, then move them there at once.

    Into a folder that is there they move one by one, `dossier.yaml` last: without it the folder
    is no dossier yet.
    """
    there = folder.is_dir()
    workplace = (folder if there else folder.parent) / f".new-dossier-{os.getpid()}"
    workplace.mkdir()
    try:
        for table in TABLES.values():
            _write_example(workplace / table.file, table)
        (workplace / header.FILE).write_text(_HEADER, encoding="utf-8")
        names = (*(table.file for table in TABLES.values()), header.FILE)
        if there:
            for name in names:
                (workplace / name).replace(folder / name)
        else:
            workplace.rename(folder)
        return names
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _write_example(path: Path, table: Table) -> None:
    """Write the header and the example row of a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.names)
        writer.writerow([column.example for column in table.columns])
