"""The ranking of a roadmap by its declared rule, and how it holds."""

from collections.abc import Mapping, Sequence

from attain.improvement.models import Roadmap
from attain.improvement.rules.appraisal import Appraisal, Goals
from attain.improvement.rules.ranking import Ranking, RankingPolicy, RankingRule, Unknowns, rank
from attain.improvement.rules.steps import ItemStep


def policy_of(roadmap: Roadmap, goals: Goals) -> RankingPolicy:
    """Return how a roadmap ranks its steps."""
    return RankingPolicy(
        goals, roadmap.years, RankingRule(roadmap.rule), Unknowns(roadmap.unknowns)
    )


def ranked(
    roadmap: Roadmap,
    steps: Sequence[ItemStep],
    appraisals: Mapping[str, Appraisal],
    goals: Goals,
) -> Ranking:
    """Rank what was read already."""
    return rank(steps, appraisals, policy_of(roadmap, goals))
