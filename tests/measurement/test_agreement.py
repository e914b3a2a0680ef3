"""Krippendorff's alpha against published values, and what its interval keeps to."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.measurement.agreement import Scale, Unit, agreement, krippendorff_alpha

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "irr_published" / "irr_published.json"
SCALES: tuple[Scale, ...] = ("nominal", "ordinal", "interval")
# Four observers of twelve units, with missing ratings: Krippendorff (2011), example C.
OBSERVERS: list[Unit] = [
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
]
UNITS: list[Unit] = list(zip(*OBSERVERS, strict=True))


@pytest.mark.parametrize(
    ("scale", "published"), [("nominal", "0.743"), ("ordinal", "0.815"), ("interval", "0.849")]
)
def test_alpha_is_the_published_one(scale: Scale, published: str) -> None:
    alpha = krippendorff_alpha(UNITS, scale)
    assert alpha is not None
    assert f"{float(alpha):.3f}" == published


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published ratings are not here")
def test_alpha_of_other_published_ratings_is_the_published_one() -> None:
    told = json.loads(PUBLISHED.read_text())["gwet_raw4raters"]
    nominal = krippendorff_alpha(told["ratings"], "nominal")
    interval = krippendorff_alpha(told["ratings"], "interval")
    checked = told["checked_with_irrCAC_py_0.4.4"]
    assert float(nominal or 0) == pytest.approx(checked["unweighted"]["krippendorff"][0], abs=1e-5)
    assert float(interval or 0) == pytest.approx(checked["quadratic"]["krippendorff"][0], abs=1e-5)


def test_the_interval_holds_alpha_and_is_near_that_of_its_standard_error() -> None:
    found = agreement(UNITS, "nominal", seed=7)
    assert found.alpha is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < float(found.alpha) < found.high <= 1
    # Gwet's standard error of the same ratings is 0.146.
    assert found.high - found.low == pytest.approx(4 * 0.146, rel=0.25)
    assert (found.units, found.ratings) == (11, 40)


def test_the_interval_is_the_same_for_the_same_seed() -> None:
    assert agreement(UNITS, "ordinal", seed=7) == agreement(UNITS, "ordinal", seed=7)
    assert agreement(UNITS, "ordinal", seed=7) != agreement(UNITS, "ordinal", seed=8)


@pytest.mark.parametrize("units", [[], [(1, None)], [(2, 2), (2, 2, 2)], [(None, None)]])
def test_without_pairs_or_without_variation_alpha_is_not_told(units: list[Unit]) -> None:
    found = agreement(units, "ordinal", seed=1)
    assert (found.alpha, found.low, found.high) == (None, None, None)


@pytest.mark.parametrize("scale", SCALES)
def test_those_who_agree_on_everything_reach_one(scale: Scale) -> None:
    assert krippendorff_alpha([(1, 1), (2, 2), (3, 3)], scale) == 1


def test_those_who_always_differ_are_below_chance() -> None:
    assert krippendorff_alpha([(0, 1), (1, 0)], "nominal") == Fraction(-1, 2)


_UNITS = st.lists(st.lists(st.none() | st.integers(0, 4), min_size=2, max_size=4), max_size=8)


@given(_UNITS, st.sampled_from(SCALES), st.randoms())
def test_neither_the_order_of_units_nor_of_assessors_matters(units, scale, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [random.sample(unit, len(unit)) for unit in random.sample(units, len(units))]
    assert krippendorff_alpha(shuffled, scale) == krippendorff_alpha(units, scale)


@given(_UNITS, st.sampled_from(SCALES))
def test_a_unit_rated_by_one_assessor_changes_nothing(units: list[Unit], scale: Scale) -> None:
    alone: list[Unit] = [*units, (3, None, None)]
    assert krippendorff_alpha(alone, scale) == krippendorff_alpha(units, scale)
