"""Initiatives that close gaps, at a centre or at many, their milestones and what they bring."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.improvement.models.lists import DOCUMENTS, STATES
from attain.improvement.models.plans import KeptPlan
from attain.improvement.models.roadmaps import Roadmap
from attain.improvement.rules.stages import InitiativeState
from attain.organisations.fields import ExactField, MonthField
from attain.organisations.models.tenancy import OwnedRow

_OVER = models.Q(state__in=[InitiativeState.DONE.value, InitiativeState.DROPPED.value])


class Initiative(OwnedRow):
    """Planned work of an owner that closes gaps.

    One without a centre is a central project, for all the centres of its steps. A structured one
    follows a method: it has an analysis of data before it and an outcome after it; done at a centre
    and for a process, it is recorded there, where certification counts it. `recorded_as` is its key
    among the records.
    """

    title = models.CharField(_("title"), max_length=200)
    aim = models.TextField(_("aim"), blank=True)
    centre = models.ForeignKey(
        "organisations.Centre", models.PROTECT, null=True, blank=True, related_name="+"
    )
    roadmap = models.ForeignKey(
        Roadmap, models.PROTECT, null=True, blank=True, related_name="initiatives"
    )
    plan = models.ForeignKey(
        KeptPlan, models.PROTECT, null=True, blank=True, related_name="initiatives"
    )
    process = models.ForeignKey(
        "performance.Process", models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    days = models.PositiveIntegerField(_("effort in person-days"), null=True, blank=True)
    cost = models.BigIntegerField(_("cost in minor units"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    starts_on = models.DateField(_("starts on"))
    due_on = models.DateField(_("due on"))
    after = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="before")
    is_structured = models.BooleanField(_("structured"), default=False)
    analysis = models.TextField(_("analysis"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=STATES, default=InitiativeState.PLANNED.value
    )
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    recorded_as = models.CharField(max_length=100, blank=True)
    planned_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(STATES)), name="initiative_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("starts_on")),
                name="initiative_is_due_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(_OVER, ended_on__isnull=False)
                | (~_OVER & models.Q(ended_on=None)),
                name="initiative_ended_on_a_day",
            ),
        )
        ordering = ("starts_on", "id")

    def __str__(self) -> str:
        return self.title


class InitiativeStep(OwnedRow):
    """A step of a gap that an initiative takes: an item at a centre, from a level to the next."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="steps")
    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="+")
    centre = models.ForeignKey(
        "organisations.Centre", models.PROTECT, null=True, blank=True, related_name="+"
    )
    item = models.CharField(_("item"), max_length=100)
    level = models.PositiveSmallIntegerField(_("from level"))
    to = models.PositiveSmallIntegerField(_("to level"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "initiative", "assessment", "item", "to", name="one_step_an_initiative"
            ),
        )
        ordering = ("id",)


class InitiativeMilestone(OwnedRow):
    """Something that an initiative will have reached by a day."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="milestones")
    text = models.CharField(_("milestone"), max_length=400)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")


class InitiativeComment(OwnedRow):
    """What somebody said of an initiative; it stays as it was said."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="comments")
    text = models.TextField(_("comment"))
    said_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("said_at", "id")


class InitiativeDocument(OwnedRow):
    """A document of an initiative: a file or a link; withdrawn, it stays on record."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=DOCUMENTS)
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey(
        "performance.EvidenceFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    added_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(file__isnull=False, link="")
                | (models.Q(file=None) & ~models.Q(link="")),
                name="document_is_a_file_or_a_link",
            ),
        )
        ordering = ("added_at", "id")


class ExpectedBenefit(OwnedRow):
    """What an initiative is to do to a metric, and which months are compared.

    `planned` is the difference that was planned, in the unit of the metric.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="benefits")
    metric = models.ForeignKey("performance.Metric", models.PROTECT, related_name="+")
    planned = ExactField(_("planned difference"), null=True, blank=True)
    before_first = MonthField(_("first month before"))
    before_last = MonthField(_("last month before"))
    after_first = MonthField(_("first month after"))
    after_last = MonthField(_("last month after"))

    class Meta:
        constraints = (
            models.UniqueConstraint("initiative", "metric", name="one_benefit_a_metric"),
            models.CheckConstraint(
                condition=models.Q(
                    before_first__lte=models.F("before_last"),
                    before_last__lt=models.F("after_first"),
                    after_first__lte=models.F("after_last"),
                ),
                name="months_before_and_after_stand_apart",
            ),
        )
        ordering = ("id",)
