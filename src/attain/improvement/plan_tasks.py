"""The long work of planning: the solver, outside of the request of whoever asked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from attain.improvement.actions.planning import basis_of, make_plan
from attain.improvement.models import Roadmap
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.rules.kept_plans import PlanWishes
from attain.organisations.jobs.actions import enqueue
from attain.organisations.jobs.models import Job
from attain.organisations.jobs.running import current_member, progress
from attain.organisations.pages import Member
from attain.organisations.rules import Permission


@task()
def find_best_plan(roadmap: str, plan: str, wishes: Mapping[str, Any]) -> None:
    """Find the plan that somebody asked for, if they still may, and keep it once."""
    member = current_member()
    if member is None:
        raise ValueError("a plan is somebody's")
    found = find_roadmap(member, UUID(roadmap), Permission.PLAN_ROADMAPS)
    if found.plans.filter(uuid=plan).exists():
        return
    progress(0, 0, _("Looking for the plan that brings most"))
    # No transaction while it looks: nobody else waits for the solver. A second run keeps none.
    make_plan(
        by=member,
        roadmap=found,
        wishes=PlanWishes.from_kept(wishes),
        now=timezone.now(),
        uuid=UUID(plan),
    )
    progress(1, 1, _("The plan is made"))


def ask_for_plan(*, by: Member, roadmap: Roadmap, wishes: PlanWishes) -> tuple[Job, UUID]:
    """Leave a plan to a worker; return the job, and the uuid that the plan will have.

    What is wrong with the wishes is refused at once, unless only the solver can tell.
    """
    basis_of(roadmap, wishes)
    uuid = uuid4()
    job = enqueue(
        find_best_plan,
        by=by,
        organisation=roadmap.organisation,
        title=_("Plan %(plan)s of %(roadmap)s") % {"plan": wishes.title, "roadmap": roadmap.title},
        roadmap=str(roadmap.uuid),
        plan=str(uuid),
        wishes=wishes.as_kept(),
    )
    return job, uuid
