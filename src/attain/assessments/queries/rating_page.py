"""One assessor's part as a page: every item with its levels, what was entered, what records say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from attain.assessments.models import AssessorPart, ItemEvidence, Rating
from attain.assessments.queries.claims import claims_of
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.evidence import evidence_by_item
from attain.assessments.queries.ratings import entry_of
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentState, covers
from attain.standards.claims import ClaimFinding
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem

Claims = Mapping[str, tuple[ClaimFinding, ...]]


@dataclass(frozen=True)
class LevelChoice:
    """A level that an item may be given, with what is true on it and who denies it.

    `denied` and `unproved` are the conditions that records do not bear out, or cannot tell of.
    """

    level: int
    title: str
    text: str
    expected: tuple[str, ...]
    denied: tuple[ClaimFinding, ...]
    unproved: tuple[ClaimFinding, ...]
    is_chosen: bool


@dataclass(frozen=True)
class ItemToRate:
    """An item with its levels, what the assessor entered of it, and its evidence."""

    number: int
    item: ModelItem
    group: str
    entry: Entry
    version: int
    levels: tuple[LevelChoice, ...]
    lacking: tuple[ClaimFinding, ...]
    evidence: tuple[ItemEvidence, ...]

    @property
    def is_rated(self) -> bool:
        """Whether it has a level, or does not apply."""
        return not self.entry.rating.is_open


@dataclass(frozen=True)
class CategoryToRate:
    """A category of a part with its items."""

    key: str
    title: str
    items: tuple[ItemToRate, ...]

    @property
    def rated(self) -> int:
        """How many of its items are rated."""
        return sum(each.is_rated for each in self.items)


@dataclass(frozen=True)
class RatingPage:
    """A part of an assessment, whole: as many queries for one item as for all of them."""

    part: AssessorPart
    categories: tuple[CategoryToRate, ...]
    is_open: bool

    @property
    def rated(self) -> int:
        """How many items of the part are rated."""
        return sum(each.rated for each in self.categories)

    @property
    def items(self) -> int:
        """How many items the part has."""
        return sum(len(each.items) for each in self.categories)


def is_open(part: AssessorPart) -> bool:
    """Say whether the ratings of a part may still be changed."""
    return part.submitted_at is None and part.assessment.state == AssessmentState.RATING


def rating_page(part: AssessorPart, today: date) -> RatingPage:
    """Return everything of a part that its assessor sees, and nothing of another's."""
    assessment = part.assessment
    model = model_of(assessment.edition)
    is_asked = any(item.evidenced_by for item in model.rated_items)
    claims = claims_of(assessment, model, today) if is_asked else {}
    given = {row.item: row for row in part.ratings.all()}
    shown = evidence_by_item(assessment)
    categories, number = [], 1
    for key, category in model.parts.items():
        if covers(part.categories, key):
            pairs = [(group, item) for group, item in _grouped(model, key) if item.is_rated]
            items = tuple(
                _item(n, group, item, model, given.get(item.key), claims, shown)
                for n, (group, item) in enumerate(pairs, number)
            )
            categories.append(CategoryToRate(key, category.title, items))
            number += len(items)
    return RatingPage(part, tuple(categories), is_open(part))


def _grouped(model: MaturityModel, key: str) -> Iterator[tuple[str, ModelItem]]:
    part = model.parts[key]
    groups = {item: group.title for group in part.groups.values() for item in group.items}
    before = ""
    for item in part.all_items:
        group = groups.get(item.key, "")
        # A group is named above the first of its items.
        yield ("" if group == before else group), item
        before = group


def _item(
    number: int,
    group: str,
    item: ModelItem,
    model: MaturityModel,
    row: Rating | None,
    claims: Claims,
    shown: Mapping[str, Sequence[ItemEvidence]],
) -> ItemToRate:
    entry = entry_of(row) if row else Entry()
    found = claims.get(item.key, ())
    highest = model.levels_of(item)[-1]
    return ItemToRate(
        number=number,
        item=item,
        group=group,
        entry=entry,
        version=row.version if row else 0,
        levels=level_choices(model, item, entry, found),
        lacking=tuple(f for f in found if f.contradicts(highest) or f.is_unproved(highest)),
        evidence=tuple(shown.get(item.key, ())),
    )


def level_choices(
    model: MaturityModel, item: ModelItem, entry: Entry, found: Sequence[ClaimFinding]
) -> tuple[LevelChoice, ...]:
    """Return the levels that an item may be given, lowest first, each as a choice."""
    expected = {each.level: each.evidence for each in item.levels}
    return tuple(
        LevelChoice(
            level=level,
            title=model.title_of(level),
            text=model.text_of(item, level),
            expected=expected.get(level, ()),
            denied=tuple(each for each in found if each.contradicts(level)),
            unproved=tuple(each for each in found if each.is_unproved(level)),
            is_chosen=entry.level == level,
        )
        for level in model.levels_of(item)
    )
