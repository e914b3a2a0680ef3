"""Corrective actions on deficiencies: milestones, evidence, and re-tests of what had failed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.certification.models.certificates import Certificate
from attain.certification.models.lists import values_of
from attain.certification.models.watches import WatchResult
from attain.certification.rules.corrective import CorrectiveState
from attain.organisations.models.tenancy import OwnedRow

STATES = {
    CorrectiveState.RAISED.value: _("Raised"),
    CorrectiveState.ANSWERED.value: _("Answered"),
    CorrectiveState.VERIFIED.value: _("Verified"),
}


class CorrectiveAction(OwnedRow):
    """What a centre must put right within ninety days to keep its certificate.

    `failed` are exactly the requirements that the watch found lacking. `overdue_at` says when the
    rule for what is overdue was applied.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="corrective_actions")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    watch = models.OneToOneField(
        WatchResult, models.PROTECT, related_name="corrective_action", null=True
    )
    failed = models.JSONField()
    raised_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, related_name="+"
    )
    raised_at = models.DateTimeField()
    raised_on = models.DateField(_("raised on"))
    due_on = models.DateField(_("due on"))
    owner = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=STATES, default=CorrectiveState.RAISED.value
    )
    cause = models.TextField(_("cause"), blank=True)
    answer = models.TextField(_("what is done about it"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=values_of(CorrectiveState)),
                name="corrective_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answer_has_its_time_and_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state="verified", verified_at__isnull=False)
                | models.Q(~models.Q(state="verified"), verified_at=None),
                name="verified_when_the_state_says_so",
            ),
            models.UniqueConstraint(
                "certificate",
                condition=~models.Q(state="verified"),
                name="one_open_corrective_action",
            ),
        )
        ordering = ("-raised_at",)


class Milestone(OwnedRow):
    """A step of a corrective action with its own date."""

    corrective = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="milestones")
    text = models.CharField(_("milestone"), max_length=300)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")


class CorrectiveEvidence(OwnedRow):
    """A file that shows what was put right, by its hash; never replaced or deleted."""

    corrective = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="evidence")
    file = models.ForeignKey("performance.EvidenceFile", models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    note = models.TextField(_("note"), blank=True)
    added_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint("corrective", "sha256", name="each_evidence_added_once"),
        )
        ordering = ("added_at", "id")


class Retest(OwnedRow):
    """A re-test of exactly what had failed, on the figures of a day."""

    corrective = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="retests")
    at = models.DateTimeField()
    as_of = models.DateField(_("as of"))
    by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    outcomes = models.JSONField()
    held = models.BooleanField(_("held"))
    tree_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("at", "id")
