"""Carrying a plan out: chosen steps of the adopted plan become initiatives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.improvement.actions.initiatives import StepTaken, plan_initiative
from attain.improvement.models import Initiative, KeptPlan
from attain.improvement.plan_words import step_words
from attain.improvement.queries.candidates import MONTHS_OF_A_QUARTER, initiatives_of
from attain.improvement.queries.plans import basis_kept, plan_of
from attain.improvement.queries.roadmaps import StepOfRoadmap, StepWords, read_steps
from attain.improvement.rules.candidates import Candidate
from attain.improvement.rules.plans import Placement
from attain.measurement.periods import Month
from attain.organisations.actions import audit
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member

LONGEST_TITLE = 200


@dataclass(frozen=True)
class _Step:
    """A step of the plan with everything that its initiative is made of."""

    read: StepOfRoadmap
    placement: Placement
    candidate: Candidate
    cost: int | None


@transaction.atomic
def carry_out(
    *,
    by: Member,
    plan: KeptPlan,
    steps: Sequence[str],
    owner: Member,
    now: datetime,
    title: str = "",
) -> list[Initiative]:
    """Make an initiative of each chosen step, or with a title one of all of them together.

    Dates are those of the quarters. An initiative comes after those that carry out what its steps
    wait for. A step that an initiative carries out already is refused.
    """
    audit.hold_trail(plan.organisation)
    chosen = _chosen(plan, steps)
    groups = [chosen] if title else [[each] for each in chosen]
    running = dict(initiatives_of([each.read for each in _all_steps(plan)]))
    made = []
    for group in groups:
        after = [running[key] for each in group for key in each.candidate.after if key in running]
        one = _initiative_of(by, plan, group, owner, title, _once(after), now)
        running |= {each.placement.step: one for each in group}
        made.append(one)
    return made


def _all_steps(plan: KeptPlan) -> list[_Step]:
    """Return the steps of a plan in their order: what is waited for comes first."""
    read = {each.step.key: each for each in read_steps(plan.roadmap)}
    request, placed = plan_of(plan)
    unpriced = basis_kept(plan).offer.unpriced
    return [
        _Step(
            read[each.step],
            each,
            request.by_key[each.step],
            None if each.step in unpriced else request.by_key[each.step].cost,
        )
        for each in placed.placements
        if each.step in read
    ]


def _chosen(plan: KeptPlan, steps: Sequence[str]) -> list[_Step]:
    if plan.adopted_at is None:
        raise RefusedActionError(_("Adopt the plan before its steps are carried out."))
    known = {each.placement.step: each for each in _all_steps(plan)}
    if not steps:
        raise RefusedActionError(_("Choose at least one step."))
    if any(key not in known for key in steps):
        raise RefusedActionError(_("The plan has no such step."))
    found = [each for key, each in known.items() if key in steps]
    taken = initiatives_of([each.read for each in found])
    if taken:
        words = {each.placement.step: each.read.words for each in found}
        named = "; ".join(f"{step_words(key, words)} ({one})" for key, one in taken.items())
        raise RefusedActionError(
            _("An initiative carries this out already: %(steps)s.") % {"steps": named}
        )
    return found


def _once(initiatives: Sequence[Initiative]) -> list[Initiative]:
    return list({each.pk: each for each in initiatives}.values())


def _initiative_of(
    by: Member,
    plan: KeptPlan,
    group: Sequence[_Step],
    owner: Member,
    title: str,
    after: Sequence[Initiative],
    now: datetime,
) -> Initiative:
    places = {each.read.words.centre_row for each in group}
    costs = [each.cost for each in group]
    starts, due = _dates(plan, group)
    return plan_initiative(
        by=by,
        title=title or step_words(group[0].placement.step, _words(group))[:LONGEST_TITLE],
        aim=" ".join(dict.fromkeys(each.read.words.text for each in group if each.read.words.text)),
        centre=places.pop() if len(places) == 1 else None,
        steps=[_taken(each.read) for each in group],
        owner=owner,
        starts_on=starts,
        due_on=due,
        now=now,
        currency=basis_kept(plan).currency,
        roadmap=plan.roadmap,
        plan=plan,
        days=sum(each.candidate.days for each in group),
        cost=sum(each for each in costs if each is not None) if None not in costs else None,
        after=after,
    )


def _words(group: Sequence[_Step]) -> Mapping[str, StepWords]:
    return {each.placement.step: each.read.words for each in group}


def _dates(plan: KeptPlan, group: Sequence[_Step]) -> tuple[date, date]:
    first = Month.parse(basis_kept(plan).first_month)
    start = min(each.placement.start for each in group) * MONTHS_OF_A_QUARTER
    last = (max(each.placement.last for each in group) + 1) * MONTHS_OF_A_QUARTER - 1
    return first.plus(start).first_day, first.plus(last).last_day


def _taken(read: StepOfRoadmap) -> StepTaken:
    step, words = read.step, read.words
    return StepTaken(words.assessment, words.centre_row, step.item, step.level, step.to)
