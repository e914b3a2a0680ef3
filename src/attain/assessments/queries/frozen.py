"""What assessments were frozen with, read once: a closed assessment never changes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from attain.assessments.queries.editions import loaded_from
from attain.assessments.queries.results import rating_of, rolled_of
from attain.assessments.rules.cells import denied_by_records, targets_of
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import OPEN, ItemRating, ModelStanding, Ratings

# The estate of two hundred sites twice over; each takes some 40 kB.
_KEPT = 512


@dataclass(frozen=True)
class Frozen:
    """The ratings of a closed assessment, how they and their targets roll up, what was denied.

    `denied` counts the conditions that deny the level of an item, for those that any does.
    """

    ratings: Ratings
    standing: ModelStanding
    targets: ModelStanding
    denied: Mapping[str, int]


@lru_cache(maxsize=_KEPT)
def frozen_from(closing: str, text: str, name: str) -> Frozen:
    """Return what an assessment was frozen with, from its JSON and the text of its model."""
    kept, model = json.loads(closing), loaded_from(text, name)
    ratings = {key: _shared(rating_of(each)) for key, each in kept["items"].items()}
    parts = {key: rolled_of(each) for key, each in kept["categories"].items()}
    return Frozen(
        ratings=ratings,
        standing=ModelStanding(rolled_of(kept["whole"]), parts),
        targets=targets_of(model, ratings),
        denied=dict(_denied(model, ratings, kept["claims"])),
    )


@lru_cache(maxsize=4096)
def _shared(rating: ItemRating) -> ItemRating:
    """Return one and the same rating for all that are equal: there are few, and many items."""
    return rating


def _denied(
    model: MaturityModel, ratings: Ratings, claims: Mapping[str, Any]
) -> Iterator[tuple[str, int]]:
    for item in model.rated_items:
        if item.key in claims:
            level = ratings.get(item.key, OPEN).level
            if denied := denied_by_records(item, level, claims[item.key]):
                yield item.key, denied
