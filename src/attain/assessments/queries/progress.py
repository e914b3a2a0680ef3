"""How far assessments are: counts alone, since assessors are blind to each other's ratings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from attain.assessments.models import AgreedRating, Assessment, AssessorPart, ModelEdition, Rating
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import place_of, visible_assessments
from attain.assessments.rules.next_steps import NextStep, PartStanding, next_step
from attain.assessments.rules.stages import (
    OPEN_STATES,
    AssessmentState,
    covers,
    items_covered,
    uncovered,
)
from attain.organisations.pages import Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.standards.maturity_model import MaturityModel

if TYPE_CHECKING:
    from django.db.models import QuerySet

_SAID = Q(level__isnull=False) | Q(is_applicable=False)


@dataclass(frozen=True)
class PartProgress:
    """A part of an assessment: how many of its items are rated, and how it stands."""

    part: AssessorPart
    rated: int
    items: int
    categories: tuple[str, ...]
    state: str
    is_mine: bool

    @property
    def standing(self) -> PartStanding:
        """The part as the rules read it."""
        is_handed_in = self.part.submitted_at is not None
        return PartStanding(self.rated, self.items, is_handed_in, self.is_mine)


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment as a line of a list."""

    assessment: Assessment
    place: str
    model: str
    kind: str
    state: str
    due_on: date
    done: int
    of: int
    is_overdue: bool

    @property
    def title(self) -> str:
        """The title of the assessment."""
        return self.assessment.title

    @property
    def share(self) -> float:
        """How far it is, to sort by."""
        return self.done / self.of if self.of else 0


def assessment_lines(member: Member, today: date) -> list[AssessmentLine]:
    """Return the assessments that a member may see, by a constant number of queries."""
    rows = visible_assessments(member).defer("closing", "edition__text").prefetch_related("parts")
    assessments = list(rows)
    models = _models_of(assessments)
    parts = [part.pk for each in assessments for part in each.parts.all()]
    rated = _counted(Rating.objects.filter(_SAID, part__in=parts), "part")
    agreed = _counted(
        AgreedRating.objects.filter(is_current=True, assessment__in=assessments), "assessment"
    )
    return [
        _line(each, models[each.edition_id], rated, agreed.get(each.pk, 0), today)
        for each in assessments
    ]


def _models_of(assessments: Iterable[Assessment]) -> Mapping[int, MaturityModel]:
    wanted = {each.edition_id for each in assessments}
    return {e.pk: model_of(e) for e in ModelEdition.objects.filter(pk__in=wanted)}


def _counted(rows: "QuerySet[Rating] | QuerySet[AgreedRating]", by: str) -> Mapping[int, int]:
    return dict(rows.values_list(by).annotate(n=Count("pk")).order_by())


def _line(
    assessment: Assessment,
    model: MaturityModel,
    rated: Mapping[int, int],
    agreed: int,
    today: date,
) -> AssessmentLine:
    is_rating = assessment.state == AssessmentState.RATING
    parts = list(assessment.parts.all())
    done = sum(rated.get(part.pk, 0) for part in parts) if is_rating else agreed
    of = (
        sum(len(items_covered(model, p.categories)) for p in parts)
        if is_rating
        else len(model.rated_items)
    )
    return AssessmentLine(
        assessment=assessment,
        place=str(place_of(assessment)),
        model=f"{model.title}, {model.edition}",
        kind=assessment.get_kind_display(),
        state=assessment.state,
        due_on=assessment.due_on,
        done=done,
        of=of,
        is_overdue=assessment.state in OPEN_STATES and assessment.due_on < today,
    )


@dataclass(frozen=True)
class Progress:
    """How far one assessment is, and what the one who looks does next."""

    parts: tuple[PartProgress, ...]
    uncovered: tuple[str, ...]
    agreed: int
    items: int
    leads: bool
    step: NextStep

    @property
    def mine(self) -> PartProgress | None:
        """The part of the one who looks."""
        return next((part for part in self.parts if part.is_mine), None)


def progress_of(assessment: Assessment, member: Member, today: date) -> Progress:
    """Return how far an assessment is, with counts of each part and nothing that was rated."""
    model = model_of(assessment.edition)
    rows = list(assessment.parts.select_related("assessor__account", "delegated_from__account"))
    rated = _counted(Rating.objects.filter(_SAID, part__in=rows), "part")
    parts = tuple(_part(row, model, rated.get(row.pk, 0), member, today) for row in rows)
    left = uncovered([row.categories for row in rows], list(model.parts)) if rows else []
    agreed = AgreedRating.objects.filter(assessment=assessment, is_current=True).count()
    leads = may(member, Permission.LEAD_ASSESSMENTS, place_of(assessment))
    items = len(model.rated_items)
    step = next_step(
        AssessmentState(assessment.state),
        [part.standing for part in parts],
        leads=leads,
        uncovered=len(left),
        not_agreed=items - agreed,
    )
    titles = tuple(model.parts[key].title for key in left)
    return Progress(parts, titles, agreed, items, leads, step)


def _part(
    row: AssessorPart, model: MaturityModel, rated: int, member: Member, today: date
) -> PartProgress:
    titles = tuple(model.parts[key].title for key in row.categories if key in model.parts)
    state = "submitted" if row.submitted_at else "in_progress" if rated else "planned"
    if not row.submitted_at and row.due_on < today:
        state = "overdue"
    is_mine = row.assessor_id == member.pk
    items = len(items_covered(model, row.categories))
    return PartProgress(row, rated, items, titles, state, is_mine)


def rated_by_category(part: AssessorPart) -> Mapping[str, int]:
    """Return how many items an assessor has rated of each category of a model."""
    said = set(part.ratings.filter(_SAID).values_list("item", flat=True))
    model = model_of(part.assessment.edition)
    return {
        key: sum(item.key in said for item in category.all_items)
        for key, category in model.parts.items()
        if covers(part.categories, key)
    }
