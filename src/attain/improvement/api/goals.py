"""The goals of an organisation: the list, declaring one, changing its weight, giving it up."""

from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from ninja.responses import Status

from attain.improvement.actions import goals as actions
from attain.improvement.models import Goal
from attain.improvement.queries.finding import find_goal
from attain.improvement.queries.goals import goal_lines
from attain.organisations.api_parts import (
    Exact,
    Line,
    Listed,
    PageAsked,
    Said,
    SeenIn,
    Text,
    Version,
    answers,
    listed_of,
    member_of,
    now,
)
from attain.organisations.queries import demand
from attain.organisations.rules import Permission

router = Router(tags=["goals"])
Asked = Query[PageAsked]


class GoalOut(Schema):
    """A goal with its weight; `share` is the exact fraction of the whole, null where retired."""

    uuid: UUID
    key: str
    title: str
    why: str
    weight: str
    share: str | None
    state: Literal["in_force", "retired"]
    version: int


class GoalIn(Said):
    """A goal; only the proportions of the weights count."""

    title: Line
    why: Text = ""
    weight: Exact


class ChangedGoalIn(GoalIn):
    """A goal as it is to be, and the version that was seen."""

    version: Version


def _out(request: HttpRequest, goal: Goal) -> dict[str, Any]:
    return next(each for each in _every(request) if each["uuid"] == goal.uuid)


def _every(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "uuid": line.goal.uuid,
            "key": line.goal.key,
            "title": line.goal.title,
            "why": line.goal.why,
            "weight": f"{line.goal.weight:f}",
            "share": None if line.share is None else str(line.share),
            "state": line.state,
            "version": line.goal.version,
        }
        for line in goal_lines(member_of(request))
    ]


@router.get("/goals", response=answers((200, Listed[GoalOut])))
def index(request: HttpRequest, asked: Asked) -> Any:
    """List the goals, those in force first, the weightiest of them first."""
    return listed_of(_every(request), asked)


@router.post("/goals", response=answers((201, GoalOut)))
def add(request: HttpRequest, said: GoalIn) -> Any:
    """Declare a goal."""
    member = member_of(request)
    demand(member, Permission.PLAN_ROADMAPS)
    weight = Decimal(said.weight)
    made = actions.add_goal(by=member, title=said.title, why=said.why, weight=weight, now=now())
    return Status(201, _out(request, made))


@router.put("/goals/{goal}", response=answers((200, GoalOut)))
def change(request: HttpRequest, goal: Path[UUID], said: ChangedGoalIn) -> Any:
    """Change a goal, or its weight."""
    found = find_goal(member_of(request), goal)
    changed = actions.change_goal(
        by=member_of(request),
        goal=found,
        seen=said.version,
        title=said.title,
        why=said.why,
        weight=Decimal(said.weight),
        now=now(),
    )
    return _out(request, changed)


@router.post("/goals/{goal}/retire", response=answers((200, GoalOut)))
def retire(request: HttpRequest, goal: Path[UUID], said: SeenIn) -> Any:
    """Give a goal up; what was said by it stays on record."""
    found = find_goal(member_of(request), goal)
    by = member_of(request)
    return _out(request, actions.retire_goal(by=by, goal=found, seen=said.version, now=now()))
