"""Requirement kind: metrics tracked for N months."""

from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome
from attain.standards.figures import ProcessClass
from attain.standards.findings import Finding, joined
from attain.standards.kinds.base import Evidence, MonthsThreshold, RequirementKind
from attain.standards.kinds.tracking import tracked_finding, tracked_needs
from attain.standards.needs import IMPOSSIBLE, Need, Step, all_needs
from attain.standards.sentences import Sentence, say


class TrackedForMonths(RequirementKind):
    """Every metric, exempt ones too, has data in each of the last months.

    A month without data before the metric's first reading makes it not met; failing that, a month
    without data leaves it undetermined. A class of processes without a metric is not met.
    """

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED})
    kind: Literal["tracked_for_months"]
    months: MonthsThreshold
    """How many of the last months must have data."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge every metric, and each class of processes that has none."""
        months = evidence.thresholds[self.months]
        standing = evidence.standing
        children = [
            tracked_finding("readings", standing.tracks[metric.metric], months.whole)
            for metric in standing.figures.metrics
        ]
        children += [_without_metric(facing) for facing in _classes_without_metric(evidence)]
        return joined(
            self.kind,
            say("every metric was tracked for the last %(months)s months", months=months.whole),
            children,
            threshold=say("%(months)s months each", months=months.whole),
            sources=(months.source,),
        )

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Supply the gaps of each metric, or wait until its first reading is old enough."""
        months = evidence.thresholds[self.months].whole
        tracks = evidence.standing.tracks
        parts = [tracked_needs("readings", tracks[key], months, horizon) for key in tracks]
        lacking = _classes_without_metric(evidence)
        parts += [_new_metric(f, months) if horizon >= months else IMPOSSIBLE for f in lacking]
        return all_needs(parts)


def _classes_without_metric(evidence: Evidence) -> list[ProcessClass]:
    figures = evidence.standing.figures
    return [facing for facing in ProcessClass if not any(figures.metrics_of(facing))]


def _without_metric(facing: ProcessClass) -> Finding:
    asked = {
        ProcessClass.END_USER_FACING: say("end-user-facing processes have at least one metric"),
        ProcessClass.ENABLING: say("enabling processes have at least one metric"),
    }[facing]
    found, threshold = say("0 metrics"), say("1 metric")
    return Finding(facing.value, Outcome.NOT_MET, asked, measured=found, threshold=threshold)


def _new_metric(facing: ProcessClass, months: int) -> Step:
    text = _to_measure(facing, months)
    return Step(f"metrics {facing}", text, 1, (f"metrics {facing}", "metrics"))


def _to_measure(facing: ProcessClass, months: int) -> Sentence:
    if facing is ProcessClass.END_USER_FACING:
        return say(
            "measure a metric of an end-user-facing process, on target, for %(months)s months",
            months=months,
        )
    return say(
        "measure a metric of an enabling process, on target, for %(months)s months", months=months
    )
