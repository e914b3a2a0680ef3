"""What is to be done, who does it, what of it is done already, and what comes regularly."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus

from attain.organisations.models.tenancy import TenantManager

_STATES = {
    TaskResultStatus.READY: "queued",
    TaskResultStatus.RUNNING: "running",
    TaskResultStatus.SUCCESSFUL: "done",
    TaskResultStatus.FAILED: "failed",
}


class Worker(models.Model):
    """A process that does jobs. It lives while its heart beats, or its lock is held."""

    id = models.CharField(max_length=36, primary_key=True)
    host = models.CharField(max_length=200)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host}:{self.process}"


class Job(models.Model):
    """A piece of work, whoever asked for it, how often it was begun, and how far it is.

    Its place in the queue is a row of django-tasks, whose status says whether it waits, runs, is
    done or has failed. `worker` holds the lease on it, and `attempt` counts the leases: what a
    worker writes for a job, it writes only while both are its own. `organisation` and `by` are
    empty for what attain does by itself.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey("organisations.Member", models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    result = models.OneToOneField(
        "django_tasks_database.DBTaskResult", models.CASCADE, related_name="job"
    )
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="jobs")
    attempt = models.PositiveIntegerField(default=0)
    losses = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    text = models.CharField(max_length=200, blank=True)
    problem = models.TextField(blank=True)

    objects = TenantManager["Job"]()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> TaskResultStatus:
        """Whether it waits, runs, is done or has failed."""
        return TaskResultStatus(self.result.status)

    @property
    def state(self) -> str:
        """The status by the word under which pages show it."""
        return _STATES[self.status]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)

    @property
    def percent(self) -> int | None:
        """How much of it is done, of a hundred; None where nobody knows how much there is."""
        return min(100, self.done * 100 // self.total) if self.total else None


class JobStepManager(TenantManager["JobStep"]):
    """Finds the steps of the jobs of the organisation in scope."""

    path = "job__organisation"


class JobStep(models.Model):
    """A part of a job whose effects are in the database, so that it is never done again."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=200)

    objects = JobStepManager()

    class Meta:
        constraints = (models.UniqueConstraint("job", "name", name="each_step_of_a_job_once"),)


class DueTime(models.Model):
    """When something that comes regularly is due next; one row for each schedule."""

    name = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField()
