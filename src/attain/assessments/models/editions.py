"""The maturity models of an organisation, each edition as the text that it is loaded from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.models.tenancy import OwnedRow

STATUSES = {
    "draft": _("Draft"),
    "published": _("Published"),
    "withdrawn": _("Withdrawn"),
}
KEY = 100


class ModelEdition(OwnedRow):
    """An edition of a maturity model. A draft may be changed; a published text is frozen.

    One of attain's library is entered when it is first used, so that an assessment keeps the very
    text that it was made with, whatever a later attain ships.
    """

    key = models.CharField(_("key"), max_length=KEY)
    edition = models.CharField(_("edition"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=20, choices=STATUSES, default="draft")
    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64)
    is_of_the_library = models.BooleanField(_("of the library of attain"), default=False)
    written_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("organisation", "key", "edition", name="one_text_an_edition"),
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(STATUSES)), name="edition_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft", published_at=None)
                | models.Q(status__in=["published", "withdrawn"], published_at__isnull=False),
                name="edition_has_its_time_when_published",
            ),
        )
        ordering = ("key", "-written_at")

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}"

    @property
    def language(self) -> str:
        """The language of its texts; empty where nobody knows what an organisation wrote in."""
        return "en" if self.is_of_the_library else ""
