"""The library: models of attain and own editions, drafts, publishing, what editions differ by."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema
from ninja.responses import Status
from pydantic import StringConstraints

from attain.assessments.actions import editions as actions
from attain.assessments.actions.cloning import clone_as_edition, clone_as_model
from attain.assessments.actions.licensing import load_into_library_model, load_licensed_texts
from attain.assessments.models import LicensedTextsFile, ModelEdition
from attain.assessments.queries.editions import find_edition
from attain.assessments.queries.library import ShelvedModel, find_shipped, shelf, shelved
from attain.assessments.queries.licensing import loaded_for
from attain.assessments.rules.editions import Difference, differences
from attain.organisations.api_parts import (
    Line,
    Listed,
    LongKey,
    PageAsked,
    Said,
    SeenIn,
    Version,
    answers,
    file_answer,
    listed_of,
    member_of,
    now,
)
from attain.organisations.errors import UnknownError
from attain.organisations.queries import demand
from attain.organisations.rules import Permission

router = Router(tags=["library"])
Asked = Query[PageAsked]
ModelKey = Annotated[
    str,
    StringConstraints(max_length=100, pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$"),
    Field(examples=["own-model"]),
]
ModelText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=actions.LONGEST, pattern=r"^[^\x00]*$"),
    Field(examples=["model: own-model"]),
]
EditionName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$"),
    Field(examples=["2027-01"]),
]
_YAML = "application/yaml"


class ModelLineOut(Schema):
    """A model of the library; without `uuid` one of attain's that was not used yet."""

    uuid: UUID | None
    key: str
    title: str
    edition: str
    status: Literal["draft", "published", "withdrawn"]
    of_attain: bool
    items: int
    licence: str
    assessments: int
    version: int | None


class ModelOut(ModelLineOut):
    """A model with all its texts, lists in the order of its file."""

    model: dict[str, Any]


class DraftIn(Said):
    """The text of a model."""

    text: ModelText


class TextIn(DraftIn):
    """Another text of a draft, and the version that was seen."""

    version: Version


class CloneIn(Said):
    """What a clone becomes: without a key the next edition, with one a model of its own."""

    edition: EditionName
    title: Line
    key: ModelKey | None = None


class ChangedTextOut(Schema):
    """A text of an item that is another in the later edition."""

    name: str
    old: str
    new: str


class TextsIn(Said):
    """Licensed texts of items that are structure only, as a file of YAML."""

    text: Annotated[
        str,
        StringConstraints(min_length=1, max_length=actions.LONGEST, pattern=r"^[^\x00]*$"),
        Field(examples=["texts_for: own-model"]),
    ]


class LoadedTextsOut(Schema):
    """Licensed texts that were loaded for an edition, and the edition that was made with them."""

    number: int
    current: bool
    made: UUID
    edition: str
    licence: str
    sha256: str
    uploaded_at: datetime


class ItemDifferenceOut(Schema):
    """An item that differs between two editions."""

    item: str
    difference: Difference
    texts: list[ChangedTextOut]


class DifferencesOut(Schema):
    """What two editions differ by."""

    old: str
    new: str
    items: list[ItemDifferenceOut]


def _line(found: ShelvedModel) -> dict[str, Any]:
    row, model = found.row, found.model
    return {
        "uuid": row.uuid if row else None,
        "key": model.model,
        "title": model.title,
        "edition": model.edition,
        "status": found.status,
        "of_attain": found.is_of_attain,
        "items": found.size,
        "licence": model.licence,
        "assessments": found.used,
        "version": row.version if row else None,
    }


def _whole(found: ShelvedModel) -> dict[str, Any]:
    return {**_line(found), "model": {**found.model.as_json(), "status": found.status}}


def _file(found: ShelvedModel) -> HttpResponse:
    answer = HttpResponse(found.file, content_type=f"{_YAML}; charset=utf-8")
    name = f"{found.model.model}.yaml"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _own(request: HttpRequest, model: UUID, permission: Permission | None = None) -> ModelEdition:
    asked = permission or Permission.READ_ASSESSMENTS
    return find_edition(member_of(request), model, asked)


@router.get("/library/models", response=answers((200, Listed[ModelLineOut])))
def index(request: HttpRequest, asked: Asked) -> Any:
    """List the models of attain's library and the organisation's own editions, by title."""
    return listed_of([_line(each) for each in shelf(member_of(request))], asked)


@router.get("/library/attain/{shipped}", response=answers((200, ModelOut)))
def one_shipped(request: HttpRequest, shipped: Path[LongKey]) -> Any:
    """Return a model of attain's library as it ships."""
    return _whole(find_shipped(member_of(request), shipped))


@router.get("/library/attain/{shipped}/file", openapi_extra=file_answer(_YAML), response=answers())
def shipped_file(request: HttpRequest, shipped: Path[LongKey]) -> Any:
    """Return the text of a model of attain's library as YAML."""
    return _file(find_shipped(member_of(request), shipped))


@router.post("/library/attain/{shipped}/clone", response=answers((201, ModelLineOut)))
def clone_shipped(request: HttpRequest, shipped: Path[LongKey], said: CloneIn) -> Any:
    """Begin a draft from a model of attain's library."""
    return _cloned(
        request, find_shipped(member_of(request), shipped, Permission.WRITE_MODELS), said
    )


@router.post("/library/models", response=answers((201, ModelLineOut)))
def write(request: HttpRequest, said: DraftIn) -> Any:
    """Enter a model as a draft; one with faults is refused with each of them, by line."""
    member = member_of(request)
    demand(member, Permission.WRITE_MODELS)
    return Status(201, _line(shelved(actions.write_draft(by=member, text=said.text, now=now()))))


@router.get("/library/models/{model}", response=answers((200, ModelOut)))
def one(request: HttpRequest, model: Path[UUID]) -> Any:
    """Return an edition with all its texts."""
    return _whole(shelved(_own(request, model)))


@router.get("/library/models/{model}/file", openapi_extra=file_answer(_YAML), response=answers())
def file(request: HttpRequest, model: Path[UUID]) -> Any:
    """Return the text of an edition as YAML."""
    return _file(shelved(_own(request, model)))


@router.put("/library/models/{model}/text", response=answers((200, ModelLineOut)))
def change(request: HttpRequest, model: Path[UUID], said: TextIn) -> Any:
    """Change the text of a draft."""
    row = _own(request, model, Permission.WRITE_MODELS)
    changed = actions.change_draft(
        by=member_of(request), edition=row, seen=said.version, text=said.text, now=now()
    )
    return _line(shelved(changed))


@router.post("/library/models/{model}/publish", response=answers((200, ModelLineOut)))
def publish(request: HttpRequest, model: Path[UUID], said: SeenIn) -> Any:
    """Publish a draft; refused where its item map loses an item."""
    row = _own(request, model, Permission.WRITE_MODELS)
    by = member_of(request)
    return _line(shelved(actions.publish(by=by, edition=row, seen=said.version, now=now())))


@router.post("/library/models/{model}/withdraw", response=answers((200, ModelLineOut)))
def withdraw(request: HttpRequest, model: Path[UUID], said: SeenIn) -> Any:
    """Withdraw a published edition."""
    row = _own(request, model, Permission.WRITE_MODELS)
    by = member_of(request)
    return _line(shelved(actions.withdraw(by=by, edition=row, seen=said.version, now=now())))


@router.post("/library/models/{model}/clone", response=answers((201, ModelLineOut)))
def clone(request: HttpRequest, model: Path[UUID], said: CloneIn) -> Any:
    """Begin a draft from an edition."""
    return _cloned(request, shelved(_own(request, model, Permission.WRITE_MODELS)), said)


def _cloned(request: HttpRequest, found: ShelvedModel, said: CloneIn) -> Any:
    by, at = member_of(request), now()
    title, edition = said.title, said.edition
    if said.key is None:
        row = clone_as_edition(by=by, found=found, title=title, edition=edition, now=at)
    else:
        row = clone_as_model(by=by, found=found, key=said.key, title=title, edition=edition, now=at)
    return Status(201, _line(shelved(row)))


@router.get("/library/models/{model}/texts", response=answers((200, Listed[LoadedTextsOut])))
def texts(request: HttpRequest, model: Path[UUID], asked: Asked) -> Any:
    """List the licensed texts that were loaded for an edition, the latest first, by their hash."""
    rows = loaded_for(_own(request, model, Permission.WRITE_MODELS))
    return listed_of([_loaded(each) for each in rows], asked)


@router.post("/library/models/{model}/texts", response=answers((201, ModelLineOut)))
def load_texts(request: HttpRequest, model: Path[UUID], said: TextsIn) -> Any:
    """Load licensed texts for an edition; answers with the edition that is made with them."""
    row = _own(request, model, Permission.WRITE_MODELS)
    by = member_of(request)
    loaded = load_licensed_texts(by=by, base=row, text=said.text, now=now())
    return Status(201, _line(shelved(loaded.made)))


@router.post("/library/attain/{shipped}/texts", response=answers((201, ModelLineOut)))
def load_shipped_texts(request: HttpRequest, shipped: Path[LongKey], said: TextsIn) -> Any:
    """Load licensed texts for a model of attain's library."""
    by = member_of(request)
    key = find_shipped(by, shipped, Permission.WRITE_MODELS).model.model
    loaded = load_into_library_model(by=by, key=key, text=said.text, now=now())
    return Status(201, _line(shelved(loaded.made)))


def _loaded(row: LicensedTextsFile) -> dict[str, Any]:
    return {
        "number": row.number,
        "current": row.is_current,
        "made": row.made.uuid,
        "edition": row.made.edition,
        "licence": row.licence,
        "sha256": row.sha256,
        "uploaded_at": row.uploaded_at,
    }


@router.get("/library/models/{model}/differences/{other}", response=answers((200, DifferencesOut)))
def compare(request: HttpRequest, model: Path[UUID], other: Path[UUID]) -> Any:
    """Return what one edition differs from another by; the other is the earlier."""
    new, old = shelved(_own(request, model)).model, shelved(_own(request, other)).model
    if new.model != old.model:
        raise UnknownError("They are editions of two models.")
    found = [
        {
            "item": each.item,
            "difference": each.difference,
            "texts": [dict(zip(("name", "old", "new"), text, strict=True)) for text in each.texts],
        }
        for each in differences(old, new)
    ]
    return {"old": old.edition, "new": new.edition, "items": found}
