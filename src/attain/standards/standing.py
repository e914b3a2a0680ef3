"""How a centre's figures stand at a date: what is dated later is read as if it were not there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from attain.measurement.counting import Tally
from attain.measurement.metrics import Track, judge_months
from attain.measurement.periods import Month, last_full_month, months_until
from attain.measurement.volumes import total
from attain.measurement.zones import local_date, zone_named
from attain.standards.figures import (
    Document,
    Figures,
    ImprovementAction,
    Incident,
    Initiative,
    Metric,
    Satisfaction,
    SatisfactionKind,
    System,
    TechnologyChange,
)


@dataclass(frozen=True)
class Standing:
    """A centre's figures as they stand at `as_of`."""

    figures: Figures
    as_of: date

    @cached_property
    def last_month(self) -> Month:
        """The last full calendar month ending on or before `as_of`."""
        return last_full_month(self.as_of)

    @cached_property
    def tracks(self) -> Mapping[str, Track]:
        """The judged months of each metric up to the last month."""
        return {metric.metric: self._track(metric) for metric in self.figures.metrics}

    def _track(self, metric: Metric) -> Track:
        last = self.last_month
        judged = judge_months(metric.readings, metric.targets, metric.better, last)
        return Track(metric.metric, judged, last)

    @cached_property
    def system_tracks(self) -> Mapping[str, Track]:
        """The judged months of uptime of each system up to the last month."""
        return {system.system: self._uptime_track(system) for system in self.figures.systems}

    def _uptime_track(self, system: System) -> Track:
        months = system.uptime.items()
        judged = {m: u.uptime >= u.target for m, u in months if m <= self.last_month}
        return Track(system.system, judged, self.last_month)

    def volume(self, channel: str, length: int = 12) -> Tally:
        """Return what the intervals of a channel attained in the last months."""
        volumes = self.figures.volumes.get(channel, {})
        return total(volumes, months_until(self.last_month, length))

    @property
    def initiatives(self) -> tuple[Initiative, ...]:
        """The initiatives started by now."""
        return tuple(i for i in self.figures.initiatives if i.started <= self.as_of)

    @property
    def actions(self) -> tuple[ImprovementAction, ...]:
        """The improvement actions taken by now."""
        return tuple(a for a in self.figures.actions if a.taken_on <= self.as_of)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents dated by now, without later communications and tests."""
        return tuple(
            replace(
                document,
                communicated_on=self._by_now(document.communicated_on),
                tested_on=self._by_now(document.tested_on),
            )
            for document in self.figures.documents
            if document.dated <= self.as_of
        )

    def _by_now(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.as_of else None

    def latest_satisfaction(self, kind: SatisfactionKind) -> Satisfaction | None:
        """Return the satisfaction of the latest month of a kind, however old, or None."""
        measured = [
            s for s in self.figures.satisfaction if s.kind is kind and s.month <= self.last_month
        ]
        return max(measured, key=lambda s: s.month, default=None)

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents opened by now, by the local date of the centre."""
        zone = zone_named(self.figures.scope.timezone)
        return tuple(i for i in self.figures.incidents if local_date(zone, i.opened) <= self.as_of)

    @property
    def changes(self) -> tuple[TechnologyChange, ...]:
        """The technology changes made by now."""
        return tuple(c for c in self.figures.changes if c.on <= self.as_of)

    def after(self, months: int) -> date:
        """Return the date so many months ahead: now for 0, else the last day of that month.

        The calendar ends with the year 9999, and so does what lies ahead.
        """
        month = self.last_month.plus(months)
        return self.as_of if months == 0 else min(month, Month.of(date.max)).last_day
