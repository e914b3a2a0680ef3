"""Golden cases of models that expect something else: what is told, case by case."""

import pytest

from attain.measurement.faults import RefusedError
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_cases import ModelCases, check_model_cases
from attain.standards.yaml_nodes import read_yaml

MODEL = """
model: small
title: Small
edition: "1"
status: draft
licence: Apache-2.0
sources: [ours]
ROLL_UP
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
            title: Absence is followed
            rule: {kind: metric_followed, metrics: [absence], tracked_for: half-year}
"""
CASES = """
cases_of: small
bases:
  begun: {metrics: {absence: {months: "++"}}}
cases:
  - name: A case
    as_of: 2026-10-31
    every_item: {level: 2, target: 2}
    base: begun
    expect: EXPECT
"""


def model(roll_up: str = "roll_up: {rule: lowest}") -> MaturityModel:
    return load(read_yaml(MODEL.replace("ROLL_UP", roll_up), "small.yaml"), MaturityModel)


def told(expect: str, cases: str = CASES) -> list[str]:
    document = read_yaml(cases.replace("EXPECT", expect), "small.cases.yaml")
    faults = check_model_cases(load(document, ModelCases), document, model())
    return [str(fault) for fault in faults]


@pytest.mark.parametrize(
    "expect",
    [
        '{whole: "2", parts: {planning: "2"}}',
        "{gaps: {forecasting: 0}, colours: {forecasting: green}}",
        "{conditions: {forecasting/1: not_met}, denied: [forecasting/1]}",
    ],
)
def test_a_case_that_is_fulfilled_tells_nothing(expect: str) -> None:
    assert told(expect) == []


@pytest.mark.parametrize(
    ("expect", "found"),
    [
        ('{whole: "1"}', "found whole 2 (A case), expected 1"),
        ("{parts: {planning: open}}", "found planning 2 (A case), expected open"),
        ("{gaps: {forecasting: 1}}", "found forecasting with a gap of 0 (A case), expected 1"),
        ("{colours: {forecasting: red}}", "found forecasting green (A case), expected red"),
        ("{every_condition: met}", "found forecasting/1 not_met (A case), expected met"),
        ("{conditions: {budget/1: met}}", "found no condition budget/1 (A case)"),
        ("{denied: []}", "found denied forecasting/1 (A case)"),
    ],
)
def test_a_case_that_is_not_fulfilled_tells_what_was_found(expect: str, found: str) -> None:
    (fault,) = told(expect)
    assert found in fault
    assert fault.startswith("small.cases.yaml:6")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("base: begun", "base: nowhere", "nowhere"),
        ("every_item:", "ratings: {budget: {level: 1}}\n    every_item:", "no item budget"),
        ("as_of: 2026-10-31", "as_of: 2025-10-31", "half-year"),
    ],
)
def test_a_case_that_cannot_be_built_is_a_fault_of_its_own(old: str, new: str, found: str) -> None:
    (fault,) = told("{denied: []}", CASES.replace(old, new))
    assert found in fault
    assert "a base and entries of its tables" in fault


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("roll_up: {rule: mean, level: 2}", "expected one with share_at_level alone"),
        ("colours: {by: gap, amber: 2, red: 1}", "expected 0 < amber < red"),
        ("colours: {by: level, amber: 1, red: 2}", "expected red < amber"),
    ],
)
def test_a_roll_up_or_colours_that_cannot_be_are_refused(rule: str, expected: str) -> None:
    with pytest.raises(RefusedError, match=expected):
        model(rule)
