"""What an initiative brought: its metrics' months before and after, read from the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from attain.improvement.models import ExpectedBenefit, Initiative
from attain.improvement.rules.outcomes import RealisedBenefit, realised_benefit
from attain.measurement.metrics import Direction
from attain.measurement.periods import Month, last_full_month
from attain.organisations.pages import Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.performance import queries as performance


@dataclass(frozen=True)
class MonthRead:
    """A month of a metric, its figure, and on which side it lies: before, after or between."""

    month: Month
    value: Fraction | None
    side: str


@dataclass(frozen=True)
class BenefitRead:
    """An expected benefit with what became of the metric; None for who may not see its figures."""

    row: ExpectedBenefit
    result: RealisedBenefit | None
    months: tuple[MonthRead, ...]
    still_to_come: int

    @property
    def metric(self) -> Any:
        """The metric that is compared."""
        return self.row.metric


def benefits_of(initiative: Initiative, member: Member, today: date) -> list[BenefitRead]:
    """Return what was expected of an initiative and what became of it, metric by metric."""
    rows = list(
        initiative.benefits.select_related("metric__centre__site", "metric__centre__organisation")
    )
    centres = {row.metric.centre_id: row.metric.centre for row in rows}
    seen = [c for c in centres.values() if may(member, Permission.READ_FIGURES, c)]
    lines = performance.metric_lists(seen, today)
    measured = {line.metric.pk: line.measured for each in lines.values() for line in each}
    return [_read(row, measured.get(row.metric_id), today) for row in rows]


def _read(row: ExpectedBenefit, measured: Any, today: date) -> BenefitRead:
    first, last = _span(row.before_first, row.before_last), _span(row.after_first, row.after_last)
    over = last_full_month(today)
    to_come = sum(month > over for month in last)
    if measured is None:
        return BenefitRead(row, None, (), to_come)
    # A month that still runs says nothing yet, whatever is entered of it.
    readings = {
        month: reading.value if reading.has_data else None
        for month, reading in measured.readings.items()
        if month <= over
    }
    planned = None if row.planned is None else Fraction(row.planned)
    result = realised_benefit(readings, first, last, Direction(row.metric.better), planned)
    return BenefitRead(row, result, _months(readings, first, last), to_come)


def _span(first: Month, last: Month) -> list[Month]:
    return [first.plus(n) for n in range(last.index - first.index + 1)]


def _months(
    readings: Mapping[Month, Fraction | None], before: Sequence[Month], after: Sequence[Month]
) -> tuple[MonthRead, ...]:
    sides = dict.fromkeys(before, "before") | dict.fromkeys(after, "after")
    return tuple(
        MonthRead(month, readings.get(month), sides.get(month, "between"))
        for month in _span(before[0], after[-1])
    )
