"""From one edition of a model to the next: the difference, the item map, and moved ratings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from attain.assessments.rules.entries import Entry, faults_of
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ItemText


class Difference(StrEnum):
    """What is different of an item between two editions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class ItemDifference:
    """An item that differs between two editions, with the texts that changed."""

    item: str
    difference: Difference
    texts: tuple[tuple[str, str, str], ...] = ()


def differences(old: MaturityModel, new: MaturityModel) -> list[ItemDifference]:
    """Return the items that were added, removed or changed from one edition to another."""
    before, after = _texts(old), _texts(new)
    changed = [
        ItemDifference(key, Difference.CHANGED, tuple(_changed(before[key], after[key])))
        for key in after
        if key in before and before[key] != after[key]
    ]
    added = [ItemDifference(key, Difference.ADDED) for key in after if key not in before]
    removed = [ItemDifference(key, Difference.REMOVED) for key in before if key not in after]
    return [*added, *removed, *changed]


def _texts(model: MaturityModel) -> dict[str, dict[str, str]]:
    return {item.key: dict(_named_texts(item)) for item in model.items}


def _named_texts(item: ItemText) -> Iterator[tuple[str, str]]:
    yield "title", item.title
    yield "question", item.question
    yield "criticality", item.criticality
    for level in item.levels:
        yield f"level {level.level}", level.text
        yield f"evidence of level {level.level}", "; ".join(level.evidence)


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in {**old, **new}:
        if old.get(name, "") != new.get(name, ""):
            yield name, old.get(name, ""), new.get(name, "")


def lost_items(old: MaturityModel, new: MaturityModel) -> list[str]:
    """Return the items of an edition of which the next one does not say what became."""
    mapped = new.follows.items if new.follows else {}
    there = {item.key for item in new.items}
    return [i.key for i in old.items if i.key not in mapped and i.key not in there]


@dataclass(frozen=True)
class Moved:
    """What an item of the next edition takes over, and whether a person has to look at it."""

    item: str
    entry: Entry
    came_from: tuple[str, ...]
    to_confirm: bool


def move(old: MaturityModel, new: MaturityModel, entries: Mapping[str, Entry]) -> dict[str, Moved]:
    """Return what the items of a new edition take over from the ratings made with the old one.

    An item that is the same, renamed or reworded keeps its rating. One that was split, merged or
    redefined takes over the lowest level of those that it came from, to be confirmed. What the new
    edition cannot hold, such as a level that it lacks, is left open, to be confirmed.
    """
    moved: dict[str, Moved] = {}
    for item in new.items:
        origins = _origins(item.key, old, new)
        given = [entries[key] for key in origins if key in entries]
        if given:
            moved[item.key] = _moved(new, item.key, origins, given, _is_plain(item.key, new))
    return moved


def _origins(item: str, old: MaturityModel, new: MaturityModel) -> tuple[str, ...]:
    mapped = new.follows.items if new.follows else {}
    named = tuple(key for key, change in mapped.items() if item in change.to)
    if named:
        return named
    same = {each.key for each in old.items} - mapped.keys()
    return (item,) if item in same else ()


def _is_plain(item: str, new: MaturityModel) -> bool:
    mapped = new.follows.items if new.follows else {}
    changes = [change.change for change in mapped.values() if item in change.to]
    return all(change in ("renamed", "reworded") for change in changes) and len(changes) < 2


def _moved(
    new: MaturityModel, item: str, origins: tuple[str, ...], given: list[Entry], plain: bool
) -> Moved:
    lowest = min(given, key=lambda e: (e.level is None, e.level or 0))
    fits = not faults_of(new, item, lowest)
    entry = lowest if fits else Entry(note=lowest.note, needed=lowest.needed)
    return Moved(item, entry, origins, to_confirm=not (plain and fits and len(given) == 1))
