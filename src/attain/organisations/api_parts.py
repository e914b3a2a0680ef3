"""What the API of every room has in common: problems, pages, and the documented answers."""

from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import StringConstraints

from attain.organisations.models import Member

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)
REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 422})
# PostgreSQL keeps no NUL, and a name is on one line.
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"),
]
Key = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[-a-zA-Z0-9_]+$")]


class Problem(Schema):
    """Why a request was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] = Field(default_factory=list)


class PageAsked(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0, le=10_000_000)


class Listed(Schema, Generic[Item]):
    """A part of a list, and how long the whole is."""

    count: int
    items: list[Item]


def listed(rows: QuerySet[Row], asked: PageAsked) -> dict[str, Any]:
    """Return the part of a list that is asked for; the rows must have an order of their own."""
    return {"count": rows.count(), "items": list(rows[asked.offset : asked.offset + asked.limit])}


def answers(*good: tuple[int, Any]) -> dict[Any, Any]:
    """Return the answers of an operation: the good ones, and a problem for each refusal."""
    return {**dict(good), REFUSALS: Problem}


def member_of(request: HttpRequest) -> Member:
    """Return the member for whom a program acts."""
    member: Member = request.member  # type: ignore[attr-defined]
    return member
