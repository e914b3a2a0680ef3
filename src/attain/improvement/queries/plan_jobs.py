"""Plans that a worker is still looking for."""

from uuid import UUID

from attain.improvement.models import Roadmap
from attain.improvement.rules.kept_plans import PlanWishes
from attain.organisations.jobs.models import Job
from attain.organisations.jobs.queries import visible_jobs
from attain.organisations.pages import Member

TASK = "attain.improvement.plan_tasks.find_best_plan"
"""The name of the task by which the queue knows it."""


def job_of_plan(member: Member, roadmap: Roadmap, plan: UUID) -> Job | None:
    """Return the job that looks for a plan of a roadmap, where a member may see it."""
    return (
        visible_jobs(member)
        .filter(
            result__task_path=TASK,
            result__args_kwargs__kwargs__plan=str(plan),
            result__args_kwargs__kwargs__roadmap=str(roadmap.uuid),
        )
        .first()
    )


def jobs_of_plans(member: Member, roadmap: Roadmap) -> list[tuple[UUID, Job]]:
    """Return the jobs that look for plans of a roadmap and are not over, each with its plan."""
    jobs = visible_jobs(member).filter(
        result__task_path=TASK,
        result__args_kwargs__kwargs__roadmap=str(roadmap.uuid),
    )
    return [(plan_of_job(job), job) for job in jobs if not job.is_over]


def plan_of_job(job: Job) -> UUID:
    """Return the uuid of the plan that a job looks for."""
    return UUID(job.result.args_kwargs["kwargs"]["plan"])


def wishes_of_job(job: Job) -> PlanWishes:
    """Return what was asked for."""
    return PlanWishes.from_kept(job.result.args_kwargs["kwargs"]["wishes"])
