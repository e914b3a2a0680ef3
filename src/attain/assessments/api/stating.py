"""Practices: what a closed assessment states of them, and taking it over into the records."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema

from attain.assessments.actions.stating import state_practices
from attain.assessments.queries.stating import find_to_state, practices_of
from attain.assessments.rules.stating import StatedPractice
from attain.organisations.api_parts import LongKey, Said, SeenVersion, answers, member_of, now
from attain.standards.figures import Documented

router = Router(tags=["assessments"])


class StatedOut(Schema):
    """What an assessment states of a practice.

    Where nothing is on record `recorded` is null, and its `revision` 0.
    """

    item: str
    title: str
    documented: Documented
    reason: str | None
    evidence: str | None
    recorded: Documented | None
    revision: int
    differs: bool


class PracticeSeen(Said):
    """An item, and the revision of its record that stood beside it: 0 of none."""

    item: LongKey = Field(examples=["volume-forecast"])
    revision: SeenVersion


class TakeOverIn(Said):
    """The items whose practices are recorded."""

    practices: list[PracticeSeen] = Field(min_length=1, max_length=5000)


class TakenOut(Schema):
    """How many practices were recorded."""

    recorded: int


def _json(each: StatedPractice) -> dict[str, Any]:
    stated = each.stated
    return {
        "item": each.item.key,
        "title": each.item.title,
        "documented": stated.documented,
        "reason": stated.reason,
        "evidence": stated.evidence,
        "recorded": each.recorded.documented if each.recorded else None,
        "revision": each.revision,
        "differs": each.differs,
    }


@router.get("/assessments/{closed}/practices", response=answers((200, list[StatedOut])))
def stated(request: HttpRequest, closed: Path[UUID]) -> Any:
    """List what a closed assessment states of practices, beside what is on record."""
    found = find_to_state(member_of(request), closed)
    return [_json(each) for each in practices_of(found)]


@router.post("/assessments/{closed}/practices", response=answers((200, TakenOut)))
def take_over(request: HttpRequest, closed: Path[UUID], said: TakeOverIn) -> Any:
    """Record what a closed assessment states of some practices, as certification reads them."""
    member = member_of(request)
    found = find_to_state(member, closed)
    seen = {each.item: each.revision for each in said.practices}
    taken = state_practices(by=member, assessment=found, seen=seen, now=now())
    return {"recorded": taken}
