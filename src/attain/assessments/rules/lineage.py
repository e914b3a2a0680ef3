"""Editions of a model beside each other: what of one may stand beside the figures of another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from attain.standards.maturity_model import MaturityModel


@dataclass(frozen=True)
class Comparable:
    """What of an edition may stand beside another: its items, its categories, and the whole."""

    items: frozenset[str]
    parts: frozenset[str]
    whole: bool


def comparable(
    newest: MaturityModel, other: MaturityModel, known: Mapping[str, MaturityModel]
) -> Comparable:
    """Return what of another edition of a model asks the same as the newest does.

    An item does where both rate it under its key and on the same levels, and no item map between
    them makes something else of it. Where the maps between them are not `known`, by edition, its
    texts have to be the same. A category does where both roll it up alike from the same items.
    """
    items = frozenset(_items(newest, other, known))
    rolled_alike = newest.roll_up == other.roll_up
    parts = frozenset(
        key
        for key in newest.parts.keys() & other.parts.keys()
        if rolled_alike and _rated(newest, key) == _rated(other, key) <= items
    )
    order = list(newest.parts)
    return Comparable(items, parts, order == list(other.parts) and set(order) == parts)


def _rated(model: MaturityModel, part: str) -> set[str]:
    return {item.key for item in model.parts[part].all_items if item.is_rated}


def _items(
    newest: MaturityModel, other: MaturityModel, known: Mapping[str, MaturityModel]
) -> Iterator[str]:
    since = _editions_since(newest, other, known)
    touched = {key for model in since or () for key in _made_else(model)}
    before = {item.key: item for item in other.rated_items}
    for item in newest.rated_items:
        old = before.get(item.key)
        if old is None or newest.levels_of(item) != other.levels_of(old):
            continue
        if since is None:
            same = (item.question, item.levels) == (old.question, old.levels)
        else:
            same = item.key not in touched
        if same:
            yield item.key


def _editions_since(
    newest: MaturityModel, other: MaturityModel, known: Mapping[str, MaturityModel]
) -> list[MaturityModel] | None:
    """Return the editions that came after one, up to the newest; None where that is not known."""
    found: list[MaturityModel] = []
    current: MaturityModel | None = newest
    while current is not None and current.edition != other.edition:
        if current in found or current.follows is None:
            return None
        found.append(current)
        if current.follows.edition == other.edition:
            return found
        current = known.get(current.follows.edition)
    return None if current is None else found


def _made_else(model: MaturityModel) -> Iterator[str]:
    """Yield the items of which an item map makes something else under the same or another key."""
    for key, change in (model.follows.items if model.follows else {}).items():
        if change.change != "reworded" or change.to != (key,):
            yield key
            yield from change.to
