"""Rating items alone, and agreeing on them in moderation."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema

from attain.assessments.actions.agreeing import agree, agree_where_settled
from attain.assessments.actions.rating import rate
from attain.assessments.api.assessments import ONE
from attain.assessments.api.entries import EntryIn, EntryText, RatingEntryOut, told_entry
from attain.assessments.models import AgreedRating, Rating
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import find_assessment, find_moderated, find_own_part
from attain.assessments.queries.moderation_page import ItemToAgree, moderation_page
from attain.assessments.queries.ratings import items_of
from attain.organisations.api_parts import (
    Listed,
    LongKey,
    PageAsked,
    answers,
    listed_of,
    member_of,
    now_and_today,
)
from attain.organisations.errors import UnknownError
from attain.organisations.rules import Permission
from attain.standards.model_items import ModelItem

router = Router(tags=["assessments"])
Asked = Query[PageAsked]
_LEAD = Permission.LEAD_ASSESSMENTS


class RatingOut(RatingEntryOut):
    """What an assessor entered of an item of their part; version 0 where nothing was."""

    version: int
    rated_at: datetime | None


class AgreedIn(EntryIn):
    """What is agreed of an item, with the reason where assessors differ or it was agreed before.

    `version` is the number of the agreement that was seen.
    """

    rationale: EntryText = ""


class AgreedOut(RatingEntryOut):
    """What was agreed of an item; version 0 where nothing was yet."""

    version: int
    rationale: str
    agreed_by: str | None
    agreed_at: datetime | None


class SaidOut(Schema):
    """What one assessor said of an item."""

    assessor: str
    level: int | None
    target: int | None
    is_applicable: bool
    reason: str
    note: str
    needed: str


class ToAgreeOut(Schema):
    """An item in moderation; `apart` is how many levels lie between who says most and least."""

    item: str
    title: str
    category: str
    apart: int | None
    is_settled: bool
    said: list[SaidOut]
    agreed: AgreedOut


class SettledOut(Schema):
    """The items that were agreed on."""

    agreed: list[str]


class ModerationAsked(PageAsked):
    """In which order items are asked for: those furthest apart first, or as the model has them."""

    order: Literal["spread", "category"] = "spread"


def _rating(item: ModelItem, row: Rating | None) -> dict[str, Any]:
    told = told_entry(item.key, item.title, row)
    return told | {"version": row.version if row else 0, "rated_at": row.rated_at if row else None}


def _agreed(item: ModelItem, row: AgreedRating | None) -> dict[str, Any]:
    return {
        **told_entry(item.key, item.title, row),
        "version": row.number if row else 0,
        "rationale": row.rationale if row else "",
        "agreed_by": row.agreed_by.account.name if row else None,
        "agreed_at": row.agreed_at if row else None,
    }


def _to_agree(each: ItemToAgree) -> dict[str, Any]:
    return {
        "item": each.item.key,
        "title": each.item.title,
        "category": each.category,
        "apart": each.spread.width,
        "is_settled": each.spread.is_settled,
        "said": [{"assessor": name, **asdict(entry)} for name, entry in each.said],
        "agreed": _agreed(each.item, each.agreed),
    }


def _item(items: list[ModelItem] | tuple[ModelItem, ...], key: str) -> ModelItem:
    for item in items:
        if item.key == key:
            return item
    raise UnknownError


@router.get(f"{ONE}/ratings", response=answers((200, Listed[RatingOut])))
def ratings(request: HttpRequest, assessment: Path[UUID], asked: Asked) -> Any:
    """List the items of one's own part with what one entered, in the order of the model."""
    part = find_own_part(member_of(request), assessment)
    rows = {row.item: row for row in part.ratings.all()}
    return listed_of([_rating(each, rows.get(each.key)) for each in items_of(part)], asked)


@router.get(f"{ONE}/ratings/{{item}}", response=answers((200, RatingOut)))
def rating(request: HttpRequest, assessment: Path[UUID], item: Path[LongKey]) -> Any:
    """Return what one entered of an item of one's own part."""
    part = find_own_part(member_of(request), assessment)
    return _rating(_item(items_of(part), item), part.ratings.filter(item=item).first())


@router.put(f"{ONE}/ratings/{{item}}", response=answers((200, RatingOut)))
def enter(request: HttpRequest, assessment: Path[UUID], item: Path[LongKey], said: EntryIn) -> Any:
    """Enter what one says of an item of one's own part; a conflict tells both sides."""
    member = member_of(request)
    part = find_own_part(member, assessment)
    known = _item(items_of(part), item)
    at, _today = now_and_today(request)
    row = rate(by=member, part=part, item=item, seen=said.version, entry=said.entry, now=at)
    return _rating(known, row)


@router.get(f"{ONE}/moderation", response=answers((200, Listed[ToAgreeOut])))
def moderation(request: HttpRequest, assessment: Path[UUID], asked: Query[ModerationAsked]) -> Any:
    """List what each assessor said of each item, and what was agreed; refused before moderation."""
    page = moderation_page(find_moderated(member_of(request), assessment), asked.order)
    return listed_of([_to_agree(each) for each in page.items], asked)


@router.get(f"{ONE}/agreed/{{item}}", response=answers((200, AgreedOut)))
def agreed(request: HttpRequest, assessment: Path[UUID], item: Path[LongKey]) -> Any:
    """Return what was agreed of an item."""
    found = find_moderated(member_of(request), assessment)
    known = _item(model_of(found.edition).rated_items, item)
    rows = found.agreed.filter(item=item, is_current=True)
    return _agreed(known, rows.select_related("agreed_by__account").first())


@router.put(f"{ONE}/agreed/{{item}}", response=answers((200, AgreedOut)))
def agree_on(
    request: HttpRequest, assessment: Path[UUID], item: Path[LongKey], said: AgreedIn
) -> Any:
    """Agree on an item; a conflict tells both sides."""
    member = member_of(request)
    found = find_assessment(member, assessment, _LEAD)
    known = _item(model_of(found.edition).rated_items, item)
    at, _today = now_and_today(request)
    row = agree(
        by=member,
        assessment=found,
        item=item,
        seen=said.version,
        entry=said.entry,
        rationale=said.rationale,
        now=at,
    )
    return _agreed(known, row)


@router.post(f"{ONE}/moderation/settle", response=answers((200, SettledOut)))
def settle(request: HttpRequest, assessment: Path[UUID]) -> Any:
    """Agree on every item of which all assessors say the same and that is not agreed yet."""
    member = member_of(request)
    found = find_assessment(member, assessment, _LEAD)
    at, _today = now_and_today(request)
    return {"agreed": agree_where_settled(by=member, assessment=found, now=at)}
