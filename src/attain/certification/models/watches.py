"""What the watch found of certificates, month by month."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.certification.models.certificates import Certificate
from attain.certification.models.lists import values_of
from attain.certification.rules.watching import WatchOutcome
from attain.organisations.fields import MonthField
from attain.organisations.models.tenancy import OwnedRow

OUTCOMES = {
    WatchOutcome.HELD.value: _("Would be granted today"),
    WatchOutcome.OPEN.value: _("Cannot be told"),
    WatchOutcome.LOST.value: _("Would not be granted today"),
}


class WatchResult(OwnedRow):
    """Whether a certificate would still be granted, judged once for each month."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="watches")
    month = MonthField(_("month"))
    at = models.DateTimeField()
    as_of = models.DateField(_("as of"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=OUTCOMES)
    reached = models.PositiveSmallIntegerField(_("tier reached"), null=True)
    failing = models.JSONField(default=list)
    at_risk = models.BooleanField(_("at risk"))
    risks = models.JSONField(default=list)
    tree_hash = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint("certificate", "month", name="one_watch_a_month"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=values_of(WatchOutcome)),
                name="watch_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(at_risk=False) | models.Q(outcome=WatchOutcome.HELD.value),
                name="at_risk_while_it_is_held",
            ),
        )
        ordering = ("-month",)
