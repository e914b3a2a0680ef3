"""Requirement kind: one of some named metrics is tracked, and on target in enough months."""

from fractions import Fraction
from typing import Literal

from pydantic import Field

from attain.measurement.metrics import EnoughPeriods, Track
from attain.measurement.outcomes import Outcome, any_of
from attain.measurement.periods import Month
from attain.standards.findings import Finding, gather, joined
from attain.standards.kinds.base import (
    CountThreshold,
    Evidence,
    MonthsThreshold,
    RequirementKind,
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
from attain.standards.needs import Need, Step, all_needs, any_need
from attain.standards.sentences import listed, say

TWELVE = 12


class MetricFollowed(RequirementKind):
    """At least one of the named metrics has data in each of the last months, and is on target.

    A centre that has none of them under these keys leaves the whole undetermined: it may measure
    the same thing under another name.
    """

    kind: Literal["metric_followed"]
    metrics: tuple[str, ...] = Field(min_length=1)
    """Keys of metrics of which one suffices."""
    tracked_for: MonthsThreshold
    """How many of the last months must have data; also the least window."""
    on_target_in: CountThreshold | None = None
    """In how many of the last twelve months it must be on target, where that is asked."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge each named metric that the centre has; one that has everything suffices."""
        tracks = self._tracks(evidence)
        children = tuple(self._of_metric(evidence, track) for track in tracks)
        months = evidence.thresholds[self.tracked_for]
        named = listed(*self.metrics, between=" or ")
        met = sum(child.outcome is Outcome.MET for child in children)
        counted = say("%(part)s of %(whole)s", part=met, whole=len(children))
        return Finding(
            key=self.kind,
            outcome=any_of(c.outcome for c in children) if children else Outcome.UNDETERMINED,
            asked=say(
                "%(metrics)s is followed for %(months)s months", metrics=named, months=months.whole
            ),
            measured=counted if children else None,
            threshold=say("at least %(count)s", count=1),
            sources=(months.source,),
            children=children,
            missing=gather(c.missing for c in children)
            if children
            else (say("readings %(metrics)s", metrics=named),),
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Bring any one of the named metrics to what is asked, or begin with the first."""
        tracks = self._tracks(evidence) or [self._untracked(evidence)]
        return any_need([self._needed(evidence, track, horizon) for track in tracks])

    def _tracks(self, evidence: Evidence) -> list[Track]:
        tracks = evidence.standing.tracks
        return [tracks[metric] for metric in self.metrics if metric in tracks]

    def _untracked(self, evidence: Evidence) -> Track:
        last: Month = evidence.standing.last_month
        return Track(self.metrics[0], {}, last)

    def _rule(self, evidence: Evidence) -> EnoughPeriods | None:
        if self.on_target_in is None:
            return None
        count = evidence.thresholds[self.on_target_in].whole
        least = evidence.thresholds[self.tracked_for].whole
        return EnoughPeriods(Fraction(count, TWELVE), least, count, TWELVE)

    def _of_metric(self, evidence: Evidence, track: Track) -> Finding:
        months = evidence.thresholds[self.tracked_for]
        tracked = tracked_finding("readings", track, months.whole)
        rule = self._rule(evidence)
        if rule is None:
            return tracked
        parts = [tracked, _on_target(track, rule)]
        asked = say("%(metric)s is tracked and on target", metric=track.key)
        return joined(track.key, asked, parts)

    def _needed(self, evidence: Evidence, track: Track, horizon: int) -> Need:
        months, rule = evidence.thresholds[self.tracked_for].whole, self._rule(evidence)
        if track.first is None:
            return _begin(track, months)
        parts = [tracked_needs("readings", track, months, horizon)]
        if rule is not None:
            parts.append(enough_needs_of("readings", track, rule, horizon))
        return all_needs(parts)


def _on_target(track: Track, rule: EnoughPeriods) -> Finding:
    window = track.window(rule.length) if track.first else ()
    tally = rule.tally(track) if window else None
    return Finding(
        key=f"{track.key} on target",
        outcome=rule.judge(track),
        asked=say(
            "%(metric)s is on target in enough of its last %(months)s months",
            metric=track.key,
            months=rule.length,
        ),
        measured=months_of(tally) if tally else None,
        threshold=asked_of_window(rule, len(window)),
        missing=missing_of("readings", track, window),
        strip=strip_of(track, rule.length),
    )


def _begin(track: Track, months: int) -> Need:
    name = f"readings {track.key}"
    text = say("measure %(metric)s for %(months)s months", metric=track.key, months=months)
    return Step(name, text, months, (name, "readings"))
