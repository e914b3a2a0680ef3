"""When a plan reaches the next level of each item, and of the whole by the model's roll-up."""

from fractions import Fraction

from assessed import MODEL
from attain.improvement.rules.candidates import Candidate, Means, PlanRequest
from attain.improvement.rules.plans import plan_of
from attain.improvement.rules.reaching import ReachedLevel, levels_reached, rises, standings
from attain.improvement.rules.steps import lower_steps, steps_of_gaps
from attain.standards.ratings import ItemRating

RATINGS = {
    "forecast": ItemRating(level=1, target=3),
    "budget": ItemRating(level=1, target=2),
    "hiring": ItemRating(level=2, target=2),
}
STEPS = steps_of_gaps("leeds", MODEL, RATINGS)
WAITS = lower_steps(STEPS)
CANDIDATES = tuple(
    Candidate(step.key, 1, after=(WAITS[step.key],) if step.key in WAITS else ()) for step in STEPS
)
REQUEST = PlanRequest(CANDIDATES, Means((9, 9, 9), (9, 9, 9)), horizon=6)
PLAN = plan_of(REQUEST, {"leeds/forecast/2": 0, "leeds/budget/2": 1, "leeds/forecast/3": 2})


def test_each_level_is_reached_at_the_end_of_the_quarter_in_which_its_work_ends() -> None:
    assert levels_reached(STEPS, PLAN) == [
        ReachedLevel(0, "leeds", "forecast", 2),
        ReachedLevel(1, "leeds", "budget", 2),
        ReachedLevel(2, "leeds", "forecast", 3),
    ]


def test_the_whole_rises_when_the_model_says_so_and_not_with_the_first_item() -> None:
    # The model rolls up to the lowest item: the budget keeps the whole on 1 until its own step.
    found = standings("leeds", MODEL, RATINGS, STEPS, PLAN)
    assert [each.quarter for each in found] == [-1, 0, 1, 2]
    assert [each.standing.whole.value for each in found] == [Fraction(n) for n in (1, 1, 2, 2)]
    assert [each.quarter for each in rises(found)] == [1]


def test_what_is_left_out_of_the_plan_is_not_reached() -> None:
    partly = plan_of(REQUEST, {"leeds/forecast/2": 0})
    assert [each.item for each in levels_reached(STEPS, partly)] == ["forecast"]
    assert rises(standings("leeds", MODEL, RATINGS, STEPS, partly)) == []


def test_a_plan_of_another_centre_changes_nothing_here() -> None:
    found = standings("york", MODEL, RATINGS, STEPS, PLAN)
    assert {each.standing.whole.value for each in found} == {1}


def test_while_an_item_is_open_the_whole_is_not_taken_as_risen_on_its_best_case() -> None:
    ratings = {key: rating for key, rating in RATINGS.items() if key != "hiring"}
    found = standings("leeds", MODEL, ratings, STEPS, PLAN)
    assert found[-1].standing.whole.value is None
    assert rises(found) == []
