"""Planned against realised benefit: a metric's months before and after, and what is only noise."""

import random
from fractions import Fraction
from statistics import NormalDist

import pytest

from attain.improvement.rules.outcomes import BenefitVerdict, realised_benefit
from attain.improvement.rules.student import t_of_middle
from attain.measurement.metrics import Direction
from attain.measurement.periods import Month

FIRST = Month.parse("2026-01")
BEFORE = tuple(FIRST.plus(n) for n in range(4))
AFTER = tuple(FIRST.plus(n) for n in range(4, 8))


def readings(*values: int | None) -> dict[Month, Fraction | None]:
    return {
        FIRST.plus(n): None if value is None else Fraction(value) for n, value in enumerate(values)
    }


def test_a_difference_that_no_chance_explains_is_told_with_its_interval() -> None:
    # Means 20 and 30, variances 20/3 each: standard error 1.8257, 6 degrees of freedom, 2.4469.
    found = realised_benefit(
        readings(17, 19, 21, 23, 27, 29, 31, 33), BEFORE, AFTER, Direction.HIGHER, Fraction(12)
    )
    assert found.before.mean == 20
    assert found.after.mean == 30
    assert found.difference == 10
    assert found.low == pytest.approx(5.5326, abs=1e-4)
    assert found.high == pytest.approx(14.4674, abs=1e-4)
    assert not found.is_noise
    assert found.verdict is BenefitVerdict.BETTER
    assert found.is_as_planned


def test_for_a_metric_that_is_better_lower_a_rise_is_worse() -> None:
    rise = readings(17, 19, 21, 23, 27, 29, 31, 33)
    found = realised_benefit(rise, BEFORE, AFTER, Direction.LOWER, Fraction(-5))
    assert found.verdict is BenefitVerdict.WORSE
    assert found.is_as_planned is False


def test_unequal_variances_take_fewer_degrees_of_freedom() -> None:
    # Variances 20/3 and 0: only the months before speak, with 3 degrees of freedom and 3.1824.
    found = realised_benefit(
        readings(17, 19, 21, 23, 22, 22, 22, 22), BEFORE, AFTER, Direction.HIGHER
    )
    assert found.low == pytest.approx(2 - 3.18245 * (20 / 12) ** 0.5, abs=1e-4)
    assert found.is_noise
    assert found.verdict is BenefitVerdict.NOISE
    assert found.is_as_planned is None


def test_a_missing_month_is_counted_and_never_zero() -> None:
    found = realised_benefit(
        readings(17, None, 21, 23, 27, 29, None), BEFORE, AFTER, Direction.HIGHER
    )
    assert (found.before.n, found.before.missing) == (3, 1)
    assert (found.after.n, found.after.missing) == (2, 2)
    assert found.after.mean == 28


def test_one_month_on_a_side_has_a_difference_but_no_interval() -> None:
    found = realised_benefit(readings(1, 2, 3, 4, 9), BEFORE, AFTER, Direction.HIGHER)
    assert found.difference == Fraction(13, 2)
    assert (found.low, found.high, found.is_noise) == (None, None, False)
    assert found.verdict is BenefitVerdict.UNDETERMINED


def test_no_month_on_a_side_is_undetermined() -> None:
    found = realised_benefit(readings(1, 2, 3, 4), BEFORE, AFTER, Direction.HIGHER)
    assert (found.after.mean, found.after.n, found.after.missing) == (None, 0, 4)
    assert found.difference is None
    assert found.verdict is BenefitVerdict.UNDETERMINED


def test_months_that_do_not_vary_at_all_differ_by_just_their_difference() -> None:
    found = realised_benefit(readings(5, 5, 5, 5, 7, 7, 7, 7), BEFORE, AFTER, Direction.HIGHER)
    assert (found.low, found.high) == (2.0, 2.0)
    same = realised_benefit(readings(*[5] * 8), BEFORE, AFTER, Direction.HIGHER)
    assert same.is_noise


def test_a_month_on_both_sides_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-04 before and after"):
        realised_benefit(readings(1, 2), BEFORE, (BEFORE[-1], *AFTER), Direction.HIGHER)


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [
        (1, 12.7062),
        (2, 4.3027),
        (3, 3.1824),
        (6, 2.4469),
        (10, 2.2281),
        (30, 2.0423),
        (120, 1.9799),
    ],
)
def test_quantiles_are_those_of_the_printed_tables(freedom: int, quantile: float) -> None:
    assert t_of_middle(freedom) == pytest.approx(quantile, abs=5e-5)


def test_with_many_degrees_of_freedom_it_is_the_normal_distribution() -> None:
    assert t_of_middle(2000) == pytest.approx(NormalDist().inv_cdf(0.975), abs=2e-3)


def test_the_interval_holds_the_true_difference_in_nineteen_of_twenty_trials() -> None:
    drawn, held = random.Random(4), 0
    for _ in range(400):
        values = [round(drawn.gauss(0, 1000)) for _ in range(3)]
        values += [round(drawn.gauss(500, 1000)) for _ in range(5)]
        found = realised_benefit(
            readings(*values),
            tuple(FIRST.plus(n) for n in range(3)),
            tuple(FIRST.plus(n) for n in range(3, 8)),
            Direction.HIGHER,
        )
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 500 <= found.high
    assert 364 <= held <= 394
