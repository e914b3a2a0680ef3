"""The metrics of centres with their twelve months, and one metric with its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from attain.dossier import assembly
from attain.measurement.metrics import DatedValue, MonthState, Track, in_force
from attain.measurement.periods import Month, last_full_month, months_until
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre
from attain.performance import models
from attain.performance.queries.figures import scopes_of
from attain.performance.queries.rows import rows_of
from attain.performance.rules import exemption_of, is_overdue
from attain.standards import figures
from attain.standards.standing import Standing

_TABLES = ("processes", "metrics", "targets", "readings")
YEAR = 12


@dataclass(frozen=True)
class MetricLine:
    """A metric as a line of a list: its twelve months, and why it may be left out."""

    metric: models.Metric
    measured: figures.Metric
    track: Track
    as_of: date

    @cached_property
    def months(self) -> tuple[tuple[Month, MonthState], ...]:
        """The last twelve months, earliest first, each with what is known of it."""
        return tuple((m, self.track.state(m)) for m in months_until(self.track.last, YEAR))

    @property
    def on_target(self) -> int:
        """In how many of the twelve months the metric was on target."""
        return sum(state is MonthState.ON_TARGET for _, state in self.months)

    @property
    def counted(self) -> int:
        """How many of the twelve months have begun to be measured."""
        return sum(state is not MonthState.BEFORE_FIRST for _, state in self.months)

    @property
    def state(self) -> MonthState:
        """What is known of the last month."""
        return self.track.state(self.track.last)

    @property
    def value(self) -> Fraction | None:
        """The figure of the last month; None where there is none."""
        reading = self.measured.readings.get(self.track.last)
        return reading.value if reading and reading.has_data else None

    @property
    def target(self) -> DatedValue | None:
        """The target in force in the last month."""
        return in_force(self.measured.targets, self.track.last.last_day)

    @property
    def is_overdue(self) -> bool:
        """Say whether the metric should have been reviewed by now."""
        return is_overdue(self.metric.next_review, self.as_of)

    @property
    def exemption(self) -> str | None:
        """Why tiers 2 and 3 leave the metric out; None where they count it."""
        return exemption_of(self.measured)


def metric_list(centre: Centre, as_of: date) -> list[MetricLine]:
    """Return the metrics of a centre in the order of their names."""
    since = last_full_month(as_of).plus(1 - YEAR)
    return metric_lists([centre], as_of, since=since)[centre.pk]


def metric_lists(
    centres: Sequence[Centre], as_of: date, *, since: Month | None = None
) -> Mapping[int, list[MetricLine]]:
    """Return the metrics of centres by their ids, by as many queries as for one.

    With `since`, lines that only the months from then on are asked of (`rows_of`).
    """
    rows, scopes = rows_of(centres, as_of, _TABLES, since=since), scopes_of(centres, as_of)
    found = models.Metric.objects.filter(centre__in=list(centres), withdrawn=False)
    records = {(m.centre_id, m.key): m for m in found.select_related("process", "owner__account")}
    lists: dict[int, list[MetricLine]] = {}
    for centre in centres:
        standing = Standing(assembly.figures_of(scopes[centre.pk], rows[centre.pk]), as_of)
        lines = [
            MetricLine(records[centre.pk, m.metric], m, standing.tracks[m.metric], as_of)
            for m in standing.figures.metrics
        ]
        lists[centre.pk] = sorted(lines, key=lambda line: line.metric.name.casefold())
    return lists


def find_metric(centre: Centre, uuid: str) -> models.Metric:
    """Return a metric of a centre; UnknownError where there is none such."""
    found = models.Metric.objects.select_related(
        "process", "owner__account", "centre__organisation"
    )
    metric = found.filter(centre=centre, uuid=uuid, withdrawn=False).first()
    if metric is None:
        raise UnknownError
    metric.centre = centre
    return metric


@dataclass(frozen=True)
class MonthHistory:
    """A month of a metric: what it says now, what it said when it was closed, every revision.

    `current` and `frozen` are None where there is, or was, no reading.
    """

    month: Month
    current: models.Reading | None
    frozen: models.Reading | None
    is_closed: bool
    revisions: tuple[models.Reading, ...]

    @property
    def is_restated(self) -> bool:
        """Say whether the month says something else than when it was closed."""
        return self.is_closed and _said(self.current) != _said(self.frozen)


def _said(reading: models.Reading | None) -> tuple[object, object] | None:
    return None if reading is None else (reading.numerator, reading.denominator)


def metric_history(metric: models.Metric) -> list[MonthHistory]:
    """Return the months of a metric that have or had a reading, the latest first."""
    closed = models.ClosedMonth.objects.filter(centre=metric.centre_id)
    last = {c.month: c.last_reading for c in closed}
    by_month: dict[Month, list[models.Reading]] = {}
    readings = models.Reading.objects.filter(metric=metric).order_by("month", "revision")
    for reading in readings.select_related("recorded_by__account", "source"):
        by_month.setdefault(reading.month, []).append(reading)
    return [
        _history(month, revisions, last.get(month))
        for month, revisions in sorted(by_month.items(), reverse=True)
    ]


def _history(month: Month, revisions: list[models.Reading], last: int | None) -> MonthHistory:
    """Return a month; `last` is the id of the last reading when it was closed, if it is."""
    then = [r for r in revisions if last is not None and r.pk <= last]
    return MonthHistory(
        month, _there(revisions), _there(then), last is not None, tuple(reversed(revisions))
    )


def _there(revisions: Sequence[models.Reading]) -> models.Reading | None:
    """Return the last of some revisions; None where there is none or it is withdrawn."""
    return revisions[-1] if revisions and not revisions[-1].withdrawn else None


@dataclass(frozen=True)
class MetricPage:
    """Everything that the page of a metric shows."""

    line: MetricLine | None
    history: list[MonthHistory]
    targets: list[models.Target]

    def target_on(self, month: Month) -> Fraction | None:
        """Return the target that was in force in a month."""
        values = [DatedValue(t.since, Fraction(t.value)) for t in self.targets]
        found = in_force(values, month.last_day)
        return found.value if found else None


def metric_page(metric: models.Metric, as_of: date) -> MetricPage:
    """Return a metric with its months, its targets and its history."""
    lines = metric_list(metric.centre, as_of)
    targets = models.Target.objects.filter(metric=metric, is_current=True, withdrawn=False)
    return MetricPage(
        next((line for line in lines if line.metric.pk == metric.pk), None),
        metric_history(metric),
        list(targets.select_related("recorded_by__account", "source").order_by("-since")),
    )
