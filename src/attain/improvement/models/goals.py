"""What an organisation aims at, each goal with its weight."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.fields import ExactField
from attain.organisations.models.tenancy import OwnedRow


class Goal(OwnedRow):
    """A declared goal. Only the proportions of the weights matter; one of zero counts for nothing.

    A goal that was given up is retired and not deleted, as steps were appraised by it.
    """

    key = models.SlugField(_("key"), max_length=60)
    title = models.CharField(_("goal"), max_length=200)
    why = models.TextField(_("why it is a goal"), blank=True)
    weight = ExactField(_("weight"))
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint("organisation", "key", name="one_goal_a_key"),)
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title
