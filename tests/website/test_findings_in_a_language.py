"""What the rules say is told in the language of the reader, figures and months included."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

import pseudo_locale
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month
from attain.organisations.sentences import Told, told
from attain.standards.cases import Case, Cases
from attain.standards.findings import Finding, Source
from attain.standards.golden import verdict_of
from attain.standards.library import default_library
from attain.standards.loader import load, read_definition
from attain.standards.needs import steps_of
from attain.standards.sentences import Exact, OwnText, Sentence, Share, listed, say, series
from attain.standards.verdicts import Verdict
from drawing import drawn
from tools import messages

LIBRARY = default_library()
MARCH = Month.parse("2026-03")


def cases_of(key: str) -> Cases:
    path = LIBRARY.find("scheme", key).with_suffix(".cases.yaml")
    return load(read_definition(path), Cases)


EVERY_CASE = [
    pytest.param(key, cases, case, id=f"{key}: {case.name}")
    for key in LIBRARY.keys("scheme")
    for cases in [cases_of(key)]
    for case in cases.cases
]


@pytest.fixture(autouse=True)
def _english_before_and_after() -> Iterator[None]:
    with translation.override("en"):
        yield


def sentences_of(verdict: Verdict) -> Iterator[str]:
    for tier in verdict.tiers:
        yield from (text for found in tier.requirements for text in said_by(found))
        for requirement in verdict.scheme.tiers[tier.tier - 1].requirements.values():
            yield from (step.text for step in steps_of(requirement.needs(verdict.evidence, 3)))


def said_by(found: Finding) -> Iterator[str]:
    texts = (found.asked, found.measured, found.threshold, *found.missing, *found.all_left_out)
    yield from (text for text in texts if isinstance(text, Sentence))
    yield from (source.told for source in found.sources)
    for child in found.children:
        yield from said_by(child)


@pytest.fixture(scope="module")
def gathered() -> set[object]:
    return {message.id for message in messages.gather()}


@pytest.mark.parametrize(("key", "cases", "case"), EVERY_CASE)
def test_every_sentence_of_a_proof_is_for_translators(
    key: str, cases: Cases, case: Case, gathered: set[object]
) -> None:
    scheme = LIBRARY.scheme(key)
    verdict = verdict_of(cases, case, scheme, LIBRARY.models_of(scheme))
    texts = set(sentences_of(verdict))
    assert len(texts) > 20
    with pseudo_locale.spoken(), translation.override(pseudo_locale.LANGUAGE):
        outside = {text: pseudo_locale.outside(str(told(text)))[0].strip() for text in texts}
    assert {text: left for text, left in outside.items() if left} == {}
    assert {text.template for text in texts if isinstance(text, Sentence)} <= {
        *gathered,
        "%(parts)s",  # several sentences, one after the other
    }


@pytest.mark.parametrize(
    ("sentence", "english", "german"),
    [
        (
            say("%(metric)s is on target in %(month)s", metric="calls", month=MARCH),
            "calls is on target in March 2026",
            "calls ist im März 2026 im Ziel",
        ),
        (
            say(
                ">= %(target)s (from %(start)s)",
                target=Exact(Fraction(33, 40)),
                start=date(2026, 3, 9),
            ),
            ">= 0.825 (from 9 March 2026)",
            ">= 0,825 (ab 9. März 2026)",
        ),
        (
            say("at least %(share)s of the metrics", share=Share(Fraction(5, 8))),
            "at least 62.5 % of the metrics",
            "mindestens 62,5 % der Kennzahlen",
        ),
        (
            say("at least %(share)s of the metrics", share=Share(Fraction(2, 3))),
            "at least 2/3 of the metrics",
            "mindestens 2/3 der Kennzahlen",
        ),
        (
            say("assess %(more)s more contacts of the site", more=12345),
            "assess 12,345 more contacts of the site",
            "12.345 weitere Kontakte des Standorts bewerten",
        ),
        (
            say("must %(what)s", what=listed(say("be communicated"), say("be tested"))),
            "must be communicated, be tested",
            "muss bekannt gemacht werden, erprobt werden",
        ),
        (
            say("readings %(metrics)s", metrics=listed("aht", "calls", between=" or ")),
            "readings aht or calls",
            "Messwerte von aht oder calls",
        ),
        (
            series([OwnText("There is no client.", {"de": "Es gibt keinen Auftraggeber."})]),
            "There is no client.",
            "Es gibt keinen Auftraggeber.",
        ),
        (series([OwnText("Nobody translated it.")]), "Nobody translated it.", None),
        ("1083083/1457231", "74.3 % (1,083,083 of 1,457,231)", "74,3 % (1.083.083 von 1.457.231)"),
        ("82.5", "82.5", "82,5"),
        ("-0.25", "-0.25", "-0,25"),
    ],
)
def test_figures_are_written_as_the_reader_writes_them(
    sentence: str, english: str, german: str | None
) -> None:
    assert told(sentence) == Told(english)
    with translation.override("de"):
        assert told(sentence) == Told(german or english)


def test_a_text_of_which_no_sentence_was_kept_stays_english_and_says_so() -> None:
    with translation.override("de"):
        assert told("at least 9 of 12 months") == Told("at least 9 of 12 months", "en")
        shown = drawn("{% said text %}", text="at least 9 of 12 months since 2026-01")
    assert shown == '<span lang="en">at least 9 of 12 months since January 2026</span>'


def test_what_somebody_wrote_is_shown_as_text_and_never_as_a_page() -> None:
    sentence = say("%(action)s on %(day)s", action="<b>%s & 100 %</b>", day=date(2026, 3, 9))
    with translation.override("de"):
        shown = drawn("{% said text %}", text=sentence)
    assert shown == "&lt;b&gt;%s &amp; 100 %&lt;/b&gt; am 9. März 2026"


def test_a_tree_in_german_marks_nothing_as_english() -> None:
    whole = Finding(
        key="metrics",
        outcome=Outcome.NOT_MET,
        asked="Kennzahlen im Ziel",
        measured=say("%(part)s of %(whole)s", part=1, whole=2),
        threshold=say("at least %(count)s", count=2),
        sources=(Source(date(2026, 1, 1), "performance-maturity-overview", "3.2"),),
        missing=(say("readings %(key)s %(month)s", key="calls", month=MARCH),),
        left_out=(say("%(what)s: %(why)s", what="mails", why=say("no reading")),),
    )
    excused = replace(whole, key="clients", reason=say("no metric is listed"))
    with translation.override("de"):
        template = "<c-finding-tree :findings='findings' id='t' language='de' />"
        shown = drawn(template, findings=[whole, excused])
    assert 'lang="en"' not in shown
    for words in (
        "1 von 2", "mindestens 2", "gilt ab 1. Januar 2026: performance-maturity-overview, 3.2",
        "Messwert von calls, März 2026", "mails: kein Messwert",
        "clients: keine Kennzahl ist aufgeführt",
    ):  # fmt: skip
        assert words in shown
