"""What a centre has in writing: practices, documents, and the files that are evidence of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.fields import ExactField, MonthField
from attain.performance.models.choices import DocumentedName, SatisfactionOf
from attain.performance.models.processes import KEY
from attain.performance.models.revisions import (
    CentreRow,
    RevisedRow,
    by_centre,
    one_current,
    one_of,
)


class EvidenceFile(CentreRow):
    """A file that was handed in. It lies under its hash in the folder of the organisation."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=KEY)
    size = models.PositiveBigIntegerField(_("size"))
    media_type = models.CharField(_("media type"), max_length=100)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("centre", "sha256"), name="one_evidence_file_a_hash"),
        )

    def __str__(self) -> str:
        return self.name


class Practice(RevisedRow):
    """An item of a maturity model, and whether the centre has it documented."""

    item = models.CharField(_("item"), max_length=KEY)
    documented = models.CharField(_("documented"), max_length=20, choices=DocumentedName)
    why_not = models.TextField(_("reason why it does not apply"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            *one_current("practice", "centre", "item"),
            one_of("documented", DocumentedName, "practice_is_documented_or_not"),
        )
        indexes = (by_centre("practice"),)


class Document(RevisedRow):
    """A document on file, with what it covers and when it was made known and tested."""

    kind = models.CharField(_("kind"), max_length=KEY)
    title = models.CharField(_("title"), max_length=KEY)
    dated = models.DateField(_("dated"))
    covers_backup_and_recovery = models.BooleanField(_("covers backup and recovery"), default=False)
    sets_acceptable_levels = models.BooleanField(_("sets acceptable levels"), default=False)
    communicated_on = models.DateField(_("communicated on"), null=True, blank=True)
    tested_on = models.DateField(_("tested on"), null=True, blank=True)
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = one_current("document", "centre", "kind", "title")
        indexes = (by_centre("document"),)


class SatisfactionReading(RevisedRow):
    """The satisfaction of end users or staff in a month, and its target."""

    kind = models.CharField(_("of whom"), max_length=20, choices=SatisfactionOf)
    month = MonthField(_("month"))
    value = ExactField(_("value"))
    target = ExactField(_("target"))

    class Meta:
        constraints = (
            *one_current("satisfaction", "centre", "kind", "month"),
            one_of("kind", SatisfactionOf, "satisfaction_is_of_someone"),
        )
        indexes = (by_centre("satisfaction"),)
