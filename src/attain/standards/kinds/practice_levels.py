"""Requirement kinds over the levels of a model's practices: floors, and shares of the points.

A practice of the model is on level 0 where it is not documented, 1 where it is documented, and 2
where it is documented with evidence. One that is not applicable with a reason drops out; one that
the centre does not list is open.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from attain.measurement.counting import Tally
from attain.measurement.outcomes import Outcome, met_if
from attain.standards.definition import Criticality
from attain.standards.figures import Documented, Practice
from attain.standards.findings import Finding, gather, joined, not_applicable
from attain.standards.kinds.base import (
    AppliedThreshold,
    Evidence,
    LevelThreshold,
    ModelKey,
    RequirementKind,
    ShareThreshold,
)
from attain.standards.needs import IMPOSSIBLE, Need, Step, all_needs, enough_needs
from attain.standards.sentences import Figure, Sentence, Share, say

if TYPE_CHECKING:
    from attain.standards.model_items import ModelItem

HIGHEST = 2


class PracticeFloors(RequirementKind):
    """Each practice of a model is at least on the level that its criticality asks for."""

    kind: Literal["practice_floors"]
    model: ModelKey
    """The model whose practices are judged."""
    floors: Mapping[Criticality, LevelThreshold]
    """The lowest level for each criticality; a criticality without a floor asks for nothing."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge each practice that has a floor."""
        children = [
            _at_floor(i, _level(evidence, i), evidence.thresholds[self.floors[i.criticality]])
            for i in self._items(evidence)
        ]
        asked = say("each practice is on the level that its criticality asks for")
        return joined(self.kind, asked, children)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Raise each practice that is below its floor."""
        steps = []
        for item in self._items(evidence):
            level = _level(evidence, item)
            floor = evidence.thresholds[self.floors[item.criticality]].whole
            if not isinstance(level, Practice) and (level or 0) < floor:
                steps.append(_raise(item, level or 0, floor))
        return all_needs(steps)

    def _items(self, evidence: Evidence) -> "list[ModelItem]":
        return [i for i in evidence.models[self.model].items if i.criticality in self.floors]


class PracticeShare(RequirementKind):
    """The practices carry more than a share of the points, in every category or in total."""

    kind: Literal["practice_share"]
    model: ModelKey
    """The model whose practices are judged."""
    over: Literal["each_category", "total"]
    """Whether each category or the whole model must carry the share."""
    more_than: ShareThreshold
    """The share of the points that must be exceeded."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge each category, or the total."""
        share = evidence.thresholds[self.more_than]
        children = [_of_points(key, evidence, items, share) for key, items in self._parts(evidence)]
        if self.over == "total":
            return children[0]
        told = Share(share.value)
        asked = say("in every category more than %(share)s of the points are reached", share=told)
        return joined(self.kind, asked, children)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Raise enough practices."""
        share = evidence.thresholds[self.more_than]
        return all_needs([_points_needed(evidence, i, share) for _, i in self._parts(evidence)])

    def _parts(self, evidence: Evidence) -> "list[tuple[str, tuple[ModelItem, ...]]]":
        model = evidence.models[self.model]
        if self.over == "total":
            return [("total", model.items)]
        return [(key, category.all_items) for key, category in model.parts.items()]


def _practice(evidence: Evidence, item: "ModelItem") -> Practice | None:
    listed = evidence.standing.figures.practices
    return next((practice for practice in listed if practice.item == item.key), None)


def _is_excused(practice: Practice) -> bool:
    return practice.documented is Documented.NOT_APPLICABLE and practice.reason is not None


def _level(evidence: Evidence, item: "ModelItem") -> int | Practice | None:
    """Return the level, the practice itself where it is not applicable, None where it is open."""
    practice = _practice(evidence, item)
    if practice is None or _is_excused(practice):
        return practice
    if practice.documented is not Documented.YES:
        return 0
    return HIGHEST if practice.evidence else 1


def _at_floor(item: "ModelItem", level: int | Practice | None, floor: AppliedThreshold) -> Finding:
    asked = _asked_of(item, floor.whole)
    if isinstance(level, Practice):
        return not_applicable(item.key, asked, str(level.reason))
    is_open = level is None and floor.whole > 0
    return Finding(
        item.key,
        Outcome.UNDETERMINED if is_open else met_if((level or 0) >= floor.whole),
        asked,
        measured=None if level is None else say("level %(level)s", level=level),
        threshold=say("level %(level)s", level=floor.whole),
        sources=(floor.source,),
        missing=(_practice_of(item),) if is_open else (),
    )


def _asked_of(item: "ModelItem", level: int) -> Sentence:
    figures: dict[str, Figure] = {"item": item.key, "level": level}
    if item.criticality == "key":
        return say("%(item)s (key) is on level %(level)s at least", **figures)
    if item.criticality == "moderate":
        return say("%(item)s (moderate) is on level %(level)s at least", **figures)
    return say("%(item)s (low) is on level %(level)s at least", **figures)


def _practice_of(item: "ModelItem") -> Sentence:
    return say("practices %(item)s", item=item.key)


def _points(levels: Sequence[int | Practice | None]) -> Tally:
    known = [level for level in levels if isinstance(level, int)]
    unlisted = sum(level is None for level in levels)
    counted = len(known) + unlisted
    return Tally(sum(known), HIGHEST * unlisted, HIGHEST * counted)


def _exceeds(tally: Tally, share: AppliedThreshold) -> Outcome:
    # The points are whole, so exceeding a share is reaching the next whole point above it.
    if tally.total == 0:
        return Outcome.NOT_APPLICABLE
    return tally.reaches(share.value * tally.total // 1 + 1)


def _of_points(
    key: str, evidence: Evidence, items: "Sequence[ModelItem]", share: AppliedThreshold
) -> Finding:
    levels = [_level(evidence, item) for item in items]
    tally, told = _points(levels), Share(share.value)
    excused = [
        say("%(what)s: %(why)s", what=i.key, why=str(level.reason))
        for i, level in zip(items, levels, strict=True)
        if isinstance(level, Practice)
    ]
    return Finding(
        key=key,
        outcome=_exceeds(tally, share),
        asked=say("%(part)s: more than %(share)s of the points", part=_part(key), share=told),
        measured=f"{tally.good}/{tally.total}" if tally.total else None,
        threshold=say("more than %(share)s", share=told),
        sources=(share.source,),
        missing=gather(
            (_practice_of(i),) for i, lv in zip(items, levels, strict=True) if lv is None
        ),
        left_out=tuple(excused),
    )


def _part(key: str) -> str:
    return say("total") if key == "total" else key


def _raise(item: "ModelItem", start: int, to: int) -> Step:
    text = say("document %(item)s", item=item.key)
    if to == HIGHEST:
        text = say("document %(item)s with its evidence", item=item.key)
    name = f"practices {item.key}"
    return Step(name, text, to - start, (name, "practices"))


def _points_needed(
    evidence: Evidence, items: "Sequence[ModelItem]", share: AppliedThreshold
) -> Need:
    levels = [(item, _level(evidence, item)) for item in items]
    tally = _points([level for _, level in levels])
    if _exceeds(tally, share) in (Outcome.MET, Outcome.NOT_APPLICABLE):
        return all_needs([])
    options: list[tuple[int, Need]] = []
    for item, level in levels:
        if not isinstance(level, Practice):
            start = level or 0
            options += [(1, _raise(item, start, to)) for to in range(start + 1, HIGHEST + 1)]
    needed = int(share.value * tally.total // 1) + 1 - tally.good
    return enough_needs(needed, options) if options else IMPOSSIBLE
