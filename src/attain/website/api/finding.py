"""The API of what belongs to no room: searching, and whether the installation is sound."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import StringConstraints

from attain.organisations.api_parts import Listed, PageAsked, answers, listed_of, member_of
from attain.organisations.queries import demand
from attain.organisations.rules import Permission
from attain.website.health import State
from attain.website.health_at_work import checks_of
from attain.website.search import SHORTEST, find

router = Router(tags=["workplace"])
Asked = Query[PageAsked]
Sought = Annotated[
    str,
    StringConstraints(min_length=SHORTEST, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$"),
    Field(examples=["leeds"]),
]


class HitOut(Schema):
    """Something that was found: what it is, its name, more about it, and its page."""

    kind: str
    name: str
    more: str
    url: str


class CheckOut(Schema):
    """What was looked at, how it is, what was found, and what to do about it."""

    name: str
    state: State
    found: str
    advice: str


@router.get("/search", response=answers((200, Listed[HitOut])))
def search(request: HttpRequest, words: Query[Sought], asked: Asked) -> Any:
    """Find centres, metrics, people and certificates, the first twenty of each."""
    found = find(member_of(request), words.strip())
    return listed_of([hit for hits in found.values() for hit in hits], asked)


@router.get("/health", response=answers((200, Listed[CheckOut])))
def health(request: HttpRequest, asked: Asked) -> Any:
    """List whether what attain needs is sound, as an administrator sees it."""
    member = member_of(request)
    demand(member, Permission.MANAGE_MEMBERS)
    return listed_of(checks_of(member.organisation), asked)
