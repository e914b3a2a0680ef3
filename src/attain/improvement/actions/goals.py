"""Declaring what an organisation aims at, changing it, and giving a goal up."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from attain.improvement.actions.recording import record_of
from attain.improvement.models import Goal
from attain.improvement.queries.goals import goals_in_force, weights_of
from attain.improvement.rules.appraisal import GoalFault, faults_of_goals
from attain.improvement.words import GOAL_FAULTS
from attain.organisations.actions.audit import hold_trail
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member

MOST_GOALS = 20
MOST_WEIGHT = 1_000_000
_LONGEST_KEY = 50


@transaction.atomic
def add_goal(*, by: Member, title: str, why: str, weight: Decimal, now: datetime) -> Goal:
    """Declare a goal with its weight; only the proportions of the weights matter."""
    hold_trail(by.organisation)
    weights = weights_of(goals_in_force())
    if len(weights) >= MOST_GOALS:
        raise RefusedActionError(_("There are at most 20 goals at a time."))
    key = _free_key(title)
    _refuse_weight(weight)
    _refuse_faults({**weights, key: Fraction(weight)})
    goal = Goal.objects.create(
        organisation=by.organisation, key=key, title=title, why=why, weight=weight
    )
    record_of(by, "improvement.add_goal", goal, now, key=key, weight=weight)
    return goal


@transaction.atomic
def change_goal(
    *, by: Member, goal: Goal, seen: int, title: str, why: str, weight: Decimal, now: datetime
) -> Goal:
    """Change a goal; ChangedMeanwhileError where somebody else has since it was seen."""
    hold_trail(by.organisation)
    _demand_in_force(goal)
    _refuse_weight(weight)
    _refuse_faults({**weights_of(goals_in_force()), goal.key: Fraction(weight)})
    changed = change(goal, seen=seen, what=_("the goal"), title=title, why=why, weight=weight)
    if changed:
        record_of(by, "improvement.change_goal", goal, now, changed=changed)
    return goal


@transaction.atomic
def retire_goal(*, by: Member, goal: Goal, seen: int, now: datetime) -> Goal:
    """Give a goal up; what was said of steps by it stays, and counts no more."""
    hold_trail(by.organisation)
    _demand_in_force(goal)
    left = weights_of(each for each in goals_in_force() if each.pk != goal.pk)
    _refuse_faults(left)
    change(goal, seen=seen, what=_("the goal"), retired_at=now)
    record_of(by, "improvement.retire_goal", goal, now, key=goal.key)
    return goal


def _free_key(title: str) -> str:
    base = slugify(title)[:_LONGEST_KEY].strip("-") or "goal"
    taken = set(Goal.objects.filter(key__startswith=base).values_list("key", flat=True))
    tried = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(key for key in tried if key not in taken)


def _refuse_weight(weight: Decimal) -> None:
    # NaN is neither below nor above anything.
    if not weight.is_finite() or weight > MOST_WEIGHT:
        raise ValidationError({"weight": _("A weight is a number from 0 to 1,000,000.")})


def _refuse_faults(weights: Mapping[str, Fraction]) -> None:
    faults = faults_of_goals(weights)
    if not faults:
        return
    said = " ".join(str(GOAL_FAULTS[fault]) for fault in faults)
    if GoalFault.NO_GOALS in faults:
        raise RefusedActionError(said)
    raise ValidationError({"weight": said})


def _demand_in_force(goal: Goal) -> None:
    if goal.retired_at is not None:
        raise RefusedActionError(_("The goal is retired."))
