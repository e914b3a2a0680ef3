"""The estate by one model: the latest closed assessment of each centre, side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import TextField
from django.db.models.functions import Cast

from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.frozen import Frozen, frozen_from
from attain.assessments.rules.cells import EstateCell, colour_of_figure
from attain.assessments.rules.estate import Estate
from attain.assessments.rules.lineage import Comparable, comparable
from attain.assessments.rules.stages import AssessmentState
from attain.organisations.pages import Centre, Member, Organisation
from attain.organisations.queries import demand_somewhere, may, visible_centres
from attain.organisations.rules import Permission
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import (
    OPEN,
    Ratings,
    RolledUp,
    colour_of,
)

_READ = Permission.READ_ASSESSMENTS


@dataclass(frozen=True)
class EstateAsked:
    """Which of the estate is asked for; an empty text asks for any."""

    as_of: date
    model: str = ""
    kind: str = ""
    region: str = ""
    site_kind: str = ""
    operation: str = ""


@dataclass(frozen=True)
class LatestResult:
    """The latest closed assessment of a centre, as it was frozen.

    `beside` says what of it may stand beside the edition that the estate is shown by.
    """

    uuid: UUID
    title: str
    kind: str
    closed_at: datetime
    edition: str
    is_other_edition: bool
    beside: Comparable
    frozen: Frozen

    @cached_property
    def comparable_ratings(self) -> Ratings:
        """The ratings of items that ask the same in the edition of the estate."""
        if not self.is_other_edition:
            return self.frozen.ratings
        items = self.beside.items
        return {key: rating for key, rating in self.frozen.ratings.items() if key in items}

    def is_denied(self, item: str) -> bool:
        """Say whether records deny the level of an item."""
        return item in self.frozen.denied


@dataclass(frozen=True)
class EstateLine:
    """A centre of the estate, with its latest result by the model; None without an assessment."""

    centre: Centre
    result: LatestResult | None


@dataclass(frozen=True)
class ModelChoice:
    """A model by which centres were assessed, and how many of them."""

    key: str
    title: str
    centres: int


@dataclass(frozen=True)
class ModelEstate:
    """The centres that a member may read, by one model, in the newest edition that they have."""

    model: MaturityModel
    edition: ModelEdition
    as_of: date
    lines: tuple[EstateLine, ...]

    @cached_property
    def assessed(self) -> tuple[tuple[Centre, LatestResult], ...]:
        """The centres that have a result, with it."""
        return tuple((line.centre, line.result) for line in self.lines if line.result)

    @cached_property
    def ratings(self) -> Estate:
        """The ratings of each assessed centre that may be compared, by its key."""
        return {centre.key: result.comparable_ratings for centre, result in self.assessed}

    @cached_property
    def _items_of_parts(self) -> Mapping[str, tuple[str, ...]]:
        parts = self.model.parts.items()
        return {key: tuple(i.key for i in part.all_items if i.is_rated) for key, part in parts}

    def whole_cell(self, line: EstateLine) -> EstateCell | None:
        """Return the whole of a centre; None without an assessment."""
        if (result := line.result) is None:
            return None
        kept = result.frozen
        figures = (kept.standing.whole, kept.targets.whole.value)
        return self._cell(kept, figures, kept.ratings, is_comparable=result.beside.whole)

    def part_cell(self, line: EstateLine, part: str) -> EstateCell | None:
        """Return a category of a centre; None where its edition has none such."""
        result = line.result
        if result is None or part not in result.frozen.standing.parts:
            return None
        kept = result.frozen
        figures = (kept.standing.parts[part], kept.targets.parts[part].value)
        items, is_comparable = self._items_of_parts[part], part in result.beside.parts
        return self._cell(kept, figures, items, is_comparable=is_comparable)

    def _cell(
        self,
        kept: Frozen,
        figures: tuple[RolledUp, Fraction | None],
        items: Iterable[str],
        *,
        is_comparable: bool,
    ) -> EstateCell:
        rolled, target = figures
        return EstateCell(
            value=rolled.value,
            target=target,
            colour=colour_of_figure(self.model, rolled.value, target) if is_comparable else None,
            rated=rolled.rated,
            not_applicable=rolled.not_applicable,
            short=sum(bool(kept.ratings.get(key, OPEN).gap) for key in items),
            denied=sum(kept.denied.get(key, 0) for key in items),
            is_comparable=is_comparable,
        )

    def item_cell(self, line: EstateLine, item: str) -> EstateCell | None:
        """Return an item of a centre; None where nothing that may be compared was asked of it."""
        result = line.result
        if result is None or item not in result.beside.items:
            return None
        rating = result.frozen.ratings.get(item, OPEN)
        return EstateCell(
            value=None if rating.level is None else Fraction(rating.level),
            target=None if rating.target is None else Fraction(rating.target),
            colour=colour_of(self.model, rating),
            rated=int(rating.counts),
            not_applicable=int(rating.not_applicable is not None),
            short=int(bool(rating.gap)),
            denied=result.frozen.denied.get(item, 0),
        )


@dataclass(frozen=True)
class EstateFound:
    """What was found of an estate: by which models, in which regions; None without a result."""

    models: tuple[ModelChoice, ...]
    regions: tuple[tuple[str, str], ...]
    estate: ModelEstate | None


def read_estate(member: Member, asked: EstateAsked) -> EstateFound:
    """Return the estate by a model, by as many queries for two hundred centres as for one.

    Without a model in the question it is the one that most centres were assessed by.
    ForbiddenError for who may not read assessments anywhere.
    """
    demand_somewhere(member, _READ)
    every = centres_to_read(member)
    centres = [centre for centre in every if _is_asked_for(centre, asked)]
    closed = _closed(centres, asked, member.organisation)
    models = _choices(closed)
    key = asked.model or (models[0].key if models else "")
    latest = {row.centre: row for row in closed if row.model == key}
    regions = {(c.site.region.key, c.site.region.name) for c in every if c.site.region}
    return EstateFound(
        models=models,
        regions=tuple(sorted(regions, key=lambda region: region[1])),
        estate=_estate(centres, latest, key, asked.as_of) if latest else None,
    )


def centres_to_read(member: Member) -> list[Centre]:
    """Return the centres whose assessments a member may read, by name."""
    found = visible_centres(member, _READ).order_by("name", "pk")
    return [centre for centre in found if may(member, _READ, centre)]


def _is_asked_for(centre: Centre, asked: EstateAsked) -> bool:
    site = centre.site
    region = site.region.key if site.region else ""
    is_open = site.closed_on is None or site.closed_on > asked.as_of
    given = (asked.region, asked.site_kind, asked.operation)
    there = (region, site.kind, site.operation)
    return is_open and all(one in ("", other) for one, other in zip(given, there, strict=True))


@dataclass(frozen=True)
class _Closed:
    """A closed assessment without what it was frozen with."""

    pk: int
    centre: int
    model: str
    title: str


def _closed(
    centres: Sequence[Centre], asked: EstateAsked, organisation: Organisation
) -> list[_Closed]:
    """Return the closed assessments of centres up to a date, earliest first."""
    zone = ZoneInfo(organisation.timezone)
    ended = datetime.combine(asked.as_of + timedelta(days=1), time(), zone)
    rows = Assessment.objects.filter(
        state=AssessmentState.CLOSED.value,
        centre__in=[centre.pk for centre in centres],
        closed_at__lt=ended,
    )
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    named = ("pk", "centre_id", "edition__key", "edition__title")
    return [_Closed(*row) for row in rows.order_by("closed_at", "pk").values_list(*named)]


def _choices(closed: Sequence[_Closed]) -> tuple[ModelChoice, ...]:
    counts = Counter(model for model, _centre in {(row.model, row.centre) for row in closed})
    titles = {row.model: row.title for row in closed}
    found = [ModelChoice(key, titles[key], n) for key, n in counts.items()]
    return tuple(sorted(found, key=lambda choice: (-choice.centres, choice.title, choice.key)))


def _estate(
    centres: Sequence[Centre],
    latest: Mapping[int, _Closed],
    key: str,
    as_of: date,
) -> ModelEstate:
    # Earliest first, so that the newest of those in use is the last.
    every = list(ModelEdition.objects.filter(key=key).order_by("published_at", "pk"))
    models = {each.pk: model_of(each) for each in every if each.status != "draft"}
    by_name = {model.edition: model for model in models.values()}
    editions = {each.pk: each for each in every}
    rows = list(_frozen_rows([row.pk for row in latest.values()]))
    used = {row.edition for row in rows}
    newest = [edition for edition in every if edition.pk in used][-1]
    model = models[newest.pk]
    beside = {pk: comparable(model, models[pk], by_name) for pk in used}
    results = {
        row.centre: _result(row, editions[row.edition], newest, beside[row.edition]) for row in rows
    }
    lines = tuple(EstateLine(centre, results.get(centre.pk)) for centre in centres)
    return ModelEstate(model, newest, as_of, lines)


@dataclass(frozen=True)
class _FrozenRow:
    """A closed assessment with what it was frozen with, as it is kept."""

    centre: int
    uuid: UUID
    title: str
    kind: str
    closed_at: datetime
    edition: int
    closing: str


def _frozen_rows(chosen: Sequence[int]) -> Iterator[_FrozenRow]:
    rows = Assessment.objects.filter(pk__in=chosen).annotate(kept=Cast("closing", TextField()))
    named = ("centre_id", "uuid", "title", "kind", "closed_at", "edition_id", "kept")
    return (_FrozenRow(*row) for row in rows.values_list(*named))


def _result(
    row: _FrozenRow, edition: ModelEdition, newest: ModelEdition, beside: Comparable
) -> LatestResult:
    return LatestResult(
        uuid=row.uuid,
        title=row.title,
        kind=row.kind,
        closed_at=row.closed_at,
        edition=edition.edition,
        is_other_edition=edition.pk != newest.pk,
        beside=beside,
        frozen=frozen_from(row.closing, edition.text, f"{edition.key}.yaml"),
    )
