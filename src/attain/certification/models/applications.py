"""Applications for a tier, and the practices that were submitted with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.certification.models.lists import values_of
from attain.certification.rules.applications import OPEN_STATES, ApplicationState, Purpose
from attain.organisations.models.tenancy import OwnedRow, TenantManager
from attain.standards.figures import Documented

STATES = {
    ApplicationState.DRAFTED.value: _("Drafted"),
    ApplicationState.SUBMITTED.value: _("Submitted"),
    ApplicationState.IN_REVIEW.value: _("In review"),
    ApplicationState.DECIDED.value: _("Decided"),
    ApplicationState.WITHDRAWN.value: _("Withdrawn"),
}
PURPOSES = {
    Purpose.FIRST.value: _("First certification"),
    Purpose.REASSESSMENT.value: _("Re-assessment for a higher tier"),
    Purpose.RECERTIFICATION.value: _("Recertification"),
}
DOCUMENTED = {
    Documented.YES.value: _("Documented"),
    Documented.NO.value: _("Not documented"),
    Documented.NOT_APPLICABLE.value: _("Not applicable"),
}
_SUBMITTED = values_of(
    [ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.DECIDED]
)
_DRAFTED = models.Q(state=ApplicationState.DRAFTED.value)


class Application(OwnedRow):
    """A centre's application for a tier of a scheme.

    The coverage stands as it was when the application was made. The documents on file are frozen
    with the practices when it is submitted, so that the next one can say what changed.
    """

    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    scheme = models.CharField(_("scheme"), max_length=60)
    tier = models.PositiveSmallIntegerField(_("tier"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=PURPOSES)
    state = models.CharField(
        _("state"), max_length=20, choices=STATES, default=ApplicationState.DRAFTED.value
    )
    site_volume = models.PositiveBigIntegerField(_("contacts of the whole site in 12 months"))
    assessed_volume = models.PositiveBigIntegerField(_("contacts of what is assessed"))
    applied_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    documents = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=values_of(ApplicationState)),
                name="application_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=values_of(Purpose)),
                name="application_purpose_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(assessed_volume__lte=models.F("site_volume")),
                name="application_assesses_part_of_the_site",
            ),
            models.CheckConstraint(condition=models.Q(tier__gte=1), name="tiers_begin_with_1"),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, submitted_by=None)
                | models.Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submission_has_its_time_and_person",
            ),
            models.CheckConstraint(
                condition=models.Q(_DRAFTED, submitted_at=None)
                | models.Q(state__in=_SUBMITTED, submitted_at__isnull=False)
                | models.Q(state=ApplicationState.WITHDRAWN.value),
                name="submitted_when_the_state_says_so",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=values_of(OPEN_STATES), closed_at=None)
                | models.Q(state__in=["decided", "withdrawn"], closed_at__isnull=False),
                name="closed_when_decided_or_withdrawn",
            ),
            models.UniqueConstraint(
                "centre",
                "scheme",
                condition=models.Q(state__in=values_of(OPEN_STATES)),
                name="one_open_application_a_centre",
            ),
        )
        ordering = ("-applied_at",)

    def __str__(self) -> str:
        return f"{self.centre}, {self.tier}"


class SubmittedItemManager(TenantManager["SubmittedItem"]):
    """Finds the submitted items of the organisation in scope."""

    path = "application__organisation"


class SubmittedItem(models.Model):
    """A practice as it was submitted: documented or not, why not, and its evidence by hash."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="items")
    item = models.CharField(_("item"), max_length=200)
    documented = models.CharField(_("documented"), max_length=20, choices=DOCUMENTED)
    reason = models.TextField(_("reason"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    hashes = models.JSONField(default=list)

    objects = SubmittedItemManager()

    class Meta:
        constraints = (
            models.UniqueConstraint("application", "item", name="each_item_submitted_once"),
            models.CheckConstraint(
                condition=models.Q(documented__in=values_of(Documented)), name="documented_is_known"
            ),
        )
        ordering = ("item",)
