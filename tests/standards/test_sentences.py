"""Sentences of the rules: English as ever, and each known by its template and its figures."""

import json
import pickle
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.measurement.periods import Month
from attain.standards.cases import Case, Cases
from attain.standards.findings import Finding, Source
from attain.standards.golden import verdict_of
from attain.standards.kept_sentences import (
    as_kept,
    figure_of,
    keep_sentences,
    sentence_of,
    with_sentences,
)
from attain.standards.kinds.quality_measure import _WORDS
from attain.standards.library import default_library
from attain.standards.loader import load, read_definition
from attain.standards.needs import steps_of
from attain.standards.sentences import Exact, OwnText, Sentence, Share, listed, say, series
from attain.standards.verdicts import Verdict

LIBRARY = default_library()


def cases_of(key: str) -> Cases:
    path = LIBRARY.find("scheme", key).with_suffix(".cases.yaml")
    return load(read_definition(path), Cases)


CASES = {key: cases_of(key) for key in LIBRARY.keys("scheme")}
EVERY_CASE = [
    pytest.param(key, case, id=f"{key}: {case.name}")
    for key, cases in CASES.items()
    for case in cases.cases
]


def verdict(key: str, case: Case) -> Verdict:
    scheme = LIBRARY.scheme(key)
    return verdict_of(CASES[key], case, scheme, LIBRARY.models_of(scheme))


def every_finding(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from every_finding(finding.children)


def is_a_number(text: str) -> bool:
    return not any(sign.isalpha() for sign in text)


@pytest.mark.parametrize(("key", "case"), EVERY_CASE)
def test_whatever_the_rules_say_is_a_sentence_that_can_be_translated(key: str, case: Case) -> None:
    judged = verdict(key, case)
    reasons = {practice.reason for practice in judged.evidence.standing.figures.practices}
    for tier in judged.tiers:
        for number, found in enumerate(every_finding(tier.requirements)):
            own = {found.measured, found.threshold, found.reason, *found.missing, *found.left_out}
            own |= {found.asked} if found not in tier.requirements else set()
            said = own - {None} - reasons
            bare = [t for t in said if not isinstance(t, Sentence) and not is_a_number(str(t))]
            assert bare == [], (number, found.key)


@pytest.mark.parametrize(("key", "case"), EVERY_CASE)
def test_what_a_requirement_needs_is_a_sentence_too(key: str, case: Case) -> None:
    judged = verdict(key, case)
    for tier in judged.scheme.tiers:
        for requirement in tier.requirements.values():
            for step in steps_of(requirement.needs(judged.evidence, 3)):
                assert isinstance(step.text, Sentence), step


@pytest.mark.parametrize(("key", "case"), EVERY_CASE)
def test_sentences_that_were_kept_come_back_beside_the_same_english(key: str, case: Case) -> None:
    for tier in verdict(key, case).tiers:
        told = json.dumps(tier.as_json()["requirements"])
        kept = json.loads(json.dumps(keep_sentences(tier.requirements)))
        back = with_sentences(json.loads(told), kept)
        for found, read in zip(tier.requirements, back, strict=True):
            assert_alike(found, read)


def assert_alike(found: Finding, read: dict[str, object]) -> None:
    plain = found.as_json()
    for name in ("outcome", "measured", "threshold", "missing", "left_out"):
        assert read[name] == plain[name]
        assert type(read[name]) is type(plain[name])
    if isinstance(found.measured, Sentence):
        assert isinstance(read["measured"], Sentence)
        assert read["measured"].figures == found.measured.figures
    if "asked" in read:
        assert read["asked"] == found.asked
    children = read["children"]
    assert isinstance(children, list)
    for child, told in zip(found.children, children, strict=True):
        assert_alike(child, told)


def test_a_tree_of_which_no_sentence_was_kept_stays_as_it_is() -> None:
    told = [tier.as_json()["requirements"] for tier in verdict(*EVERY_CASE[0].values).tiers]  # type: ignore[arg-type]
    plain = json.loads(json.dumps(told))
    assert [with_sentences(each, None) for each in plain] == told
    assert "Sentence" not in {type(each[0]["threshold"]).__name__ for each in plain}


FIGURES = st.recursive(
    st.one_of(
        st.integers(),
        st.text(),
        st.builds(Month, st.integers(12, 9999 * 12)),
        st.dates(),
        st.builds(Exact, st.fractions()),
        st.builds(Share, st.fractions()),
        st.builds(OwnText, st.text(), st.dictionaries(st.just("de"), st.text())),
    ),
    lambda parts: st.one_of(
        st.lists(parts, max_size=3).map(lambda each: listed(*each)),
        parts.map(lambda part: say("told of %(part)s", part=part)),
    ),
    max_leaves=5,
)


@given(FIGURES, st.text())
def test_a_sentence_is_the_same_after_it_was_kept_or_pickled(figure: object, name: str) -> None:
    sentence = Sentence("%(name)s and %(what)s", {"name": name, "what": figure})  # type: ignore[dict-item]
    for again in (
        sentence_of(json.loads(json.dumps(as_kept(sentence)))),
        pickle.loads(pickle.dumps(sentence)),
    ):
        assert again == sentence == f"{name} and {figure}"
        assert (again.template, again.figures) == (sentence.template, sentence.figures)
    assert figure_of(json.loads(json.dumps(as_kept(figure)))) == figure  # type: ignore[arg-type]


def test_figures_are_written_as_the_contract_writes_them() -> None:
    sentence = say(
        "%(share)s, %(number)s, %(month)s, %(day)s, %(reason)s",
        share=Share(Fraction(2, 3)),
        number=Exact(Fraction(1, 4)),
        month=Month.parse("2026-03"),
        day=date(2026, 3, 9),
        reason=OwnText("a reason", {"de": "ein Grund"}),
    )
    assert sentence == "2/3, 0.25, 2026-03, 2026-03-09, a reason"
    assert series([sentence, "and so on"], between="; ") == f"{sentence}; and so on"


def test_a_sentence_without_figures_may_have_a_percent_sign() -> None:
    assert say("100 % of it") == "100 % of it"


def test_a_source_says_since_when_it_is_in_force() -> None:
    assert str(Source(date.min, "plan", "3.2")) == "in force always: plan, 3.2"
    assert str(Source(date(2026, 1, 1), "plan", "3")) == "in force from 2026-01-01: plan, 3"


def test_each_quality_measure_is_said_by_its_own_words() -> None:
    assert {measure: measure.value.replace("_", " ") for measure in _WORDS} == _WORDS
