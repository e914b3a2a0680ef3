"""Assessments, and the parts of their assessors."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.assessments.models.editions import ModelEdition
from attain.assessments.models.lists import KINDS, STATES
from attain.assessments.rules.stages import AssessmentState
from attain.organisations.models.tenancy import OwnedRow

_CLOSED = models.Q(state=AssessmentState.CLOSED.value)


class Assessment(OwnedRow):
    """An assessment of an organisation, a centre or a team, by one edition of a model.

    `closing` keeps what was agreed, how it rolled up and what records said when it was closed.
    `moved_from` is the assessment by the edition before from which its ratings were taken over.
    """

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    edition = models.ForeignKey(ModelEdition, models.PROTECT, related_name="assessments")
    centre = models.ForeignKey(
        "organisations.Centre", models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        "organisations.Team", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=STATES, default=AssessmentState.RATING.value
    )
    due_on = models.DateField(_("due on"))
    number = models.PositiveIntegerField(_("version"), default=1)
    reopens = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reopened_as"
    )
    moved_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_to"
    )
    seed = models.PositiveIntegerField()
    opened_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    closing = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(KINDS)), name="assessment_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(STATES)), name="assessment_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(centre=None) | models.Q(team=None),
                name="assessment_has_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(_CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | (~_CLOSED & models.Q(closed_at=None, closed_by=None)),
                name="closed_by_somebody_at_a_time",
            ),
        )
        ordering = ("-opened_at", "-id")

    def __str__(self) -> str:
        return self.title


class AssessorPart(OwnedRow):
    """What one assessor rates of an assessment: some categories of its model, or all of them."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="parts")
    assessor = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    categories = models.JSONField(_("categories"), default=list, blank=True)
    due_on = models.DateField(_("due on"))
    delegated_from = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("assessment", "assessor", name="one_part_an_assessor"),
        )
        ordering = ("id",)
