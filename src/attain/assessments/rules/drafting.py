"""Changing the text of a draft: a model as plain data, and what its author does to it.

Each function returns new data and leaves its own as it was. What comes of it is checked by the
loader like every other text. Comments of the text are not kept.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from attain.standards.yaml_nodes import read_yaml
from attain.standards.yaml_writing import write_yaml

Data: TypeAlias = dict[str, Any]
_STATUS = re.compile(r"(?m)^(status:[ \t]*)[a-z]+")
_MADE_ANEW = ("model", "title", "translations", "edition", "status", "follows")


@dataclass(frozen=True)
class Spot:
    """Where items stand in a model: a category or component, and a group of it, if it has some."""

    part: str
    group: str = ""

    def __str__(self) -> str:
        return f"{self.part}/{self.group}" if self.group else self.part

    @classmethod
    def read(cls, written: str) -> "Spot":
        """Return the spot that a text names."""
        part, _slash, group = written.partition("/")
        return cls(part, group)


def data_of(text: str) -> Data:
    """Return the plain data of a text that was loaded before."""
    data: Data = read_yaml(text, "model.yaml").data
    return data


def text_of(data: Any) -> str:
    """Return the text of plain data."""
    return write_yaml(data)


def with_status(text: str, status: str) -> str:
    """Return a text that says of itself what became of it; one written in another way stays."""
    return _STATUS.sub(rf"\g<1>{status}", text, count=1)


def cloned(data: Data, *, key: str, title: str, edition: str, follows: str = "") -> Data:
    """Return a model under another key or edition, as a draft.

    As the next edition it names the one before, with an item map that is to be filled.
    """
    head: Data = {"model": key, "title": title}
    if "translations" in data and data["title"] == title:
        head["translations"] = data["translations"]
    head |= {"edition": edition, "status": "draft"}
    if follows:
        head["follows"] = {"edition": follows, "items": {}}
    return head | {k: v for k, v in deepcopy(data).items() if k not in _MADE_ANEW}


def parts_of(data: Data) -> Data:
    """Return the categories or components of a model by key, to be changed in place."""
    found: Data = data["categories"] if data.get("categories") else data["components"]
    return found


def items_at(data: Data, spot: Spot) -> Data:
    """Return the items at a spot by key, to be changed in place; KeyError where there is none."""
    holder: Data = parts_of(data)[spot.part]
    if spot.group:
        holder = holder["groups"][spot.group]
    if spot.group or "groups" not in holder:
        items: Data = holder.setdefault("items", {})
        return items
    raise KeyError(str(spot))


def spots_of(data: Data) -> list[Spot]:
    """Return every spot of a model at which items may stand, in the order of the text."""
    return [
        Spot(key, group)
        for key, part in parts_of(data).items()
        for group in (part.get("groups") or {"": None})
    ]


def spot_of(data: Data, item: str) -> Spot:
    """Return where an item stands; KeyError where the model has none of this key."""
    for spot in spots_of(data):
        if item in items_at(data, spot):
            return spot
    raise KeyError(item)


def with_head(data: Data, values: Mapping[str, Any]) -> Data:
    """Return the model with other texts and rules at its head; what is None is left out."""
    changed = {**deepcopy(data), **values}
    return {key: value for key, value in changed.items() if value is not None}


def with_part(data: Data, key: str, title: str, first: Data | None = None) -> Data:
    """Return the model with a category or component of another title, or with a further one.

    A title that is another one is not translated any more.
    """
    changed = deepcopy(data)
    parts = parts_of(changed)
    if key in parts:
        if parts[key]["title"] != title:
            parts[key].pop("translations", None)
        parts[key]["title"] = title
    else:
        parts[key] = {"title": title, "items": first or {}}
    return changed


def with_item(data: Data, spot: Spot, key: str, values: Mapping[str, Any]) -> Data:
    """Return the model with an item as it is given, at a spot; what is None is left out.

    What the values do not name, such as conditions and translations, stays as it was.
    """
    changed = deepcopy(data)
    before: Data = {}
    for each in spots_of(changed):
        if each != spot:
            before = items_at(changed, each).pop(key, before)
    there = items_at(changed, spot)
    merged = {**(there.get(key) or before), **values}
    there[key] = {name: value for name, value in merged.items() if value is not None}
    return changed


def without_item(data: Data, key: str) -> Data:
    """Return the model without an item."""
    changed = deepcopy(data)
    del items_at(changed, spot_of(changed, key))[key]
    return changed


def without_part(data: Data, key: str) -> Data:
    """Return the model without a category or component, and all that stands in it."""
    changed = deepcopy(data)
    del parts_of(changed)[key]
    return changed


def item_moved(data: Data, key: str, by: int) -> Data:
    """Return the model with an item further up or down among those beside it."""
    changed = deepcopy(data)
    _move(items_at(changed, spot_of(changed, key)), key, by)
    return changed


def part_moved(data: Data, key: str, by: int) -> Data:
    """Return the model with a category or component further up or down."""
    changed = deepcopy(data)
    _move(parts_of(changed), key, by)
    return changed


def _move(mapping: Data, key: str, by: int) -> None:
    order = list(mapping)
    to = min(max(order.index(key) + by, 0), len(order) - 1)
    order.remove(key)
    order.insert(to, key)
    kept = dict(mapping)
    mapping.clear()
    mapping.update({name: kept[name] for name in order})


def with_item_map(data: Data, changes: Mapping[str, Mapping[str, Any] | None]) -> Data:
    """Return the model with what became of some items of the edition before.

    None says of an item that it is in both editions as it was.
    """
    changed = deepcopy(data)
    follows = changed["follows"]
    merged = {**(follows.get("items") or {}), **changes}
    follows["items"] = {key: change for key, change in merged.items() if change is not None}
    return changed


def retold(before: Data, values: Data, *names: str) -> Data:
    """Return values that keep the translations of a part only while the texts named are the same.

    What is told in another language would otherwise say something else.
    """
    same = all(before.get(name, "") == (values.get(name) or "") for name in names)
    told = before.get("translations") if same else None
    return {**values, "translations": told}
