"""Steps ranked by a declared rule, exactly, and the gap priorities by process and item."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from attain.improvement.rules.appraisal import Appraisal, Range
from attain.improvement.rules.ranking import (
    Lacking,
    Ranking,
    RankingPolicy,
    RankingRule,
    Unknowns,
    gap_priorities,
    rank,
)
from attain.improvement.rules.steps import ItemStep
from roadmaps import GOALS, appraisals, appraised, money, step

POLICY = RankingPolicy(GOALS)
A, B, C = step("a"), step("b"), step("c")
KEYS = [each.key for each in (A, B, C)]


def order(ranking: Ranking) -> list[str]:
    return [each.step.item for each in ranking.ranked]


def test_return_times_impact_ranks_by_default_and_is_exact() -> None:
    # Shares over three years: 30 of 40, 30 of 90, 60 of 90; impacts: 1/5, 1 and (15 + 1)/20.
    given_of = {
        A.key: appraised(10, 10, service=1, cost=1),
        B.key: appraised(60, 10),
        C.key: appraised(30, 20, service=5, cost=1),
    }
    ranking = rank([A, B, C], given_of, POLICY)
    assert order(ranking) == ["c", "b", "a"]
    assert [each.score for each in ranking.ranked] == [
        Fraction(8, 15),
        Fraction(1, 3),
        Fraction(3, 20),
    ]
    assert [each.rank for each in ranking.ranked] == [1, 2, 3]


def test_other_rules_rank_by_return_by_impact_and_by_value_for_the_effort() -> None:
    hard = replace(C, effort=5)
    given_of = {
        A.key: appraised(10, 10, service=1, cost=1),
        B.key: appraised(60, 10),
        C.key: appraised(30, 20, service=5, cost=1),
    }

    def by(rule: RankingRule) -> list[str]:
        return order(rank([A, B, hard], given_of, replace(POLICY, rule=rule)))

    assert by(RankingRule.RETURN_ONLY) == ["a", "c", "b"]
    assert by(RankingRule.IMPACT_ONLY) == ["b", "c", "a"]
    assert by(RankingRule.VALUE_PER_EFFORT) == ["b", "c", "a"]


def test_a_step_of_which_something_is_not_known_stands_apart_with_what_is_missing() -> None:
    given_of = {A.key: appraised(10, 10), B.key: Appraisal(scale=5), C.key: Appraisal()}
    ranking = rank([A, B, C], given_of, POLICY)
    assert order(ranking) == ["a"]
    assert [(each.step.item, each.lacking) for each in ranking.apart] == [
        ("b", (Lacking.IMPACT,)),
        ("c", (Lacking.RETURN, Lacking.IMPACT)),
    ]


def test_an_organisation_may_declare_that_what_is_not_known_counts_at_its_lowest() -> None:
    given_of = {A.key: appraised(10, 1, service=1, cost=0), B.key: Appraisal(scale=5)}
    ranking = rank([A, B], given_of, replace(POLICY, unknowns=Unknowns.LOWEST))
    assert order(ranking) == ["a", "b"]
    assert ranking.ranked[1].score == 0
    assert ranking.ranked[1].lacking == (Lacking.IMPACT,)
    assert ranking.apart == ()


def test_effort_matters_only_to_the_rule_that_asks_for_it() -> None:
    unsized = replace(A, effort=None)
    given_of = {A.key: appraised(10, 10)}
    assert order(rank([unsized], given_of, POLICY)) == ["a"]
    per_effort = replace(POLICY, rule=RankingRule.VALUE_PER_EFFORT)
    assert rank([unsized], given_of, per_effort).apart[0].lacking == (Lacking.EFFORT,)


def test_equal_scores_go_by_return_then_effort_then_gain_then_key() -> None:
    # All without impact, so that all score nothing.
    none = {"service": 0, "cost": 0}
    given_of = {
        A.key: Appraisal(money(10, 1), impacts=none),
        B.key: Appraisal(money(10, 1), impacts=none),
        C.key: Appraisal(money(10, 5), impacts=none),
    }
    assert order(rank([B, A, C], given_of, POLICY)) == ["c", "a", "b"]
    assert order(rank([A, replace(B, effort=1), C], given_of, POLICY)) == ["c", "b", "a"]
    assert order(rank([A, replace(B, gain=5), C], given_of, POLICY)) == ["c", "b", "a"]


@given(st.lists(appraisals(), min_size=3, max_size=3), st.integers(1, 200), st.integers(0, 2))
def test_more_benefit_never_worsens_the_rank_of_a_step(
    drawn: list[Appraisal], more: int, which: int
) -> None:
    before = dict(zip(KEYS, drawn, strict=True))
    given_money = drawn[which].money
    assert given_money is not None
    raised = Range.exactly(given_money.benefit.likely + more)
    better = replace(drawn[which], money=replace(given_money, benefit=raised))
    after = before | {KEYS[which]: better}
    places = [order(rank([A, B, C], of, POLICY)).index("abc"[which]) for of in (before, after)]
    assert places[1] <= places[0]


@given(st.lists(appraisals(), min_size=3, max_size=3), st.permutations([A, B, C]))
def test_the_order_in_which_steps_come_in_does_not_matter(
    drawn: list[Appraisal], shuffled: list[ItemStep]
) -> None:
    given_of = dict(zip(KEYS, drawn, strict=True))
    assert rank(shuffled, given_of, POLICY) == rank([A, B, C], given_of, POLICY)


@given(st.lists(appraisals(), min_size=3, max_size=3))
def test_what_else_is_ranked_never_turns_two_steps_round(drawn: list[Appraisal]) -> None:
    given_of = dict(zip(KEYS, drawn, strict=True))
    all_three = [item for item in order(rank([A, B, C], given_of, POLICY)) if item != "c"]
    assert order(rank([A, B], given_of, POLICY)) == all_three


def test_priorities_add_up_the_scores_by_process_and_within_by_item() -> None:
    steps = [step("a", "planning"), step("b", "planning"), step("c", "people"), step("d", None)]
    given_of = {
        steps[0].key: Appraisal(scale=3, impacts={"service": 5, "cost": 5}),
        steps[1].key: Appraisal(scale=4, impacts={"service": 5, "cost": 5}),
        steps[2].key: Appraisal(scale=5, impacts={"service": 5, "cost": 5}),
    }
    planning, people, none = gap_priorities(rank(steps, given_of, POLICY))
    assert (planning.key, planning.score, planning.best_rank) == ("planning", Fraction(6, 5), 2)
    assert [item.key for item in planning.items] == ["b", "a"]
    assert (people.key, people.score, people.best_rank) == ("people", Fraction(9, 10), 1)
    assert (none.key, none.best_rank, none.apart) == (None, None, 1)
    assert none.score == 0
    assert [p.levels for p in (planning, people, none)] == [2, 1, 1]


def test_an_item_that_two_centres_lack_is_one_item_of_its_process() -> None:
    steps = [A, replace(A, centre="york")]
    given_of = {each.key: appraised(10, 10) for each in steps}
    (planning,) = gap_priorities(rank(steps, given_of, POLICY))
    (item,) = planning.items
    assert (item.key, item.levels, item.score) == ("a", 2, Fraction(3, 2))
