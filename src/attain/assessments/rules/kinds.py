"""Assessments of one place by different kinds of assessors beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from attain.standards.ratings import ItemRating, Ratings


@dataclass(frozen=True)
class ItemByKind:
    """An item as each kind of assessment found it; one that was not comparable has no rating."""

    item: str
    ratings: Mapping[str, ItemRating]

    @property
    def spread(self) -> int | None:
        """How many levels the kinds lie apart; None where fewer than two have a level."""
        levels = [rating.level for rating in self.ratings.values() if rating.level is not None]
        return max(levels) - min(levels) if len(levels) > 1 else None


def by_kind(items: list[str], found: Mapping[str, Ratings]) -> list[ItemByKind]:
    """Return items with what each kind of assessment found, those furthest apart first."""
    rows = [
        ItemByKind(item, {kind: rated[item] for kind, rated in found.items() if item in rated})
        for item in items
    ]
    return sorted(rows, key=lambda row: -1 if row.spread is None else row.spread, reverse=True)
