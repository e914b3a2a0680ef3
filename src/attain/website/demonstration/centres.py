"""One centre of the demonstration: its scope and all its rows, from its story and its contacts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random

from attain.dossier import assembly
from attain.dossier.rows import Row
from attain.dossier.tables import TABLES
from attain.measurement.metrics import Direction
from attain.standards.figures import Metric, Scope, ScopeKind
from attain.website.demonstration import records
from attain.website.demonstration.catalogue import (
    COUNTED,
    HANDLE_TIME,
    LOW_VOLUME,
    PROCESSES,
    MetricKind,
    metrics_of,
)
from attain.website.demonstration.contacts import CHANNELS, ChannelContacts
from attain.website.demonstration.places import SitePlan
from attain.website.demonstration.readings import (
    counted_readings,
    denominators,
    drawn_reading,
    handle_times,
    values,
)
from attain.website.demonstration.records import Circumstances
from attain.website.demonstration.stories import A_YEAR, Restatement

Rows = Mapping[str, tuple[Row, ...]]
_SERVICE_LEVELS = TABLES["service_levels"]


@dataclass(frozen=True)
class FirstReading:
    """A reading as it stood until it was corrected, with the day and reason of the correction."""

    row: Row
    corrected_on: date
    reason: str


@dataclass(frozen=True)
class DemonstrationCentre:
    """What is measured and assessed: its scope, its rows by table, its contacts of a year.

    `programme` is the key of the client's programme, None for a whole site.
    """

    key: str
    programme: str | None
    told: str
    scope: Scope
    rows: Rows
    contacts: Mapping[str, ChannelContacts]
    first_reading: FirstReading | None = None

    def rows_before_correction(self) -> Rows:
        """Return the rows as they stood before the reading was corrected."""
        if self.first_reading is None:
            return self.rows
        first = self.first_reading.row
        key = (first["metric"], first["month"])
        readings = (
            first if (row["metric"], row["month"]) == key else row for row in self.rows["readings"]
        )
        return {**self.rows, "readings": tuple(readings)}


class DrawnFigures:
    """The figures of a centre that no contacts tell: drawn by the strip of each metric."""

    def __init__(self, of: Circumstances, random: Random) -> None:
        self.of = of
        self.kinds = metrics_of(of.channels)
        drawn = [metric for metric in self.kinds if metric not in COUNTED]
        self.strips = {m: of.story.strip(m, of.last, random) for m in drawn}
        self.values = {
            m: values(self.kinds[m], strip, of.calendar, random) for m, strip in self.strips.items()
        }

    @property
    def handle(self) -> list[float]:
        """The seconds of a call by month."""
        return self.values[HANDLE_TIME]

    def readings(
        self, contacts: Mapping[str, ChannelContacts], size: float, random: Random
    ) -> Iterator[Row]:
        """Yield the readings of every metric, those of a missing month left out."""
        calendar = self.of.calendar
        for metric, kind in self.kinds.items():
            if metric in COUNTED:
                yield from counted_readings(metric, contacts, calendar)
            elif metric == HANDLE_TIME:
                yield from handle_times(self.handle, kind, contacts["phone"], calendar)
            else:
                yield from self._drawn(metric, kind, size, random)

    def _drawn(self, metric: str, kind: MetricKind, size: float, random: Random) -> Iterator[Row]:
        calendar = self.of.calendar
        counts = denominators(kind, size, calendar, random)
        months = zip(calendar.months, self.strips[metric], self.values[metric], counts, strict=True)
        for month, sign, value, count in months:
            if sign != ".":
                target = calendar.target(kind, month)
                yield drawn_reading(metric, kind, month, value, count, target)

    def before_correction(self, told: Restatement, readings: tuple[Row, ...]) -> FirstReading:
        """Return the reading that was corrected as it stood at first: on target."""
        kind, month = self.kinds[told.metric], self.of.last.plus(-told.months_ago)
        now = next(r for r in readings if (r["metric"], r["month"]) == (told.metric, month))
        target = self.of.calendar.target(kind, month)
        better = 1 if kind.better is Direction.HIGHER else -1
        value = float(target) + better * 0.4 * kind.usual
        first = drawn_reading(told.metric, kind, month, value, int(now["denominator"]), target)
        return FirstReading(first, self.of.ago(told.months_ago - 3, 18), told.reason)


def make_centre(
    key: str,
    place: SitePlan,
    figures: DrawnFigures,
    contacts: Mapping[str, ChannelContacts],
    size: float,
    random: Random,
) -> DemonstrationCentre:
    """Make the centre that is a whole site, from its figures and its contacts."""
    of = figures.of
    volume = volume_of(contacts, of)
    scope = Scope(
        ScopeKind.SITE,
        place.name,
        place.operation,
        place.timezone,
        place.channels,
        volume,
        int(volume * Fraction(of.story.assessed)),
    )
    rows = _measured(figures, contacts, size, random)
    rows |= _recorded(of, assembly.figures_of(scope, rows).metrics, random)
    told = of.story.restated
    first = figures.before_correction(told, rows["readings"]) if told else None
    return DemonstrationCentre(key, None, of.story.told, scope, rows, contacts, first)


def volume_of(contacts: Mapping[str, ChannelContacts], of: Circumstances) -> int:
    """Return how many contacts the last twelve months brought, over all channels."""
    since = max(0, of.story.months - A_YEAR)
    return sum(sum(found.by_month(found.offered)[since:]) for found in contacts.values())


def _measured(
    figures: DrawnFigures, contacts: Mapping[str, ChannelContacts], size: float, random: Random
) -> dict[str, tuple[Row, ...]]:
    """Return the rows of what is measured: processes, metrics, targets, readings."""
    of, kinds = figures.of, figures.kinds
    return {
        "processes": tuple(
            _process(of, p) for p in dict.fromkeys(k.process for k in kinds.values())
        ),
        "metrics": tuple(_metric(metric, kind) for metric, kind in kinds.items()),
        "targets": tuple(row for m, kind in kinds.items() for row in of.calendar.targets(m, kind)),
        "readings": tuple(figures.readings(contacts, size, random)),
        "service_levels": tuple(_service_level(of, channel) for channel in of.channels),
    }


def _recorded(
    of: Circumstances, metrics: tuple[Metric, ...], random: Random
) -> dict[str, tuple[Row, ...]]:
    """Return the rows of what else is on file."""
    uptime = tuple(records.uptime(of, random))
    return {
        "systems": tuple(records.systems(of)),
        "uptime": uptime,
        "initiatives": tuple(records.initiatives(of)),
        "improvement_actions": tuple(records.improvement_actions(of, metrics, random)),
        "practices": tuple(records.practices(of)),
        "documents": tuple(records.documents(of)),
        "satisfaction": tuple(records.satisfaction(of, random)),
        "incidents": tuple(records.incidents(of, uptime, random)),
        "technology_changes": tuple(records.technology_changes(of, random)),
    }


def _process(of: Circumstances, process: str) -> Row:
    return {
        "process": process,
        "class": PROCESSES[process],
        "low_volume": process in LOW_VOLUME,
        "time_and_materials": process in of.story.time_and_materials,
    }


def _metric(metric: str, kind: MetricKind) -> Row:
    return {
        "metric": metric,
        "process": kind.process,
        "aspect": kind.aspect,
        "unit": kind.unit,
        "better": kind.better,
    }


def _service_level(of: Circumstances, channel: str) -> Row:
    return {
        "channel": channel,
        "from": of.calendar.months[0].first_day,
        "target": Fraction(CHANNELS[channel].target),
        "of": _SERVICE_LEVELS.column("of").read("offered"),
    }
