"""An item on which several centres are short: who, by which assessment, and how many steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from attain.assessments.queries.estate import EstateAsked, ModelEstate, read_estate
from attain.assessments.queries.finding import visible_assessments
from attain.improvement.models import Initiative
from attain.improvement.queries.initiatives import open_steps_at
from attain.improvement.queries.roadmaps import named_level
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, Member
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem


@dataclass(frozen=True)
class ShortCentre:
    """A centre that is short on an item, by its latest closed assessment.

    `steps` lead from its level to its target; `taken` is the open initiative that sees to it.
    """

    centre: Centre
    assessment: UUID
    title: str
    closed_at: datetime
    level: str
    target: str
    steps: tuple[tuple[int, int], ...]
    taken: Initiative | None


@dataclass(frozen=True)
class SharedItem:
    """An item of a model and the centres that are short on it."""

    model: MaturityModel
    item: ModelItem
    language: str
    short: tuple[ShortCentre, ...]

    @property
    def centres(self) -> list[Centre]:
        """The centres that are short."""
        return [each.centre for each in self.short]


def shared_item(member: Member, model: str, item: str, today: date) -> SharedItem:
    """Return an item and the centres that a member may see to be short on it.

    UnknownError where there is no such item, or nobody was assessed by the model.
    """
    estate = read_estate(member, EstateAsked(as_of=today, model=model)).estate
    found = {each.key: each for each in estate.model.rated_items}.get(item) if estate else None
    if estate is None or found is None:
        raise UnknownError
    language = estate.edition.language
    return SharedItem(estate.model, found, language, tuple(_short(estate, found)))


def _short(estate: ModelEstate, item: ModelItem) -> list[ShortCentre]:
    model = estate.model
    rated = [(centre, result, result.comparable_ratings) for centre, result in estate.assessed]
    lacking = [(c, result, r[item.key]) for c, result, r in rated if item.key in r]
    taken = open_steps_at(item.key, [centre for centre, _result, _rating in lacking])
    found = []
    for centre, result, rating in lacking:
        level, target = rating.level, rating.target
        if not rating.gap or level is None or target is None:
            continue
        between = [n for n in model.levels_of(item) if level <= n <= target]
        found.append(
            ShortCentre(
                centre=centre,
                assessment=result.uuid,
                title=result.title,
                closed_at=result.closed_at,
                level=named_level(model, level),
                target=named_level(model, target),
                steps=tuple(pairwise(between)),
                taken=taken.get(centre.pk),
            )
        )
    return found


def assessments_of(member: Member, short: Sequence[ShortCentre]) -> dict[UUID, Any]:
    """Return the assessments by which centres are short, by their names."""
    rows = visible_assessments(member).filter(uuid__in=[each.assessment for each in short])
    return {row.uuid: row for row in rows.defer("closing")}
