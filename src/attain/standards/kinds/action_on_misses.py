"""Requirement kind: an improvement action on each miss."""

from typing import Literal

from attain.measurement.metrics import MonthState, Track
from attain.measurement.outcomes import Outcome, met_if
from attain.measurement.periods import Month, months_until
from attain.standards.findings import Finding, joined, not_applicable
from attain.standards.kinds.base import Evidence, MonthsThreshold, RequirementKind
from attain.standards.kinds.tracking import missing_of, supply
from attain.standards.needs import Need, Step, all_needs


class ActionOnMisses(RequirementKind):
    """Each miss of a target in the last months has an improvement action.

    The action is taken after the first day of the month that missed. A month on target, or before
    the metric's first reading, is not applicable; any other month is undetermined.
    """

    kind: Literal["action_on_misses"]
    months: MonthsThreshold
    """How many of the last months are looked at."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge each metric in each of the last months."""
        months = evidence.thresholds[self.months]
        asked = f"each miss of the last {months.whole} months has an improvement action"
        window = months_until(evidence.standing.last_month, months.whole)
        tracks = evidence.standing.tracks.values()
        children = [_of_metric(evidence, track, window) for track in tracks]
        if not children:
            return not_applicable(self.kind, asked, "no metric is listed")
        finding = joined(
            self.kind,
            asked,
            children,
            threshold=f"each of the last {months.whole} months",
            sources=(months.source,),
        )
        if finding.outcome is not Outcome.NOT_APPLICABLE:
            return finding
        return not_applicable(self.kind, asked, "no metric missed its target")

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Take an action for each miss that has none, and supply what is open."""
        months = evidence.thresholds[self.months].whole
        last = evidence.standing.last_month
        window = [m for m in months_until(last.plus(horizon), months) if m <= last]
        steps = [
            _step(track, month)
            for track in evidence.standing.tracks.values()
            for month in window
            if _of_month(evidence, track, month).outcome.is_lacking
        ]
        return all_needs(steps)


def _step(track: Track, month: Month) -> Step:
    if track.state(month).is_good is None:
        return supply("readings", track, month)
    name = f"improvement_actions {track.key} {month}"
    text = f"act on the miss of {track.key} in {month}, and record it"
    return Step(name, text, 1, (name, "improvement_actions"))


def _of_metric(evidence: Evidence, track: Track, window: tuple[Month, ...]) -> Finding:
    months = [_of_month(evidence, track, month) for month in window]
    return joined(track.key, f"each recent miss of {track.key} has an action", months)


def _of_month(evidence: Evidence, track: Track, month: Month) -> Finding:
    state = track.state(month)
    asked = f"a miss of {track.key} in {month} has an action"
    if state in (MonthState.ON_TARGET, MonthState.BEFORE_FIRST):
        return Finding(str(month), Outcome.NOT_APPLICABLE, asked, _PLAIN[state])
    if state is not MonthState.OFF_TARGET:
        missing = missing_of("readings", track, (month,))
        return Finding(str(month), Outcome.UNDETERMINED, asked, _PLAIN[state], missing=missing)
    taken = [
        action
        for action in evidence.standing.actions
        if (action.metric, action.month) == (track.key, month) and action.taken_on > month.first_day
    ]
    named = "; ".join(sorted(f"{action.action} on {action.taken_on}" for action in taken))
    return Finding(
        str(month), met_if(bool(taken)), asked, named or "off target, no action", "an action"
    )


_PLAIN = {
    MonthState.ON_TARGET: "on target",
    MonthState.BEFORE_FIRST: "before the first reading",
    MonthState.NO_READING: "no reading",
    MonthState.NO_TARGET: "no target in force",
}
