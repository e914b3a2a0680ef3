"""Verdicts: which tier is reached, what decides it, and the shape of the contract."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.measurement.outcomes import Outcome
from attain.standards.figures import Figures
from attain.standards.library import default_library
from attain.standards.loader import load
from attain.standards.scheme import Scheme
from attain.standards.verdicts import Verdict, certify
from attain.standards.yaml_nodes import read_yaml
from small_centres import AS_OF, SMALL_MODEL, centre

HEAD = """
scheme: small
title: Small
edition: "7"
status: draft
applies_to: [site]
licence: Apache-2.0
sources: [a-source]
thresholds:
  half: {title: t, unit: share, values: {0001-01-01: {value: 0.5, source: a-source, clause: c}}}
tiers:
"""
MUST, SHOULD = "must", "should"
Requirements = Mapping[str, tuple[str, str]]


def practice(item: str) -> str:
    return f"{{kind: documented_practices, only: [{item}]}}"


def lower(tier: int) -> str:
    return f"{{kind: lower_tier, tier: {tier}}}"


def scheme_of(*tiers: Requirements) -> Scheme:
    text = HEAD
    for number, requirements in enumerate(tiers, start=1):
        text += f"  - tier: {number}\n    title: Tier {number}\n    requirements:\n"
        for key, (strength, rule) in requirements.items():
            told = f"title: The {key}, why: w, clause: c, strength: {strength}, rule: {rule}"
            text += f"      {key}: {{{told}}}\n"
    return load(read_yaml(text, "small.yaml"), Scheme)


THREE = scheme_of(
    {"a": (MUST, practice("a"))},
    {"one": (MUST, lower(1)), "b": (MUST, practice("b"))},
    {"two": (MUST, lower(2)), "c": (MUST, practice("c")), "d": (SHOULD, practice("d"))},
)


def practices(**documented: str) -> Figures:
    reasons = {"not_applicable": {"reason": "none here"}}
    rows = {k: {"documented": v, **reasons.get(v, {})} for k, v in documented.items()}
    return centre(practices=rows)


def verdict_of(scheme: Scheme = THREE, **documented: str) -> Verdict:
    return certify(practices(**documented), scheme, AS_OF)


def outcomes(verdict: Verdict) -> list[str]:
    return [tier.outcome.value for tier in verdict.tiers]


def test_the_tier_is_the_highest_that_is_met() -> None:
    assert verdict_of(a="yes", b="yes", c="yes", d="yes").tier == 3
    assert verdict_of(a="yes", b="yes", c="no", d="yes").tier == 2
    assert verdict_of(a="yes", b="no", c="yes", d="yes").tier == 1


def test_no_tier_is_none() -> None:
    verdict = verdict_of(a="no", b="yes", c="yes", d="yes")
    assert verdict.tier is None
    assert verdict.as_json()["tier"] is None


def test_a_tier_contains_the_outcomes_of_the_lower_tiers() -> None:
    assert outcomes(verdict_of(a="no", b="yes", c="yes")) == ["not_met", "not_met", "not_met"]
    assert outcomes(verdict_of(a="yes", b="no", c="yes")) == ["met", "not_met", "not_met"]
    # Nothing is said of the practice a: what stands on it is open, unless it fails by itself.
    assert outcomes(verdict_of(b="yes", c="no")) == ["undetermined", "undetermined", "not_met"]


def test_a_lower_tier_that_does_not_apply_drops_out() -> None:
    verdict = verdict_of(a="not_applicable", b="yes", c="no")
    assert outcomes(verdict) == ["not_applicable", "met", "not_met"]
    assert verdict.tier == 2


def test_a_tier_of_which_nothing_applies_is_not_reached() -> None:
    verdict = verdict_of(scheme_of({"a": (MUST, practice("a"))}), a="not_applicable")
    assert outcomes(verdict) == ["not_applicable"]
    assert verdict.tier is None


def test_the_lower_tier_is_no_requirement_of_the_tier_but_what_it_builds_on() -> None:
    verdict = verdict_of(a="yes", b="yes", c="yes")
    assert [[f.key for f in tier.requirements] for tier in verdict.tiers] == [
        ["a"],
        ["b"],
        ["c", "d"],
    ]
    assert [tier.builds_on for tier in verdict.tiers] == [(), (1,), (2,)]


@pytest.mark.parametrize("said", ["yes", "no", "not_applicable"])
def test_what_only_should_hold_is_shown_and_decides_nothing(said: str) -> None:
    verdict = verdict_of(a="yes", b="yes", c="yes", d=said)
    assert verdict.tier == 3
    shown = verdict.tiers[2].requirements[1]
    words = {"yes": Outcome.MET, "no": Outcome.NOT_MET, "not_applicable": Outcome.NOT_APPLICABLE}
    assert (shown.key, shown.outcome) == ("d", words[said])


def test_what_should_hold_and_cannot_be_told_decides_nothing_either() -> None:
    verdict = verdict_of(a="yes", b="yes", c="yes")
    assert verdict.tiers[2].requirements[1].outcome is Outcome.UNDETERMINED
    assert (verdict.tier, verdict.tiers[2].outcome) == (3, Outcome.MET)


def test_a_tier_of_nothing_but_what_should_hold_is_not_reached() -> None:
    assert verdict_of(scheme_of({"a": (SHOULD, practice("a"))}), a="yes").tier is None


def test_what_is_dated_after_the_date_of_the_verdict_is_not_there() -> None:
    change = {"on": "2026-10-31"}
    scheme = scheme_of({"changes": (MUST, "{kind: change_tied_to_plan}")})
    figures = centre(changes={"new phones": change})
    assert outcomes(certify(figures, scheme, date(2026, 10, 31))) == ["not_met"]
    assert outcomes(certify(figures, scheme, date(2026, 10, 30))) == ["not_applicable"]


def test_a_model_that_a_scheme_names_is_judged_by() -> None:
    rule = "{kind: practice_share, model: small, over: total, more_than: half}"
    scheme = scheme_of({"points": (MUST, rule)})
    documented = practices(a="yes", b="yes", c="yes")
    verdict = certify(documented, scheme, AS_OF, {"small": SMALL_MODEL})
    assert outcomes(verdict) == ["not_met"]


# The shape of the contract ----------------------------------------------------------------------
VERDICT_KEYS = ["scheme", "edition", "as_of", "tier", "tiers"]
TIER_KEYS = ["tier", "outcome", "requirements"]
FINDING_KEYS = ["key", "outcome", "measured", "threshold", "children", "missing", "left_out"]
OUTCOME_WORDS = {"met", "not_met", "not_applicable", "undetermined"}


def findings_of(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    pending = [finding for tier in told["tiers"] for finding in tier["requirements"]]
    while pending:
        finding = pending.pop()
        yield finding
        pending += finding["children"]


def assert_shape(verdict: Verdict) -> None:
    told = json.loads(json.dumps(verdict.as_json()))
    assert told == verdict.as_json()
    assert list(told) == VERDICT_KEYS
    assert all(list(tier) == TIER_KEYS for tier in told["tiers"])
    for finding in findings_of(told):
        assert list(finding) == FINDING_KEYS
        assert finding["outcome"] in OUTCOME_WORDS
        assert all(isinstance(finding[key], str | None) for key in ("measured", "threshold"))
        assert all(isinstance(name, str) for name in [*finding["missing"], *finding["left_out"]])


def test_a_verdict_as_json_is_the_contract_to_the_letter() -> None:
    scheme = scheme_of(
        {"a": (MUST, practice("a"))}, {"one": (MUST, lower(1)), "b": (SHOULD, practice("b"))}
    )
    assert verdict_of(scheme, a="not_applicable").as_json() == {
        "scheme": "small",
        "edition": "7",
        "as_of": "2026-10-31",
        "tier": None,
        "tiers": [
            {
                "tier": 1,
                "outcome": "not_applicable",
                "requirements": [
                    {
                        "key": "a",
                        "outcome": "not_applicable",
                        "measured": None,
                        "threshold": "every practice",
                        "children": [
                            {
                                "key": "a",
                                "outcome": "not_applicable",
                                "measured": None,
                                "threshold": None,
                                "children": [],
                                "missing": [],
                                "left_out": ["a: none here"],
                            }
                        ],
                        "missing": [],
                        "left_out": ["a: none here"],
                    }
                ],
            },
            {
                "tier": 2,
                "outcome": "not_applicable",
                "requirements": [
                    {
                        "key": "b",
                        "outcome": "undetermined",
                        "measured": "0 of 1",
                        "threshold": "every practice",
                        "children": [
                            {
                                "key": "b",
                                "outcome": "undetermined",
                                "measured": None,
                                "threshold": None,
                                "children": [],
                                "missing": ["practices b"],
                                "left_out": [],
                            }
                        ],
                        "missing": ["practices b"],
                        "left_out": [],
                    }
                ],
            },
        ],
    }


LIBRARY = default_library()
SCHEMES = {key: LIBRARY.scheme(key) for key in LIBRARY.keys("scheme")}
SAID = st.dictionaries(
    st.sampled_from("abcd"), st.sampled_from(["yes", "no", "not_applicable"]), max_size=4
)


@pytest.mark.parametrize("key", SCHEMES)
@given(
    strips=st.dictionaries(
        st.sampled_from("ab"), st.from_regex(r"\A\??\.?[-+.]{0,12}\Z"), max_size=2
    ),
    facing=st.sampled_from(["enabling", "end_user_facing"]),
    said=SAID,
)
def test_every_verdict_of_the_library_has_the_shape_of_the_contract(
    key: str, strips: dict[str, str], facing: str, said: dict[str, str]
) -> None:
    scheme = SCHEMES[key]
    figures = centre(
        metrics={name: {"months": strip, "facing": facing} for name, strip in strips.items()},
        systems={name: {"months": strip.replace("?", "")} for name, strip in strips.items()},
        practices={k: {"documented": v, "reason": "none"} for k, v in said.items()},
        volumes={"phone": {"2026-10": {"attaining": 6, "offered": 10}}},
    )
    assert_shape(certify(figures, scheme, AS_OF, LIBRARY.models_of(scheme)))


@given(said=SAID)
def test_a_tier_that_is_met_leaves_no_lower_tier_that_is_not(said: dict[str, str]) -> None:
    verdict = verdict_of(THREE, **said)
    below = [tier.outcome for tier in verdict.tiers[: verdict.tier or 0]]
    assert not {Outcome.NOT_MET, Outcome.UNDETERMINED} & {*below}
    higher = [tier.outcome for tier in verdict.tiers[verdict.tier or 0 :]]
    assert Outcome.MET not in higher
