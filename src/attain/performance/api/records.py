"""What is recorded row by row, each cell a text that is written as in the files of a dossier."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema
from ninja.responses import Status
from pydantic import StringConstraints

from attain.organisations.api_parts import (
    Listed,
    LongKey,
    PageAsked,
    Reason,
    Said,
    Version,
    answers,
    listed,
    member_of,
)
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.pages import Centre
from attain.organisations.rules import Permission
from attain.performance import models
from attain.performance.actions.recording import record_row, withdraw_row
from attain.performance.actions.revising import DECIDED
from attain.performance.api.parts import find
from attain.performance.queries.exporting import written
from attain.performance.queries.rows import in_place
from attain.performance.rules import LONGEST_TEXT, read_row
from attain.performance.shelves import SHELVES, Shelf

router = Router(tags=["records"])
Asked = Query[PageAsked]
Cell = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
_UPTIME = {"system": "telephony", "month": "2026-10", "uptime": "0.9991", "target": "0.999"}
Cells = Annotated[dict[str, Cell], Field(examples=[_UPTIME])]


class RecordedTable(StrEnum):
    """A table whose rows are recorded one by one."""

    TARGETS = "targets"
    SERVICE_LEVELS = "service_levels"
    UPTIME = "uptime"
    INCIDENTS = "incidents"
    INITIATIVES = "initiatives"
    IMPROVEMENT_ACTIONS = "improvement_actions"
    SATISFACTION = "satisfaction"
    DOCUMENTS = "documents"
    PRACTICES = "practices"
    TECHNOLOGY_CHANGES = "technology_changes"


class ColumnOut(Schema):
    """A column: how its cells are written, an example, and what an empty cell means."""

    name: str
    expected: str
    example: str
    empty: str | None
    is_key: bool


class TableOut(Schema):
    """A table and its columns."""

    table: RecordedTable
    about: str
    columns: list[ColumnOut]


class RecordOut(Schema):
    """A revision of a row; `row` has a text for each column, `evidence` the file of it."""

    uuid: UUID
    row: dict[str, str]
    revision: int
    withdrawn: bool
    reason: str
    recorded_at: datetime
    evidence: UUID | None


class RowIn(Said):
    """A row to be recorded; a column that is left out is empty."""

    row: Cells
    evidence: UUID | None = None


class RowChange(Said):
    """A row that corrects another; its key stays. Name the revision that was seen."""

    row: Cells
    seen: Version
    reason: Reason
    evidence: UUID | None = None


class Withdrawal(Said):
    """Why a row is withdrawn, and the revision that was seen."""

    seen: Version
    reason: Reason


@router.get("/tables", response=answers((200, Listed[TableOut])))
def tables(request: HttpRequest, asked: Asked) -> Any:  # noqa: ARG001
    """List the tables whose rows are recorded one by one, with how their cells are written."""
    items = [_table(name) for name in RecordedTable]
    part = items[asked.offset : asked.offset + asked.limit]
    return {"count": len(items), "items": part}


def _table(name: RecordedTable) -> dict[str, Any]:
    table = SHELVES[name].table
    columns = [
        {
            "name": column.name,
            "expected": column.expected,
            "example": column.example,
            "empty": column.empty,
            "is_key": column.name in table.key,
        }
        for column in table.columns
    ]
    return {"table": name, "about": table.about, "columns": columns}


@router.get("/centres/{centre}/records/{table}", response=answers((200, Listed[RecordOut])))
def rows(
    request: HttpRequest, centre: Path[LongKey], table: Path[RecordedTable], asked: Asked
) -> Any:
    """List the rows of a table, the latest first."""
    found, shelf = find(request, centre), SHELVES[table]
    part = listed(_related(shelf, in_place(shelf, [found])).order_by("-pk"), asked)
    return part | {"items": [_out(shelf, record) for record in part["items"]]}


@router.post("/centres/{centre}/records/{table}", response=answers((201, RecordOut)))
def add(
    request: HttpRequest, centre: Path[LongKey], table: Path[RecordedTable], said: RowIn
) -> Any:
    """Record a row: with a file as evidence, where the table is of practices or documents."""
    shelf = SHELVES[table]
    found = find(request, centre, _permission(table))
    made = record_row(
        centre=found,
        table=table.value,
        row=_read(shelf, said.row),
        by=member_of(request),
        action=f"set_{table[:-1]}" if table in DECIDED else f"record_{table}",
        carried=_carried(shelf, found, said.evidence),
    )
    return Status(201, _again(shelf, made.pk))


@router.get(
    "/centres/{centre}/records/{table}/{record}", response=answers((200, Listed[RecordOut]))
)
def revisions(
    request: HttpRequest,
    centre: Path[LongKey],
    table: Path[RecordedTable],
    record: Path[UUID],
    asked: Asked,
) -> Any:
    """List every revision of a row, the latest first."""
    found, shelf = find(request, centre), SHELVES[table]
    current = _record(found, shelf, record)
    key = {shelf.field_of[name]: getattr(current, shelf.field_of[name]) for name in shelf.table.key}
    every = shelf.model.objects.filter(centre=found, **key).order_by(F("revision").desc())
    part = listed(_related(shelf, every), asked)
    return part | {"items": [_out(shelf, each) for each in part["items"]]}


@router.put("/centres/{centre}/records/{table}/{record}", response=answers((200, RecordOut)))
def correct(
    request: HttpRequest,
    centre: Path[LongKey],
    table: Path[RecordedTable],
    record: Path[UUID],
    said: RowChange,
) -> Any:
    """Correct a row by a further revision, with its reason; what was decided is set anew."""
    shelf = SHELVES[table]
    found = find(request, centre, _permission(table))
    current = _record(found, shelf, record)
    row = _read(shelf, said.row)
    if table in DECIDED:
        raise RefusedActionError(_("A target is never edited: withdraw it, or set a later one."))
    if shelf.key_of(row) != shelf.key_of(_row(shelf, current)):
        raise RefusedActionError(_("The key of a row stays: withdraw it, and record another."))
    made = record_row(
        centre=found,
        table=table.value,
        row=row,
        by=member_of(request),
        action=f"correct_{table}",
        seen=said.seen,
        reason=said.reason,
        carried=_carried(shelf, found, said.evidence),
    )
    return _again(shelf, made.pk)


@router.post(
    "/centres/{centre}/records/{table}/{record}/withdraw", response=answers((200, RecordOut))
)
def withdraw(
    request: HttpRequest,
    centre: Path[LongKey],
    table: Path[RecordedTable],
    record: Path[UUID],
    said: Withdrawal,
) -> Any:
    """Withdraw a row that was recorded by mistake, with its reason; its revisions stay."""
    shelf = SHELVES[table]
    found = find(request, centre, _permission(table))
    mistaken = _record(found, shelf, record)
    by = member_of(request)
    made = withdraw_row(record=mistaken, seen=said.seen, reason=said.reason, by=by)
    return _again(shelf, made.pk)


def _permission(table: RecordedTable) -> Permission:
    return Permission.CHANGE_METRICS if table in DECIDED else Permission.RECORD_FIGURES


def _read(shelf: Shelf, texts: dict[str, str]) -> dict[str, Any]:
    """Return what the texts of a row mean; a column that is not of the table is refused."""
    unknown = sorted(set(texts) - set(shelf.table.names))
    if unknown:
        names = ", ".join(shelf.table.names)
        raise RefusedActionError(
            _("There is no column %(found)s; the columns are %(names)s.")
            % {"found": unknown[0][:100], "names": names}
        )
    return dict(read_row(shelf.table, texts))


def _carried(shelf: Shelf, centre: Centre, file: UUID | None) -> dict[str, Any]:
    if file is None:
        return {}
    stored = models.EvidenceFile.objects.filter(centre=centre, uuid=file).first()
    if stored is None or not shelf.carried:
        raise UnknownError(_("There is no such file of evidence for a row of this table."))
    return {"file_id": stored.pk}


def _related(shelf: Shelf, records: Any) -> Any:
    names = [*([shelf.parent] if shelf.parent else []), *(["file"] if shelf.carried else [])]
    return records.select_related(*names) if names else records


def _record(centre: Centre, shelf: Shelf, uuid: UUID) -> Any:
    record = _related(shelf, in_place(shelf, [centre]).filter(uuid=uuid)).first()
    if record is None:
        raise UnknownError
    return record


def _again(shelf: Shelf, pk: int) -> dict[str, Any]:
    return _out(shelf, _related(shelf, shelf.model.objects.filter(pk=pk)).get())


def _row(shelf: Shelf, record: Any) -> dict[str, Any]:
    parent = shelf.parent
    kept = (getattr(record, f).key if f == parent else getattr(record, f) for f in shelf.fields)
    return shelf.row(tuple(kept))


def _out(shelf: Shelf, record: Any) -> dict[str, Any]:
    names = ("uuid", "revision", "withdrawn", "reason", "recorded_at")
    file = record.file if shelf.carried else None
    return {
        **{name: getattr(record, name) for name in names},
        "row": {name: written(value) for name, value in _row(shelf, record).items()},
        "evidence": file.uuid if file else None,
    }
