"""Requirement kind: systems tracked, and up as they should be in enough periods."""

from dataclasses import replace
from typing import ClassVar, Literal

from attain.measurement.metrics import EnoughPeriods, Track
from attain.measurement.numbers import write_exact
from attain.measurement.outcomes import Outcome, all_of, met_if
from attain.measurement.periods import Month
from attain.standards.figures import System
from attain.standards.findings import Finding, gather, joined
from attain.standards.kinds.base import (
    Evidence,
    MonthsThreshold,
    RequirementKind,
    ShareThreshold,
)
from attain.standards.kinds.tracking import (
    asked_of_window,
    enough_needs_of,
    missing_of,
    months_of,
    strip_of,
    tracked_finding,
    tracked_needs,
)
from attain.standards.needs import Need, Step, all_needs
from attain.standards.sentences import Exact, Share, say


class UptimeOnTarget(RequirementKind):
    """Every system was tracked for some months, and on its uptime target in enough of its window.

    The window is the last twelve months, from the first month tracked on if that is later. Where
    no system is listed the whole is undetermined.
    """

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED})
    kind: Literal["uptime"]
    months: MonthsThreshold
    """How many of the last months must have data; also the least window."""
    share_of_periods: ShareThreshold
    """The share of the window's months that must be on target."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge every system."""
        systems = evidence.standing.figures.systems
        asked = say("every system is tracked, and up as targeted in enough months")
        months, share = evidence.thresholds[self.months], evidence.thresholds[self.share_of_periods]
        threshold = say(
            "%(months)s months tracked, %(share)s of months on target",
            months=months.whole,
            share=Share(share.value),
        )
        sources = (months.source, share.source)
        if not systems:
            open_whole = Finding(self.kind, Outcome.UNDETERMINED, asked, missing=(say("systems"),))
            return replace(open_whole, threshold=threshold, sources=sources)
        children = [self._of_system(evidence, system) for system in systems]
        return joined(self.kind, asked, children, threshold=threshold, sources=sources)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Supply gaps, wait for enough months, and keep each system up."""
        tracks = evidence.standing.system_tracks
        if not tracks:
            text = say("list the technology systems with their uptime")
            return Step("systems", text, 1, _COST)
        months, rule = evidence.thresholds[self.months].whole, self._rule(evidence)
        parts = []
        for track in tracks.values():
            parts.append(tracked_needs("uptime", track, months, horizon))
            parts.append(enough_needs_of("uptime", track, rule, horizon))
        return all_needs(parts)

    def _rule(self, evidence: Evidence) -> EnoughPeriods:
        thresholds = evidence.thresholds
        return EnoughPeriods(
            share=thresholds[self.share_of_periods].value, least=thresholds[self.months].whole
        )

    def _of_system(self, evidence: Evidence, system: System) -> Finding:
        track = evidence.standing.system_tracks[system.system]
        rule = self._rule(evidence)
        tracked = replace(tracked_finding("uptime", track, rule.least), key="tracked")
        on_target = _on_target(system, track, rule)
        return Finding(
            key=system.system,
            outcome=all_of((tracked.outcome, on_target.outcome)),
            asked=say(
                "%(system)s is tracked, and up as targeted in enough months", system=system.system
            ),
            measured=on_target.measured,
            threshold=on_target.threshold,
            children=(tracked, on_target),
            missing=gather((on_target.missing, tracked.missing)),
            strip=strip_of(track),
        )


_COST = ("systems",)


def _on_target(system: System, track: Track, rule: EnoughPeriods) -> Finding:
    window = track.window(rule.length) if track.first else ()
    tally = rule.tally(track)
    return Finding(
        key="on-target",
        outcome=rule.judge(track),
        asked=say(
            "%(system)s is up as targeted in enough of its last %(months)s months",
            system=system.system,
            months=rule.length,
        ),
        measured=months_of(tally) if window else None,
        threshold=asked_of_window(rule, len(window)),
        children=tuple(_of_month(system, track, month) for month in window),
        missing=missing_of("uptime", track, track.window(rule.length)),
    )


def _of_month(system: System, track: Track, month: Month) -> Finding:
    found = system.uptime.get(month) if month in track.judged else None
    good = track.state(month).is_good
    return Finding(
        key=str(month),
        outcome=met_if(good),
        asked=say("%(system)s is up as targeted in %(month)s", system=system.system, month=month),
        measured=write_exact(found.uptime) if found else None,
        threshold=say(">= %(target)s", target=Exact(found.target)) if found else None,
        missing=missing_of("uptime", track, (month,)),
    )
