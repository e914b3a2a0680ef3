"""Requirement kind: a share of metrics on target in enough periods, with exemptions."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from attain.measurement.counting import Tally
from attain.measurement.metrics import (
    Direction,
    EnoughPeriods,
    MonthState,
    Reading,
    Track,
    in_force,
)
from attain.measurement.numbers import write_exact
from attain.measurement.outcomes import Outcome, met_if
from attain.measurement.periods import Month
from attain.standards.figures import Aspect, Metric, ProcessClass
from attain.standards.findings import Finding, gather
from attain.standards.kinds.base import (
    CountThreshold,
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
)
from attain.standards.needs import Need, enough_needs
from attain.standards.sentences import Exact, Figure, Sentence, Share, say

Exemption = Literal["low_volume", "efficiency_on_time_and_materials"]


class ShareOnTarget(RequirementKind):
    """Enough of the metrics of one class are on target in enough of their last twelve months.

    The window of a metric is the last twelve months, from its first reading on if that is later.
    A window of fewer months than `least_months` is not enough; a window of twelve needs
    `of_twelve` months on target, a shorter one `share_of_periods` of its months.
    """

    kind: Literal["share_on_target"]
    facing: Literal["end_user_facing", "enabling"]
    """The class of processes whose metrics are counted."""
    share_of_metrics: ShareThreshold
    """The share of the counted metrics that must be on target in enough periods."""
    share_of_periods: ShareThreshold
    """The share of the months of a shorter window that must be on target."""
    of_twelve: CountThreshold
    """How many months of a window of twelve must be on target."""
    least_months: MonthsThreshold
    """The fewest months that a window must have."""
    exempt: tuple[Exemption, ...] = ()
    """Which metrics of end-user-facing processes are left out, and listed with their reason."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge each counted metric, and the share of them that is on target."""
        rule = self._rule(evidence)
        children = [self._of_metric(evidence, m, rule) for m in self._counted(evidence)]
        tally = Tally.of(_known(child.outcome) for child in children)
        share = evidence.thresholds[self.share_of_metrics]
        outcome = tally.reaches_share(share.value) if children else Outcome.NOT_APPLICABLE
        left_out = tuple(
            say("%(what)s: %(why)s", what=metric.metric, why=reason)
            for metric, reason in self._left_out(evidence)
        )
        return Finding(
            key=self.kind,
            outcome=outcome,
            asked=say(
                "%(share)s of the metrics are on target in enough months", share=Share(share.value)
            ),
            measured=f"{tally.good}/{tally.total}" if children else None,
            threshold=say("at least %(share)s of the metrics", share=Share(share.value)),
            sources=(share.source,),
            children=tuple(children),
            missing=gather(child.missing for child in children),
            left_out=left_out,
            reason=None if children else say("no metric is left to count"),
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Bring enough further metrics on target, each for as many months as it lacks."""
        rule = self._rule(evidence)
        tracks = [evidence.standing.tracks[m.metric] for m in self._counted(evidence)]
        share = evidence.thresholds[self.share_of_metrics].value
        lacking = [t for t in tracks if rule.judge(t) is not Outcome.MET]
        needed = -(-share.numerator * len(tracks) // share.denominator)
        missing = needed - (len(tracks) - len(lacking))
        return enough_needs(
            missing, [(1, enough_needs_of("readings", t, rule, horizon)) for t in lacking]
        )

    def _rule(self, evidence: Evidence) -> EnoughPeriods:
        thresholds = evidence.thresholds
        return EnoughPeriods(
            share=thresholds[self.share_of_periods].value,
            least=thresholds[self.least_months].whole,
            count=thresholds[self.of_twelve].whole,
        )

    def _counted(self, evidence: Evidence) -> list[Metric]:
        left_out = {metric.metric for metric, _ in self._left_out(evidence)}
        metrics = evidence.standing.figures.metrics_of(ProcessClass(self.facing))
        return [metric for metric in metrics if metric.metric not in left_out]

    def _left_out(self, evidence: Evidence) -> Iterator[tuple[Metric, Sentence]]:
        for metric in evidence.standing.figures.metrics_of(ProcessClass(self.facing)):
            exemption = next((e for e in self.exempt if is_exempt(metric, e)), None)
            if exemption:
                yield metric, _reason(exemption, metric.process.process)

    def _of_metric(self, evidence: Evidence, metric: Metric, rule: EnoughPeriods) -> Finding:
        track = evidence.standing.tracks[metric.metric]
        window = track.window(rule.length) if track.first else ()
        tally = rule.tally(track) if window else Tally(0, 0, 0)
        source = evidence.thresholds[self.of_twelve].source
        return Finding(
            key=metric.metric,
            outcome=rule.judge(track),
            asked=say(
                "%(metric)s is on target in enough of its last %(months)s months",
                metric=metric.metric,
                months=rule.length,
            ),
            measured=months_of(tally) if window else None,
            threshold=asked_of_window(rule, len(window)),
            sources=(source,),
            children=tuple(_of_month(metric, track, month) for month in window),
            missing=missing_of("readings", track, track.window(rule.length)),
            strip=strip_of(track, rule.length),
        )


def is_exempt(metric: Metric, exemption: Exemption) -> bool:
    """Say whether an exemption holds for a metric."""
    if metric.process.facing is not ProcessClass.END_USER_FACING:
        return False
    if exemption == "low_volume":
        return metric.process.low_volume
    return metric.process.time_and_materials and metric.aspect is Aspect.EFFICIENCY


def _reason(exemption: Exemption, process: str) -> Sentence:
    if exemption == "low_volume":
        return say("the process %(process)s is marked low volume", process=process)
    return say(
        "measures the efficiency of %(process)s, which is on time and materials", process=process
    )


def _known(outcome: Outcome) -> bool | None:
    return None if outcome is Outcome.UNDETERMINED else outcome is Outcome.MET


def _of_month(metric: Metric, track: Track, month: Month) -> Finding:
    target = in_force(metric.targets, month.last_day)
    reading = metric.readings.get(month) if month in track.judged else None
    state = track.state(month)
    return Finding(
        key=str(month),
        outcome=met_if(state.is_good),
        asked=say("%(metric)s is on target in %(month)s", metric=metric.metric, month=month),
        measured=_written(reading) if reading else None,
        threshold=_threshold(metric.better, target.value, target.start) if target else None,
        missing=missing_of("readings", track, (month,)) if state in _OPEN else (),
    )


# The same target is asked of month after month, and in each tier.
@lru_cache(maxsize=4096)
def _threshold(better: Direction, value: Fraction, start: date) -> Sentence:
    figures: dict[str, Figure] = {"target": Exact(value), "start": start}
    if better is Direction.HIGHER:
        return say(">= %(target)s (from %(start)s)", **figures)
    return say("<= %(target)s (from %(start)s)", **figures)


_OPEN = (MonthState.NO_READING, MonthState.NO_TARGET)


def _written(reading: Reading) -> str:
    numerator = write_exact(reading.numerator)
    if reading.denominator == 1:
        return numerator
    return f"{numerator}/{write_exact(reading.denominator)}"
