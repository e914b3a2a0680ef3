"""Saying of a step what it costs and brings; and taking it over to the same step elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from attain.improvement.actions.recording import record_of
from attain.improvement.actions.roadmaps import demand_in_use
from attain.improvement.models import Roadmap, StepAppraisal
from attain.improvement.queries.goals import goals_in_force, weights_of
from attain.improvement.queries.roadmaps import steps_of
from attain.improvement.rules.saying import Around, StepSaid, circle_with, faults_of_said
from attain.improvement.rules.steps import ItemStep, lower_steps
from attain.improvement.words import SAYING_FAULTS
from attain.organisations.actions.changing import change
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import Member

NEW = 0
"""The version that somebody has seen of an appraisal that nobody has made yet."""
_MOST_AT_ONCE = 1_000


@transaction.atomic
def appraise(
    *, by: Member, roadmap: Roadmap, step: str, seen: int, said: StepSaid, now: datetime
) -> StepAppraisal:
    """Say of a step what it costs and brings.

    `seen` is the version that was seen, NEW where nothing was said. ChangedMeanwhileError where it
    was said from elsewhere since; ValidationError by field where it cannot stand.
    """
    demand_in_use(roadmap)
    steps = steps_of(roadmap)
    if step not in {each.key for each in steps}:
        raise RefusedActionError(_("The roadmap has no such step."))
    goals = weights_of(goals_in_force())
    waits = _waits(roadmap, steps, apart_from=step)
    _refuse(faults_of_said(step, said, Around(goals, roadmap.quarters, waits)))
    row, is_written = _written(by, roadmap, step, seen, said, now)
    if is_written:
        record_of(by, "improvement.appraise", roadmap, now, step=step, **told(said))
    return row


@transaction.atomic
def take_over(
    *, by: Member, roadmap: Roadmap, origin: str, to: Sequence[str], now: datetime
) -> list[str]:
    """Say of the same step at other centres what was said of it at one; return those steps.

    What comes before it is taken over as the same step at each of the centres, where there is one.
    """
    demand_in_use(roadmap)
    steps = {each.key: each for each in steps_of(roadmap)}
    row = roadmap.appraisals.filter(step=origin).first()
    if row is None or origin not in steps:
        raise RefusedActionError(_("Nothing was said of this step yet."))
    alike = {key for key, each in steps.items() if key != origin and _same(each, steps[origin])}
    if not to or len(to) > _MOST_AT_ONCE or not set(to) <= alike:
        raise RefusedActionError(_("Choose the same step at other centres."))
    values, chosen = values_of_row(row), sorted(set(to))
    for key in chosen:
        waits = _waits(roadmap, list(steps.values()), apart_from=key)
        after = _elsewhere(row.after, steps[key], steps)
        own = {**values, "after": [] if circle_with(key, after, waits) else after}
        _put(by, roadmap, key, own, now)
    record_of(by, "improvement.take_over_appraisal", roadmap, now, step=origin, to=chosen)
    return chosen


def _same(one: ItemStep, other: ItemStep) -> bool:
    return (one.item, one.level, one.to) == (other.item, other.level, other.to)


def _elsewhere(after: Sequence[str], step: ItemStep, steps: Mapping[str, ItemStep]) -> list[str]:
    moved = (f"{step.centre}/{key.split('/', 1)[1]}" for key in after)
    return [key for key in moved if key in steps and key != step.key]


def _put(by: Member, roadmap: Roadmap, step: str, values: Mapping[str, Any], now: datetime) -> None:
    rows = StepAppraisal.objects.filter(roadmap=roadmap, step=step)
    row = rows.first()
    by_whom = {"appraised_by": by, "appraised_at": now}
    if row is not None:
        change(row, seen=row.version, what=_("the appraisal"), **values, **by_whom)
    else:
        given = {"organisation": roadmap.organisation, "roadmap": roadmap, "step": step}
        StepAppraisal.objects.create(**given, **values, **by_whom)


def _waits(roadmap: Roadmap, steps: Sequence[ItemStep], *, apart_from: str) -> dict[str, list[str]]:
    """Return what each step waits for: the lower one of its item, and what was said but of one."""
    lower = lower_steps(steps)
    found = {step.key: [lower[step.key]] if step.key in lower else [] for step in steps}
    for key, after in roadmap.appraisals.values_list("step", "after"):
        if key in found and key != apart_from:
            found[key] += [each for each in after if each in found]
    return found


def _refuse(faults: Sequence[tuple[str, Any]]) -> None:
    if faults:
        errors: dict[str, list[str]] = {}
        for name, fault in faults:
            errors.setdefault(name, []).append(str(SAYING_FAULTS[fault]))
        raise ValidationError(errors)


def _written(
    by: Member, roadmap: Roadmap, step: str, seen: int, said: StepSaid, now: datetime
) -> tuple[StepAppraisal, bool]:
    values, what = values_of(said), _("the appraisal")
    row = roadmap.appraisals.filter(step=step).first()
    if row is None:
        if seen != NEW:
            raise ChangedMeanwhileError(what, {}, values)
        by_whom = {"organisation": roadmap.organisation, "appraised_by": by, "appraised_at": now}
        row, is_new = StepAppraisal.objects.get_or_create(
            roadmap=roadmap, step=step, defaults={**values, **by_whom}
        )
        if is_new:
            return row, True
    values["impacts"] = {**_of_retired(row), **values["impacts"]}
    changed = change(row, seen=seen, what=what, **values)
    if changed:
        StepAppraisal.objects.filter(pk=row.pk).update(appraised_by=by, appraised_at=now)
        row.refresh_from_db()
    return row, bool(changed)


def _of_retired(row: StepAppraisal) -> dict[str, int]:
    """Return what was said of goals that were retired since: it stays, and counts for nothing."""
    in_force = {goal.key for goal in goals_in_force()}
    return {key: impact for key, impact in row.impacts.items() if key not in in_force}


def values_of(said: StepSaid) -> dict[str, Any]:
    """Return what is kept of what was said, by column."""
    amounts = {
        f"{name}_{end}": None if given is None else getattr(given, end)
        for name, given in said.ranges.items()
        for end in ("low", "likely", "high")
    }
    return {
        **amounts,
        "scale": said.scale,
        "impacts": dict(said.impacts),
        "days": said.days,
        "quarters": said.quarters,
        "earliest": said.earliest,
        "latest": said.latest,
        "after": list(said.after),
        "note": said.note,
    }


def values_of_row(row: StepAppraisal) -> dict[str, Any]:
    """Return what is kept of an appraisal, by column."""
    return {name: getattr(row, name) for name in values_of(StepSaid())}


def told(said: StepSaid) -> dict[str, Any]:
    """Return what the trail tells of what was said: what is missing is left out."""
    return {
        name: value for name, value in values_of(said).items() if value not in (None, "", [], {})
    }
