"""What may be entered for an item: a level of its model, a target, or why it does not apply."""

from dataclasses import dataclass
from enum import StrEnum

from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem
from attain.standards.ratings import ItemRating


class EntryFault(StrEnum):
    """Why an entry is refused."""

    UNKNOWN_ITEM = "unknown_item"
    NOT_RATED = "not_rated"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_TARGET = "unknown_target"
    TARGET_BELOW_LEVEL = "target_below_level"
    LEVEL_OF_NOT_APPLICABLE = "level_of_not_applicable"
    NO_REASON = "no_reason"


@dataclass(frozen=True)
class Entry:
    """What is entered for an item; everything may be left open.

    `needed` is what is needed for the next level, in the assessor's words.
    """

    level: int | None = None
    target: int | None = None
    is_applicable: bool = True
    reason: str = ""
    note: str = ""
    needed: str = ""

    @property
    def rating(self) -> ItemRating:
        """The entry as the roll-up reads it."""
        if not self.is_applicable:
            return ItemRating(target=None, not_applicable=self.reason)
        return ItemRating(self.level, self.target)


def faults_of(model: MaturityModel, item: str, entry: Entry) -> list[EntryFault]:
    """Return every reason why an entry for an item cannot stand."""
    known = {each.key: each for each in model.items}
    if item not in known:
        return [EntryFault.UNKNOWN_ITEM]
    if not known[item].is_rated:
        return [EntryFault.NOT_RATED]
    if not entry.is_applicable:
        return _faults_of_not_applicable(entry)
    return _faults_of_levels(model, known[item], entry)


def _faults_of_not_applicable(entry: Entry) -> list[EntryFault]:
    faults = [EntryFault.LEVEL_OF_NOT_APPLICABLE] if entry.level is not None else []
    return faults if entry.reason.strip() else [*faults, EntryFault.NO_REASON]


def _faults_of_levels(model: MaturityModel, item: ModelItem, entry: Entry) -> list[EntryFault]:
    levels, faults = model.levels_of(item), []
    if entry.level is not None and entry.level not in levels:
        faults.append(EntryFault.UNKNOWN_LEVEL)
    if entry.target is not None and entry.target not in levels:
        faults.append(EntryFault.UNKNOWN_TARGET)
    both = entry.level is not None and entry.target is not None
    if both and (entry.target or 0) < (entry.level or 0):
        faults.append(EntryFault.TARGET_BELOW_LEVEL)
    return faults
