"""What would it take, and what if: the next tier of a centre, and a verdict on supposed figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.cache import cache

from attain.certification.queries.verdicts import judge, language_of
from attain.certification.rules.proofs import FoundBefore, differences
from attain.certification.rules.supposing import Supposition, suppose
from attain.certification.rules.watching import Models
from attain.measurement.metrics import MonthState, Track
from attain.measurement.numbers import write_exact
from attain.measurement.periods import Month, months_until
from attain.organisations.figures_stand import figures_stand
from attain.organisations.pages import Centre
from attain.performance import queries as performance
from attain.standards.figures import Figures
from attain.standards.scheme import Scheme
from attain.standards.standing import Standing
from attain.standards.verdicts import Verdict

_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class PlannedStep:
    """A step of a plan: what to do, in which requirement, at what cost."""

    requirement: str
    title: str
    text: str
    cost: str


@dataclass(frozen=True)
class PlannedRoad:
    """A plan to the next tier: by when, at what cost, and its steps."""

    by: date
    months: int
    cost: str
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True)
class NextTier:
    """The next tier of a centre, with the cheapest plan and the earliest; None where none leads."""

    tier: int
    cheapest: PlannedRoad | None
    earliest: PlannedRoad | None

    @property
    def is_one_plan(self) -> bool:
        """Whether the cheapest plan is also the earliest."""
        return self.cheapest == self.earliest


def next_tier(verdict: Verdict) -> NextTier | None:
    """Return what the next tier would take, at a unit for each step; None on the highest tier."""
    # Brings in the solver.
    from attain.standards.road import Plan, what_would_it_take

    def planned(plan: Plan | None) -> PlannedRoad | None:
        if plan is None:
            return None
        steps = tuple(
            PlannedStep(
                f"{part.tier}/{part.requirement}",
                verdict.scheme.tiers[part.tier - 1].requirements[part.requirement].title,
                step.text,
                write_exact(step.cost({})),
            )
            for part in plan.requirements
            for step in part.steps
        )
        return PlannedRoad(plan.by, plan.months, write_exact(Fraction(plan.cost)), steps)

    road = what_would_it_take(verdict, {})
    if road is None:
        return None
    return NextTier(road.tier, planned(road.cheapest), planned(road.earliest))


def kept_next_tier(centre: Centre, verdict: Verdict) -> NextTier | None:
    """Return what the next tier would take; worked out once for what the records stand at."""
    stand, told_in = figures_stand(centre.organisation), language_of(verdict.scheme.scheme)
    name = f"road:{stand}:{centre.pk}:{verdict.as_of}:{verdict.scheme.scheme}:{told_in}"
    found: tuple[NextTier | None] | None = cache.get(name)
    if found is None:
        found = (next_tier(verdict),)
        cache.set(name, found, _KEPT_SECONDS)
    return found[0]


@dataclass(frozen=True)
class WhatIf:
    """A centre's verdict beside the one on supposed figures, and what differs."""

    real: Verdict
    supposed: Verdict
    changes: tuple[FoundBefore, ...]


def figures_at(centre: Centre, as_of: date) -> Figures:
    """Return the figures of a centre as its records tell them as of a date."""
    return performance.figures_of(centre, as_of)


def what_if(figures: Figures, as_of: date, scheme: str, supposed: Supposition) -> WhatIf:
    """Judge figures as they are and as they would be; nothing is recorded."""
    real = judge(figures, scheme, as_of)
    other = judge(suppose(figures, supposed), scheme, as_of)
    return WhatIf(real, other, differences(real.as_json(), other.as_json()))


def documents_asked(scheme: Scheme, models: Models) -> tuple[str, ...]:
    """Return the kinds of document that a scheme and the models it names look for."""
    rules = _rules_of(scheme, models, "document_on_file")
    return tuple(dict.fromkeys(rule["document"] for rule in rules))


def practices_asked(scheme: Scheme, models: Models) -> tuple[str, ...]:
    """Return the practices that a scheme names, and those of the models that it judges by."""
    rules = _rules_of(scheme, models, "documented_practices")
    named = [item for rule in rules for item in rule.get("only", ())]
    of_models = [item.key for model in models.values() for item in model.items]
    return tuple(dict.fromkeys([*of_models, *named]))


def _rules_of(scheme: Scheme, models: Models, kind: str) -> Iterator[dict[str, Any]]:
    yield from _rules(scheme.as_json(), kind)
    for model in models.values():
        yield from _rules(model.as_json(), kind)


def _rules(part: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("kind") == kind:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _rules(each, kind)


@dataclass(frozen=True)
class StripRow:
    """A metric or system with its last twelve months, as they are."""

    key: str
    months: tuple[tuple[Month, MonthState], ...]


def strips(standing: Standing) -> tuple[list[StripRow], list[StripRow]]:
    """Return the metrics and the systems of a centre with the states of their last months."""
    months = months_until(standing.last_month, 12)

    def row(track: Track) -> StripRow:
        return StripRow(track.key, tuple((month, track.state(month)) for month in months))

    metrics = [row(track) for track in standing.tracks.values()]
    return metrics, [row(track) for track in standing.system_tracks.values()]


def misses_without_action(standing: Standing) -> list[tuple[str, Month]]:
    """Return the misses of the last three months that no improvement action answers yet."""
    answered = {(action.metric, action.month) for action in standing.actions}
    months = months_until(standing.last_month, 3)
    return [
        (key, month)
        for key, track in standing.tracks.items()
        for month in months
        if track.state(month) is MonthState.OFF_TARGET and (key, month) not in answered
    ]
