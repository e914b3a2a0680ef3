"""The fewest steps that meet a need, against every way to do something."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from attain.measurement.periods import Month
from attain.standards.needs import (
    IMPOSSIBLE,
    MOST_OPEN,
    NOTHING,
    AllNeeds,
    Enough,
    Need,
    Step,
    all_needs,
    any_need,
    enough_needs,
    fewest,
    steps_of,
)
from small_centres import centre, evidence_of, rule_from

NAMES = "abcd"
MOST = 3


def step(name: str, amount: int = 1) -> Step:
    return Step(name, f"do {name}", amount, (name, "any"))


STEPS = st.builds(step, st.sampled_from(NAMES), st.integers(1, MOST))
NEEDS: st.SearchStrategy[Need] = st.recursive(
    STEPS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllNeeds(tuple(parts))),
        st.builds(
            lambda needed, options: Enough(needed, tuple(options)),
            st.integers(1, 5),
            st.lists(st.tuples(st.integers(1, 3), inner), max_size=4),
        ),
    ),
    max_leaves=9,
)


def is_met(need: Need, done: Mapping[str, int]) -> bool:
    if isinstance(need, Step):
        return done.get(need.key, 0) >= need.amount
    if isinstance(need, AllNeeds):
        return all(is_met(part, done) for part in need.parts)
    return sum(weight for weight, part in need.options if is_met(part, done)) >= need.needed


def by_brute_force(need: Need) -> int | None:
    ways = product(range(MOST + 1), repeat=len(NAMES))
    units = (sum(way) for way in ways if is_met(need, dict(zip(NAMES, way, strict=True))))
    return min(units, default=None)


@settings(max_examples=150, deadline=None)
@given(need=NEEDS)
def test_the_fewest_steps_are_those_of_exhaustive_search(need: Need) -> None:
    chosen = fewest(need)
    least = by_brute_force(need)
    if chosen is None:
        assert least is None
        return
    assert is_met(need, {s.key: s.amount for s in chosen})
    assert sum(s.amount for s in chosen) == least
    assert len({s.key for s in chosen}) == len(chosen)


def test_a_step_that_is_needed_anyway_makes_the_choice_that_names_it_free() -> None:
    choice = any_need([all_needs([step("gap one"), step("gap two")]), step("on target", 2)])
    chosen = fewest(all_needs([step("gap one"), step("gap two"), choice]))
    assert chosen is not None
    assert [s.key for s in chosen] == ["gap one", "gap two"]


def test_a_step_named_twice_is_done_once_as_often_as_the_greater_amount() -> None:
    assert fewest(all_needs([step("a", 2), step("a", 3), step("a", 1)])) == (step("a", 3),)


def test_weights_add_up_to_what_is_needed() -> None:
    need = Enough(5, ((3, step("a", 2)), (3, step("b", 2)), (5, step("c", 5)), (1, step("d"))))
    assert {s.key for s in fewest(need) or ()} == {"a", "b"}


def test_nothing_is_met_by_no_step_and_the_impossible_by_none() -> None:
    assert fewest(NOTHING) == ()
    assert fewest(IMPOSSIBLE) is None
    assert fewest(all_needs([step("a"), IMPOSSIBLE])) is None
    assert fewest(any_need([IMPOSSIBLE, step("a")])) == (step("a"),)
    assert fewest(Enough(3, ((1, step("a")), (1, step("b"))))) is None


def test_needs_are_put_together_without_what_needs_nothing() -> None:
    assert all_needs([NOTHING, NOTHING]) == NOTHING
    assert all_needs([NOTHING, step("a")]) == step("a")
    assert any_need([step("a"), NOTHING]) == NOTHING
    assert any_need([step("a")]) == step("a")
    assert any_need([]) == IMPOSSIBLE
    assert enough_needs(0, [(1, step("a"))]) == NOTHING
    assert enough_needs(-1, []) == NOTHING


def test_every_step_that_a_need_names_is_listed_chosen_or_not() -> None:
    need = all_needs([step("a"), any_need([step("b", 2), all_needs([step("c"), step("a")])])])
    assert [s.key for s in steps_of(need)] == ["a", "b", "c", "a"]


def test_a_step_costs_a_unit_each_or_the_most_particular_cost_that_is_given() -> None:
    twice = step("a", 2)
    assert twice.cost({}) == 2
    assert twice.cost({"any": Fraction(3, 2)}) == 3
    assert twice.cost({"any": Fraction(3, 2), "a": Fraction(0)}) == 0


def test_four_channels_of_a_year_each_are_answered_at_once() -> None:
    """The weights are contacts, so that the ways to reach a volume run into millions."""
    last = Month.parse("2026-10")
    volumes = {
        channel: {
            str(last.plus(-back)): {"attaining": 0, "offered": 100_003 * n + 7919 * back**2}
            for back in range(12)
        }
        for n, channel in enumerate(("phone", "email", "chat", "sms"), start=1)
    }
    rule = rule_from(
        "{kind: interval_attainment, channels: [phone, email, chat, sms], share_of_volume: s}"
    )
    figures = centre(scope={"channels": tuple(volumes)}, volumes=volumes)
    need = rule.needs(evidence_of(figures, thresholds={"s": "0.7"}), 12)
    start = process_time()
    chosen = fewest(need)
    assert process_time() - start < 5
    assert chosen is not None
    assert {s.key for s in chosen} <= {f"on target {channel}" for channel in volumes}


def test_choices_that_share_ever_so_many_steps_are_still_met_and_answered_at_once() -> None:
    options = [(1, step(f"p{n}", amount)) for n in range(MOST_OPEN * 2) for amount in (1, 2)]
    halves = (Enough(20, tuple(options[n::2])) for n in range(2))
    need = all_needs([*halves, Enough(60, tuple(options))])
    start = process_time()
    chosen = fewest(need)
    assert process_time() - start < 5
    assert chosen is not None
    assert is_met(need, {s.key: s.amount for s in chosen})
