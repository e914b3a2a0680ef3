"""The API of the audit trail."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from attain.organisations import queries
from attain.organisations.api_parts import (
    Day,
    Listed,
    PageAsked,
    Words,
    answers,
    listed,
    member_of,
)
from attain.organisations.audit_queries import content_of, entries
from attain.organisations.models import AuditEntry
from attain.organisations.rules import Permission

router = Router(tags=["audit"])


class EntryOut(Schema):
    """An entry of the audit trail; its details are empty where they were erased."""

    sequence: int
    at: datetime
    actor: str
    action: str
    object_kind: str
    object_key: str
    details: dict[str, Any]
    previous_hash: str
    entry_hash: str

    @staticmethod
    def resolve_details(entry: AuditEntry) -> dict[str, Any]:
        """Return what the entry says."""
        return content_of(entry)


@router.get("/audit", response=answers((200, Listed[EntryOut])))
def trail(
    request: HttpRequest,
    asked: Query[PageAsked],
    words: Query[Words | None] = None,
    since: Query[Day | None] = None,
    until: Query[Day | None] = None,
) -> Any:
    """List the entries of the audit trail, latest first; `words` stand in an action or object."""
    queries.demand(member_of(request), Permission.READ_AUDIT)
    return listed(entries(words or "", since, until), asked)
