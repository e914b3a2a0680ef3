"""Ranking the steps by a declared rule, exactly, and the gap priorities by process and item.

By default a step counts for its share returned times its impact: both are needed, as a high return
on what the organisation does not aim at is worth as little as an aim that never pays. A step of
which the return or the impact is not known is not ranked but listed apart, with what is missing;
an organisation may declare that it counts at its lowest possible value instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from attain.improvement.rules.appraisal import Appraisal, Goals, impact, share_returned
from attain.improvement.rules.steps import ItemStep


class RankingRule(StrEnum):
    """What steps are ranked by."""

    RETURN_AND_IMPACT = "return_and_impact"
    RETURN_ONLY = "return_only"
    IMPACT_ONLY = "impact_only"
    VALUE_PER_EFFORT = "value_per_effort"


class Unknowns(StrEnum):
    """What becomes of a step of which something is not known."""

    APART = "apart"
    LOWEST = "lowest"


class Lacking(StrEnum):
    """What is not known of a step that cannot be ranked."""

    RETURN = "return"
    IMPACT = "impact"
    EFFORT = "effort"


@dataclass(frozen=True)
class RankingPolicy:
    """How an organisation ranks: the rule, its goals, the horizon, and what is not known."""

    goals: Goals
    years: int = 3
    rule: RankingRule = RankingRule.RETURN_AND_IMPACT
    unknowns: Unknowns = Unknowns.APART


HIGHEST_EFFORT = 5
_NEEDED: Mapping[RankingRule, tuple[Lacking, ...]] = {
    RankingRule.RETURN_AND_IMPACT: (Lacking.RETURN, Lacking.IMPACT),
    RankingRule.RETURN_ONLY: (Lacking.RETURN,),
    RankingRule.IMPACT_ONLY: (Lacking.IMPACT,),
    RankingRule.VALUE_PER_EFFORT: (Lacking.RETURN, Lacking.IMPACT, Lacking.EFFORT),
}
_LOWEST = {
    Lacking.RETURN: Fraction(0),
    Lacking.IMPACT: Fraction(0),
    Lacking.EFFORT: Fraction(HIGHEST_EFFORT),
}


@dataclass(frozen=True)
class RankedStep:
    """A step with its rank from 1 on, its score, and what the score was made of.

    `lacking` names what was taken at its lowest possible value.
    """

    rank: int
    step: ItemStep
    score: Fraction
    returned: Fraction | None
    impact: Fraction | None
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True)
class UnrankedStep:
    """A step that cannot be ranked, and what is missing."""

    step: ItemStep
    lacking: tuple[Lacking, ...]


@dataclass(frozen=True)
class Ranking:
    """The steps in order, and apart from them those that cannot be ranked."""

    policy: RankingPolicy
    ranked: tuple[RankedStep, ...]
    apart: tuple[UnrankedStep, ...] = ()


def rank(
    steps: Sequence[ItemStep], appraisals: Mapping[str, Appraisal], policy: RankingPolicy
) -> Ranking:
    """Rank steps by a policy.

    Equal scores are ordered by the higher return, the higher impact, the smaller effort, the
    larger gain, and last by the step's key, so that the order never depends on how they came in.
    """
    scored = [_scored(step, appraisals.get(step.key, Appraisal()), policy) for step in steps]
    counted = [each for each in scored if policy.unknowns is Unknowns.LOWEST or not each.lacking]
    apart = [each for each in scored if policy.unknowns is Unknowns.APART and each.lacking]
    ordered = sorted(counted, key=_order)
    return Ranking(
        policy,
        tuple(
            RankedStep(number, s.step, s.score, s.returned, s.impact, s.lacking)
            for number, s in enumerate(ordered, 1)
        ),
        tuple(UnrankedStep(each.step, each.lacking) for each in apart),
    )


def _scored(step: ItemStep, appraisal: Appraisal, policy: RankingPolicy) -> RankedStep:
    returned, impacts = share_returned(appraisal, policy.years), impact(appraisal, policy.goals)
    known = {
        Lacking.RETURN: returned,
        Lacking.IMPACT: impacts,
        Lacking.EFFORT: None if step.effort is None else Fraction(step.effort),
    }
    lacking = tuple(each for each in _NEEDED[policy.rule] if known[each] is None)
    taken = {name: _LOWEST[name] if value is None else value for name, value in known.items()}
    return RankedStep(0, step, _score(taken, policy.rule), returned, impacts, lacking)


def _score(taken: Mapping[Lacking, Fraction], rule: RankingRule) -> Fraction:
    if rule is RankingRule.RETURN_ONLY:
        return taken[Lacking.RETURN]
    if rule is RankingRule.IMPACT_ONLY:
        return taken[Lacking.IMPACT]
    value = taken[Lacking.RETURN] * taken[Lacking.IMPACT]
    return value / taken[Lacking.EFFORT] if rule is RankingRule.VALUE_PER_EFFORT else value


def _order(scored: RankedStep) -> tuple[Fraction | int | str, ...]:
    return (
        -scored.score,
        -(scored.returned or Fraction(0)),
        -(scored.impact or Fraction(0)),
        scored.step.effort or HIGHEST_EFFORT,
        -(scored.step.gain or 0),
        scored.step.key,
    )


@dataclass(frozen=True)
class GapPriority:
    """What the steps of an item, or of a process, are worth together.

    `score` is the sum of their scores, `best_rank` the rank of the first of them, `levels` how
    many levels are lacking in all, and `apart` how many of its steps could not be ranked.
    """

    key: str | None
    score: Fraction
    best_rank: int | None
    levels: int
    apart: int
    items: tuple["GapPriority", ...] = ()


def gap_priorities(ranking: Ranking) -> list[GapPriority]:
    """Return the priorities by process, and within each by item: most to be won first.

    Steps of an item are put together over all centres. A step without a process is found under
    None. Equal sums are ordered by the best rank, then by key.
    """
    told: list[RankedStep | UnrankedStep] = [*ranking.ranked, *ranking.apart]
    processes = dict.fromkeys(each.step.process for each in told)
    found = [_of_process(key, [e for e in told if e.step.process == key]) for key in processes]
    return sorted(found, key=_by_priority)


def _of_process(process: str | None, told: Sequence[RankedStep | UnrankedStep]) -> GapPriority:
    by_item: dict[str, list[RankedStep | UnrankedStep]] = {}
    for each in told:
        by_item.setdefault(each.step.item, []).append(each)
    items = sorted((_priority(key, of) for key, of in by_item.items()), key=_by_priority)
    return replace(_priority(process, told), items=tuple(items))


def _priority(key: str | None, told: Sequence[RankedStep | UnrankedStep]) -> GapPriority:
    ranked = [each for each in told if isinstance(each, RankedStep)]
    return GapPriority(
        key=key,
        score=sum((each.score for each in ranked), Fraction(0)),
        best_rank=min((each.rank for each in ranked), default=None),
        levels=sum(each.step.to - each.step.level for each in told),
        apart=len(told) - len(ranked),
    )


def _by_priority(priority: GapPriority) -> tuple[Fraction, bool, int, str]:
    best = priority.best_rank
    return (-priority.score, best is None, best or 0, priority.key or "")
