"""The text of a verdict: what a site lead reads, to the letter."""

from typing import Any

import pytest

from attain.measurement.metrics import MonthState
from attain.measurement.outcomes import Outcome
from attain.standards.figures import Figures
from attain.standards.findings import Strip
from attain.standards.library import default_library
from attain.standards.loader import load
from attain.standards.rendering import MARKS, MOST_SHOWN, STATES, first_few, write_strip, write_text
from attain.standards.scheme import Scheme
from attain.standards.verdicts import certify
from attain.standards.yaml_nodes import read_yaml
from small_centres import AS_OF, LAST, centre

SCHEME = """
scheme: small
title: Small scheme
edition: "7"
status: draft
applies_to: [site, programme]
licence: Apache-2.0
sources: [the-book]
thresholds:
  three:
    {title: t, unit: months, values: {2026-01-01: {value: 3, source: the-book, clause: page 1}}}
  most:
    {title: t, unit: share, values: {0001-01-01: {value: 2/3, source: the-book, clause: page 2}}}
  nine:
    {title: t, unit: count, values: {2026-01-01: {value: 9, source: the-book, clause: page 2}}}
tiers:
  - tier: 1
    title: Basic
    requirements:
      covered:
        title: All is assessed
        why: w
        clause: c
        rule: {kind: coverage, site: most, programme: most}
  - tier: 2
    title: Better
    requirements:
      tier-1: {title: Basic is met, why: w, clause: c, rule: {kind: lower_tier, tier: 1}}
      tracked:
        title: All is tracked
        why: w
        clause: c
        rule: {kind: tracked_for_months, months: three}
      on-target:
        title: Most is on target
        why: w
        clause: c
        rule:
          kind: share_on_target
          facing: end_user_facing
          share_of_metrics: most
          share_of_periods: most
          of_twelve: nine
          least_months: three
          exempt: [low_volume]
      service:
        title: Most is answered
        why: w
        clause: c
        rule: {kind: interval_attainment, channels: [phone, email], share_of_volume: most}
      reports:
        title: The client sees reports
        why: w
        clause: c
        not_applicable_when: {operation: internal, reason: there is no client}
        rule: {kind: documented_practices, only: [reports]}
      changes:
        title: Changes follow the plan
        why: w
        clause: c
        strength: should
        rule: {kind: change_tied_to_plan}
"""
SMALL = load(read_yaml(SCHEME, "small.yaml"), Scheme)
FACING = {"facing": "end_user_facing"}
COST = {"facing": "enabling", "months": "+++"}


def small_centre(**tables: Any) -> Figures:
    metrics = {
        "answer-time": {**FACING, "months": "++++++++++++"},
        "waiting": {**FACING, "months": "?--.++++"},
        "rare": {**FACING, "low_volume": True, "months": "+++"},
        "cost": {"months": "++", "facing": "enabling"},
    }
    volumes = {
        "phone": {"2026-10": {"attaining": 600, "offered": 1000}},
        "email": {"2026-10": {"attaining": 9, "offered": 14}},
    }
    given: dict[str, Any] = {
        "scope": {"site": 30_001, "assessed": 30_000},
        "metrics": metrics,
        "volumes": volumes,
        "changes": {"new phones": {}},
    }
    return centre(**{**given, **tables})


def text_of(figures: Figures, scheme: Scheme = SMALL) -> str:
    return write_text(certify(figures, scheme, AS_OF, default_library().models_of(scheme)))


GOLDEN = """\
A case (site, run internally), as of 2026-10-31
Small scheme, edition 7, draft

TIER 1 of 2 is reached: Basic

What would change the verdict: the least for each requirement of tier 2
  tracked: go on measuring, 2026-11-30 at the earliest
  on-target: state the target of waiting in 2026-03
             supply the 2026-06 figure of waiting
  service: phone on target next month, 2026-11-30 at the earliest

Missing where tier 2 is undetermined: targets waiting 2026-03; readings waiting 2026-06

The proof. Months run from left to right and end with 2026-10: \
● on target  ○ off target  _ no reading  ? no target in force
What is asked stands in: the-book, in force always; the-book, in force from 2026-01-01

✓ Tier 1, Basic: met
  ✓ All is assessed [covered]: met \
(found 30,000 of 30,001 = 99.99 %; asked at least 2/3 for a site, page 2)

✗ Tier 2, Better, on top of tier 1: not met
  ✗ All is tracked [tracked]: not met (found 3 of 4; asked 3 months each, page 1)
              NDJFMAMJJASO
      ✗ cost |          ●●| found 2 of 3 months; asked 3 of 3 months
  ? Most is on target [on-target]: undetermined \
(found 1 of 2 = 50 %; asked at least 2/3 of the metrics, page 2)
                     NDJFMAMJJASO
      ✓ answer-time |●●●●●●●●●●●●| found 12 of 12 months
      ? waiting     |    ?○○_●●●●| found 4 of 8 months; asked at least 6 of 8 months
      left out: rare: the process rare-process is marked low volume
  ✗ Most is answered [service]: not met \
(found 609 of 1,014 = 60.05 %; asked at least 2/3 of the volume, page 2)
      phone: 600 of 1,000 = 60 %
      email: 9 of 14 = 64.28 %
  – The client sees reports [reports]: not applicable, there is no client
  ✗ Changes follow the plan [changes]: not met (found 0 of 1; asked every change)
      ✗ new phones: not met (found lacks business_requirement, annual_plan_reference; \
asked business_requirement, annual_plan_reference)
"""


def test_a_verdict_is_told_to_the_letter() -> None:
    assert text_of(small_centre()) == GOLDEN


def test_a_share_is_cut_and_never_rounded_up_to_what_is_asked() -> None:
    text = text_of(small_centre(scope={"site": 300_000, "assessed": 199_999}))
    assert "found 199,999 of 300,000 = 66.66 %" in text
    assert "✗ All is assessed [covered]: not met" in text


def test_no_tier_and_a_centre_run_by_a_third_party_are_told() -> None:
    scope = {"kind": "programme", "operation": "third_party", "site": 10, "assessed": 1}
    lines = text_of(small_centre(scope=scope)).splitlines()
    assert lines[0] == "A case (programme, run by a third party), as of 2026-10-31"
    assert lines[3] == "NO TIER of 2 is reached"
    assert "  covered: assess 6 more contacts of the site" in lines
    assert "  ? The client sees reports [reports]: undetermined (found 0 of 1;" in "\n".join(lines)


def best_centre() -> Figures:
    metrics = {
        "answer-time": {**FACING, "months": "++++++++++++"},
        "cost": COST,
    }
    volumes = {
        channel: {"2026-10": {"attaining": 2, "offered": 2}} for channel in ("phone", "email")
    }
    return centre(metrics=metrics, volumes=volumes)


def test_on_the_highest_tier_nothing_more_is_asked_for() -> None:
    text = text_of(best_centre())
    assert "\nTIER 2 of 2 is reached: Better\n\nThe highest tier is reached.\n\nThe proof." in text
    assert "What would change" not in text


def test_months_that_are_only_tracked_are_shown_where_they_lack_alone() -> None:
    tracked = text_of(best_centre()).partition("[tracked]")[2].partition("[on-target]")[0]
    assert "|" not in tracked


def test_a_published_scheme_is_not_called_anything() -> None:
    published = SMALL.model_copy(update={"status": "published"})
    assert text_of(best_centre(), published).splitlines()[1] == "Small scheme, edition 7"
    withdrawn = SMALL.model_copy(update={"status": "withdrawn"})
    assert text_of(best_centre(), withdrawn).splitlines()[1] == "Small scheme, edition 7, withdrawn"


def test_what_should_hold_is_no_part_of_what_would_change_the_verdict() -> None:
    head = text_of(small_centre()).partition("The proof.")[0]
    assert "changes:" not in head
    assert "reports:" not in head


def test_what_nothing_can_change_within_a_year_is_said_so() -> None:
    strips = {"far": {**FACING, "months": "------------"}, "cost": COST}
    fourteen = SMALL.model_copy(
        update={
            "thresholds": {
                **SMALL.thresholds,
                "three": SMALL.thresholds["three"].model_copy(
                    update={
                        "values": {
                            day: dated.model_copy(update={"value": dated.value * 5})
                            for day, dated in SMALL.thresholds["three"].values.items()
                        }
                    }
                ),
            }
        }
    )
    text = text_of(small_centre(metrics=strips), fourteen)
    assert "  on-target: nothing that attain knows of, within 12 months\n" in text


def test_a_metric_without_any_reading_lacks_every_month() -> None:
    metrics = {"new": {**FACING, "months": ""}, "cost": COST}
    text = text_of(small_centre(metrics=metrics))
    assert "? new |____________| no reading yet; asked a window of at least 3 months" in text


def test_a_channel_without_an_interval_is_told_so() -> None:
    volumes = {"phone": {"2026-10": {"attaining": 6, "offered": 10}}}
    text = text_of(small_centre(volumes=volumes))
    assert "      email: no interval\n" in text


def test_the_months_of_a_strip_are_signs_from_the_earliest_on() -> None:
    states = (
        MonthState.BEFORE_FIRST,
        MonthState.NO_TARGET,
        MonthState.OFF_TARGET,
        MonthState.NO_READING,
        MonthState.ON_TARGET,
    )
    months = tuple(LAST.plus(n - 4) for n in range(5))
    assert write_strip(Strip(months, states)) == " ?○_●"
    assert len(set(STATES.values())) == len(MonthState)
    assert len(set(MARKS.values())) == len(Outcome)


@pytest.mark.parametrize("key", default_library().keys("scheme"))
def test_no_line_ends_in_a_blank(key: str) -> None:
    scheme = default_library().scheme(key)
    for figures in (centre(), small_centre(), best_centre()):
        text = text_of(figures, scheme)
        assert [line for line in text.splitlines() if line != line.rstrip()] == []
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


HOSTILE = "\x1b[2J\x07\r\u202egnp\x9b31m\nTIER 9 of 9"


def text_of_a_centre_with(name: str) -> str:
    figures = small_centre(
        metrics={name: {**FACING, "months": "--"}, "cost": COST},
        changes={name: {}},
        practices={"reports": {"documented": "not_applicable", "reason": name}},
        scope={"operation": "third_party"},
    )
    return text_of(figures)


def test_control_characters_of_a_centre_do_not_reach_the_terminal() -> None:
    text = text_of_a_centre_with(HOSTILE)
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "\\x1b[2J\\x07\\r\\u202egnp\\x9b31m\\nTIER 9 of 9" in text
    assert not any(line.strip().startswith("TIER 9") for line in text.splitlines())
    assert len(text.splitlines()) == len(text_of_a_centre_with("plain").splitlines())


@pytest.mark.parametrize("count", [0, 1, MOST_SHOWN, MOST_SHOWN + 1])
def test_a_few_texts_are_all_shown(count: int) -> None:
    texts = [f"text {n}" for n in range(count)]
    assert first_few(texts) == texts


def test_of_many_texts_the_first_are_shown_and_the_rest_counted() -> None:
    texts = [f"text {n}" for n in range(MOST_SHOWN + 2)]
    assert first_few(texts) == [*texts[:MOST_SHOWN], "and 2 more (--next --json has all)"]


def test_many_steps_of_one_requirement_are_cut_with_their_number() -> None:
    metrics = {f"m{n}": {**FACING, "months": "+.+"} for n in range(MOST_SHOWN + 4)}
    text = text_of(small_centre(metrics={**metrics, "cost": COST}))
    head = text.partition("\nThe proof.")[0]
    assert head.count("             supply the") < MOST_SHOWN
    assert "           and 4 more (--next --json has all)\n" in head
