"""Moderation as a page: what each assessor said of each item, and what was agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from attain.assessments.models import AgreedRating, Assessment
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.ratings import entries_by_part, entry_of
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.moderation import (
    Spread,
    agreement_by_category,
    spreads,
    together,
)
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem

if TYPE_CHECKING:
    from attain.measurement.agreement import Agreement

Order = Literal["spread", "category"]


@dataclass(frozen=True)
class ItemToAgree:
    """An item in moderation: who said what, what was agreed, and what the form begins with."""

    number: int
    item: ModelItem
    category: str
    spread: Spread
    said: tuple[tuple[str, Entry], ...]
    agreed: AgreedRating | None
    start: Entry

    @property
    def seen(self) -> int:
        """The number of the agreement that stands, 0 of none."""
        return self.agreed.number if self.agreed else 0

    @property
    def width(self) -> int:
        """How far assessors are apart; one who says that it does not apply is furthest."""
        if self.spread.levels and self.spread.not_applicable:
            return 1_000
        return self.spread.width or 0


@dataclass(frozen=True)
class ModerationPage:
    """Every item of an assessment in moderation, and how far assessors agree."""

    items: tuple[ItemToAgree, ...]
    agreement: tuple[tuple[str, "Agreement"], ...]

    @property
    def agreed(self) -> int:
        """How many items are agreed."""
        return sum(each.agreed is not None for each in self.items)

    @property
    def settled(self) -> int:
        """On how many items all say the same, and nothing is agreed yet."""
        return sum(each.spread.is_settled and each.agreed is None for each in self.items)


def moderation_page(assessment: Assessment, order: Order) -> ModerationPage:
    """Return every item with each assessor's level, by as many queries for one as for all."""
    model, parts = model_of(assessment.edition), entries_by_part(assessment)
    found = _items(assessment, model, parts)
    if order == "spread":
        found.sort(key=lambda each: (-each.width, each.number))
    alphas = agreement_by_category(model, parts, seed=assessment.seed)
    titles = tuple((model.parts[key].title, alpha) for key, alpha in alphas.items())
    return ModerationPage(tuple(found), titles)


def item_to_agree(assessment: Assessment, item: str) -> ItemToAgree:
    """Return one item in moderation."""
    model, parts = model_of(assessment.edition), entries_by_part(assessment)
    found = _items(assessment, model, parts)
    return next(each for each in found if each.item.key == item)


def _items(
    assessment: Assessment, model: MaturityModel, parts: Mapping[str, Mapping[str, Entry]]
) -> list[ItemToAgree]:
    rows = assessment.agreed.filter(is_current=True).select_related("agreed_by__account")
    agreed = {row.item: row for row in rows}
    assessors = assessment.parts.select_related("assessor__account")
    names = {str(part.uuid): str(part.assessor) for part in assessors}
    category = {i.key: part.title for part in model.parts.values() for i in part.all_items}
    found = spreads(model, parts)
    return [
        _item(n, item, category[item.key], found[item.key], _said(item.key, parts, names), agreed)
        for n, item in enumerate(model.rated_items, 1)
    ]


def _said(
    item: str, parts: Mapping[str, Mapping[str, Entry]], names: Mapping[str, str]
) -> tuple[tuple[str, Entry], ...]:
    return tuple((names[key], given[item]) for key, given in parts.items() if item in given)


def _item(
    number: int,
    item: ModelItem,
    category: str,
    spread: Spread,
    said: Sequence[tuple[str, Entry]],
    agreed: Mapping[str, AgreedRating],
) -> ItemToAgree:
    row = agreed.get(item.key)
    return ItemToAgree(
        number=number,
        item=item,
        category=category,
        spread=spread,
        said=tuple(said),
        agreed=row,
        start=entry_of(row) if row else _start([entry for _, entry in said], spread),
    )


def _start(given: Sequence[Entry], spread: Spread) -> Entry:
    """Return what the form begins with: where assessors differ, a level is theirs to choose."""
    if not given:
        return Entry()
    whole = together(given)
    return whole if spread.is_settled else replace(whole, level=None, is_applicable=True)
