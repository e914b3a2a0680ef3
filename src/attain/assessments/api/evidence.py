"""Evidence of items: what is shown, adding a link, a file or a record, withdrawing."""

from datetime import date, datetime
from typing import Annotated, Any, BinaryIO, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Path, Query, Router, Schema
from ninja.files import UploadedFile
from ninja.responses import Status
from pydantic import StringConstraints

from attain.assessments.actions import evidence as actions
from attain.assessments.api.assessments import ONE
from attain.assessments.models import Assessment, ItemEvidence
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.evidence import evidence_of, find_evidence
from attain.assessments.queries.finding import find_shown
from attain.organisations.api_parts import (
    Day,
    Listed,
    LongKey,
    PageAsked,
    Said,
    SeenIn,
    answers,
    listed_of,
    member_of,
    now_and_today,
)
from attain.organisations.errors import UnknownError

router = Router(tags=["assessments"])
Asked = Query[PageAsked]
_OF_ITEM = f"{ONE}/items/{{item}}/evidence"
Link = Annotated[
    str,
    StringConstraints(max_length=500, pattern=r"^https?://[^\x00-\x20\x7f]+$"),
    Field(examples=["https://intranet.example/forecast"]),
]
Title = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"),
    Field(examples=["The forecast of October"]),
]


class ItemEvidenceOut(Schema):
    """What is shown for an item; what was withdrawn stays on record."""

    uuid: UUID
    item: str
    kind: Literal["file", "link", "document", "figure"]
    title: str
    link: str
    sha256: str | None
    document: UUID | None
    metric: UUID | None
    expires_on: date | None
    added_by: str
    added_at: datetime
    withdrawn_at: datetime | None
    version: int


class LinkIn(Said):
    """A link that is shown for an item; without a title it goes by its address."""

    link: Link
    title: Title = ""
    expires_on: Day | None = None


class FileIn(Said):
    """What a file that is shown for an item is called; without a title it goes by its name."""

    title: Title = ""
    expires_on: Day | None = None


class RecordIn(Said):
    """A document or a metric of the centre that is shown for an item; a metric as it stands."""

    kind: Literal["document", "figure"]
    record: UUID


def _out(row: ItemEvidence) -> dict[str, Any]:
    return {
        "uuid": row.uuid,
        "item": row.item,
        "kind": row.kind,
        "title": row.title,
        "link": row.link,
        "sha256": row.file.sha256 if row.file else None,
        "document": row.document.uuid if row.document else None,
        "metric": row.metric.uuid if row.metric else None,
        "expires_on": row.expires_on,
        "added_by": row.added_by.account.name,
        "added_at": row.added_at,
        "withdrawn_at": row.withdrawn_at,
        "version": row.version,
    }


def _found(request: HttpRequest, assessment: UUID, item: str) -> Assessment:
    found = find_shown(member_of(request), assessment)
    if item not in {each.key for each in model_of(found.edition).items}:
        raise UnknownError
    return found


@router.get(_OF_ITEM, response=answers((200, Listed[ItemEvidenceOut])))
def index(request: HttpRequest, assessment: Path[UUID], item: Path[LongKey], asked: Asked) -> Any:
    """List what was ever shown for an item, for who rates a part or leads the assessment."""
    found = _found(request, assessment, item)
    return listed_of([_out(each) for each in evidence_of(found, item)], asked)


@router.post(f"{_OF_ITEM}/links", response=answers((201, ItemEvidenceOut)))
def add_link(
    request: HttpRequest, assessment: Path[UUID], item: Path[LongKey], said: LinkIn
) -> Any:
    """Show a link for an item of an assessment that is open."""
    found = _found(request, assessment, item)
    at, _today = now_and_today(request)
    made = actions.add_link(
        by=member_of(request), assessment=found, item=item, now=at, **said.dict()
    )
    return Status(201, _out(made))


@router.post(f"{_OF_ITEM}/files", response=answers((201, ItemEvidenceOut)))
def add_file(
    request: HttpRequest,
    assessment: Path[UUID],
    item: Path[LongKey],
    said: Form[FileIn],
    file: File[UploadedFile],
) -> Any:
    """Show a file of at most 25 MB for an item; the centre keeps it under its hash."""
    found = _found(request, assessment, item)
    at, _today = now_and_today(request)
    made = actions.add_file(
        by=member_of(request),
        assessment=found,
        item=item,
        file=cast("BinaryIO", file),
        name=file.name or "file",
        now=at,
        **said.dict(),
    )
    return Status(201, _out(made))


@router.post(f"{_OF_ITEM}/records", response=answers((201, ItemEvidenceOut)))
def add_record(
    request: HttpRequest, assessment: Path[UUID], item: Path[LongKey], said: RecordIn
) -> Any:
    """Show something that the centre has on record for an item: a document, or a live figure."""
    found = _found(request, assessment, item)
    at, _today = now_and_today(request)
    by = member_of(request)
    if said.kind == "document":
        made = actions.add_document(
            by=by, assessment=found, item=item, document=said.record, now=at
        )
    else:
        made = actions.add_figure(by=by, assessment=found, item=item, metric=said.record, now=at)
    return Status(201, _out(made))


@router.post(f"{ONE}/evidence/{{shown}}/withdraw", response=answers((200, ItemEvidenceOut)))
def withdraw(request: HttpRequest, assessment: Path[UUID], shown: Path[UUID], said: SeenIn) -> Any:
    """Withdraw evidence of an assessment that is open."""
    member = member_of(request)
    row = find_evidence(find_shown(member, assessment), shown)
    at, _today = now_and_today(request)
    return _out(actions.withdraw_evidence(by=member, evidence=row, seen=said.version, now=at))
