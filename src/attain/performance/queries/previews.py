"""What an import of a person's own file would do, before anything is written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from attain.dossier.cells import shown
from attain.dossier.faultlist import FaultList
from attain.dossier.intake import FileRead, take_own_file
from attain.dossier.local_times import overlapping
from attain.dossier.mapping import FileOptions, Mapping
from attain.dossier.rows import Row
from attain.dossier.source_cells import written_as
from attain.dossier.sources import open_source
from attain.dossier.tables import INTERVALS, TABLES, Table
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.hashes import sha256_of
from attain.measurement.zones import instant_of
from attain.organisations.pages import Centre
from attain.performance.models import Import, ImportState, SavedMapping
from attain.performance.rules import RowRefusedError, doubt_of, read_row
from attain.standards.loader import load
from attain.standards.yaml_nodes import read_yaml


@dataclass(frozen=True)
class Upload:
    """A file that was handed in to be imported: where it lies, and by what name."""

    path: Path
    name: str

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class TakenRow:
    """A row that was taken of a file: its line, and what it says."""

    line: int
    row: Row


@dataclass(frozen=True)
class RefusedRow:
    """A row that was refused: where, what was found, what was expected, and how it is written."""

    line: int
    column: str
    found: str
    expected: str
    raw: Sequence[str] = ()


@dataclass(frozen=True)
class SourceRead:
    """What was read of an upload: its header, the rows taken and refused, and what was left out."""

    header: tuple[str, ...]
    taken: tuple[TakenRow, ...]
    refused: tuple[RefusedRow, ...]
    count: int
    repeated: int
    gaps: int


def default_mapping(table: Table, names: Sequence[str], timezone: str) -> str:
    """Return the mapping of a file whose columns are called as in the dossier's table."""
    there = {name: _plainly(table, name) for name in table.names if name in names}
    mapping: dict[str, Any] = {"columns": there}
    if table is INTERVALS:
        mapping["times"] = {"timezone": timezone}
    return yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True)


def _plainly(table: Table, name: str) -> Any:
    # An empty denominator is 1 in a dossier; in a person's own file that has to be said.
    return {"column": name, "empty": "1"} if (table.name, name) == _HALF else name


_HALF = ("readings", "denominator")


def columns_of(upload: Upload, options: FileOptions) -> tuple[str, ...]:
    """Return the names of the columns of an upload; RefusedError where it is refused as a whole."""
    faults = FaultList(upload.name)
    with open_source(upload.path, options, faults) as own:
        return own.names


def saved_mapping(centre: Centre, table: str) -> str | None:
    """Return the mapping that was kept of the last import of a table; None where none was."""
    kept = SavedMapping.objects.filter(centre=centre, table=table).first()
    return kept.mapping if kept else None


def first_import(centre: Centre, table: str, sha256: str, mapping: str) -> Import | None:
    """Return the import of the very same file by the same mapping; None where there is none."""
    done = Import.objects.filter(centre=centre, table=table, sha256=sha256, state=ImportState.DONE)
    return done.filter(mapping_sha256=sha256_of(mapping)).select_related("by__account").first()


def read_upload(name: str, upload: Upload, mapping: str, now: datetime) -> SourceRead:
    """Read an upload by its mapping; RefusedError where file or mapping is refused as a whole."""
    table = TABLES[name]
    document = read_yaml(mapping, "mapping")
    declared = load(document, Mapping)
    if declared.scope is not None or declared.tables or declared.dossier is not None:
        found = "scope, dossier or tables"
        raise RefusedError([document.fault((), found, "one table of one centre")])
    read, faults = take_own_file(upload.path, table, declared, document, upload.name)
    taken, refused, repeated = _checked(table, read, now, declared.times.length)
    told = [RefusedRow(f.line, f.column, f.found, f.expected) for f in faults]
    # Where one row of a line is refused, nothing else of that line is taken.
    lines = {each.line for each in (*told, *refused)}
    return SourceRead(
        columns_of(upload, declared.file),
        tuple(each for each in taken if each.line not in lines),
        tuple(sorted((*told, *refused), key=lambda each: each.line)),
        read.count,
        repeated,
        len(read.gaps),
    )


def as_written(
    refused: Sequence[RefusedRow], upload: Upload, mapping: str
) -> tuple[RefusedRow, ...]:
    """Return refused rows with how the file writes them."""
    lines = {each.line for each in refused}
    options = load(read_yaml(mapping, "mapping"), Mapping).file
    with open_source(upload.path, options, FaultList(upload.name)) as own:
        raw = {r.line: [written_as(c) for c in r.cells] for r in own.rows if r.line in lines}
    return tuple(replace(each, raw=raw.get(each.line, ())) for each in refused)


def _checked(
    table: Table, read: FileRead, now: datetime, length: int | None
) -> tuple[list[TakenRow], list[RefusedRow], int]:
    """Return the rows that may be, those that may not, and how many said the same again."""
    refused: list[RefusedRow] = []
    by_key: dict[tuple[Any, ...], list[TakenRow]] = {}
    for line, texts in ((r.line, r.texts) for s in read.scopes for r in s.rows):
        try:
            row = read_row(table, dict(zip(table.names, texts, strict=True)))
        except RowRefusedError as error:
            refused += [RefusedRow(line, f.column, f.found, f.expected) for f in error.faults]
            continue
        doubt = doubt_of(row, now)
        if doubt:
            refused.append(RefusedRow(line, doubt.column, doubt.found, doubt.expected))
        else:
            key = tuple(row[part] for part in table.key)
            by_key.setdefault(key, []).append(TakenRow(line, row))
    taken = _each_once(table, by_key, refused)
    if length is not None and table is INTERVALS:
        taken = _apart(taken, length, refused)
    again = sum(len(rows) - 1 for rows in by_key.values() if _agree(rows))
    return taken, refused, again


def _agree(rows: Sequence[TakenRow]) -> bool:
    return all(each.row == rows[0].row for each in rows)


def _each_once(
    table: Table, by_key: dict[tuple[Any, ...], list[TakenRow]], refused: list[RefusedRow]
) -> list[TakenRow]:
    """Return one row a key; where rows of a key say different things, all of them are refused."""
    taken = []
    for key, rows in by_key.items():
        if _agree(rows):
            taken.append(rows[0])
            continue
        lines = ", ".join(str(each.line) for each in rows)
        expected = f"each {' and '.join(table.key)} once; lines {lines} say different things"
        found = shown(" ".join(map(str, key)))
        refused += [RefusedRow(each.line, table.key[-1], found, expected) for each in rows]
    return taken


def _apart(taken: list[TakenRow], minutes: int, refused: list[RefusedRow]) -> list[TakenRow]:
    """Refuse intervals of a channel that overlap."""
    lines: set[int] = set()
    for channel in {each.row["channel"] for each in taken}:
        at = {instant_of(e.row["start"]): e for e in taken if e.row["channel"] == channel}
        for earlier, later in overlapping(at, minutes):
            for one, other in ((at[earlier], at[later]), (at[later], at[earlier])):
                if one.line not in lines:
                    lines.add(one.line)
                    expected = f"{minutes} minutes apart from the one on line {other.line}"
                    found = one.row["start"].isoformat()
                    refused.append(RefusedRow(one.line, "start", found, expected))
    return [each for each in taken if each.line not in lines]


def faults_of(upload: Upload, refused: Sequence[RefusedRow]) -> RefusedError:
    """Return the refusal of an import, with every refused row."""
    return RefusedError(
        [Fault(upload.name, r.line, r.column, r.found, r.expected) for r in refused]
    )
