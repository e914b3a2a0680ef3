"""Making plans of a roadmap, naming them, and adopting the one that the organisation goes by."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from attain.improvement.actions.recording import record_of
from attain.improvement.models import KeptPlan, Roadmap
from attain.improvement.plan_words import faults_in_words, nothing_to_plan
from attain.improvement.queries.candidates import RoadmapSteps, steps_to_plan
from attain.improvement.rules.candidates import QUARTERS_OF_A_YEAR, Means, PlanRequest
from attain.improvement.rules.kept_plans import (
    PlanBasis,
    PlanWishes,
    as_kept,
    fingerprint,
    kept_placements,
)
from attain.improvement.rules.left_out import left_out
from attain.improvement.rules.plan_faults import PlanRefusedError, refuse_faults
from attain.improvement.rules.plans import RoadmapPlan
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member

WORK, GAP_PERCENT, FEW = 8.0, 0.5, 30
"""When the solver stops: measured for 69 steps, which it answers within ten seconds."""

MOST_VALUE = 10**18
"""Above this what a plan brings would fit neither the solver nor its column."""


def basis_of(roadmap: Roadmap, wishes: PlanWishes) -> PlanBasis:
    """Return what a plan is made of; RefusedActionError with every fault of what was asked for."""
    if roadmap.archived_at is not None:
        raise RefusedActionError(_("The roadmap is archived; no plan is made of it any more."))
    steps = steps_to_plan(roadmap)
    found = steps.offered(wishes.unit or steps.unit, has_budget=wishes.budget is not None)
    if not found.candidates:
        raise RefusedActionError(nothing_to_plan(found))
    ample = sum(each.cost for each in found.candidates)
    budget = (ample,) * len(wishes.capacity) if wishes.budget is None else wishes.budget
    request = PlanRequest(
        candidates=found.candidates,
        means=Means(budget, wishes.capacity),
        horizon=max(len(wishes.capacity), roadmap.years * QUARTERS_OF_A_YEAR),
        locks=wishes.locks,
    )
    if sum(abs(each.value) for each in found.candidates) * request.horizon > MOST_VALUE:
        raise RefusedActionError(_("The amounts are too large to be planned with."))
    has_budget = wishes.budget is not None
    basis = PlanBasis(request, found, has_budget, roadmap.currency, str(roadmap.first_month))
    try:
        refuse_faults(request)
    except PlanRefusedError as refused:
        raise _in_words(refused, steps) from refused
    return basis


def _in_words(refused: PlanRefusedError, steps: RoadmapSteps) -> RefusedActionError:
    return RefusedActionError(" ".join(faults_in_words(refused.faults, steps.words)))


def make_plan(
    *, by: Member, roadmap: Roadmap, wishes: PlanWishes, now: datetime, uuid: UUID | None = None
) -> KeptPlan:
    """Find the plan of most value and keep it with everything that it was made of.

    It takes seconds, in which no transaction is open; an unfit request is refused in words.
    """
    from attain.improvement.rules.planning import SolverLimits, best_plan  # loads the solver

    basis = basis_of(roadmap, wishes)
    # Few steps are solved to the end within a second, so that the best is called so.
    gap = 0.0 if len(basis.request.candidates) <= FEW else GAP_PERCENT
    limits = SolverLimits(work=WORK, gap_percent=gap, seed=roadmap.seed)
    try:
        found = best_plan(basis.request, limits)
    except PlanRefusedError as refused:
        raise _in_words(refused, steps_to_plan(roadmap)) from refused
    return _keep(
        by=by,
        roadmap=roadmap,
        title=wishes.title,
        basis=basis,
        found=found,
        limits=asdict(limits),
        now=now,
        uuid=uuid or uuid4(),
    )


@transaction.atomic
def _keep(
    *,
    by: Member,
    roadmap: Roadmap,
    title: str,
    basis: PlanBasis,
    found: RoadmapPlan,
    limits: dict[str, Any],
    now: datetime,
    uuid: UUID,
) -> KeptPlan:
    _hold(roadmap)
    kept = as_kept(basis)
    plan = KeptPlan.objects.create(
        organisation=roadmap.organisation,
        uuid=uuid,
        roadmap=roadmap,
        number=(roadmap.plans.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=title,
        request=kept,
        limits=limits,
        placements=kept_placements(found),
        left_out={key: why.value for key, why in left_out(basis.request, found).items()},
        value=found.value,
        cost=found.cost,
        days=found.days,
        bound=found.bound,
        made_by=by,
        made_at=now,
    )
    details = {"steps": len(found.placements), "made of": fingerprint(kept)}
    _record(by, "improvement.make_plan", plan, now, **details)
    return plan


def _hold(roadmap: Roadmap) -> None:
    """Let nobody else number or adopt plans of a roadmap until the transaction ends."""
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)


def _record(by: Member, action: str, plan: KeptPlan, now: datetime, **details: Any) -> None:
    told = {"plan": plan.title, "number": plan.number, **details}
    record_of(by, action, plan.roadmap, now, **told)


@transaction.atomic
def rename_plan(*, by: Member, plan: KeptPlan, seen: int, title: str, now: datetime) -> KeptPlan:
    """Give a plan another title; what it says stays."""
    if changed := change(plan, seen=seen, what=_("the plan"), title=title):
        _record(by, "improvement.rename_plan", plan, now, changed=changed)
    return plan


@transaction.atomic
def adopt_plan(*, by: Member, plan: KeptPlan, seen: int, now: datetime) -> KeptPlan:
    """Go by a plan from now on, and by no other of its roadmap."""
    _hold(plan.roadmap)
    if plan.adopted_at is not None:
        raise RefusedActionError(_("The plan is adopted already."))
    before = plan.roadmap.plans.filter(adopted_at__isnull=False).first()
    if before is not None:
        change(before, seen=before.version, what=_("the plan"), adopted_at=None, adopted_by=None)
    change(plan, seen=seen, what=_("the plan"), adopted_at=now, adopted_by=by)
    told = {"instead of": before.title} if before else {}
    _record(by, "improvement.adopt_plan", plan, now, **told)
    return plan
