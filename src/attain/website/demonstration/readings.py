"""The readings of a centre, from the strip of each metric and from its contacts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random

from attain.dossier.rows import Row
from attain.measurement.metrics import Direction
from attain.measurement.periods import Month
from attain.website.demonstration.catalogue import (
    ABANDONED,
    CALLS_IN_TIME,
    HANDLE_TIME,
    NEVER_ABOVE_1,
    REPLIES,
    MetricKind,
)
from attain.website.demonstration.contacts import ChannelContacts
from attain.website.demonstration.stories import A_YEAR, TWO_YEARS

# How near to the target a month on target, and one off it, may come: parts of the usual distance.
_NEAREST = 0.12
_WINTER = (0.3, 0.25, 0.1, 0.0, -0.05, -0.1, -0.1, -0.05, 0.0, 0.05, 0.15, 0.3)


@dataclass(frozen=True)
class MeasuredMonths:
    """The months that a centre has measured, up to the last."""

    last: Month
    count: int

    @property
    def months(self) -> tuple[Month, ...]:
        """The months in order."""
        return tuple(self.last.plus(n + 1 - self.count) for n in range(self.count))

    def targets(self, metric: str, kind: MetricKind) -> Iterator[Row]:
        """Yield the targets of a metric by date: one, or one that was tightened a year ago."""
        begun = self.last.plus(1 - TWO_YEARS).first_day
        first = kind.before or kind.target
        yield {"metric": metric, "from": begun, "target": Fraction(first)}
        if kind.before:
            yield {"metric": metric, "from": self.tightened, "target": Fraction(kind.target)}

    @property
    def tightened(self) -> date:
        """Since when the present targets hold."""
        return self.last.plus(1 - A_YEAR).first_day

    def target(self, kind: MetricKind, month: Month) -> Fraction:
        """Return the target of a metric in a month."""
        early = kind.before and month.last_day < self.tightened
        return Fraction(kind.before if early else kind.target)


def values(kind: MetricKind, strip: str, calendar: MeasuredMonths, random: Random) -> list[float]:
    """Return a value of each month on its side of the target, with its season and its drift."""
    noise, drift, found = 0.0, random.uniform(-0.25, 0.25), []
    for number, (month, sign) in enumerate(zip(calendar.months, strip, strict=True)):
        noise = 0.6 * noise + random.gauss(0.0, 0.14)
        course = drift * (number / TWO_YEARS - 0.5) + noise
        if sign == "-":
            distance = -max(_NEAREST, 0.45 + abs(course))
        else:
            winter = _WINTER[month.first_day.month - 1]
            distance = max(_NEAREST, 0.75 + course - winter)
        signed = distance if kind.better is Direction.HIGHER else -distance
        found.append(float(calendar.target(kind, month)) + signed * kind.usual)
    return found


def drawn_reading(
    metric: str, kind: MetricKind, month: Month, value: float, denominator: int, target: Fraction
) -> Row:
    """Return the reading of a month, on the side of the target on which its value is."""
    on_target = kind.better.reached(Fraction(value), target)
    numerator = round(value * denominator)
    if kind.unit == NEVER_ABOVE_1:
        numerator = min(max(numerator, 0), denominator)
    towards = 1 if on_target == (kind.better is Direction.HIGHER) else -1
    while kind.better.reached(Fraction(numerator, denominator), target) != on_target:
        numerator += towards
    return reading(metric, month, numerator, denominator)


def reading(metric: str, month: Month, numerator: int, denominator: int) -> Row:
    """Return the row of a reading."""
    return {
        "metric": metric,
        "month": month,
        "numerator": Fraction(numerator),
        "denominator": Fraction(denominator),
    }


def denominators(
    kind: MetricKind, size: float, calendar: MeasuredMonths, random: Random
) -> list[int]:
    """Return how many each month counted, of a metric that no contacts tell."""
    return [max(4, round(kind.per * size * random.uniform(0.9, 1.1))) for _ in calendar.months]


def counted_readings(
    metric: str, contacts: Mapping[str, ChannelContacts], calendar: MeasuredMonths
) -> Iterator[Row]:
    """Yield the readings of a metric that follows from the contacts by quarter-hour."""
    counts = list(_counts(metric, contacts))
    for month, parts in zip(calendar.months, zip(*counts, strict=True), strict=True):
        numerator = sum(part[0] for part in parts)
        yield reading(metric, month, numerator, sum(part[1] for part in parts))


def _counts(
    metric: str, contacts: Mapping[str, ChannelContacts]
) -> Iterator[list[tuple[int, int]]]:
    of_metric = {CALLS_IN_TIME: ("phone",), ABANDONED: ("phone",), REPLIES: ("email",)}
    for channel in of_metric.get(metric, ("chat", "sms")):
        if channel in contacts:
            found = contacts[channel]
            offered = found.by_month(found.offered)
            if metric == ABANDONED:
                counted = found.by_month(found.offered - found.answered)
            else:
                counted = found.by_month(found.within)
            yield list(zip(counted, offered, strict=True))


def handle_times(
    seconds: list[float], kind: MetricKind, calls: ChannelContacts, calendar: MeasuredMonths
) -> Iterator[Row]:
    """Yield the readings of the average handle time: seconds of all calls that were answered."""
    answered = calls.by_month(calls.answered)
    for month, value, count in zip(calendar.months, seconds, answered, strict=True):
        target = calendar.target(kind, month)
        yield drawn_reading(HANDLE_TIME, kind, month, value, count, target)
