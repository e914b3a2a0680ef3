"""The API of the structure as one spreadsheet: looked at, then made."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema, UploadedFile
from ninja.responses import Status
from pydantic import StringConstraints

from attain.organisations import queries
from attain.organisations.actions.structure import make_structure, preview_structure
from attain.organisations.api_parts import answers, member_of
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import Member
from attain.organisations.rules import Permission
from attain.organisations.structure import StructureAsked, read_structure

router = Router(tags=["structure"])
Seen = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_LARGEST = 25_000_000


class FieldChangedOut(Schema):
    """A field of something that is there, and that is another by the spreadsheet."""

    kind: str
    name: str
    field: str
    was: str
    now: str


class RefusedOut(Schema):
    """What a spreadsheet asks for and that cannot be."""

    kind: str
    name: str
    why: str


class StructureOut(Schema):
    """What a spreadsheet makes, changes, leaves as it is, and what of it cannot be.

    `seen` stands for what it was compared with; sent along, nothing is made where that changed.
    """

    regions: list[str]
    sites: list[str]
    programmes: list[str]
    centres: list[str]
    teams: list[str]
    changed: list[FieldChangedOut]
    unchanged: list[str]
    refused: list[RefusedOut]
    seen: str


@router.post("/structure/preview", response=answers((200, StructureOut)))
def look(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Say what a spreadsheet of the structure would make and change; nothing is kept."""
    _changer(request)
    with _read(file) as asked:
        return preview_structure(asked)


@router.post("/structure", response=answers((201, StructureOut)))
def make(request: HttpRequest, file: File[UploadedFile], seen: Form[Seen | None] = None) -> Any:
    """Make what a spreadsheet asks for and change what is there: all of it, or nothing.

    With `seen` of a preview it is refused where what that was compared with was changed since.
    """
    member = _changer(request)
    with _read(file) as asked:
        return Status(201, make_structure(asked=asked, by=member, seen=seen))


def _changer(request: HttpRequest) -> Member:
    member = member_of(request)
    queries.demand(member, Permission.CHANGE_STRUCTURE)
    return member


@contextmanager
def _read(file: UploadedFile) -> Iterator[StructureAsked]:
    """Keep an upload as a file while it is read."""
    if (file.size or 0) > _LARGEST:
        raise RefusedActionError(_("A file to be imported has at most 25 MB."))
    name = Path(file.name or "file").name[-200:]
    ending = Path(name).suffix.lower()
    with TemporaryDirectory(prefix="attain-structure-") as folder:
        place = Path(folder) / f"structure{ending if ending[1:].isalnum() else ''}"
        with place.open("wb") as opened:
            for piece in file.chunks():
                opened.write(piece)
        yield read_structure(place, name)
