"""What single kinds find and need where their other tests do not look."""

import pytest

from attain.measurement.outcomes import Outcome
from attain.standards.kinds.base import Evidence, JudgedTier
from attain.standards.kinds.lower_tier import LowerTier
from attain.standards.loader import load
from attain.standards.needs import NOTHING, fewest, steps_of
from attain.standards.scheme import Tier
from attain.standards.yaml_nodes import read_yaml
from small_centres import centre, evidence_of, found, rule_from

COVERAGE = rule_from("{kind: coverage, site: s, programme: p}")
SHARES: dict[str, int | str] = {"s": "0.8", "p": "0.5"}


def test_a_site_whose_volume_is_not_known_leaves_coverage_open_until_it_is_stated() -> None:
    evidence = evidence_of(centre(scope={"site": 0, "assessed": 0}), thresholds=SHARES)
    finding = COVERAGE.find(evidence)
    assert (finding.outcome, finding.measured) == (Outcome.UNDETERMINED, None)
    assert finding.missing == ("dossier volume.site",)
    (step,) = fewest(COVERAGE.needs(evidence, 0)) or ()
    assert step.text == "state how many contacts the whole site had"


@pytest.mark.parametrize(
    ("kind", "site", "assessed", "lacking"),
    [("site", 1001, 800, 1), ("site", 1001, 0, 801), ("programme", 1001, 500, 1)],
)
def test_the_contacts_that_coverage_lacks_are_counted_to_the_last(
    kind: str, site: int, assessed: int, lacking: int
) -> None:
    def judged(count: int) -> Evidence:
        figures = centre(scope={"kind": kind, "site": site, "assessed": count})
        return evidence_of(figures, thresholds=SHARES)

    (step,) = fewest(COVERAGE.needs(judged(assessed), 0)) or ()
    assert step.text == f"assess {lacking} more contacts of the site"
    assert COVERAGE.find(judged(assessed + lacking)).outcome is Outcome.MET
    assert COVERAGE.find(judged(assessed + lacking - 1)).outcome is Outcome.NOT_MET


TIER = """
tier: 1
title: One
requirements:
  a: {title: t, why: w, clause: c, rule: {kind: documented_practices, only: [a]}}
  b: {title: t, why: w, clause: c, rule: {kind: documented_practices, only: [b]}}
  c: {title: t, why: w, clause: c, strength: should, rule: {kind: change_tied_to_plan}}
"""


def test_a_lower_tier_needs_all_that_its_requirements_need() -> None:
    tier = load(read_yaml(TIER, "tier.yaml"), Tier)
    rule = rule_from("{kind: lower_tier, tier: 1}")
    assert isinstance(rule, LowerTier)
    figures = centre(practices={"a": {"documented": "no"}}, changes={"new phones": {}})
    judged = {1: JudgedTier(tier, Outcome.NOT_MET)}
    evidence = Evidence(evidence_of(figures).standing, {}, judged)
    texts = [step.text for step in steps_of(rule.needs(evidence, 0))]
    assert texts == ["document the practice a", "document the practice b"]
    finding = rule.find(evidence)
    assert (finding.key, finding.outcome, finding.measured) == (
        "tier-1",
        Outcome.NOT_MET,
        "not_met",
    )


def test_nothing_is_needed_of_a_lower_tier_that_is_met() -> None:
    tier = load(read_yaml(TIER, "tier.yaml"), Tier)
    rule = rule_from("{kind: lower_tier, tier: 1}")
    figures = centre(practices={"a": {}, "b": {}})
    evidence = Evidence(evidence_of(figures).standing, {}, {1: JudgedTier(tier, Outcome.MET)})
    assert rule.needs(evidence, 0) == NOTHING


def test_a_practice_not_applicable_without_a_reason_is_on_the_lowest_level() -> None:
    rule = rule_from("{kind: practice_floors, model: small, floors: {key: one}}")
    bare = centre(practices={"a": {"documented": "not_applicable"}})
    (child,) = found(rule, bare, one=1).children
    assert (child.outcome, child.measured) == (Outcome.NOT_MET, "level 0")
    given = centre(practices={"a": {"documented": "not_applicable", "reason": "no phones"}})
    assert found(rule, given, one=1).outcome is Outcome.NOT_APPLICABLE
    assert found(rule, centre(), one=1).missing == ("practices a",)
