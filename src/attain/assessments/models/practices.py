"""Good practices: notes of agreed ratings that a donor shares with the whole organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.assessments.models.assessments import Assessment
from attain.assessments.models.editions import KEY
from attain.organisations.models.tenancy import OwnedRow


class GoodPractice(OwnedRow):
    """How a centre came to its level of an item, shared with centres that lack it.

    It keeps the text as it was shared. It is never changed: it is withdrawn, and another shared.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="practices")
    item = models.CharField(_("item"), max_length=KEY)
    text = models.TextField(_("text"))
    shared_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "assessment",
                "item",
                condition=models.Q(withdrawn_at=None),
                name="one_practice_shared_of_an_item",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="practice_withdrawn_by_somebody_at_a_time",
            ),
        )
        ordering = ("-shared_at", "-id")

    def __str__(self) -> str:
        return self.text
