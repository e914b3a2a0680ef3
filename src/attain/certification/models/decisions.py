"""Decisions on applications: append-only, with everything that they rested on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.certification.models.applications import Application
from attain.organisations.models.tenancy import OwnedRow


class Decision(OwnedRow):
    """What was decided on an application, by whom, and on which proof.

    `tree` is the whole proof as `attain certify --json` prints it, `sentences` what it says in
    English by templates and figures (none of a decision from before they were kept), `inputs` the
    hash of each table that it was judged on, `changes` what is another than at the decision
    before. Never changed: triggers of the database refuse it.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    as_of = models.DateField(_("as of"))
    scheme = models.CharField(_("scheme"), max_length=60)
    edition = models.CharField(_("edition"), max_length=60)
    sought = models.PositiveSmallIntegerField(_("tier sought"))
    reached = models.PositiveSmallIntegerField(_("tier reached"), null=True)
    awarded = models.BooleanField(_("awarded"))
    lacking = models.JSONField(default=list)
    reviews_failed = models.JSONField(default=list)
    reason = models.TextField(_("reason"))
    tree = models.TextField()
    sentences = models.JSONField(null=True)
    tree_hash = models.CharField(max_length=64)
    inputs = models.JSONField()
    changes = models.JSONField(default=list)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(awarded=False)
                | models.Q(awarded=True, reached__gte=models.F("sought")),
                name="awarded_when_the_tier_is_reached",
            ),
        )
        ordering = ("-at",)
