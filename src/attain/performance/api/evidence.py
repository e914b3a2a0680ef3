"""Files that bear out what a centre has in writing."""

from datetime import datetime
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Path, Query, Router, Schema, UploadedFile
from ninja.responses import Status

from attain.organisations.api_parts import (
    Listed,
    LongKey,
    PageAsked,
    answers,
    file_answer,
    listed,
    member_of,
)
from attain.organisations.errors import UnknownError
from attain.organisations.rules import Permission
from attain.performance import models
from attain.performance.actions.evidence import evidence_folder, store_evidence
from attain.performance.api.parts import find

router = Router(tags=["evidence"])
_PLAIN = "application/octet-stream"


class EvidenceOut(Schema):
    """A file that was handed in."""

    uuid: UUID
    name: str
    size: int
    media_type: str
    sha256: str
    stored_at: datetime


@router.get("/centres/{centre}/evidence", response=answers((200, Listed[EvidenceOut])))
def files(request: HttpRequest, centre: Path[LongKey], asked: Query[PageAsked]) -> Any:
    """List the files of evidence of a centre, the latest first."""
    rows = models.EvidenceFile.objects.filter(centre=find(request, centre))
    return listed(rows.order_by("-stored_at", "-pk"), asked)


@router.post("/centres/{centre}/evidence", response=answers((201, EvidenceOut)))
def store(request: HttpRequest, centre: Path[LongKey], file: File[UploadedFile]) -> Any:
    """Store a file of at most 25 MB, to be named by a practice or a document."""
    found = find(request, centre, Permission.RECORD_FIGURES)
    name = file.name or "file"
    opened = cast("BinaryIO", file)
    made = store_evidence(centre=found, file=opened, name=name, by=member_of(request))
    return Status(201, made)


@router.get(
    "/centres/{centre}/evidence/{file}",
    response=answers(),
    openapi_extra=file_answer(_PLAIN),
)
def read(request: HttpRequest, centre: Path[LongKey], file: Path[UUID]) -> Any:
    """Return a file of evidence, to be kept and not to be run."""
    found = find(request, centre)
    stored = models.EvidenceFile.objects.filter(centre=found, uuid=file).first()
    path = evidence_folder(member_of(request).organisation.key) / stored.sha256 if stored else None
    if stored is None or path is None or not path.is_file():
        raise UnknownError
    name = stored.name
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=_PLAIN)
