"""Each golden case of the library, as a test of its own."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from attain.standards.cases import Case, Cases
from attain.standards.golden import check_cases, differences, findings_by_name, verdict_of
from attain.standards.library import default_library
from attain.standards.loader import load, read_definition

LIBRARY = default_library()
OUTCOMES_WITH_A_CASE = {"met", "not_met", "undetermined"}


def cases_of(key: str) -> Cases:
    path = LIBRARY.find("scheme", key).with_suffix(".cases.yaml")
    return load(read_definition(path), Cases)


CASES = {key: cases_of(key) for key in LIBRARY.keys("scheme")}
EVERY_CASE = [
    pytest.param(key, case, id=f"{key}: {case.name}")
    for key, cases in CASES.items()
    for case in cases.cases
]


@pytest.mark.parametrize(("key", "case"), EVERY_CASE)
def test_the_scheme_finds_what_the_case_expects(key: str, case: Case) -> None:
    scheme = LIBRARY.scheme(key)
    verdict = verdict_of(CASES[key], case, scheme, LIBRARY.models_of(scheme))
    assert list(differences(case, verdict)) == []


@pytest.mark.parametrize("key", CASES)
def test_case_names_are_unique_sentences(key: str) -> None:
    names = [case.name for case in CASES[key].cases]
    assert len(set(names)) == len(names)
    assert all(name[0].isupper() and " " in name for name in names)


@pytest.mark.parametrize("key", CASES)
def test_every_requirement_has_a_case_for_each_outcome_that_it_can_have(key: str) -> None:
    scheme = LIBRARY.scheme(key)
    shown = {
        (name, outcome)
        for case in CASES[key].cases
        for name, outcome in case.expect.outcomes.items()
    }
    lacking = [
        f"{tier.tier}/{name} {outcome}"
        for tier in scheme.tiers
        for name, requirement in tier.requirements.items()
        if requirement.rule.kind != "lower_tier"
        for outcome in sorted(OUTCOMES_WITH_A_CASE & requirement.rule.possible)
        if (f"{tier.tier}/{name}", outcome) not in shown
    ]
    assert lacking == []


@pytest.mark.parametrize("key", CASES)
def test_every_threshold_has_a_case_that_passes_at_its_limit_and_one_that_fails_past_it(
    key: str,
) -> None:
    scheme = LIBRARY.scheme(key)
    at_limit = {name: set[str]() for name in scheme.thresholds}
    for case in CASES[key].cases:
        if case.limit:
            at_limit[case.limit] |= set(case.expect.outcomes.values())
    lacking = {
        name: outcomes
        for name, outcomes in at_limit.items()
        if not ({"met"} <= outcomes and "not_met" in outcomes) and name != "misses-looked-at"
    }
    assert lacking == {}
    if "misses-looked-at" in at_limit:
        # A miss outside the months looked at is not applicable rather than met.
        assert at_limit["misses-looked-at"] == {"not_met", "not_applicable"}


@pytest.mark.parametrize("key", CASES)
def test_moving_a_threshold_breaks_a_case_at_its_limit(key: str) -> None:
    """The pairs stand at the limits: with another value a case comes out otherwise."""
    path = LIBRARY.find("scheme", key)
    unmoved = [
        f"{name} {how}"
        for name in LIBRARY.scheme(key).thresholds.keys() - DECIDES_NOTHING
        for how in ("up", "down")
        if not _fails_when_moved(path, name, how)
    ]
    assert unmoved == []


# In tier 3 only a window of twelve is long enough, and of twelve months nine are asked for by
# count: the share of a shorter window stands in the source and decides nothing.
DECIDES_NOTHING = {"periods-tier-3"}
# Shares of a handful of metrics or months lie far apart, so a share is moved by a fifth.
STEPS = {"share": Fraction(1, 5)}


def _fails_when_moved(path: Path, name: str, how: str) -> bool:
    scheme = LIBRARY.load_scheme(path)
    threshold = scheme.thresholds[name]
    step = STEPS.get(threshold.unit, Fraction(1)) * (1 if how == "up" else -1)
    moved = {
        day: dated.model_copy(update={"value": dated.value + step})
        for day, dated in threshold.values.items()
    }
    changed = {**scheme.thresholds, name: threshold.model_copy(update={"values": moved})}
    other = scheme.model_copy(update={"thresholds": changed})
    document = read_definition(path.with_suffix(".cases.yaml"))
    faults = check_cases(CASES[scheme.scheme], document, other, LIBRARY.models_of(scheme))
    return next(iter(faults), None) is not None


@pytest.mark.parametrize("key", CASES)
def test_every_dated_change_has_a_case_on_the_day_before_and_on_the_day(key: str) -> None:
    scheme = LIBRARY.scheme(key)
    for name, threshold in scheme.thresholds.items():
        days = {case.as_of for case in CASES[key].cases if case.limit == name}
        for change in sorted(threshold.values)[1:]:
            assert {change, change - timedelta(days=1)} <= days, f"{name} {change}"


def test_a_case_that_expects_something_else_is_a_fault_at_its_place() -> None:
    key = "performance-tiers"
    scheme, cases = LIBRARY.scheme(key), CASES[key]
    wrong = cases.cases[0].model_copy(
        update={"expect": cases.cases[0].expect.model_copy(update={"tier": 2})}
    )
    document = read_definition(LIBRARY.find("scheme", key).with_suffix(".cases.yaml"))
    only = cases.model_copy(update={"cases": (wrong,)})
    faults = list(check_cases(only, document, scheme, {}))
    assert [f.expected for f in faults] == ["tier 2"]
    assert faults[0].line == document.place(("cases", 0)).line


def test_a_case_names_requirements_that_there_are() -> None:
    for key, cases in CASES.items():
        scheme = LIBRARY.scheme(key)
        for case in cases.cases:
            found = findings_by_name(verdict_of(cases, case, scheme, LIBRARY.models_of(scheme)))
            named = {*case.expect.outcomes, *case.expect.measured, *case.expect.missing}
            assert named <= found.keys(), case.name


@pytest.mark.parametrize("key", CASES)
def test_a_verdict_is_the_same_in_every_language_to_the_byte(key: str) -> None:
    scheme, models = LIBRARY.scheme(key), LIBRARY.models_of(LIBRARY.scheme(key))
    assert set(scheme.translations) == {"de"}
    for case in CASES[key].cases:
        told = verdict_of(CASES[key], case, scheme.told_in("de"), models).as_json()
        assert told == verdict_of(CASES[key], case, scheme, models).as_json()
