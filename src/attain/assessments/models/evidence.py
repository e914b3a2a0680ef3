"""Evidence of an item: a file with its hash, a link, a document on record, or a live figure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.assessments.models.assessments import Assessment
from attain.assessments.models.editions import KEY
from attain.organisations.models.tenancy import OwnedRow

KINDS = {
    "file": _("File"),
    "link": _("Link"),
    "document": _("Document on record"),
    "figure": _("Live figure"),
}


class ItemEvidence(OwnedRow):
    """What is shown for an item. It is never changed: another is added, or this one withdrawn."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="evidence")
    item = models.CharField(_("item"), max_length=KEY)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey(
        "performance.EvidenceFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    document = models.ForeignKey(
        "performance.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    metric = models.ForeignKey(
        "performance.Metric", models.PROTECT, null=True, blank=True, related_name="+"
    )
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    added_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="file", file__isnull=False)
                | (models.Q(kind="link") & ~models.Q(link=""))
                | models.Q(kind="document", document__isnull=False)
                | models.Q(kind="figure", metric__isnull=False),
                name="evidence_is_what_its_kind_says",
            ),
        )
        ordering = ("added_at", "id")
