"""What an assessment came to, and what rose and fell since another."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router, Schema

from attain.assessments.api.assessments import ONE
from attain.assessments.models import Assessment
from attain.assessments.queries.finding import (
    find_assessment,
    find_closed,
    find_with_result,
    place_of,
)
from attain.assessments.queries.ratings import entries_by_part
from attain.assessments.queries.results import (
    ItemResult,
    Result,
    comparable,
    comparison_of,
    result_of,
)
from attain.assessments.rules.comparing import Movement
from attain.assessments.rules.moderation import agreement_by_category
from attain.assessments.rules.stages import AssessmentState
from attain.measurement.numbers import write_exact
from attain.organisations.api_parts import answers, member_of, now_and_today
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.standards.model_rules import Colour
from attain.standards.ratings import ItemRating, RolledUp

if TYPE_CHECKING:
    from attain.measurement.agreement import Agreement

router = Router(tags=["assessments"])


class RolledOut(Schema):
    """Levels rolled up by the rule of the model; `value` is exact, None where it is still open."""

    value: str | None
    low: str | None
    high: str | None
    rated: int
    open: int
    not_applicable: int


class AgreementOut(Schema):
    """How far assessors agree: Krippendorff's alpha, exact, and the interval of drawing again."""

    alpha: str | None
    low: float | None
    high: float | None
    units: int


class CategoryOut(RolledOut):
    """A category; who moderates an assessment sees how far its assessors agree."""

    key: str
    title: str
    target: str | None
    agreement: AgreementOut | None


class DeniedOut(Schema):
    """A condition of a level that the records of the centre deny, and what they show."""

    level: int
    finding: dict[str, Any]


class ItemOut(Schema):
    """What became of an item, and what of it the records of the centre deny."""

    item: str
    title: str
    category: str
    level: int | None
    target: int | None
    not_applicable: str | None
    gap: int | None
    colour: Colour | None
    note: str
    needed: str
    denied: list[DeniedOut]


class ResultOut(Schema):
    """An assessment rolled up by the rule of its model; its items with the widest gap first."""

    as_of: date
    is_closed: bool
    rule: str
    whole: RolledOut
    categories: list[CategoryOut]
    items: list[ItemOut]


class RatedOut(Schema):
    """What was agreed of an item in one of two assessments."""

    level: int | None
    target: int | None
    not_applicable: str | None


class MovementOut(Schema):
    """What became of an item between two assessments."""

    item: str
    title: str
    before: RatedOut
    after: RatedOut
    movement: Movement


class ComparisonOut(Schema):
    """Two closed assessments beside each other, that opened earlier before the other."""

    before: UUID
    after: UUID
    items: list[MovementOut]


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else write_exact(value)


def _rolled(rolled: RolledUp) -> dict[str, Any]:
    return {
        "value": _exact(rolled.value),
        "low": _exact(rolled.low),
        "high": _exact(rolled.high),
        "rated": rolled.rated,
        "open": rolled.open,
        "not_applicable": rolled.not_applicable,
    }


def _agreement(found: "Agreement | None") -> dict[str, Any] | None:
    if found is None:
        return None
    alpha = _exact(found.alpha)
    return {"alpha": alpha, "low": found.low, "high": found.high, "units": found.units}


def _agreed_upon(
    member: Member, assessment: Assessment, result: Result
) -> Mapping[str, "Agreement"]:
    """Return how far assessors agree, while it is moderated and for who moderates it."""
    leads = may(member, Permission.LEAD_ASSESSMENTS, place_of(assessment))
    if assessment.state != AssessmentState.MODERATION or not leads:
        return {}
    parts = entries_by_part(assessment)
    return agreement_by_category(result.model, parts, seed=assessment.seed)


def _categories(result: Result, agreed: Mapping[str, "Agreement"]) -> Iterator[dict[str, Any]]:
    for key, category in zip(result.model.parts, result.categories, strict=True):
        yield {
            **_rolled(category.rolled),
            "key": key,
            "title": category.title,
            "target": _exact(category.target),
            "agreement": _agreement(agreed.get(key)),
        }


def _rated(rating: ItemRating) -> dict[str, Any]:
    return {
        "level": rating.level,
        "target": rating.target,
        "not_applicable": rating.not_applicable,
    }


def _item(result: ItemResult) -> dict[str, Any]:
    denied = [{"level": d.condition.level, "finding": dict(d.finding)} for d in result.denied]
    return {
        **_rated(result.rating),
        "item": result.item.key,
        "title": result.item.title,
        "category": result.category,
        "gap": result.rating.gap,
        "colour": result.colour,
        "note": result.note,
        "needed": result.needed,
        "denied": denied,
    }


@router.get(f"{ONE}/result", response=answers((200, ResultOut)))
def show(request: HttpRequest, assessment: Path[UUID]) -> Any:
    """Return the result: as it was closed, or as far as it is agreed; refused before moderation."""
    member = member_of(request)
    found = find_with_result(member, assessment)
    _at, today = now_and_today(request)
    result = result_of(found, today)
    return {
        "as_of": result.as_of,
        "is_closed": result.is_closed,
        "rule": result.whole.rule,
        "whole": _rolled(result.whole),
        "categories": list(_categories(result, _agreed_upon(member, found, result))),
        "items": [_item(each) for each in result.items],
    }


@router.get("/assessments/{closed}/comparison/{earlier}", response=answers((200, ComparisonOut)))
def compare(request: HttpRequest, closed: Path[UUID], earlier: Path[UUID]) -> Any:
    """Return what rose and fell between two closed assessments of a place by the same model."""
    member = member_of(request)
    found = find_closed(member, closed)
    if earlier not in {each.uuid for each in comparable(found, member)}:
        raise UnknownError("It is none that this one can be compared with.")
    made = comparison_of(found, find_assessment(member, earlier))
    items = [
        {
            "item": item.key,
            "title": item.title,
            "before": _rated(moved.before),
            "after": _rated(moved.after),
            "movement": moved.movement,
        }
        for item, moved in made.movements
    ]
    return {"before": made.before.uuid, "after": made.after.uuid, "items": items}
