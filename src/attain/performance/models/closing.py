"""Closing a month: from then on what it said stays told beside what it says now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.fields import MonthField
from attain.performance.models.revisions import CentreRow


class ClosedMonth(CentreRow):
    """A month whose readings were reported. Revisions after `last_reading` restate it.

    `last_reading` is the id of the last reading of the centre when the month was closed.
    """

    month = MonthField(_("month"))
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    last_reading = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("centre", "month"), name="a_month_is_closed_once"),
        )
        ordering = ("month",)
