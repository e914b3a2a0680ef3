"""What the kind `metric_followed` finds of named metrics, and what it still needs."""

import pytest

from attain.measurement.outcomes import Outcome
from attain.standards.needs import NOTHING, fewest
from small_centres import centre, evidence_of, rule_from

TRACKED = rule_from("{kind: metric_followed, metrics: [absence, shrinkage], tracked_for: half}")
ON_TARGET = rule_from(
    "{kind: metric_followed, metrics: [absence, shrinkage], tracked_for: half, on_target_in: most}"
)
LIMITS: dict[str, int | str] = {"half": 6, "most": 9}


@pytest.mark.parametrize(
    ("months", "outcome"),
    [
        ("++++++", Outcome.MET),
        ("------", Outcome.MET),
        ("+++++", Outcome.NOT_MET),
        ("+++.++", Outcome.UNDETERMINED),
    ],
)
def test_a_metric_is_tracked_where_each_of_the_last_months_has_data(
    months: str, outcome: Outcome
) -> None:
    figures = centre(metrics={"absence": {"months": months}})
    assert TRACKED.find(evidence_of(figures, thresholds=LIMITS)).outcome is outcome


@pytest.mark.parametrize(
    ("months", "outcome"),
    [
        ("---+++++++++", Outcome.MET),
        ("----++++++++", Outcome.NOT_MET),
        ("???+++++++++", Outcome.MET),
        ("?---++++++++", Outcome.UNDETERMINED),
    ],
)
def test_a_metric_is_on_target_where_enough_of_twelve_months_are(
    months: str, outcome: Outcome
) -> None:
    figures = centre(metrics={"shrinkage": {"months": months}})
    assert ON_TARGET.find(evidence_of(figures, thresholds=LIMITS)).outcome is outcome


def test_one_of_the_named_metrics_suffices_and_both_are_shown() -> None:
    figures = centre(metrics={"absence": {"months": "-" * 12}, "shrinkage": {"months": "+" * 12}})
    finding = ON_TARGET.find(evidence_of(figures, thresholds=LIMITS))
    assert (finding.outcome, finding.measured) == (Outcome.MET, "1 of 2")
    assert [child.key for child in finding.children] == ["absence", "shrinkage"]


def test_a_centre_without_the_named_metrics_is_undetermined_and_not_unmet() -> None:
    figures = centre(metrics={"attrition": {"months": "+" * 12}})
    finding = TRACKED.find(evidence_of(figures, thresholds=LIMITS))
    assert (finding.outcome, finding.measured) == (Outcome.UNDETERMINED, None)
    assert finding.missing == ("readings absence or shrinkage",)


def test_what_is_not_yet_measured_is_begun_and_what_is_met_needs_nothing() -> None:
    begun = TRACKED.needs(evidence_of(centre(), thresholds=LIMITS), 0)
    assert [step.text for step in fewest(begun) or ()] == ["measure absence for 6 months"]
    figures = centre(metrics={"absence": {"months": "+" * 12}})
    assert ON_TARGET.needs(evidence_of(figures, thresholds=LIMITS), 0) == NOTHING


def test_a_metric_short_of_months_needs_to_stay_on_target() -> None:
    figures = centre(metrics={"absence": {"months": "----++++++++"}})
    need = ON_TARGET.needs(evidence_of(figures, thresholds=LIMITS), 1)
    assert [step.text for step in fewest(need) or ()] == ["absence on target next month"]
