"""Small centres for the tests of standards, and rules to judge them by."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attain.measurement.periods import last_full_month
from attain.standards.cases import Given
from attain.standards.definition import Definition
from attain.standards.figures import Figures
from attain.standards.findings import Finding, Source
from attain.standards.kinds.base import AppliedThreshold, Evidence, RequirementKind
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.rule import Rule
from attain.standards.standing import Standing
from attain.standards.yaml_nodes import read_yaml

AS_OF = date(2026, 10, 31)
LAST = last_full_month(AS_OF)
SOURCE = Source(date(2020, 1, 1), "a-source", "clause 1")

MODEL = """
model: small
title: Small
edition: "1"
status: draft
licence: Apache-2.0
sources: []
categories:
  one:
    title: One
    items:
      a: {title: A, question: "?", criticality: key, levels: LEVELS}
      b: {title: B, question: "?", levels: LEVELS}
  two:
    title: Two
    items:
      c: {title: C, question: "?", criticality: low, levels: LEVELS}
""".replace("LEVELS", "[{level: 0, text: not done}, {level: 1, text: done}]")
SMALL_MODEL = load(read_yaml(MODEL, "small.yaml"), MaturityModel)


class OneRule(Definition):
    """A file that holds nothing but a rule."""

    rule: Rule


def centre(as_of: date = AS_OF, /, **tables: Any) -> Figures:
    """Return a centre by the tables of a golden case."""
    return Given.model_validate(tables).build(as_of)


def rule_from(text: str) -> RequirementKind:
    """Return the rule that a file states in one flow mapping, or in lines."""
    return load(read_yaml(f"rule: {text}", "rule.yaml"), OneRule).rule


def evidence_of(
    figures: Figures, as_of: date = AS_OF, thresholds: Mapping[str, int | str] | None = None
) -> Evidence:
    """Return the evidence of a centre, with the small model and thresholds of these values."""
    applied = {
        key: AppliedThreshold(Fraction(value), SOURCE) for key, value in (thresholds or {}).items()
    }
    return Evidence(Standing(figures, as_of), applied, models={"small": SMALL_MODEL})


def found(
    rule: RequirementKind, figures: Figures, as_of: date = AS_OF, **thresholds: int | str
) -> Finding:
    """Judge a centre by a rule."""
    return rule.find(evidence_of(figures, as_of, thresholds))
