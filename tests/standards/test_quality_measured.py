"""What the kind `quality_measure` finds of shares counted from quality records."""

from dataclasses import replace
from fractions import Fraction

import pytest

from attain.measurement.faults import RefusedError
from attain.measurement.metrics import Reading
from attain.measurement.outcomes import Outcome
from attain.standards.figures import Figures, QualityMeasure
from attain.standards.needs import NOTHING, fewest
from small_centres import centre, evidence_of, found, rule_from

LEAST = rule_from("{kind: quality_measure, measure: calibrations_held_as_scheduled, at_least: b}")
MOST = rule_from("{kind: quality_measure, measure: awards_on_too_few_evaluations, at_most: b}")


def counted(measure: str, numerator: int, denominator: int) -> Figures:
    reading = Reading(Fraction(numerator), Fraction(denominator))
    return replace(centre(), quality={QualityMeasure(measure): reading})


@pytest.mark.parametrize(("held", "outcome"), [(90, Outcome.MET), (89, Outcome.NOT_MET)])
def test_a_share_that_should_be_high_is_met_at_its_bound(held: int, outcome: Outcome) -> None:
    finding = found(LEAST, counted("calibrations_held_as_scheduled", held, 100), b="0.9")
    assert (finding.outcome, finding.measured) == (outcome, f"{held}/100")


@pytest.mark.parametrize(("few", "outcome"), [(0, Outcome.MET), (1, Outcome.NOT_MET)])
def test_a_share_that_should_be_low_is_met_at_its_bound(few: int, outcome: Outcome) -> None:
    finding = found(MOST, counted("awards_on_too_few_evaluations", few, 40), b=0)
    assert finding.outcome is outcome


@pytest.mark.parametrize("figures", [centre(), counted("calibrations_held_as_scheduled", 0, 0)])
def test_what_no_record_counts_is_undetermined(figures: Figures) -> None:
    finding = found(LEAST, figures, b="0.9")
    assert (finding.outcome, finding.measured) == (Outcome.UNDETERMINED, None)
    assert finding.missing == ("quality records calibrations_held_as_scheduled",)


def test_a_share_out_of_bounds_needs_one_step_and_one_in_bounds_none() -> None:
    short = counted("calibrations_held_as_scheduled", 1, 2)
    need = LEAST.needs(evidence_of(short, thresholds={"b": "0.9"}), 0)
    assert [step.text for step in fewest(need) or ()] == [
        "calibrations held as scheduled, at least 90 %"
    ]
    held = counted("calibrations_held_as_scheduled", 1, 1)
    assert LEAST.needs(evidence_of(held, thresholds={"b": "0.9"}), 0) == NOTHING


@pytest.mark.parametrize("bounds", ["", ", at_least: a, at_most: b"])
def test_exactly_one_bound_is_given(bounds: str) -> None:
    with pytest.raises(RefusedError, match="expected one of them"):
        rule_from(f"{{kind: quality_measure, measure: interactions_assessed{bounds}}}")


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(RefusedError):
        rule_from("{kind: quality_measure, measure: happiness, at_least: a}")
