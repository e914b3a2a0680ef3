"""What if: each kind of input that a requirement looks at can be another, and is judged so."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from attain.certification.rules.supposing import (
    Supposed,
    SupposedVolume,
    Supposition,
    suppose,
    volume_that_is,
)
from attain.measurement.counting import Tally
from attain.measurement.periods import Month
from attain.standards.figures import Document, Figures, Satisfaction, SatisfactionKind
from attain.standards.library import default_library
from attain.standards.verdicts import certify
from small_centres import AS_OF, LAST, centre

SCHEME = default_library().scheme("performance-tiers")
PLAN = ("business_continuity_plan", "Plan")


def figures(**tables: object) -> Figures:
    """Return a centre that reaches tier 3 with nothing to spare."""
    given: dict[str, Any] = {
        "scope": {"channels": ("phone", "email"), "site": 1000, "assessed": 800},
        "metrics": {
            "answer-time": {"facing": "end_user_facing", "months": "++++++++++++"},
            "forecast": {"facing": "enabling", "months": "++++++++++++"},
        },
        "systems": {"telephony": {"months": "++++++++++++"}},
        "service_levels": ("phone", "email"),
        "volumes": {
            "phone": {"2026-10": {"attaining": 700, "offered": 1000}},
            "email": {"2026-10": {"attaining": 700, "offered": 1000}},
        },
        "initiatives": {"callbacks": {}, "knowledge": {}, "rostering": {}},
        "practices": {"coaching": {}},
        "documents": {"Plan": {"communicated_on": "2026-01-10", "tested_on": "2026-05-01"}},
        "satisfaction": {
            "end users": {"kind": "end_user", "month": "2026-10", "value": "4/5", "target": "4/5"}
        },
        "incidents": {"outage": {"severity": "high", "responded_minutes": 0, "cost_impact": 0}},
        "changes": {"dialler": {"business_requirement": "BR-1", "annual_plan_reference": "AP-1"}},
    }
    return centre(AS_OF, **(given | tables))


def plan(**told: Any) -> Document:
    parts: dict[str, Any] = {
        "kind": PLAN[0],
        "title": PLAN[1],
        "dated": date(2026, 1, 1),
        "covers_backup_and_recovery": True,
        "sets_acceptable_levels": True,
        "communicated_on": date(2026, 1, 10),
        "tested_on": date(2026, 5, 1),
    }
    return Document(**(parts | told))


def lacking(found: Figures) -> dict[str, str]:
    """Return the requirements that are not met by their tier and key, with their outcomes."""
    verdict = certify(found, SCHEME, AS_OF)
    return {
        f"{tier.tier}/{finding.key}": finding.outcome.value
        for tier in verdict.tiers
        for finding in tier.requirements
        if finding.outcome.is_lacking
    }


BAD: Mapping[str, tuple[Supposition, set[str]]] = {
    "a practice": (Supposition(practices={"coaching": False}), {"1/practices-documented"}),
    "coverage": (
        Supposition(assessed_volume=799),
        {"1/coverage", "2/coverage", "3/coverage"},
    ),
    "the whole site": (
        Supposition(site_volume=1001),
        {"1/coverage", "2/coverage", "3/coverage"},
    ),
    "a missing month": (
        Supposition(metrics={("forecast", LAST.plus(-11)): Supposed.MISSING}),
        {"3/metrics-tracked", "3/enabling-on-target"},
    ),
    "an initiative": (Supposition(initiatives={"callbacks": False}), {"3/initiatives"}),
    "a share of a channel": (
        Supposition(volumes={("phone", LAST): SupposedVolume(attaining=Fraction(699, 1000))}),
        {"3/service-level"},
    ),
    "uptime": (
        Supposition(
            systems={
                ("telephony", LAST): Supposed.OFF_TARGET,
                ("telephony", LAST.plus(-1)): Supposed.OFF_TARGET,
            }
        ),
        {"3/uptime"},
    ),
    "a document": (
        Supposition(documents={PLAN: None}),
        {"2/business-continuity", "3/business-continuity"},
    ),
    "a test of a document": (
        Supposition(documents={PLAN: plan(tested_on=date(2025, 10, 30))}),
        {"3/business-continuity"},
    ),
    "satisfaction": (
        Supposition(
            satisfaction={
                SatisfactionKind.END_USER: Satisfaction(
                    SatisfactionKind.END_USER, LAST, Fraction(79, 100), Fraction(4, 5)
                )
            }
        ),
        {"3/end-user-satisfaction"},
    ),
    "an incident": (Supposition(incidents={"outage": False}), {"3/it-response"}),
    "a technology change": (Supposition(changes={"dialler": False}), {"3/technology-alignment"}),
}


@pytest.mark.parametrize("what", BAD)
def test_each_kind_of_input_can_cost_what_looks_at_it_and_nothing_else(what: str) -> None:
    supposed, fails = BAD[what]
    before = figures()
    assert lacking(before) == {}
    assert set(lacking(suppose(before, supposed))) == fails
    assert not supposed.is_empty


GOOD: Mapping[str, tuple[dict[str, Any], Supposition]] = {
    "a practice": (
        {"practices": {"coaching": {"documented": "no"}}},
        Supposition(practices={"coaching": True}),
    ),
    "coverage": (
        {"scope": {"channels": ("phone", "email"), "site": 1000, "assessed": 799}},
        Supposition(assessed_volume=800),
    ),
    "a further initiative": (
        {"initiatives": {"callbacks": {}, "knowledge": {}}},
        Supposition(further_initiatives=1),
    ),
    "an initiative": (
        {"initiatives": {"callbacks": {}, "knowledge": {}, "rostering": {"outcome": False}}},
        Supposition(initiatives={"rostering": True}),
    ),
    "a channel without intervals": (
        {"volumes": {"phone": {"2026-10": {"attaining": 700, "offered": 1000}}}},
        Supposition(volumes={("email", LAST): SupposedVolume(Fraction(7, 10), 1000)}),
    ),
    "a document": ({"documents": {}}, Supposition(documents={PLAN: plan()})),
    "an incident": (
        {"incidents": {"outage": {"severity": "high"}}},
        Supposition(incidents={"outage": True}),
    ),
    "a technology change": (
        {"changes": {"dialler": {}}},
        Supposition(changes={"dialler": True}),
    ),
    "satisfaction that is not measured": (
        {
            "satisfaction": {
                "end users": {
                    "kind": "end_user",
                    "month": "2026-10",
                    "value": "7/10",
                    "target": "4/5",
                }
            }
        },
        Supposition(satisfaction={SatisfactionKind.END_USER: None}),
    ),
    "an action": (
        {
            "metrics": {
                "answer-time": {"facing": "end_user_facing", "months": "++++++++++++"},
                "forecast": {"facing": "enabling", "months": "+++++++++++-"},
            }
        },
        Supposition(actions=frozenset({("forecast", LAST)})),
    ),
}


@pytest.mark.parametrize("what", GOOD)
def test_each_kind_of_input_can_be_put_right(what: str) -> None:
    tables, supposed = GOOD[what]
    before = figures(**tables)
    assert lacking(before)
    assert lacking(suppose(before, supposed)) == {}


def test_what_is_supposed_takes_the_place_of_what_is_and_no_more() -> None:
    before = figures()
    wish = Supposition(
        metrics={("forecast", LAST): Supposed.MISSING},
        systems={("telephony", LAST): Supposed.OFF_TARGET},
        practices={"coaching": False},
        documents={PLAN: None},
        actions=frozenset({("forecast", LAST)}),
    )
    after = suppose(before, wish)
    forecast = next(metric for metric in after.metrics if metric.metric == "forecast")
    assert LAST not in forecast.readings
    assert LAST.plus(-1) in forecast.readings
    up = after.systems[0].uptime[LAST]
    assert up.uptime < up.target
    assert after.documents == ()
    assert after.actions[-1].taken_on == LAST.last_day
    assert after.incidents == before.incidents
    assert suppose(before, Supposition()) == before
    assert Supposition().is_empty
    assert before.metrics[1].readings[Month.parse("2026-10")]


def test_a_supposed_share_is_cut_to_whole_contacts_and_never_rounded_up() -> None:
    wish = SupposedVolume(attaining=Fraction(9999, 10000))
    assert volume_that_is(Tally(0, 0, 100), wish) == Tally(99, 0, 100)


def test_supposed_contacts_attain_in_the_share_that_the_month_had() -> None:
    assert volume_that_is(Tally(50, 25, 100), SupposedVolume(offered=10)) == Tally(5, 2, 10)
    assert volume_that_is(Tally(0, 0, 0), SupposedVolume(offered=10)) == Tally(0, 10, 10)
