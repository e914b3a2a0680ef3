"""Texts that an organisation has a licence for, for items that a model names without them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.assessments.models.editions import ModelEdition
from attain.organisations.models.tenancy import OwnedRow


class LicensedTextsFile(OwnedRow):
    """Licensed texts as they were loaded for an edition, and the edition that was made with them.

    It is never changed: another file of a higher number takes its place. It stays with the
    organisation that loaded it.
    """

    base = models.ForeignKey(ModelEdition, models.PROTECT, related_name="texts_loaded")
    made = models.OneToOneField(ModelEdition, models.PROTECT, related_name="licensed_texts")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64)
    licence = models.TextField(_("licence"))
    uploaded_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint("base", "number", name="licensed_texts_number_once"),
            models.UniqueConstraint(
                "base", condition=models.Q(is_current=True), name="one_current_licensed_texts"
            ),
        )
        ordering = ("base", "-number")
