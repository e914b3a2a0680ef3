"""Schemes: thresholds with dated values, and tiers of requirements."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from attain.measurement.numbers import write_exact
from attain.measurement.units import Unit
from attain.standards.definition import Definition
from attain.standards.figures import Scope
from attain.standards.findings import Finding, Source, not_applicable
from attain.standards.kinds.base import AppliedThreshold, Evidence
from attain.standards.kinds.lower_tier import LowerTier
from attain.standards.maturity_model import Key
from attain.standards.needs import NOTHING, Need
from attain.standards.rule import Rule

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_RATIO = re.compile(r"[0-9]{1,9}/[1-9][0-9]{0,8}")


def _read_date(value: object) -> object:
    if isinstance(value, str) and _DATE.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError("a date such as 2026-10-31")


def _read_exact(value: object) -> Fraction:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _RATIO.fullmatch(value):
        return Fraction(value)
    raise ValueError("a number such as 0.6, or a ratio such as 2/3")


Day = Annotated[date, BeforeValidator(_read_date)]
Exact = Annotated[
    Fraction,
    PlainValidator(_read_exact),
    PlainSerializer(str, when_used="json"),
    WithJsonSchema(
        {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_RATIO.pattern}$"}]}
    ),
]


class NotInForceError(ValueError):
    """A threshold of a scheme is not yet in force; the message says what date is expected."""


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


class DatedThreshold(Definition):
    """The value of a threshold from a date on, and where it is laid down."""

    value: Exact
    """The value, exact."""
    source: str
    """A key of the library's sources."""
    clause: str
    """Where in the source."""
    note: str = ""
    """What a reader should know of this value."""


class Threshold(Definition):
    """A number that a scheme demands: its unit, and its values by date."""

    title: str
    """What it limits."""
    unit: Literal["share", "months", "count", "level"]
    """What it counts or compares."""
    values: Mapping[Day, DatedThreshold] = Field(min_length=1)
    """Its values by the date from which each is in force. A new value is added, none is edited."""

    @model_validator(mode="after")
    def _values_fit_the_unit(self) -> Self:
        for day, dated in self.values.items():
            if not Unit(self.unit).admits(dated.value):
                found = f"{write_exact(dated.value)} from {day}"
                raise ValueError(f"{found}; expected {Unit(self.unit).words}")
        return self

    def in_force(self, day: date) -> AppliedThreshold | None:
        """Return the value in force on a day, or None before the first."""
        started = [start for start in self.values if start <= day]
        if not started:
            return None
        dated = self.values[max(started)]
        source = Source(max(started), dated.source, dated.clause)
        return AppliedThreshold(dated.value, source)


class ScopeCondition(Definition):
    """When a requirement does not apply: every stated condition holds of the scope."""

    operation: Literal["internal", "third_party"] | None = None
    """The centre is run internally, or by a third party."""
    scope: Literal["site", "programme"] | None = None
    """What is assessed is a site, or a programme."""
    reason: str
    """Why it does not apply then."""

    @model_validator(mode="after")
    def _has_a_condition(self) -> Self:
        if self.operation is None and self.scope is None:
            raise ValueError("no condition; expected an operation or a scope")
        return self

    def holds(self, scope: Scope) -> bool:
        """Say whether every stated condition holds."""
        return self.operation in (None, scope.operation) and self.scope in (None, scope.kind)


class Requirement(Definition):
    """What a tier asks for: why, where it is laid down, how strictly, and the rule."""

    title: str
    """The requirement in a few words."""
    why: str
    """What good it does."""
    clause: str
    """Where in the source it is laid down."""
    strength: Literal["must", "should"] = "must"
    """A `should` is judged and shown, but does not decide the tier."""
    not_applicable_when: ScopeCondition | None = None
    """When it does not apply."""
    rule: Rule
    """The rule that decides."""

    def find(self, key: str, evidence: Evidence) -> Finding:
        """Judge the requirement under its key."""
        excuse = self._excuse(evidence)
        if excuse:
            return not_applicable(key, self.title, excuse.reason)
        return self.rule.find(evidence).named(key, self.title)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return what the requirement needs, nothing where it does not decide or apply."""
        if self.strength == "should" or self._excuse(evidence):
            return NOTHING
        return self.rule.needs(evidence, horizon)

    def _excuse(self, evidence: Evidence) -> ScopeCondition | None:
        condition = self.not_applicable_when
        holds = condition is not None and condition.holds(evidence.standing.figures.scope)
        return condition if holds else None


class Tier(Definition):
    """A tier with its own requirements; a lower tier is one of them, of its own kind."""

    tier: int = Field(ge=1)
    """The number of the tier, from 1 for the lowest."""
    title: str
    """The name of the tier."""
    requirements: Mapping[Key, Requirement] = Field(min_length=1)
    """The requirements by key."""

    @property
    def lower_tiers(self) -> tuple[int, ...]:
        """The lower tiers that the tier builds on."""
        rules = (requirement.rule for requirement in self.requirements.values())
        return tuple(rule.tier for rule in rules if isinstance(rule, LowerTier))


class Scheme(Definition):
    """A certification scheme in one edition."""

    scheme: Key
    """The key of the scheme."""
    title: str
    """The name of the scheme."""
    edition: str
    """The edition; the texts of a published one are frozen."""
    status: Literal["draft", "published", "withdrawn"]
    """Whether a centre can be certified by it."""
    applies_to: tuple[Literal["site", "programme"], ...] = Field(min_length=1)
    """What can be certified by it."""
    licence: str
    """Under which licence its text is published."""
    sources: tuple[str, ...] = Field(min_length=1)
    """What it rests on: keys of the library's sources."""
    thresholds: Mapping[Key, Threshold] = {}
    """The numbers that its requirements name."""
    tiers: tuple[Tier, ...] = Field(min_length=1)
    """The tiers, lowest first."""

    @model_validator(mode="after")
    def _tiers_ascend(self) -> Self:
        numbers = [tier.tier for tier in self.tiers]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"tiers {_listed(numbers)}; expected 1, 2 and so on in order")
        for tier in self.tiers:
            if any(lower >= tier.tier or lower < 1 for lower in tier.lower_tiers):
                found = f"tier {tier.tier} on top of tier {_listed(tier.lower_tiers)}"
                raise ValueError(f"{found}; expected lower tiers")
        return self

    def thresholds_at(self, day: date) -> dict[str, AppliedThreshold]:
        """Return every threshold in force on a day; NotInForceError naming one that is not yet."""
        applied = {key: threshold.in_force(day) for key, threshold in self.thresholds.items()}
        for key, value in applied.items():
            if value is None:
                first = min(self.thresholds[key].values)
                raise NotInForceError(f"a date on or after {first}, from which {key} is in force")
        return {key: value for key, value in applied.items() if value is not None}

    def as_json(self) -> dict[str, Any]:
        """Return the scheme for another program, numbers as exact texts."""
        dumped: dict[str, Any] = self.model_dump(mode="json")
        return dumped
