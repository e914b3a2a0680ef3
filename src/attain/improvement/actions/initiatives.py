"""Planning initiatives and changing what was planned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from attain.assessments.rules.stages import AssessmentState
from attain.improvement.actions.recording import record_of
from attain.improvement.actions.telling import tell_named
from attain.improvement.models import Initiative, InitiativeStep, KeptPlan, Roadmap
from attain.improvement.queries.finding import place_of
from attain.improvement.rules.stages import ENDED
from attain.improvement.rules.waiting import find_circle
from attain.organisations.actions import audit
from attain.organisations.actions.changing import change
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission

if TYPE_CHECKING:
    from attain.assessments.models import Assessment
    from attain.performance.models import Process


@dataclass(frozen=True)
class StepTaken:
    """A step that an initiative takes: an item of an assessed place, from a level to the next."""

    assessment: "Assessment"
    centre: Centre | None
    item: str
    level: int
    to: int


@transaction.atomic
def plan_initiative(
    *,
    by: Member,
    title: str,
    aim: str,
    centre: Centre | None,
    steps: Sequence[StepTaken],
    owner: Member,
    starts_on: date,
    due_on: date,
    now: datetime,
    currency: str = "GBP",
    roadmap: Roadmap | None = None,
    plan: KeptPlan | None = None,
    process: "Process | None" = None,
    days: int | None = None,
    cost: int | None = None,
    after: Sequence[Initiative] = (),
    is_structured: bool = False,
) -> Initiative:
    """Plan an initiative at a centre, or without one as a central project, with its steps."""
    planned = Initiative(
        organisation=by.organisation,
        title=title,
        aim=aim,
        centre=centre,
        roadmap=roadmap,
        plan=plan,
        process=process,
        owner=owner,
        days=days,
        cost=cost,
        currency=currency,
        starts_on=starts_on,
        due_on=due_on,
        is_structured=is_structured,
        planned_by=by,
        planned_at=now,
    )
    _demand_sound(planned)
    _demand_owner(planned)
    _demand_steps_fit(planned, steps)
    planned.save()
    planned.after.set(after)
    InitiativeStep.objects.bulk_create(_step_of(planned, step) for step in steps)
    details = {"owner": str(owner), "starts": starts_on, "due": due_on, "steps": len(steps)}
    record_of(by, "improvement.plan_initiative", planned, now, **details)
    tell_named(planned, by, now)
    return planned


def _step_of(initiative: Initiative, step: StepTaken) -> InitiativeStep:
    return InitiativeStep(
        organisation=initiative.organisation,
        initiative=initiative,
        assessment=step.assessment,
        centre=step.centre,
        item=step.item,
        level=step.level,
        to=step.to,
    )


@transaction.atomic
def change_initiative(
    *,
    by: Member,
    initiative: Initiative,
    seen: int,
    now: datetime,
    after: Sequence[Initiative] | None = None,
    **values: Any,
) -> Initiative:
    """Change what was planned of an initiative that has not ended; `values` are its fields.

    Where it is recorded at centres already, its process and that it is structured stay.
    """
    if initiative.state in ENDED:
        raise RefusedActionError(_("The initiative has ended; what was planned of it stays."))
    audit.hold_trail(initiative.organisation)
    if initiative.recorded_as and any(
        name in values and values[name] != getattr(initiative, name)
        for name in ("process", "is_structured")
    ):
        raise RefusedActionError(
            _("It is recorded at its centre already: its process and that it is structured stay.")
        )
    changed: dict[str, Any] = change(
        initiative, seen=seen, what=_("the initiative"), **_checked(initiative, values)
    )
    if after is not None:
        changed |= _changed_order(initiative, seen, after, is_written=bool(changed))
    if changed:
        told = {name: str(each["is"]) for name, each in changed.items()}
        record_of(by, "improvement.change_initiative", initiative, now, changed=told)
    if "owner" in changed:
        tell_named(initiative, by, now)
    return initiative


def _checked(initiative: Initiative, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values where the initiative would be sound with them."""
    trial = Initiative.objects.select_related("organisation", "centre__site").get(pk=initiative.pk)
    for name, value in values.items():
        setattr(trial, name, value)
    _demand_sound(trial)
    # Who owns it already stays its owner, whatever became of their roles.
    if trial.owner_id != initiative.owner_id:
        _demand_owner(trial)
    return values


def _changed_order(
    initiative: Initiative, seen: int, after: Sequence[Initiative], *, is_written: bool
) -> dict[str, Any]:
    """Let an initiative wait for others; those that would wait for it in turn are refused."""
    was = {each.pk: each.title for each in initiative.after.all()}
    wanted = {each.pk: each.title for each in after}
    if was.keys() == wanted.keys():
        return {}
    _demand_no_circle(initiative, wanted.keys())
    if not is_written:
        rows = Initiative.objects.filter(pk=initiative.pk, version=seen)
        if not rows.update(version=F("version") + 1):
            theirs, yours = list(was.values()), list(wanted.values())
            raise ChangedMeanwhileError(_("the initiative"), {"after": theirs}, {"after": yours})
        initiative.refresh_from_db()
    initiative.after.set(after)
    return {"after": {"was": list(was.values()), "is": list(wanted.values())}}


def _demand_no_circle(initiative: Initiative, after: Any) -> None:
    links = Initiative.after.through.objects.filter(
        from_initiative__organisation=initiative.organisation
    ).exclude(from_initiative=initiative.pk)
    waits: dict[int, set[int]] = {initiative.pk: set(after)}
    for one, other in links.values_list("from_initiative", "to_initiative"):
        waits.setdefault(one, set()).add(other)
    if circle := find_circle(waits):
        titles = dict(Initiative.objects.filter(pk__in=circle).values_list("pk", "title"))
        raise RefusedActionError(
            _("They would wait for each other in a circle: %(circle)s.")
            % {"circle": " → ".join(titles[each] for each in circle)}
        )


def _demand_sound(initiative: Initiative) -> None:
    """Refuse an initiative whose dates, process or sums cannot be."""
    if initiative.due_on < initiative.starts_on:
        raise RefusedActionError(_("It is due before it starts."))
    if any(each is not None and each < 0 for each in (initiative.days, initiative.cost)):
        raise RefusedActionError(_("Effort and cost are 0 or more."))
    process, centre = initiative.process, initiative.centre
    if process and centre and process.centre_id != centre.pk:
        raise RefusedActionError(_("The process is one of another centre."))


def _demand_owner(initiative: Initiative) -> None:
    owner = initiative.owner
    if owner.suspended_at or not may(owner, Permission.READ_ROADMAPS, place_of(initiative)):
        raise RefusedActionError(
            _("%(name)s may not see initiatives there, and cannot own one.") % {"name": owner}
        )


def _demand_steps_fit(initiative: Initiative, steps: Sequence[StepTaken]) -> None:
    """Refuse steps twice, downwards, of an open assessment, or of a place that it is not for."""
    if any(step.assessment.state != AssessmentState.CLOSED for step in steps):
        raise RefusedActionError(_("Only steps of a closed assessment are taken."))
    if any(step.to <= step.level for step in steps):
        raise RefusedActionError(_("A step leads to a higher level."))
    if initiative.centre and any(step.centre != initiative.centre for step in steps):
        raise RefusedActionError(_("A step is one of another centre."))
    counts = Counter((step.assessment.pk, step.item, step.to) for step in steps)
    if any(count > 1 for count in counts.values()):
        raise RefusedActionError(_("A step is named twice."))
