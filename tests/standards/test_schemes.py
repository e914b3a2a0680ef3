"""Schemes: thresholds by date, tiers in order, and what a requirement does not apply to."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from attain.measurement.faults import RefusedError
from attain.measurement.outcomes import Outcome
from attain.standards.kinds.base import AppliedThreshold
from attain.standards.loader import load
from attain.standards.needs import NOTHING
from attain.standards.scheme import Requirement, Scheme, ScopeCondition
from attain.standards.thresholds import NotInForceError, Threshold
from attain.standards.verdicts import certify
from attain.standards.yaml_nodes import read_yaml
from small_centres import AS_OF, centre, evidence_of

TEXT = """
scheme: small
title: Small
edition: "1"
status: draft
applies_to: [site]
licence: Apache-2.0
sources: [a-source, another]
thresholds:
  early:
    title: In force always
    unit: share
    values: {0001-01-01: {value: 2/3, source: a-source, clause: c}}
  later:
    title: In force from some day on
    unit: months
    values:
      2026-07-01: {value: 6, source: another, clause: second}
      2026-01-01: {value: 3, source: a-source, clause: first}
tiers:
  - {tier: 1, title: One, requirements: {a: RULE}}
  - {tier: 2, title: Two, requirements: {a: RULE}}
""".replace(
    "RULE", "{title: t, why: w, clause: c, rule: {kind: tracked_for_months, months: later}}"
)
LOWER = "{title: t, why: w, clause: c, rule: {kind: lower_tier, tier: NUMBER}}"
DAY = timedelta(days=1)


def scheme_of(text: str = TEXT) -> Scheme:
    return load(read_yaml(text, "small.yaml"), Scheme)


def refused(text: str) -> str:
    with pytest.raises(RefusedError) as error:
        scheme_of(text)
    (fault,) = error.value.faults
    return str(fault)


# Thresholds by date -----------------------------------------------------------------------------
LATER = scheme_of().thresholds["later"]


def in_force(threshold: Threshold, day: date) -> AppliedThreshold:
    applied = threshold.in_force(day)
    assert applied is not None
    return applied


def test_a_value_holds_from_its_day_on_until_the_day_before_the_next() -> None:
    first, second = date(2026, 1, 1), date(2026, 7, 1)
    assert LATER.in_force(first - DAY) is None
    assert in_force(LATER, first).whole == 3
    assert in_force(LATER, second - DAY).whole == 3
    assert in_force(LATER, second).whole == 6
    assert in_force(LATER, date.max).whole == 6


def test_a_value_in_force_names_its_own_date_source_and_clause() -> None:
    first, second = (in_force(LATER, day).source for day in (date(2026, 6, 30), date(2026, 7, 1)))
    assert (first.since, first.source, first.clause) == (date(2026, 1, 1), "a-source", "first")
    assert str(second) == "in force from 2026-07-01: another, second"


def test_a_ratio_is_exact() -> None:
    always = in_force(scheme_of().thresholds["early"], date.min)
    assert always.value == Fraction(2, 3)
    assert always.source.in_force == "in force always"


def test_before_its_first_date_a_threshold_is_not_in_force_and_the_date_is_named() -> None:
    expected = "a date on or after 2026-01-01, from which later is in force"
    with pytest.raises(NotInForceError, match=expected):
        scheme_of().thresholds_at(date(2025, 12, 31))
    with pytest.raises(NotInForceError, match=expected):
        certify(centre(), scheme_of(), date(2025, 12, 31))


def test_from_its_first_date_on_every_threshold_is_in_force() -> None:
    applied = scheme_of().thresholds_at(date(2026, 1, 1))
    assert {key: value.value for key, value in applied.items()} == {
        "early": Fraction(2, 3),
        "later": 3,
    }


def test_a_verdict_follows_the_threshold_in_force_on_its_date() -> None:
    metrics = {
        "calls": {"facing": "end_user_facing", "months": "++++"},
        "staff": {"facing": "enabling", "months": "++++"},
    }
    days = date(2026, 6, 30), date(2026, 7, 1)
    # The strips end with June on both days: the same four months are enough, then too few.
    figures = [centre(day, metrics=metrics) for day in days]
    assert [certify(f, scheme_of(), d).tier for f, d in zip(figures, days, strict=True)] == [
        2,
        None,
    ]


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("share", "1.01", "found 1.01 from 2026-07-01, expected a share from 0 to 1"),
        ("share", "-0.1", "found -0.1 from 2026-07-01, expected a share from 0 to 1"),
        ("months", "7/2", "found 3.5 from 2026-07-01, expected a whole number of months"),
        ("months", "-1", "found -1 from 2026-07-01, expected a whole number of months"),
        ("count", "0.5", "found 0.5 from 2026-07-01, expected a whole number"),
        ("level", "1/3", "found 1/3 from 2026-07-01, expected the whole number of a level"),
    ],
)
def test_a_later_value_must_fit_the_unit_too(unit: str, value: str, expected: str) -> None:
    text = TEXT.replace("unit: months", f"unit: {unit}").replace("value: 6", f"value: {value}")
    assert refused(text.replace("value: 3", "value: 1")) == f"small.yaml:14: 3: {expected}"


@pytest.mark.parametrize("value", ["0", "1", "1.0", "0/5"])
def test_a_share_may_be_nothing_or_all(value: str) -> None:
    text = TEXT.replace("value: 2/3", f"value: {value}")
    assert in_force(scheme_of(text).thresholds["early"], date.min).value == Fraction(value)


def test_a_threshold_has_at_least_one_value() -> None:
    empty = TEXT.replace("{0001-01-01: {value: 2/3, source: a-source, clause: c}}", "{}")
    assert "expected at least 1" in refused(empty)


# What it applies to -----------------------------------------------------------------------------
def test_a_scheme_says_what_it_applies_to() -> None:
    assert scheme_of().applies_to == ("site",)
    both = scheme_of(TEXT.replace("[site]", "[programme, site]"))
    assert both.applies_to == ("programme", "site")


@pytest.mark.parametrize(
    ("stated", "holding"),
    [
        ({"operation": "third_party"}, {("site", "third_party"), ("programme", "third_party")}),
        ({"scope": "site"}, {("site", "internal"), ("site", "third_party")}),
        ({"operation": "internal", "scope": "programme"}, {("programme", "internal")}),
    ],
)
def test_a_condition_holds_where_every_stated_part_does(
    stated: dict[str, str], holding: set[tuple[str, str]]
) -> None:
    condition = ScopeCondition.model_validate({**stated, "reason": "r"})
    held = {
        (kind, operation)
        for kind in ("site", "programme")
        for operation in ("internal", "third_party")
        if condition.holds(centre(scope={"kind": kind, "operation": operation}).scope)
    }
    assert held == holding


EXCUSED = "not_applicable_when: {operation: internal, reason: there is no client}, "
RULE = "rule: {kind: tracked_for_months, months: later}}"


def requirement_of(text: str) -> Requirement:
    scheme = scheme_of(TEXT.replace(RULE, text + RULE))
    return scheme.tiers[0].requirements["a"]


def test_a_requirement_that_does_not_apply_says_why_and_needs_nothing() -> None:
    requirement = requirement_of(EXCUSED)
    excused = evidence_of(centre(), thresholds={"later": 3})
    finding = requirement.find("a", excused)
    assert (finding.outcome, finding.reason) == (Outcome.NOT_APPLICABLE, "there is no client")
    assert (finding.key, finding.asked) == ("a", "t")
    assert requirement.needs(excused, 12) == NOTHING


def test_where_the_condition_does_not_hold_the_requirement_is_judged() -> None:
    requirement = requirement_of(EXCUSED)
    run_for_a_client = centre(scope={"operation": "third_party"})
    judged = evidence_of(run_for_a_client, thresholds={"later": 3})
    assert requirement.find("a", judged).outcome is Outcome.NOT_MET
    assert requirement.needs(judged, 12) != NOTHING


def test_what_does_not_decide_needs_nothing_but_is_judged() -> None:
    evidence = evidence_of(centre(), thresholds={"later": 3})
    advice = requirement_of("strength: should, ")
    assert advice.find("a", evidence).outcome is Outcome.NOT_MET
    assert advice.needs(evidence, 12) == NOTHING
    assert requirement_of("").needs(evidence, 12) != NOTHING


def test_a_condition_without_a_condition_is_refused() -> None:
    text = TEXT.replace(RULE, "not_applicable_when: {reason: r}, " + RULE, 1)
    assert refused(text) == (
        "small.yaml:21: 75: found no condition, expected an operation or a scope"
    )


# Tiers ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("numbers", "found"), [((2, 1), "2, 1"), ((1, 3), "1, 3"), ((1, 1), "1, 1"), ((2, 3), "2, 3")]
)
def test_tiers_are_numbered_from_1_in_order(numbers: tuple[int, int], found: str) -> None:
    head, one, two = TEXT.replace("{tier: 2", "{tier: 1").split("{tier: 1")
    text = f"{head}{{tier: {numbers[0]}{one}{{tier: {numbers[1]}{two}"
    expected = "expected 1, 2 and so on in order"
    assert refused(text) == f"small.yaml:2: 1: found tiers {found}, {expected}"


def test_a_tier_is_at_least_1() -> None:
    assert "expected greater than or equal to 1" in refused(TEXT.replace("tier: 1", "tier: 0"))


def with_lower(tier: int, lower: int) -> str:
    own = f"{{tier: {tier}, title: {'One' if tier == 1 else 'Two'}, requirements: {{"
    return TEXT.replace(own, f"{own}below: {LOWER.replace('NUMBER', str(lower))}, ")


def test_a_tier_names_the_lower_tiers_that_it_builds_on() -> None:
    scheme = scheme_of(with_lower(2, 1))
    assert [tier.lower_tiers for tier in scheme.tiers] == [(), (1,)]


@pytest.mark.parametrize(("tier", "lower"), [(1, 1), (2, 2), (1, 2), (2, 3), (2, 0), (2, -1)])
def test_a_tier_builds_on_lower_tiers_only(tier: int, lower: int) -> None:
    found = f"tier {tier} on top of tier {lower}"
    assert refused(with_lower(tier, lower)) == (
        f"small.yaml:2: 1: found {found}, expected lower tiers"
    )


def test_a_scheme_for_another_program_has_exact_texts_for_numbers() -> None:
    told = scheme_of().as_json()
    assert told["scheme"] == "small"
    assert told["thresholds"]["early"]["values"]["0001-01-01"]["value"] == "2/3"
    later = told["thresholds"]["later"]["values"]
    assert {day: value["value"] for day, value in later.items()} == {
        "2026-07-01": "6",
        "2026-01-01": "3",
    }
    assert told["tiers"][1]["requirements"]["a"]["rule"] == {
        "kind": "tracked_for_months",
        "months": "later",
    }
    assert certify(centre(), scheme_of(), AS_OF).as_json()["edition"] == told["edition"]


# Translations ------------------------------------------------------------------------------------
IN_GERMAN = (
    TEXT.replace("title: Small", "title: Small\ntranslations: {de: {title: Klein}}")
    .replace("title: One,", "title: One, translations: {de: {title: Eins}},")
    .replace("title: Two,", "title: Two, translations: {de: {title: Zwei}},")
    .replace("why: w,", "why: w, translations: {de: {title: T, why: W}},")
)


def test_a_scheme_is_told_in_a_language_that_it_is_translated_into() -> None:
    told = scheme_of(IN_GERMAN).told_in("de")
    assert (told.title, [tier.title for tier in told.tiers]) == ("Klein", ["Eins", "Zwei"])
    assert [(r.title, r.why) for tier in told.tiers for r in tier.requirements.values()] == [
        ("T", "W"),
        ("T", "W"),
    ]


def test_a_scheme_is_told_as_it_stands_in_any_other_language() -> None:
    assert scheme_of(IN_GERMAN).told_in("fr").title == "Small"
    assert scheme_of().told_in("de").title == "Small"


def test_the_language_changes_what_is_shown_and_nothing_that_is_kept() -> None:
    scheme = scheme_of(IN_GERMAN)
    figures = centre(metrics={"answer-time": {"facing": "end_user_facing", "months": "+++"}})
    said, told = (certify(figures, each, AS_OF) for each in (scheme, scheme.told_in("de")))
    assert said.as_json() == told.as_json()
    assert said.tiers[0].requirements[0].asked == "t"
    assert told.tiers[0].requirements[0].asked == "T"
