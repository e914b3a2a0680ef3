"""What the API of every room has in common: problems, pages, and the documented answers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema

from attain.dossier.cells import read_date
from attain.measurement.numbers import LONGEST_NUMBER, parse_number
from attain.measurement.periods import Month
from attain.organisations.days import today_of
from attain.organisations.models import Member
from attain.organisations.versions import LARGEST_INTEGER

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)
REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 422})
# PostgreSQL keeps no NUL, and a name is on one line.
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"),
    Field(examples=["Leeds"]),
]
Key = Annotated[
    str,
    StringConstraints(min_length=1, max_length=60, pattern=r"^[-a-zA-Z0-9_]+$"),
    Field(examples=["leeds"]),
]
LongKey = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[-a-zA-Z0-9_]+$"),
    Field(examples=["leeds-acme"]),
]
# What stands in a filter: empty means everything.
Words = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
# A text of several lines: of the control characters it has tabs and the ends of lines.
_PLAIN = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*"
Text = Annotated[
    str,
    StringConstraints(max_length=10_000, pattern=rf"^{_PLAIN}$"),
    Field(examples=["Calls that were answered within 20 seconds"]),
]
# Why something is done: not empty, and not of spaces alone.
Reason = Annotated[
    str,
    StringConstraints(min_length=1, max_length=10_000, pattern=rf"^{_PLAIN}[!-~]{_PLAIN}$"),
    Field(examples=["The meter counted calls twice."]),
]
Whole = Annotated[int, Field(strict=True, ge=0, le=2**53, examples=[4070])]
Version = Annotated[int, Field(strict=True, ge=1, le=LARGEST_INTEGER, examples=[3])]
# Of a row that may not be there yet, and then has the version 0.
SeenVersion = Annotated[int, Field(strict=True, ge=0, le=LARGEST_INTEGER, examples=[0])]
Flag = Annotated[bool, Field(strict=True, examples=[True])]
_EARLIEST, _LATEST = date(1900, 1, 1), date(9990, 12, 31)


def _day(value: object) -> object:
    """Read a date to the letter: a number would be read as seconds, and a time as its day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = read_date(value) if isinstance(value, str) else None
    if day is None or not _EARLIEST <= day <= _LATEST:
        raise ValueError("a date of the years 1900 to 9990, such as 2026-10-31, is expected")
    return day


def _month(value: object) -> object:
    if isinstance(value, Month):
        return value
    month = Month.parse(value) if isinstance(value, str) else None
    if month is None or not Month.of(_EARLIEST) <= month <= Month.of(_LATEST):
        raise ValueError("a month of the years 1900 to 9990, such as 2026-10, is expected")
    return str(month)


def _number(value: object) -> object:
    try:
        parse_number(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(
            "a number written in digits as a text, such as 0.95, is expected"
        ) from None
    return value


Day = Annotated[date, BeforeValidator(_day), Field(examples=["2026-10-31"])]
MonthText = Annotated[
    str,
    BeforeValidator(_month),
    WithJsonSchema(
        {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$", "examples": ["2026-10"]}
    ),
]
# A number is a text, so that nothing on its way makes another one of it.
Exact = Annotated[
    str,
    BeforeValidator(_number),
    StringConstraints(max_length=LONGEST_NUMBER, pattern=r"^-?[0-9]+(\.[0-9]+)?$"),
    Field(examples=["0.95"]),
]


class Problem(Schema):
    """Why a request was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] = Field(default_factory=list)


class Said(Schema):
    """What a program says: a name that is not known is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class SeenIn(Said):
    """The version that was seen."""

    version: Version


class MemberOut(Schema):
    """A member of the organisation."""

    uuid: UUID
    name: str

    @staticmethod
    def resolve_name(member: Member) -> str:
        """Return the name of the member's account."""
        return member.account.name


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


def changes(said: Schema, *emptied: str) -> tuple[int, dict[str, Any]]:
    """Return the version that was seen, and the changes; None empties only what may be empty."""
    values = said.dict(exclude_unset=True)
    seen = values.pop("version")
    return seen, {n: v for n, v in values.items() if v is not None or n in emptied}


def listed_of(rows: Sequence[Any], asked: PageAsked) -> dict[str, Any]:
    """Return the part that is asked for of a list that was worked out whole."""
    return {"count": len(rows), "items": list(rows[asked.offset : asked.offset + asked.limit])}


def now() -> datetime:
    """Return the instant at which a request is answered."""
    return datetime.now(UTC)


def file_answer(media_type: str) -> dict[str, Any]:
    """Return what the description says of an operation that answers with a file.

    What a media type is read as is its own affair: a schema would be held against what was read.
    """
    content: dict[str, Any] = {media_type: {}}
    return {"responses": {200: {"description": "The file", "content": content}}}


def answers(*good: tuple[int, Any]) -> dict[Any, Any]:
    """Return the answers of an operation: the good ones, and a problem for each refusal."""
    return {**dict(good), REFUSALS: Problem}


def member_of(request: HttpRequest) -> Member:
    """Return the member for whom a program acts."""
    member: Member = request.member  # type: ignore[attr-defined]
    return member


def now_and_today(request: HttpRequest) -> tuple[datetime, date]:
    """Return the instant of a request, and its date in the zone of the member's organisation."""
    at = now()
    return at, today_of(member_of(request).organisation, at)
