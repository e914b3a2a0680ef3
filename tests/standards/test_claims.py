"""Claims against records: which levels a centre's figures deny, and which they leave unproved."""

from datetime import date

import pytest

from attain.measurement.faults import RefusedError
from attain.measurement.outcomes import Outcome
from attain.standards.claims import contradictions, find_conditions
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import ItemRating
from attain.standards.thresholds import NotInForceError
from attain.standards.yaml_nodes import read_yaml
from small_centres import AS_OF, centre

TEXT = """
model: small
title: Small
edition: "1"
status: draft
licence: Apache-2.0
sources: [ours]
thresholds:
  half-year:
    title: Half a year
    unit: months
    values: {2026-01-01: {value: 6, source: ours, clause: one}}
categories:
  planning:
    title: Planning
    items:
      forecasting:
        title: Forecasting
        question: Is it?
        levels: [{level: 1, text: some}, {level: 2, text: more}]
        evidenced_by:
          - level: 2
            title: Forecast accuracy is followed
            rule: {kind: metric_followed, metrics: [forecast-accuracy], tracked_for: half-year}
      budget:
        title: Budget
        question: Is it?
        levels: [{level: 1, text: some}, {level: 2, text: more}]
"""
MODEL = load(read_yaml(TEXT, "small.yaml"), MaturityModel)
SHORT = centre(metrics={"forecast-accuracy": {"months": "+++"}})
LONG = centre(metrics={"forecast-accuracy": {"months": "++++++"}})


def test_a_condition_is_judged_for_each_item_that_has_one() -> None:
    found = find_conditions(MODEL, LONG, AS_OF)
    assert list(found) == ["forecasting"]
    (only,) = found["forecasting"]
    assert (only.finding.outcome, only.finding.asked) == (
        Outcome.MET,
        "Forecast accuracy is followed",
    )


@pytest.mark.parametrize(("level", "denied"), [(1, 0), (2, 1), (None, 0)])
def test_only_a_claim_of_the_level_that_asks_is_denied(level: int | None, denied: int) -> None:
    found = find_conditions(MODEL, SHORT, AS_OF)
    assert len(list(contradictions(found, {"forecasting": ItemRating(level)}))) == denied


def test_a_claim_that_records_cannot_tell_is_unproved_and_not_denied() -> None:
    (only,) = find_conditions(MODEL, centre(), AS_OF)["forecasting"]
    assert only.is_unproved(2)
    assert not only.is_unproved(1)
    assert not only.contradicts(2)


def test_a_threshold_that_is_not_yet_in_force_is_refused() -> None:
    with pytest.raises(NotInForceError):
        find_conditions(MODEL, LONG, date(2025, 12, 31))


@pytest.mark.parametrize("rule", ["{kind: documented_practices}", "{kind: lower_tier, tier: 1}"])
def test_a_condition_looks_at_records_and_not_at_practices_or_tiers(rule: str) -> None:
    start = TEXT.index("{kind: metric_followed")
    text = TEXT[:start] + rule + TEXT[TEXT.index("}", start) + 1 :]
    with pytest.raises(RefusedError, match="expected a rule over readings and records"):
        load(read_yaml(text, "small.yaml"), MaturityModel)
