"""The result of an assessment: as it was closed, or as far as it is agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from attain.assessments.models import Assessment
from attain.assessments.queries.claims import claims_of
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import visible_assessments
from attain.assessments.queries.ratings import agreed_entries, ratings_of
from attain.assessments.rules.cells import targets_of
from attain.assessments.rules.comparing import ItemMovement, compare
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentState
from attain.measurement.outcomes import Outcome
from attain.organisations.pages import Member
from attain.standards.kept_sentences import with_sentences
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ClaimCondition, ModelItem
from attain.standards.model_rules import Colour
from attain.standards.ratings import (
    OPEN,
    ItemRating,
    ModelStanding,
    Ratings,
    RolledUp,
    colour_of,
    roll_up,
)


@dataclass(frozen=True)
class DeniedClaim:
    """A level that the centre's records deny, with what they show."""

    condition: ClaimCondition
    finding: Mapping[str, Any]


@dataclass(frozen=True)
class ItemResult:
    """What became of an item: its level, gap and colour, and who denies it."""

    item: ModelItem
    category: str
    rating: ItemRating
    colour: Colour | None
    denied: tuple[DeniedClaim, ...]
    note: str
    needed: str


@dataclass(frozen=True)
class CategoryResult:
    """How a category rolls up, and how its targets would."""

    title: str
    rolled: RolledUp
    target: Fraction | None


@dataclass(frozen=True)
class Result:
    """An assessment rolled up by the rule of its model."""

    model: MaturityModel
    as_of: date
    is_closed: bool
    whole: RolledUp
    categories: tuple[CategoryResult, ...]
    items: tuple[ItemResult, ...]

    @property
    def denied(self) -> tuple[ItemResult, ...]:
        """The items whose levels records deny."""
        return tuple(each for each in self.items if each.denied)


def result_of(assessment: Assessment, today: date) -> Result:
    """Return the result: what was frozen once it is closed, and what is agreed so far before."""
    model, entries = model_of(assessment.edition), agreed_entries(assessment)
    is_closed = assessment.state == AssessmentState.CLOSED
    if is_closed:
        closing = assessment.closing
        ratings, standing = ratings_at_closing(assessment), _standing_of(closing)
        found, as_of = _claims_at(closing), date.fromisoformat(closing["as_of"])
    else:
        ratings, as_of = ratings_of(entries.items()), today
        standing = roll_up(model, ratings)
        claims = claims_of(assessment, model, today)
        found = {k: [each.finding.as_json() for each in v] for k, v in claims.items()}
    return Result(
        model=model,
        as_of=as_of,
        is_closed=is_closed,
        whole=standing.whole,
        categories=_categories(model, standing, ratings),
        items=_items(model, ratings, found, entries),
    )


def _claims_at(closing: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    # What was closed before sentences were kept says them in English.
    kept = closing.get("sentences", {})
    return {
        item: with_sentences(found, kept.get(item)) for item, found in closing["claims"].items()
    }


def ratings_at_closing(assessment: Assessment) -> Ratings:
    """Return the ratings that an assessment was closed with."""
    return {key: rating_of(each) for key, each in assessment.closing["items"].items()}


def rating_of(kept: Mapping[str, Any]) -> ItemRating:
    """Return the rating of an item as an assessment was closed with it."""
    return ItemRating(kept["level"], kept["target"], kept["not_applicable"])


def _standing_of(closing: Mapping[str, Any]) -> ModelStanding:
    parts = {key: rolled_of(each) for key, each in closing["categories"].items()}
    return ModelStanding(rolled_of(closing["whole"]), parts)


def rolled_of(kept: Mapping[str, Any]) -> RolledUp:
    """Return what items rolled up to as an assessment was closed with it."""
    # Written exactly: a mean of thirds is a ratio.
    value = None if kept["value"] is None else Fraction(kept["value"])
    # Nothing is open in what was closed.
    return RolledUp(kept["rule"], value, value, kept["rated"], 0, kept["not_applicable"])


def _categories(
    model: MaturityModel, standing: ModelStanding, ratings: Ratings
) -> tuple[CategoryResult, ...]:
    targets = targets_of(model, ratings).parts
    return tuple(
        CategoryResult(model.parts[key].title, rolled, targets[key].value)
        for key, rolled in standing.parts.items()
    )


def _items(
    model: MaturityModel,
    ratings: Ratings,
    found: Mapping[str, Sequence[Mapping[str, Any]]],
    entries: Mapping[str, Entry],
) -> tuple[ItemResult, ...]:
    listed = [
        ItemResult(
            item=item,
            category=part.title,
            rating=ratings.get(item.key, OPEN),
            colour=colour_of(model, ratings.get(item.key, OPEN)),
            denied=_denied(item, ratings.get(item.key, OPEN), found.get(item.key, ())),
            note=entries.get(item.key, Entry()).note,
            needed=entries.get(item.key, Entry()).needed,
        )
        for part in model.parts.values()
        for item in part.all_items
        if item.is_rated
    ]
    return tuple(sorted(listed, key=_by_gap))


def _by_gap(result: ItemResult) -> tuple[int, int]:
    gap = result.rating.gap
    level = result.rating.level
    return (-1 if gap is None else gap) * -1, 1_000 if level is None else level


def _denied(
    item: ModelItem, rating: ItemRating, found: Sequence[Mapping[str, Any]]
) -> tuple[DeniedClaim, ...]:
    level = rating.level
    return tuple(
        DeniedClaim(condition, finding)
        for condition, finding in zip(item.evidenced_by, found, strict=False)
        if level is not None
        and level >= condition.level
        and finding["outcome"] == Outcome.NOT_MET.value
    )


def comparable(assessment: Assessment, member: Member) -> list[Assessment]:
    """Return the other closed assessments of the same place by the same model, latest first."""
    rows = visible_assessments(member).filter(
        centre=assessment.centre,
        team=assessment.team,
        edition__key=assessment.edition.key,
        state=AssessmentState.CLOSED.value,
    )
    return list(rows.exclude(pk=assessment.pk).defer("edition__text"))


@dataclass(frozen=True)
class Comparison:
    """Two assessments beside each other, the earlier one first."""

    before: Assessment
    after: Assessment
    model: MaturityModel
    movements: tuple[tuple[ModelItem, ItemMovement], ...]


def comparison_of(one: Assessment, other: Assessment) -> Comparison:
    """Return what rose and what fell between two closed assessments."""
    before, after = sorted((one, other), key=lambda each: each.opened_at)
    model = model_of(after.edition)
    moved = compare(model, ratings_at_closing(before), ratings_at_closing(after))
    pairs = tuple((item, moved[item.key]) for item in model.rated_items)
    return Comparison(before, after, model, pairs)
