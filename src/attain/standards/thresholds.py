"""Thresholds: a number that a definition demands, its unit, and its values by date."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

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
from attain.standards.findings import Source
from attain.standards.kinds.base import AppliedThreshold
from attain.standards.sentences import say

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


class NotInForceError(ValueError):
    """A threshold is not yet in force; the message says what date is expected."""


def in_force_on(thresholds: Mapping[str, Threshold], day: date) -> dict[str, AppliedThreshold]:
    """Return every threshold in force on a day; NotInForceError naming one that is not yet."""
    applied = {key: threshold.in_force(day) for key, threshold in thresholds.items()}
    for key, value in applied.items():
        if value is None:
            first = min(thresholds[key].values)
            raise NotInForceError(
                say(
                    "a date on or after %(first)s, from which %(threshold)s is in force",
                    first=first,
                    threshold=key,
                )
            )
    return {key: value for key, value in applied.items() if value is not None}
