"""Figures as they would be: months on target, off it or missing, practices, documents, actions.

Nothing is recorded. What is supposed is put in place of what is, and judged by the same rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from attain.measurement.metrics import Direction, Reading, in_force
from attain.measurement.periods import Month
from attain.standards.figures import (
    Document,
    Documented,
    Figures,
    ImprovementAction,
    Metric,
    Practice,
    System,
    Uptime,
)


class Supposed(StrEnum):
    """What a month of a metric or system is supposed to be."""

    ON_TARGET = "on_target"
    OFF_TARGET = "off_target"
    MISSING = "missing"


Cell = tuple[str, Month]


@dataclass(frozen=True)
class Supposition:
    """What is supposed: months by metric and by system, practices, documents, actions taken.

    `practices` says whether an item is documented, `without` names documents that are not there,
    `actions` misses for which an action is taken, in its month.
    """

    metrics: Mapping[Cell, Supposed] = field(default_factory=dict)
    systems: Mapping[Cell, Supposed] = field(default_factory=dict)
    practices: Mapping[str, bool] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    actions: frozenset[Cell] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is supposed."""
        return not (self.metrics or self.systems or self.practices or self.without or self.actions)


def suppose(figures: Figures, supposed: Supposition) -> Figures:
    """Return the figures as they would be."""
    return replace(
        figures,
        metrics=tuple(_metric(metric, supposed.metrics) for metric in figures.metrics),
        systems=tuple(_system(system, supposed.systems) for system in figures.systems),
        practices=tuple(_practice(each, supposed.practices) for each in figures.practices),
        documents=_left(figures.documents, supposed.without),
        actions=(*figures.actions, *(_action(*cell) for cell in sorted(supposed.actions))),
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


def _practice(practice: Practice, wishes: Mapping[str, bool]) -> Practice:
    if practice.item not in wishes:
        return practice
    wish = Documented.YES if wishes[practice.item] else Documented.NO
    return replace(practice, documented=wish)


def _left(documents: Iterable[Document], without: frozenset[str]) -> tuple[Document, ...]:
    return tuple(each for each in documents if f"{each.kind}/{each.title}" not in without)


def _action(metric: str, month: Month) -> ImprovementAction:
    return ImprovementAction(metric, month, "supposed", month.last_day)
