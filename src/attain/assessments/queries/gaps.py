"""Gaps that sites of an estate share, and one item across them: levels, who is short, donors."""

from collections.abc import Mapping
from dataclasses import dataclass

from attain.assessments.queries.estate import LatestResult, ModelEstate
from attain.assessments.queries.practices import SharedPractice, agreed_notes, shared_practices
from attain.assessments.rules.estate import SharedGap, distribution, donors, shared_gaps
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.standards.model_items import ModelItem
from attain.standards.ratings import OPEN, ItemRating


@dataclass(frozen=True)
class GapLine:
    """An item that sites lack, with those that are short of their target, furthest first."""

    item: ModelItem
    category: str
    gap: SharedGap
    centres: tuple[Centre, ...]
    denied: int

    @property
    def sites(self) -> int:
        """How many sites are short."""
        return len(self.centres)

    @property
    def names(self) -> str:
        """The names of the sites in one line."""
        return ", ".join(centre.name for centre in self.centres)


def gap_lines(estate: ModelEstate, *, least: int = 2) -> list[GapLine]:
    """Return the items that `least` or more sites lack, those that most lack first."""
    found = {centre.key: centre for centre, _result in estate.assessed}
    items = {item.key: item for item in estate.model.rated_items}
    titles = {i.key: part.title for part in estate.model.parts.values() for i in part.all_items}
    return [
        GapLine(
            item=items[gap.item],
            category=titles[gap.item],
            gap=gap,
            centres=tuple(found[key] for key in furthest_first(estate, gap)),
            denied=denied_at(estate, gap.item),
        )
        for gap in shared_gaps(estate.model, estate.ratings, least=least)
    ]


def furthest_first(estate: ModelEstate, gap: SharedGap) -> list[str]:
    """Return the centres that are short of an item, those that lack most levels first."""
    lacking = {key: estate.ratings[key][gap.item].gap or 0 for key in gap.centres}
    return sorted(gap.centres, key=lambda key: -lacking[key])


def denied_at(estate: ModelEstate, item: str) -> int:
    """Return at how many centres records deny the level of an item that may be compared."""
    return sum(
        result.is_denied(item) and item in result.beside.items for _c, result in estate.assessed
    )


@dataclass(frozen=True)
class RatedAt:
    """An item at one centre, as its latest assessment was closed."""

    centre: Centre
    result: LatestResult
    rating: ItemRating
    is_denied: bool


@dataclass(frozen=True)
class Donor:
    """A centre that is on a target which others are short of.

    `helps` are those others. `note` is what was noted when its level was agreed on, `may_share`
    whether the member who looks leads its assessments.
    """

    rated: RatedAt
    helps: tuple[Centre, ...]
    note: str
    shared: SharedPractice | None
    may_share: bool


@dataclass(frozen=True)
class ItemOverEstate:
    """An item over the estate: how many centres are on each level, who is short, who has it.

    `others` are practices shared by centres that are no donors here: the member may not read their
    assessments, or nobody whom they may read is short of the item.
    """

    item: ModelItem
    category: str
    levels: Mapping[int | None, int]
    not_applicable: int
    not_assessed: tuple[Centre, ...]
    not_comparable: tuple[Centre, ...]
    short: tuple[RatedAt, ...]
    donors: tuple[Donor, ...]
    others: tuple[SharedPractice, ...]

    @property
    def rated(self) -> int:
        """How many centres have a level."""
        return sum(n for level, n in self.levels.items() if level is not None)

    @property
    def lacking(self) -> int:
        """How many levels the centres lack together."""
        return sum(each.rating.gap or 0 for each in self.short)


def item_over_estate(estate: ModelEstate, item: ModelItem, member: Member) -> ItemOverEstate:
    """Return an item over the estate, by a number of queries that does not grow with it."""
    at = {
        centre.key: RatedAt(
            centre, result, result.frozen.ratings.get(item.key, OPEN), result.is_denied(item.key)
        )
        for centre, result in estate.assessed
        if item.key in result.beside.items
    }
    ratings = {key: estate.ratings[key] for key in at}
    short = sorted((e for e in at.values() if e.rating.gap), key=lambda e: -(e.rating.gap or 0))
    shared = shared_practices(estate.model.model, item.key)
    found = _donors(estate, item.key, at, shared, member)
    of_donors = {each.rated.centre.key for each in found}
    levels = distribution(ratings, item.key)
    left_out = sum(each.rating.not_applicable is not None for each in at.values())
    return ItemOverEstate(
        item=item,
        category=next(p.title for p in estate.model.parts.values() if item in p.all_items),
        levels={level: n for level, n in levels.items() if level is not None},
        not_applicable=left_out,
        not_assessed=tuple(line.centre for line in estate.lines if line.result is None),
        not_comparable=tuple(c for c, r in estate.assessed if item.key not in r.beside.items),
        short=tuple(short),
        donors=found,
        others=tuple(each for each in shared if each.centre.key not in of_donors),
    )


def _donors(
    estate: ModelEstate,
    item: str,
    at: Mapping[str, RatedAt],
    shared: list[SharedPractice],
    member: Member,
) -> tuple[Donor, ...]:
    helped = helped_by(estate, item, [key for key, each in at.items() if each.rating.gap])
    notes = agreed_notes([at[key].result.uuid for key in helped], item)
    # Latest first: of several that a centre shared, the latest stands.
    practices = {each.centre.key: each for each in reversed(shared)}
    return tuple(
        Donor(
            rated=at[key],
            helps=tuple(at[each].centre for each in helps),
            note=notes.get(at[key].result.uuid, ""),
            shared=practices.get(key),
            may_share=may(member, Permission.LEAD_ASSESSMENTS, at[key].centre),
        )
        for key, helps in helped.items()
    )


def helped_by(estate: ModelEstate, item: str, short: list[str]) -> dict[str, list[str]]:
    """Return each donor of an item with the centres that it has something for, highest first."""
    found: dict[str, list[str]] = {}
    for centre in short:
        for donor in donors(estate.ratings, item, centre):
            found.setdefault(donor, []).append(centre)
    levels = {key: estate.ratings[key][item].level or 0 for key in found}
    return {key: found[key] for key in sorted(found, key=lambda key: (-levels[key], key))}


def donors_by_item(estate: ModelEstate, centre: str) -> dict[str, list[Centre]]:
    """Return who has what a centre lacks, by item, highest first."""
    found = {each.key: each for each, _result in estate.assessed}
    ratings = estate.ratings.get(centre, {})
    return {
        item: [found[key] for key in donors(estate.ratings, item, centre)]
        for item, rating in ratings.items()
        if rating.gap
    }
