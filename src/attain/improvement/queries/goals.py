"""The goals of an organisation, what each is of the whole, and how rankings read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from attain.improvement.models import Goal
from attain.improvement.queries.finding import goals
from attain.improvement.rules.appraisal import Goals, faults_of_goals
from attain.organisations.pages import Member

NO_GOAL: Goals = {"": Fraction(1)}
"""Stands where no goal has a weight: nobody can have named it, so every impact is missing."""


@dataclass(frozen=True)
class GoalLine:
    """A goal as a line of a list; `share` is what it is of the whole, None where it counts not."""

    goal: Goal
    share: Fraction | None

    @property
    def state(self) -> str:
        """Whether it is aimed at, or was retired."""
        return "in_force" if self.goal.retired_at is None else "retired"


def goal_lines(member: Member) -> list[GoalLine]:
    """Return the goals of an organisation, those in force first, the weightiest of them first."""
    rows = list(goals(member))
    weights = weights_of(rows)
    total = sum(weights.values(), Fraction(0))
    lines = [GoalLine(row, weights[row.key] / total if row.key in weights and total else None)
             for row in rows]  # fmt: skip
    return sorted(lines, key=lambda each: (each.share is None, -(each.share or 0), str(each.goal)))


def goals_in_force() -> list[Goal]:
    """Return the goals that an organisation aims at, by title."""
    return list(Goal.objects.filter(retired_at=None))


def weights_of(rows: Iterable[Goal]) -> dict[str, Fraction]:
    """Return the weights of the goals that are in force, exact, by their keys."""
    return {row.key: Fraction(row.weight) for row in rows if row.retired_at is None}


def declared_goals() -> Goals:
    """Return the goals as rankings read them; `NO_GOAL` where none has a weight."""
    weights = weights_of(goals_in_force())
    return NO_GOAL if faults_of_goals(weights) else weights
