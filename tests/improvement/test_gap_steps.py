"""Every step of every gap, kept apart, and what keeps a gap from being told."""

import pytest

from assessed import MODEL
from attain.assessments.rules.entries import EntryFault
from attain.improvement.rules.steps import (
    ItemStep,
    UnfitRatingsError,
    items_without_gap_known,
    lower_steps,
    steps_of_gaps,
)
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import ItemRating
from attain.standards.yaml_nodes import read_yaml

SIZED = load(
    read_yaml(
        """
model: sized
title: Sized
edition: "1"
status: published
licence: Apache-2.0
sources: []
categories:
  planning:
    title: Planning
    items:
      forecast:
        title: Forecast
        question: How is it made?
        process: planning
        levels:
          - {level: 1, text: by hand}
          - {level: 3, text: by tool, step: {effort: 2, gain: 4, benefit: Fewer idle hours}}
          - {level: 4, text: every hour}
""",
        "sized.yaml",
    ),
    MaturityModel,
)


def test_a_gap_of_two_levels_is_two_steps() -> None:
    steps = steps_of_gaps("leeds", MODEL, {"forecast": ItemRating(level=1, target=3)})
    assert [(s.item, s.level, s.to) for s in steps] == [("forecast", 1, 2), ("forecast", 2, 3)]
    assert [s.key for s in steps] == ["leeds/forecast/2", "leeds/forecast/3"]


def test_a_step_carries_what_the_model_says_of_it_and_leads_to_the_next_level_that_exists() -> None:
    steps = steps_of_gaps("leeds", SIZED, {"forecast": ItemRating(level=1, target=4)})
    assert steps == [
        ItemStep("leeds", "forecast", 1, 3, "planning", 2, 4, "Fewer idle hours"),
        ItemStep("leeds", "forecast", 3, 4, "planning", None, None, ""),
    ]


def test_what_is_reached_passed_or_not_applicable_has_no_step() -> None:
    ratings = {
        "forecast": ItemRating(level=3, target=3),
        "budget": ItemRating(not_applicable="head office keeps it"),
    }
    assert steps_of_gaps("leeds", MODEL, ratings) == []


def test_an_item_without_a_level_or_a_target_is_told_and_never_taken_as_without_a_gap() -> None:
    ratings = {
        "forecast": ItemRating(level=2),
        "budget": ItemRating(target=3),
        "hiring": ItemRating(not_applicable="an agency hires"),
    }
    assert steps_of_gaps("leeds", MODEL, ratings) == []
    assert items_without_gap_known(MODEL, ratings) == ["forecast", "budget"]


@pytest.mark.parametrize(
    ("item", "rating", "fault"),
    [
        ("nothing", ItemRating(1, 2), EntryFault.UNKNOWN_ITEM),
        ("forecast", ItemRating(1, 9), EntryFault.UNKNOWN_TARGET),
        ("forecast", ItemRating(3, 2), EntryFault.TARGET_BELOW_LEVEL),
    ],
)
def test_ratings_that_do_not_fit_the_model_are_refused_with_the_item(
    item: str, rating: ItemRating, fault: EntryFault
) -> None:
    with pytest.raises(UnfitRatingsError) as refused:
        steps_of_gaps("leeds", MODEL, {item: rating, "budget": ItemRating(1, 2)})
    assert refused.value.faults == {item: [fault]}
    assert str(refused.value) == f"{item}: {fault}"


def test_a_step_waits_for_the_lower_step_of_its_own_item_at_its_own_centre() -> None:
    gap = {"forecast": ItemRating(level=1, target=3)}
    steps = [*steps_of_gaps("leeds", MODEL, gap), *steps_of_gaps("york", MODEL, gap)]
    assert lower_steps(steps) == {
        "leeds/forecast/3": "leeds/forecast/2",
        "york/forecast/3": "york/forecast/2",
    }
