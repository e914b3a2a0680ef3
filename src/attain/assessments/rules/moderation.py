"""Moderation: where assessors differ, what all of them say, and how far they agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from attain.assessments.rules.entries import Entry
from attain.standards.maturity_model import MaturityModel

if TYPE_CHECKING:
    from attain.measurement.agreement import Agreement

EntriesByItem = Mapping[str, Entry]
"""What one assessor entered, by item."""


@dataclass(frozen=True)
class Spread:
    """What the assessors of one item said, each by the key of their part.

    `width` is the highest level less the lowest, None with fewer than two levels.
    """

    item: str
    levels: Mapping[str, int]
    not_applicable: tuple[str, ...]

    @property
    def width(self) -> int | None:
        """How many levels lie between those who say most and least."""
        if len(self.levels) < 2:
            return None
        return max(self.levels.values()) - min(self.levels.values())

    @property
    def is_settled(self) -> bool:
        """Whether everyone who rated it says the same, and at least two did."""
        if self.levels and self.not_applicable:
            return False
        return len(self.not_applicable) > 1 or self.width == 0


def spreads(model: MaturityModel, parts: Mapping[str, EntriesByItem]) -> dict[str, Spread]:
    """Return for each item of a model what its assessors said of it."""
    return {item.key: spread_of(item.key, parts) for item in model.rated_items}


def spread_of(item: str, parts: Mapping[str, EntriesByItem]) -> Spread:
    """Return what the assessors said of one item."""
    given = {part: entries[item] for part, entries in parts.items() if item in entries}
    levels = {p: e.level for p, e in given.items() if e.is_applicable and e.level is not None}
    absent = tuple(part for part, entry in given.items() if not entry.is_applicable)
    return Spread(item, levels, absent)


def agreement_by_category(
    model: MaturityModel, parts: Mapping[str, EntriesByItem], *, seed: int
) -> dict[str, "Agreement"]:
    """Return how far assessors agree on each category: alpha over its items, levels in order."""
    found = spreads(model, parts)
    return {
        key: _agreement(
            tuple(_unit(found[i.key], list(parts)) for i in part.all_items if i.is_rated), seed
        )
        for key, part in model.parts.items()
    }


def _unit(spread: Spread, parts: Sequence[str]) -> tuple[int | None, ...]:
    return tuple(spread.levels.get(part) for part in parts)


@lru_cache(maxsize=256)
def _agreement(units: tuple[tuple[int | None, ...], ...], seed: int) -> "Agreement":
    # It draws with numpy, whose threads nobody needs where no assessment is moderated.
    from attain.measurement.agreement import agreement

    # A thousand draws for the interval; what was handed in is looked at again and again.
    return agreement(units, "ordinal", seed=seed)


def together(given: Sequence[Entry]) -> Entry:
    """Return what assessors who say the same say together: the highest target, every text."""
    targets = [entry.target for entry in given if entry.target is not None]
    first = next((e for e in given if e.level is not None or not e.is_applicable), given[0])
    return replace(
        first,
        target=max(targets, default=None),
        note=_joined(entry.note for entry in given),
        needed=_joined(entry.needed for entry in given),
    )


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))
