"""The estate by a model: its cells, the gaps that sites share, and one item over all sites."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema

from attain.assessments.api.practices import PracticeOut, practice_json
from attain.assessments.queries.estate import EstateAsked, EstateLine, ModelEstate, read_estate
from attain.assessments.queries.gaps import (
    Donor,
    GapLine,
    ItemOverEstate,
    RatedAt,
    gap_lines,
    item_over_estate,
)
from attain.assessments.queries.peers import PeerGroup, peer_group
from attain.assessments.rules.cells import EstateCell
from attain.assessments.rules.estate import AmongPeers, Place
from attain.assessments.rules.stages import AssessmentKind
from attain.measurement.numbers import write_exact
from attain.organisations.api_parts import (
    Day,
    Listed,
    LongKey,
    PageAsked,
    Words,
    answers,
    listed_of,
    member_of,
    now,
)
from attain.organisations.days import today_of
from attain.organisations.errors import UnknownError
from attain.standards.model_rules import Colour

router = Router(tags=["estate"])
BY = "/maturity/{maturity}"


class EstateQuestion(Schema):
    """Which of the estate is asked for; what is left out asks for any."""

    as_of: Day | None = None
    kind: AssessmentKind | None = None
    region: Words = ""
    site_kind: Literal["", "contact_centre", "bpo", "web_hosting", "field_service"] = ""
    operation: Literal["", "internal", "third_party"] = ""


ModelKey = Path[LongKey]
Asked = Query[EstateQuestion]
Paged = Query[PageAsked]


class CellOut(Schema):
    """A figure beside its target, both exact; `comparable` is not what another edition asked."""

    key: str
    value: str | None
    target: str | None
    colour: Colour | None
    rated: int
    not_applicable: int
    short: int
    denied: int
    comparable: bool


class SiteMaturityOut(Schema):
    """A site by its latest closed assessment; without one, `assessment` and cells are missing."""

    centre: str
    assessment: UUID | None
    kind: AssessmentKind | None
    closed_at: datetime | None
    edition: str | None
    whole: CellOut | None
    categories: list[CellOut]


class MaturityEstateOut(Schema):
    """The estate by a model, rolled up by the rule that the model declares."""

    model: str
    edition: str
    rule: Literal["lowest", "mean", "share_at_level", "ladder"]
    level: int | None
    as_of: Day
    count: int
    items: list[SiteMaturityOut]


class SiteItemsOut(Schema):
    """The items of a category at a site."""

    centre: str
    assessment: UUID | None
    items: list[CellOut]


class SharedGapOut(Schema):
    """An item that two or more sites lack."""

    item: str
    title: str
    category: str
    centres: list[str]
    rated: int
    levels: int
    denied: int


class LevelCount(Schema):
    """How many sites are on a level."""

    level: int
    centres: int


class RatedAtOut(Schema):
    """An item at one site."""

    centre: str
    assessment: UUID
    level: int | None
    target: int | None
    gap: int | None
    denied: bool


class DonorOut(Schema):
    """A site that has what others lack, with its note as far as it may be read."""

    centre: str
    assessment: UUID
    level: int | None
    helps: list[str]
    note: str
    practice: UUID | None


class ItemOverEstateOut(Schema):
    """An item over the estate."""

    item: str
    title: str
    category: str
    levels: list[LevelCount]
    rated: int
    not_applicable: int
    not_assessed: list[str]
    not_comparable: list[str]
    short: list[RatedAtOut]
    donors: list[DonorOut]
    practices: list[PracticeOut]


class AmongPeersOut(Schema):
    """A figure among those of like sites; quartiles only where four or more have one."""

    key: str
    value: str | None
    peers: int
    quartiles: list[str]
    place: Place | None


class PeerGroupOut(Schema):
    """A site among its peers."""

    centre: str
    peers: list[str]
    contacts: int
    whole: AmongPeersOut
    categories: list[AmongPeersOut]


def _estate(request: HttpRequest, key: str, asked: EstateQuestion) -> ModelEstate:
    member = member_of(request)
    found = read_estate(
        member,
        EstateAsked(
            as_of=asked.as_of or today_of(member.organisation, now()),
            model=key,
            kind=asked.kind.value if asked.kind else "",
            region=asked.region,
            site_kind=asked.site_kind,
            operation=asked.operation,
        ),
    ).estate
    if found is None:
        raise UnknownError("No site was assessed by this model.")
    return found


def _cell(key: str, cell: EstateCell) -> dict[str, Any]:
    return {
        "key": key,
        "value": None if cell.value is None else write_exact(cell.value),
        "target": None if cell.target is None else write_exact(cell.target),
        "colour": cell.colour,
        "rated": cell.rated,
        "not_applicable": cell.not_applicable,
        "short": cell.short,
        "denied": cell.denied,
        "comparable": cell.is_comparable,
    }


def _parts(estate: ModelEstate, line: EstateLine) -> Iterator[dict[str, Any]]:
    for key in estate.model.parts:
        if cell := estate.part_cell(line, key):
            yield _cell(key, cell)


def _site(estate: ModelEstate, line: EstateLine) -> dict[str, Any]:
    result, whole = line.result, estate.whole_cell(line)
    return {
        "centre": line.centre.key,
        "assessment": result.uuid if result else None,
        "kind": result.kind if result else None,
        "closed_at": result.closed_at if result else None,
        "edition": result.edition if result else None,
        "whole": _cell("whole", whole) if whole else None,
        "categories": list(_parts(estate, line)),
    }


@router.get(f"{BY}/estate", response=answers((200, MaturityEstateOut)))
def cells(request: HttpRequest, maturity: ModelKey, asked: Asked, page: Paged) -> Any:
    """Return each site by category, as its latest closed assessment was rolled up."""
    estate = _estate(request, maturity, asked)
    part = listed_of(estate.lines, page)
    return {
        "model": estate.model.model,
        "edition": estate.model.edition,
        "rule": estate.model.roll_up.rule,
        "level": estate.model.roll_up.level,
        "as_of": estate.as_of,
        "count": part["count"],
        "items": [_site(estate, line) for line in part["items"]],
    }


@router.get(
    f"{BY}/estate/categories/{{category}}",
    response=answers((200, Listed[SiteItemsOut])),
)
def category(
    request: HttpRequest,
    maturity: ModelKey,
    category: Path[LongKey],
    asked: Asked,
    page: Paged,
) -> Any:
    """Return each site by the items of a category."""
    estate = _estate(request, maturity, asked)
    if category not in estate.model.parts:
        raise UnknownError
    part = listed_of(estate.lines, page)
    items = [item.key for item in estate.model.parts[category].all_items if item.is_rated]
    return {**part, "items": [_items(estate, line, items) for line in part["items"]]}


def _items(estate: ModelEstate, line: EstateLine, items: list[str]) -> dict[str, Any]:
    cells_of = ((item, estate.item_cell(line, item)) for item in items)
    return {
        "centre": line.centre.key,
        "assessment": line.result.uuid if line.result else None,
        "items": [_cell(item, cell) for item, cell in cells_of if cell],
    }


@router.get(f"{BY}/gaps", response=answers((200, Listed[SharedGapOut])))
def gaps(request: HttpRequest, maturity: ModelKey, asked: Asked, page: Paged) -> Any:
    """List the items that two or more sites lack, those that most lack first."""
    return listed_of([_gap(each) for each in gap_lines(_estate(request, maturity, asked))], page)


def _gap(line: GapLine) -> dict[str, Any]:
    return {
        "item": line.item.key,
        "title": line.item.title,
        "category": line.category,
        "centres": [centre.key for centre in line.centres],
        "rated": line.gap.rated,
        "levels": line.gap.levels,
        "denied": line.denied,
    }


@router.get(f"{BY}/items/{{item}}", response=answers((200, ItemOverEstateOut)))
def item(request: HttpRequest, maturity: ModelKey, item: Path[LongKey], asked: Asked) -> Any:
    """Return an item over the estate: who is on which level, who is short, and who has it."""
    estate = _estate(request, maturity, asked)
    items = {each.key: each for each in estate.model.rated_items}
    if item not in items:
        raise UnknownError
    return _item(estate, item_over_estate(estate, items[item], member_of(request)))


def _item(estate: ModelEstate, over: ItemOverEstate) -> dict[str, Any]:
    shared = [each.shared for each in over.donors if each.shared]
    levels = estate.model.levels_of(over.item)
    return {
        "item": over.item.key,
        "title": over.item.title,
        "category": over.category,
        "levels": [{"level": n, "centres": over.levels.get(n, 0)} for n in levels],
        "rated": over.rated,
        "not_applicable": over.not_applicable,
        "not_assessed": [centre.key for centre in over.not_assessed],
        "not_comparable": [centre.key for centre in over.not_comparable],
        "short": [_rated(each) for each in over.short],
        "donors": [_donor(each) for each in over.donors],
        "practices": [practice_json(each) for each in (*shared, *over.others)],
    }


def _rated(at: RatedAt) -> dict[str, Any]:
    return {
        "centre": at.centre.key,
        "assessment": at.result.uuid,
        "level": at.rating.level,
        "target": at.rating.target,
        "gap": at.rating.gap,
        "denied": at.is_denied,
    }


def _donor(donor: Donor) -> dict[str, Any]:
    return {
        "centre": donor.rated.centre.key,
        "assessment": donor.rated.result.uuid,
        "level": donor.rated.rating.level,
        "helps": [centre.key for centre in donor.helps],
        "note": donor.note,
        "practice": donor.shared.practice.uuid if donor.shared else None,
    }


@router.get(f"{BY}/peers/{{centre}}", response=answers((200, PeerGroupOut)))
def peers(request: HttpRequest, maturity: ModelKey, centre: Path[LongKey], asked: Asked) -> Any:
    """Return a site among those that are run alike, of its kind, and at most twice its size."""
    group = peer_group(_estate(request, maturity, asked), centre)
    if group is None:
        raise UnknownError
    return _group(group)


def _group(group: PeerGroup) -> dict[str, Any]:
    return {
        "centre": group.centre.key,
        "peers": [centre.key for centre in group.peers],
        "contacts": group.volume,
        "whole": _among("whole", group.whole),
        "categories": [_among(key, each) for key, each in group.parts.items()],
    }


def _among(key: str, among: AmongPeers) -> dict[str, Any]:
    return {
        "key": key,
        "value": None if among.own is None else write_exact(among.own),
        "peers": among.peers,
        "quartiles": [write_exact(each) for each in among.quartiles or ()],
        "place": among.place,
    }
