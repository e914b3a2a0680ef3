"""What is missing at each centre, the uptime of its systems, and its service level by the hour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count

from attain.dossier import assembly
from attain.lake.heat import Slot, heat_of
from attain.lake.intervals import CentreAsked
from attain.measurement.counting import Tally
from attain.measurement.metrics import MonthState, Track
from attain.measurement.periods import Month, months_until, same_day_before
from attain.organisations.pages import Centre
from attain.performance import models
from attain.performance.queries.figures import scopes_of
from attain.performance.queries.rows import rows_of, without_data
from attain.performance.queries.volumes import lake_of, lake_version, volumes_of
from attain.standards.standing import Standing

YEAR = 12


@dataclass(frozen=True)
class MissingLine:
    """What a centre has not recorded of a month."""

    centre: Centre
    month: Month
    metrics: tuple[models.Metric, ...]
    systems: tuple[models.System, ...]
    channels: tuple[str, ...]
    is_closed: bool

    @property
    def count(self) -> int:
        """How many things are missing."""
        return len(self.metrics) + len(self.systems) + len(self.channels)


def missing_in(centres: Sequence[Centre], month: Month) -> list[MissingLine]:
    """Return what is missing of a month at each centre, by as many queries as for one."""
    metrics = _by_centre(without_data("readings", centres, month))
    systems = _by_centre(without_data("uptime", centres, month))
    channels = _channels(centres, month)
    closed = models.ClosedMonth.objects.filter(centre__in=list(centres), month=month)
    closed_at = {c.centre_id for c in closed}
    return [
        MissingLine(
            centre,
            month,
            tuple(metrics.get(centre.pk, ())),
            tuple(systems.get(centre.pk, ())),
            channels[centre.pk],
            centre.pk in closed_at,
        )
        for centre in centres
    ]


def _by_centre(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.centre_id, []).append(row)
    return found


def _channels(centres: Sequence[Centre], month: Month) -> Mapping[int, tuple[str, ...]]:
    """Return the channels of each centre of which no interval of a month was recorded."""
    rows = rows_of(centres, month.last_day, ("service_levels",))
    targets = {pk: assembly.service_levels(each) for pk, each in rows.items()}
    volumes = volumes_of(centres, targets)
    return {
        c.pk: tuple(each for each in c.channels if month not in volumes[c.pk].get(each, {}))
        for c in centres
    }


@dataclass(frozen=True)
class UptimeLine:
    """A system as a line of a list: its twelve months, and its uptime by month."""

    system: models.System
    track: Track
    readings: Mapping[Month, models.UptimeReading]
    incidents: int

    @property
    def months(self) -> tuple[tuple[Month, MonthState], ...]:
        """The last twelve months, earliest first, each with what is known of it."""
        return tuple((m, self.track.state(m)) for m in months_until(self.track.last, YEAR))

    @property
    def on_target(self) -> int:
        """In how many of the twelve months the system was up enough."""
        return sum(state is MonthState.ON_TARGET for _, state in self.months)


def uptime_list(centre: Centre, as_of: date) -> list[UptimeLine]:
    """Return the systems of a centre in the order of their names."""
    rows = rows_of([centre], as_of, ("systems", "uptime"))[centre.pk]
    scope = scopes_of([centre], as_of)[centre.pk]
    standing = Standing(assembly.figures_of(scope, rows), as_of)
    systems = models.System.objects.filter(centre=centre, withdrawn=False)
    readings: dict[int, dict[Month, models.UptimeReading]] = {}
    found = models.UptimeReading.objects.filter(centre=centre, is_current=True, withdrawn=False)
    for reading in found:
        readings.setdefault(reading.system_id, {})[reading.month] = reading
    incidents = _incidents(centre, as_of)
    lines = [
        UptimeLine(s, standing.system_tracks[s.key], readings.get(s.pk, {}), incidents.get(s.pk, 0))
        for s in systems
    ]
    return sorted(lines, key=lambda line: line.system.name.casefold())


def _incidents(centre: Centre, as_of: date) -> Mapping[int, int]:
    """Return how many incidents each system had in the twelve months up to a day."""
    begin = datetime.combine(same_day_before(as_of, YEAR), time(), ZoneInfo(centre.site.timezone))
    found = models.Incident.objects.filter(centre=centre, is_current=True, withdrawn=False)
    counted = found.filter(opened__gte=begin).order_by().values_list("system")
    return dict(counted.annotate(Count("pk")))


def service_level_heat(
    centre: Centre, channel: str, months: tuple[Month, ...]
) -> dict[Slot, Tally]:
    """Return the contacts of a channel by weekday and half hour of the site's own clock.

    A slot without contacts is not listed. A slot's attained and open volume are of intervals that
    attained the target in force on their date, and of those without one.
    """
    lake = lake_of(centre.organisation.key)
    if lake_version(lake) is None:
        return {}
    rows = rows_of([centre], None, ("service_levels",))[centre.pk]
    targets = assembly.service_levels(rows)
    asked = CentreAsked(centre.site.timezone, targets, frozenset({channel}))
    return heat_of(lake, centre.key, asked, months)
