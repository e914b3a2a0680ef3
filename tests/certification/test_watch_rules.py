"""The watch: held, open or lost; at risk where one bad month would cost it."""

from datetime import date
from fractions import Fraction

import pytest

from attain.certification.rules.supposing import reading_that_is
from attain.certification.rules.watching import Watched, WatchOutcome, after_a_bad_month, watch
from attain.standards.figures import Figures
from attain.standards.library import default_library
from small_centres import AS_OF, LAST, centre

SCHEME = default_library().scheme("performance-tiers")
NEXT = LAST.plus(1)


def figures(
    months: str = "++++++++++++", enabling: str = "++++++++++++", **tables: object
) -> Figures:
    """Return a centre that reaches tier 2, with a strip of its enabling metric."""
    given = {
        "scope": {"channels": ("phone", "email"), "site": 1000, "assessed": 1000},
        "metrics": {
            "answer-time": {"facing": "end_user_facing", "months": "++++++++++++"},
            "forecast": {"facing": "enabling", "months": enabling},
        },
        "systems": {"telephony": {"months": "++++++++++++"}},
        "service_levels": ("phone", "email"),
        "volumes": {
            "phone": {"2026-10": {"attaining": 1000, "offered": 1000}},
            "email": {"2026-10": {"attaining": 1000, "offered": 1000}},
        },
        "initiatives": {"callbacks": {}, "knowledge": {}},
        "practices": {"coaching": {}},
        "documents": {"Plan": {"communicated_on": "2026-01-10", "tested_on": "2026-05-01"}},
    }
    return centre(AS_OF, **(given | tables))


def watched(found: Figures, tier: int = 2, as_of: date = AS_OF) -> Watched:
    return watch(found, SCHEME, {}, tier, as_of)


def test_a_certificate_with_room_to_spare_is_held_and_not_at_risk() -> None:
    plenty = {
        channel: {
            f"2026-{month:02d}": {"attaining": 1000, "offered": 1000} for month in range(1, 11)
        }
        for channel in ("phone", "email")
    }
    found = watched(figures(volumes=plenty))
    assert found.outcome is WatchOutcome.HELD
    assert not found.is_at_risk
    assert found.failing == ()


def test_a_metric_with_no_month_to_spare_puts_the_certificate_at_risk() -> None:
    # Seven good months of twelve; the oldest of them falls out of the window next month.
    found = watched(figures(enabling="+-----++++++"))
    assert found.outcome is WatchOutcome.HELD
    assert found.is_at_risk
    assert "2/enabling-on-target" in found.at_risk


def test_a_channel_with_one_month_of_volume_would_fall_to_half() -> None:
    found = watched(figures())
    assert found.at_risk == ("2/service-level",)


def test_a_test_of_the_continuity_plan_that_lapses_next_month_is_told() -> None:
    plan = {"Plan": {"communicated_on": "2026-01-10", "tested_on": "2025-11-15"}}
    assert "3/business-continuity" in watched(figures(documents=plan), tier=3).at_risk


def test_a_certificate_whose_tier_is_refuted_is_lost() -> None:
    found = watched(figures(enabling="------++++++"))
    assert found.outcome is WatchOutcome.LOST
    assert found.failing == ("2/enabling-on-target",)
    assert not found.is_at_risk


def test_a_certificate_that_a_missing_month_leaves_open_is_not_lost() -> None:
    found = watched(figures(enabling="+++++++++++."))
    assert found.outcome is WatchOutcome.OPEN
    assert "1/metrics-tracked" in found.failing


def test_a_lower_tier_does_not_care_for_what_a_higher_asks() -> None:
    assert watched(figures(enabling="------++++++"), tier=1).outcome is WatchOutcome.HELD


def test_a_bad_month_comes_with_an_action_for_each_miss() -> None:
    bad = after_a_bad_month(figures(), NEXT)
    found = watch(bad, SCHEME, {}, 1, NEXT.last_day)
    assert found.outcome is WatchOutcome.HELD
    assert {action.month for action in bad.actions} == {NEXT}


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_supposed_reading_is_on_the_side_that_it_is_supposed_to_be(better: str) -> None:
    metric = figures(
        metrics={"a": {"facing": "enabling", "months": "+", "better": better}}
    ).metrics[0]
    good = reading_that_is(metric, LAST, on_target=True)
    bad = reading_that_is(metric, LAST, on_target=False)
    target = metric.targets[0].value
    assert metric.better.reached(good.value, target)
    assert not metric.better.reached(bad.value, target)
    assert bad.denominator == Fraction(1)
