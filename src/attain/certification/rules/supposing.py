"""Figures as they would be, were this or that another: months, volumes, records, coverage.

Nothing is recorded. What is supposed is put in place of what is, and judged by the same rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from attain.certification.rules.supposed_records import (
    SUPPOSED,
    change_that_is,
    counting_initiative,
    incident_that_is,
    initiative_that_is,
    practice_that_is,
)
from attain.measurement.counting import Tally
from attain.measurement.metrics import Direction, Reading, in_force
from attain.measurement.periods import Month
from attain.measurement.volumes import Volumes
from attain.standards.figures import (
    Document,
    Documented,
    Figures,
    ImprovementAction,
    Metric,
    Practice,
    Satisfaction,
    SatisfactionKind,
    Scope,
    System,
    Uptime,
)


class Supposed(StrEnum):
    """What a month of a metric or system is supposed to be."""

    ON_TARGET = "on_target"
    OFF_TARGET = "off_target"
    MISSING = "missing"


Cell = tuple[str, Month]
DocumentName = tuple[str, str]


@dataclass(frozen=True)
class SupposedVolume:
    """What a channel is supposed to have had in a month; None stays as it is.

    `attaining` is the share of the contacts offered that came in intervals which attain.
    """

    attaining: Fraction | None = None
    offered: int | None = None


@dataclass(frozen=True)
class Supposition:
    """What is supposed, by what it is supposed of; what is not named stays as it is.

    `actions` are misses for which an action is taken, in its month. Practices, initiatives,
    incidents and changes have all that is asked of them, or lack it. A document, and what was
    measured last of a kind of satisfaction, is another; None where there is none.
    """

    metrics: Mapping[Cell, Supposed] = field(default_factory=dict)
    systems: Mapping[Cell, Supposed] = field(default_factory=dict)
    volumes: Mapping[Cell, SupposedVolume] = field(default_factory=dict)
    actions: frozenset[Cell] = frozenset()
    practices: Mapping[str, bool] = field(default_factory=dict)
    initiatives: Mapping[str, bool] = field(default_factory=dict)
    further_initiatives: int = 0
    incidents: Mapping[str, bool] = field(default_factory=dict)
    changes: Mapping[str, bool] = field(default_factory=dict)
    documents: Mapping[DocumentName, Document | None] = field(default_factory=dict)
    satisfaction: Mapping[SatisfactionKind, Satisfaction | None] = field(default_factory=dict)
    site_volume: int | None = None
    assessed_volume: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is supposed."""
        return self == Supposition()


def suppose(figures: Figures, supposed: Supposition) -> Figures:
    """Return the figures as they would be."""
    told = replace(
        figures,
        scope=_scope(figures.scope, supposed),
        metrics=tuple(_metric(metric, supposed.metrics) for metric in figures.metrics),
        systems=tuple(_system(system, supposed.systems) for system in figures.systems),
        volumes=_volumes(figures.volumes, supposed.volumes),
        actions=(*figures.actions, *(_action(*cell) for cell in sorted(supposed.actions))),
        documents=tuple(_documents(figures, supposed)),
        satisfaction=tuple(_satisfaction(figures, supposed)),
    )
    return _records(told, supposed)


def _records(figures: Figures, supposed: Supposition) -> Figures:
    initiatives, further = supposed.initiatives, range(1, supposed.further_initiatives + 1)
    return replace(
        figures,
        practices=(
            *(practice_that_is(p, supposed.practices.get(p.item)) for p in figures.practices),
            *_further_practices(figures, supposed),
        ),
        initiatives=(
            *(initiative_that_is(i, initiatives.get(i.initiative)) for i in figures.initiatives),
            *(counting_initiative(number) for number in further),
        ),
        incidents=tuple(
            incident_that_is(each, supposed.incidents.get(each.incident))
            for each in figures.incidents
        ),
        changes=tuple(
            change_that_is(each, supposed.changes.get(each.change)) for each in figures.changes
        ),
    )


def _further_practices(figures: Figures, supposed: Supposition) -> Iterator[Practice]:
    """Yield the practices that are supposed to be documented, and that no record tells of."""
    told = {practice.item for practice in figures.practices}
    for item, is_documented in supposed.practices.items():
        if is_documented and item not in told:
            yield Practice(item, Documented.YES, None, None)


def _scope(scope: Scope, supposed: Supposition) -> Scope:
    site, assessed = supposed.site_volume, supposed.assessed_volume
    return replace(
        scope,
        site_volume=scope.site_volume if site is None else site,
        assessed_volume=scope.assessed_volume if assessed is None else assessed,
    )


def _metric(metric: Metric, wishes: Mapping[Cell, Supposed]) -> Metric:
    mine = {month: wish for (key, month), wish in wishes.items() if key == metric.metric}
    if not mine:
        return metric
    readings = {month: r for month, r in metric.readings.items() if month not in mine}
    for month, wish in mine.items():
        if wish is not Supposed.MISSING:
            readings[month] = reading_that_is(metric, month, on_target=wish is Supposed.ON_TARGET)
    return replace(metric, readings=readings)


def reading_that_is(metric: Metric, month: Month, *, on_target: bool) -> Reading:
    """Return a reading at the target of a month, or just past it on its wrong side.

    Without a target in force the reading is on no side of it, as any reading would be.
    """
    target = in_force(metric.targets, month.last_day)
    at = target.value if target else Fraction(0)
    worse = Fraction(-1 if metric.better is Direction.HIGHER else 1)
    return Reading(at if on_target else at + worse, Fraction(1))


def _system(system: System, wishes: Mapping[Cell, Supposed]) -> System:
    mine = {month: wish for (key, month), wish in wishes.items() if key == system.system}
    if not mine:
        return system
    uptime = {month: up for month, up in system.uptime.items() if month not in mine}
    for month, wish in mine.items():
        if wish is not Supposed.MISSING:
            up = Fraction(1 if wish is Supposed.ON_TARGET else 0)
            uptime[month] = Uptime(up, Fraction(1))
    return replace(system, uptime=uptime)


def _volumes(volumes: Volumes, wishes: Mapping[Cell, SupposedVolume]) -> Volumes:
    told = {channel: dict(months) for channel, months in volumes.items()}
    for (channel, month), wish in wishes.items():
        months = told.setdefault(channel, {})
        months[month] = volume_that_is(months.get(month, Tally(0, 0, 0)), wish)
    return told


def volume_that_is(now: Tally, wish: SupposedVolume) -> Tally:
    """Return the volume of a month as it is supposed to be; whole contacts, cut, never rounded up.

    Where only the contacts are another, they attain, or are open, in the same share as they did.
    """
    offered = now.total if wish.offered is None else wish.offered
    if wish.attaining is not None:
        return Tally(int(wish.attaining * offered), 0, offered)
    if not now.total:
        return Tally(0, offered, offered)
    return Tally(now.good * offered // now.total, now.open * offered // now.total, offered)


def _action(metric: str, month: Month) -> ImprovementAction:
    return ImprovementAction(metric, month, SUPPOSED, month.last_day)


def _documents(figures: Figures, supposed: Supposition) -> Iterator[Document]:
    wishes = supposed.documents
    for document in figures.documents:
        if (document.kind, document.title) not in wishes:
            yield document
    yield from (document for document in wishes.values() if document)


def _satisfaction(figures: Figures, supposed: Supposition) -> Iterator[Satisfaction]:
    wishes = supposed.satisfaction
    yield from (each for each in figures.satisfaction if each.kind not in wishes)
    yield from (each for each in wishes.values() if each)
