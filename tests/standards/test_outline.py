"""Definitions as text for a person, to the letter."""

import pytest

from attain.standards.library import default_library
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.outline import outline_model, outline_scheme
from attain.standards.scheme import Scheme
from attain.standards.yaml_nodes import read_yaml

SCHEME = """
scheme: small
title: Small scheme
edition: "7"
status: draft
applies_to: [site, programme]
licence: Apache-2.0
sources: [the-book]
thresholds:
  most:
    title: What counts as most
    unit: share
    values:
      2027-01-01: {value: 0.75, source: the-book, clause: page 3, note: announced in 2026}
      0001-01-01: {value: 2/3, source: the-book, clause: page 2}
  floor: {title: Floor, unit: level, values: {2026-01-01: {value: 1, source: b, clause: c}}}
tiers:
  - tier: 1
    title: Basic
    requirements:
      practices:
        title: Practices are documented
        why: To see.
        clause: page 4
        not_applicable_when: {operation: internal, scope: site, reason: there is no client}
        rule: {kind: documented_practices}
      floors:
        title: Floors
        why: To stand.
        clause: page 5
        rule: {kind: practice_floors, model: small, floors: {key: floor, low: floor}}
  - tier: 2
    title: Better
    requirements:
      below: {title: Basic is met, why: w, clause: c, rule: {kind: lower_tier, tier: 1}}
      plan:
        title: A plan
        why: To come back.
        clause: page 6
        strength: should
        rule:
          kind: any_of
          of:
            - {kind: document_on_file, document: plan, communicated: true}
            - {kind: documented_practices, only: [a, b]}
            - {kind: change_tied_to_plan}
"""
OUTLINE = """\
Small scheme (small), edition 7, draft
for a site or a programme; Apache-2.0

Thresholds
  most: What counts as most (share)
    always: 2/3 (the-book, page 2)
    from 2027-01-01: 0.75 (the-book, page 3; announced in 2026)
  floor: Floor (level)
    from 2026-01-01: 1 (b, c)

Tier 1, Basic
  practices (must; page 4): Practices are documented
    To see.
    not applicable where operation internal, scope site: there is no client
    rule documented_practices
  floors (must; page 5): Floors
    To stand.
    rule practice_floors: model small, floors (key floor, low floor)

Tier 2, Better
  below (must; c): Basic is met
    w
    rule lower_tier: tier 1
  plan (should; page 6): A plan
    To come back.
    rule any_of: of (document_on_file: document plan, communicated yes), \
(documented_practices: only a, b), (change_tied_to_plan)
"""
MODEL = """
model: small
title: Small model
edition: "2"
status: published
licence: Apache-2.0
sources: []
components:
  people:
    title: People
    groups:
      hiring:
        title: Hiring
        items:
          interviews: {title: Interviews, question: Who asks?, criticality: key, levels: LEVELS}
  results:
    title: Results
    items:
      surveys: {title: Surveys, question: Who answers?, levels: LEVELS}
""".replace("LEVELS", "[{level: 0, text: Nobody.}, {level: 2, text: Everybody.}]")
MODEL_OUTLINE = """\
Small model (small), edition 2, published
2 items; Apache-2.0

People
  Hiring
    Interviews (interviews, key): Who asks?
      0  Nobody.
      2  Everybody.

Results
    Surveys (surveys, moderate): Who answers?
      0  Nobody.
      2  Everybody.
"""


def scheme_of(text: str = SCHEME) -> Scheme:
    return load(read_yaml(text, "small.yaml"), Scheme)


def test_a_scheme_is_outlined_to_the_letter() -> None:
    assert outline_scheme(scheme_of()) == OUTLINE


def test_a_model_is_outlined_to_the_letter() -> None:
    assert outline_model(load(read_yaml(MODEL, "small.yaml"), MaturityModel)) == MODEL_OUTLINE


def test_a_text_of_several_lines_stays_so_without_blanks_at_the_end() -> None:
    text = SCHEME.replace("why: To see.", "why: |\n          To see.\n\n          To know.\n")
    assert "    To see.\n\nTo know.\n    not applicable" in outline_scheme(scheme_of(text))


@pytest.mark.parametrize("escape", ["\\e[2J", "\\x07", "\\x9b31m", "\\u202e"])
def test_control_characters_of_a_definition_do_not_reach_the_terminal(escape: str) -> None:
    text = SCHEME.replace("title: Small scheme", f'title: "Small{escape}"')
    text = text.replace("document: plan", f'document: "plan{escape}"')
    shown = outline_scheme(scheme_of(text))
    assert all(c.isprintable() or c == "\n" for c in shown)
    assert shown.startswith("Small\\")
    assert "document plan\\" in shown


def test_every_definition_of_the_library_is_outlined_with_its_keys() -> None:
    library = default_library()
    for key in library.keys("scheme"):
        scheme = library.scheme(key)
        lines = outline_scheme(scheme).splitlines()
        keys = [*scheme.thresholds, *(name for tier in scheme.tiers for name in tier.requirements)]
        assert [k for k in keys if not any(line.startswith(f"  {k}") for line in lines)] == []
        assert [line for line in lines if "{" in line or line != line.rstrip()] == []
    for key in library.keys("model"):
        model = library.model(key)
        text = outline_model(model)
        assert [item.key for item in model.items if f"({item.key}, " not in text] == []
