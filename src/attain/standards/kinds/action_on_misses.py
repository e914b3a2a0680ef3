"""Requirement kind: an improvement action on each miss."""

from typing import Literal

from attain.measurement.metrics import MonthState, Track
from attain.measurement.outcomes import Outcome, met_if
from attain.measurement.periods import Month, months_until
from attain.standards.figures import ImprovementAction
from attain.standards.findings import Finding, joined, not_applicable
from attain.standards.kinds.base import Evidence, MonthsThreshold, RequirementKind
from attain.standards.kinds.tracking import missing_of, supply
from attain.standards.needs import Need, Step, all_needs
from attain.standards.sentences import Sentence, say, series


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
        asked = say(
            "each miss of the last %(months)s months has an improvement action",
            months=months.whole,
        )
        window = months_until(evidence.standing.last_month, months.whole)
        tracks = evidence.standing.tracks.values()
        children = [_of_metric(evidence, track, window) for track in tracks]
        if not children:
            return not_applicable(self.kind, asked, say("no metric is listed"))
        finding = joined(
            self.kind,
            asked,
            children,
            threshold=say("each of the last %(months)s months", months=months.whole),
            sources=(months.source,),
        )
        if finding.outcome is not Outcome.NOT_APPLICABLE:
            return finding
        return not_applicable(self.kind, asked, say("no metric missed its target"))

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
    text = say(
        "act on the miss of %(metric)s in %(month)s, and record it", metric=track.key, month=month
    )
    return Step(name, text, 1, (name, "improvement_actions"))


def _of_metric(evidence: Evidence, track: Track, window: tuple[Month, ...]) -> Finding:
    months = [_of_month(evidence, track, month) for month in window]
    asked = say("each recent miss of %(metric)s has an action", metric=track.key)
    return joined(track.key, asked, months)


def _of_month(evidence: Evidence, track: Track, month: Month) -> Finding:
    state = track.state(month)
    asked = say("a miss of %(metric)s in %(month)s has an action", metric=track.key, month=month)
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
    named = series(sorted(map(_named, taken)), between="; ")
    told = named or say("off target, no action")
    return Finding(str(month), met_if(bool(taken)), asked, told, say("an action"))


def _named(action: ImprovementAction) -> Sentence:
    return say("%(action)s on %(day)s", action=action.action, day=action.taken_on)


_PLAIN = {
    MonthState.ON_TARGET: say("on target"),
    MonthState.BEFORE_FIRST: say("before the first reading"),
    MonthState.NO_READING: say("no reading"),
    MonthState.NO_TARGET: say("no target in force"),
}
