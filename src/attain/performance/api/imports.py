"""Imports of a person's own files: looked at, carried out, undone."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Schema, UploadedFile
from ninja import Path as InPath
from ninja.responses import Status

from attain.dossier.mapping import FileOptions
from attain.dossier.tables import TABLES
from attain.organisations.api_parts import (
    Listed,
    LongKey,
    PageAsked,
    Said,
    Text,
    answers,
    listed,
    member_of,
)
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.pages import Centre
from attain.organisations.rules import Permission
from attain.performance import models
from attain.performance.actions.importing import (
    carry_out_import,
    preview_import,
    undo_import,
)
from attain.performance.api.parts import find
from attain.performance.queries.previews import (
    Upload,
    columns_of,
    default_mapping,
    saved_mapping,
)

router = Router(tags=["imports"])
Asked = Query[PageAsked]
_LARGEST = 25_000_000
_FAULTS = 1000


class ImportedTable(StrEnum):
    """A table into which files are imported."""

    PROCESSES = "processes"
    METRICS = "metrics"
    TARGETS = "targets"
    READINGS = "readings"
    SERVICE_LEVELS = "service_levels"
    INTERVALS = "intervals"
    SYSTEMS = "systems"
    UPTIME = "uptime"
    INITIATIVES = "initiatives"
    IMPROVEMENT_ACTIONS = "improvement_actions"
    PRACTICES = "practices"
    DOCUMENTS = "documents"
    SATISFACTION = "satisfaction"
    INCIDENTS = "incidents"
    TECHNOLOGY_CHANGES = "technology_changes"


class ImportOut(Schema):
    """A file that was imported, and how many rows were read, added, revised and refused."""

    uuid: UUID
    table: str
    file_name: str
    sha256: str
    mode: models.ImportMode
    state: models.ImportState
    counts: dict[str, int]
    months: list[str]
    at: datetime
    undone_at: datetime | None


class FaultOut(Schema):
    """A row that is refused, and why."""

    line: int
    column: str
    found: str
    expected: str


class PreviewOut(Schema):
    """What an import would do; of the faults, the first thousand."""

    counts: dict[str, int]
    faults: list[FaultOut]
    first: UUID | None


class ImportIn(Said):
    """Into which table a file is imported, and how.

    Without a mapping that of the last import holds, or the columns are called as in the dossier.
    """

    table: ImportedTable
    mapping: Text = ""
    mode: models.ImportMode = models.ImportMode.ALL_OR_NOTHING


class PreviewIn(Said):
    """Into which table a file would be imported."""

    table: ImportedTable
    mapping: Text = ""


@router.get("/centres/{centre}/imports", response=answers((200, Listed[ImportOut])))
def imports(request: HttpRequest, centre: InPath[LongKey], asked: Asked) -> Any:
    """List the imports of a centre, the latest first."""
    rows = models.Import.objects.filter(centre=find(request, centre))
    return listed(rows.order_by("-at", "-pk"), asked)


@router.post("/centres/{centre}/imports/preview", response=answers((200, PreviewOut)))
def look(
    request: HttpRequest, centre: InPath[LongKey], said: Form[PreviewIn], file: File[UploadedFile]
) -> Any:
    """Say what an import would do, with every refused row; nothing is stored."""
    found = find(request, centre, Permission.RECORD_FIGURES)
    table = said.table.value
    with _kept(file) as upload:
        mapping = said.mapping or _known(found, table, upload)
        preview = preview_import(centre=found, table=table, upload=upload, mapping=mapping)
    faults = preview.read.refused[:_FAULTS]
    return {
        "counts": preview.counts,
        "faults": [
            {"line": f.line, "column": f.column, "found": f.found, "expected": f.expected}
            for f in faults
        ],
        "first": preview.first.uuid if preview.first else None,
    }


@router.post("/centres/{centre}/imports", response=answers((201, ImportOut)))
def carry_out(
    request: HttpRequest, centre: InPath[LongKey], said: Form[ImportIn], file: File[UploadedFile]
) -> Any:
    """Import a file of at most 25 MB. The very same file again answers with its first import."""
    found = find(request, centre, Permission.RECORD_FIGURES)
    table = said.table.value
    with _kept(file) as upload:
        done = carry_out_import(
            centre=found,
            table=table,
            upload=upload,
            mapping=said.mapping or _known(found, table, upload),
            mode=said.mode,
            by=member_of(request),
        )
    return Status(201, done)


@router.get("/centres/{centre}/imports/{done}", response=answers((200, ImportOut)))
def one(request: HttpRequest, centre: InPath[LongKey], done: InPath[UUID]) -> Any:
    """Return an import."""
    return _done(find(request, centre), done)


@router.get("/centres/{centre}/imports/{done}/faults", response=answers((200, Listed[FaultOut])))
def faults(request: HttpRequest, centre: InPath[LongKey], done: InPath[UUID], asked: Asked) -> Any:
    """List the rows of an import that wait to be mended."""
    return listed(_done(find(request, centre), done).faults.order_by("line", "pk"), asked)


@router.post("/centres/{centre}/imports/{done}/undo", response=answers((200, ImportOut)))
def undo(request: HttpRequest, centre: InPath[LongKey], done: InPath[UUID]) -> Any:
    """Take a whole import back, unless a month of it was closed or it was built upon since."""
    found = find(request, centre, Permission.RECORD_FIGURES)
    return undo_import(done=_done(found, done), by=member_of(request))


def _done(centre: Centre, uuid: UUID) -> models.Import:
    done = models.Import.objects.select_related("centre").filter(centre=centre, uuid=uuid).first()
    if done is None:
        raise UnknownError
    return done


def _known(centre: Centre, table: str, upload: Upload) -> str:
    """Return the mapping that was kept, or that of the dossier's own columns."""
    kept = saved_mapping(centre, table)
    if kept is not None:
        return kept
    names = columns_of(upload, FileOptions())
    return default_mapping(TABLES[table], names, centre.site.timezone)


@contextmanager
def _kept(file: UploadedFile) -> Iterator[Upload]:
    """Keep an upload as a file while it is read."""
    if (file.size or 0) > _LARGEST:
        raise RefusedActionError(_("A file to be imported has at most 25 MB."))
    name = Path(file.name or "file").name[-200:]
    ending = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="attain-import-") as folder:
        place = Path(folder) / f"import{ending if ending[1:].isalnum() else ''}"
        with place.open("wb") as opened:
            for piece in file.chunks():
                opened.write(piece)
        yield Upload(place, name)
