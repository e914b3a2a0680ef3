"""Gaps that centres share, who has what another lacks, and which centres are alike."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessed import MODEL
from attain.assessments.rules.estate import (
    FEWEST_PEERS,
    Kinship,
    Place,
    among_peers,
    distribution,
    donors,
    peers,
    quartiles,
    shared_gaps,
)
from attain.standards.ratings import ItemRating, Ratings


def rated(**levels: int | None) -> Ratings:
    return {key: ItemRating(level, 2) for key, level in levels.items()}


ESTATE = {
    "leeds": rated(forecast=0, budget=2),
    "poole": rated(forecast=1, budget=1),
    "truro": rated(forecast=3, budget=None),
}


def test_the_gap_of_most_centres_comes_first_with_those_who_have_it() -> None:
    (first,) = shared_gaps(MODEL, ESTATE)
    assert (first.item, first.centres, first.rated, first.levels) == (
        "forecast",
        ("leeds", "poole"),
        3,
        3,
    )
    assert first.share == Fraction(2, 3)


def test_a_centre_that_is_not_rated_counts_neither_as_short_nor_as_rated() -> None:
    found = {gap.item: gap for gap in shared_gaps(MODEL, ESTATE, least=1)}
    assert (found["budget"].centres, found["budget"].rated) == (("poole",), 2)
    assert "hiring" not in found


def test_a_donor_is_on_the_target_that_a_centre_is_short_of() -> None:
    assert donors(ESTATE, "forecast", "leeds") == ["truro"]
    assert donors(ESTATE, "budget", "poole") == ["leeds"]
    assert donors(ESTATE, "forecast", "truro") == []


def test_the_distribution_counts_those_without_a_level_apart() -> None:
    assert distribution(ESTATE, "budget") == {2: 1, 1: 1, None: 1}


KINSHIPS = {
    "leeds": Kinship("internal", "contact_centre", 100_000),
    "poole": Kinship("internal", "contact_centre", 200_000),
    "truro": Kinship("internal", "contact_centre", 200_001),
    "derby": Kinship("third_party", "contact_centre", 100_000),
    "ripon": Kinship("internal", "contact_centre", 0),
}


def test_peers_are_run_alike_and_at_most_twice_as_large() -> None:
    assert peers(KINSHIPS, "leeds") == ["poole"]
    assert peers(KINSHIPS, "poole") == ["leeds", "truro"]


def test_a_centre_whose_volume_is_not_known_has_no_peers_and_is_none() -> None:
    assert peers(KINSHIPS, "ripon") == []


def test_being_peers_is_mutual() -> None:
    for one in KINSHIPS:
        assert all(one in peers(KINSHIPS, other) for other in peers(KINSHIPS, one))


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], None), ([2], (2, 2, 2)), ([1, 2, 3, 4, 5], (2, 3, 4)), ([0, 1], (0.25, 0.5, 0.75))],
)
def test_quartiles_lie_between_the_figures_in_order(
    values: list[int], expected: tuple[float, ...] | None
) -> None:
    found = quartiles([Fraction(v) for v in values])
    assert found == (None if expected is None else tuple(map(Fraction, expected)))


@given(st.lists(st.fractions(), min_size=1))
def test_quartiles_stay_within_the_figures(values: list[Fraction]) -> None:
    found = quartiles(values)
    assert found is not None
    assert min(values) <= found[0] <= found[1] <= found[2] <= max(values)


def test_of_fewer_than_four_peers_nothing_is_told() -> None:
    three = among_peers(Fraction(1), [Fraction(1), Fraction(2), None, Fraction(3)])
    assert (three.peers, three.quartiles, three.place) == (FEWEST_PEERS - 1, None, None)
    four = among_peers(Fraction(1), [Fraction(n) for n in (1, 2, 3, 4)])
    assert (four.peers, four.quartiles) == (4, (Fraction(7, 4), Fraction(5, 2), Fraction(13, 4)))


@pytest.mark.parametrize(
    ("own", "place"),
    [
        (Fraction(7, 4) - Fraction(1, 100), Place.LOWEST_QUARTER),
        (Fraction(7, 4), Place.MIDDLE),
        (Fraction(13, 4), Place.MIDDLE),
        (Fraction(13, 4) + Fraction(1, 100), Place.HIGHEST_QUARTER),
        (None, None),
    ],
)
def test_a_figure_lies_beside_its_peers_quartiles(
    own: Fraction | None, place: Place | None
) -> None:
    assert among_peers(own, [Fraction(n) for n in (1, 2, 3, 4)]).place is place
