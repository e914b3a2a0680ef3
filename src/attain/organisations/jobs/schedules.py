"""What comes regularly: named, with a task, and due at a time that is kept in the database.

A room registers its schedules in its `tasks.py`. What fell due while no worker ran is done once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from attain.organisations.jobs import actions
from attain.organisations.jobs.models import DueTime

NextTime = Callable[[datetime], datetime]


@dataclass(frozen=True)
class Schedule:
    """A task that comes regularly, by its name, and when it is due next after a time."""

    name: str
    title: str
    task: Task[Any, Any]
    next_after: NextTime


_REGISTERED: dict[str, Schedule] = {}


def register(name: str, title: str, task: Task[Any, Any], next_after: NextTime) -> None:
    """Let a task come regularly. `next_after` is `daily` or `monthly`, or a rule of the room."""
    _REGISTERED[name] = Schedule(name, title, task, next_after)


def registered() -> tuple[Schedule, ...]:
    """Return every schedule."""
    return tuple(_REGISTERED.values())


def daily(hour: int = 2) -> NextTime:
    """Return the rule of every day at an hour, in UTC."""

    def next_after(now: datetime) -> datetime:
        today = now.astimezone(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
        return today if today > now else today + timedelta(days=1)

    return next_after


def monthly(day: int = 1, hour: int = 3) -> NextTime:
    """Return the rule of a day of every month, at most the 28th, at an hour in UTC."""

    def next_after(now: datetime) -> datetime:
        this = now.astimezone(UTC).replace(day=day, hour=hour, minute=0, second=0, microsecond=0)
        return this if this > now else (this.replace(day=1) + timedelta(days=32)).replace(day=day)

    return next_after


def enqueue_due(now: datetime) -> list[str]:
    """Put into the queue what is due, each once however many workers look; return the names."""
    return [schedule.name for schedule in registered() if _enqueue_if_due(schedule, now)]


def _enqueue_if_due(schedule: Schedule, now: datetime) -> bool:
    due_next = schedule.next_after(now)
    row, new = DueTime.objects.get_or_create(name=schedule.name, defaults={"due_at": due_next})
    if new or row.due_at > now:
        return False
    with transaction.atomic():
        mine = DueTime.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=due_next)
        if mine:
            actions.enqueue(schedule.task, by=None, organisation=None, title=schedule.title)
    return bool(mine)
