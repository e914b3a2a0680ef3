"""Good practices: a site shares how it came to a level, or withdraws what it shared."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router, Schema
from ninja.responses import Status

from attain.assessments.actions import practices as actions
from attain.assessments.queries.practices import (
    SharedPractice,
    find_practice,
    find_to_share,
    shared_practice,
)
from attain.organisations.api_parts import (
    LongKey,
    Reason,
    Said,
    SeenIn,
    answers,
    member_of,
    now,
)

router = Router(tags=["estate"])


class PracticeOut(Schema):
    """A practice that a site shared."""

    uuid: UUID
    centre: str
    level: int | None
    text: str
    shared_at: datetime
    version: int


class ShareIn(Said):
    """What is done at the site, for others to do too."""

    text: Reason


def practice_json(shared: SharedPractice) -> dict[str, Any]:
    """Return a shared practice as programs read it."""
    row = shared.practice
    return {
        "uuid": row.uuid,
        "centre": shared.centre.key,
        "level": shared.level,
        "text": row.text,
        "shared_at": row.shared_at,
        "version": row.version,
    }


@router.post("/assessments/{closed}/items/{item}/practice", response=answers((201, PracticeOut)))
def share(request: HttpRequest, closed: Path[UUID], item: Path[LongKey], said: ShareIn) -> Any:
    """Share how a site came to its level of an item, with everybody who reads assessments."""
    member = member_of(request)
    found = find_to_share(member, closed)
    made = actions.share_note(by=member, assessment=found, item=item, text=said.text, now=now())
    return Status(201, practice_json(shared_practice(made)))


@router.post("/practices/{practice}/withdraw", response=answers((200, PracticeOut)))
def withdraw(request: HttpRequest, practice: Path[UUID], said: SeenIn) -> Any:
    """Withdraw a shared practice; it stays on record."""
    member = member_of(request)
    row = find_practice(member, practice)
    actions.withdraw_share(by=member, practice=row, seen=said.version, now=now())
    return practice_json(shared_practice(row))
