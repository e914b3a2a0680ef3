"""Plans as they were made, each with everything that it was made from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.improvement.models.roadmaps import Roadmap
from attain.organisations.models.tenancy import OwnedRow


class KeptPlan(OwnedRow):
    """A plan of a roadmap. It is never made anew: other means or locks make another plan.

    `request` keeps the candidates, means, locks and horizon that were asked with, `limits` when the
    solver stopped and its seed, `left_out` the reason of each step that is not in the plan. `bound`
    is what no plan of this request exceeds; null where nothing was proved. The plan that an
    organisation goes by is adopted.
    """

    roadmap = models.ForeignKey(Roadmap, models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    request = models.JSONField()
    limits = models.JSONField()
    placements = models.JSONField()
    left_out = models.JSONField()
    value = models.BigIntegerField()
    cost = models.BigIntegerField()
    days = models.BigIntegerField()
    bound = models.BigIntegerField(null=True, blank=True)
    made_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    adopted_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("roadmap", "number", name="one_plan_a_number"),
            models.UniqueConstraint(
                "roadmap", condition=models.Q(adopted_at__isnull=False), name="one_plan_is_adopted"
            ),
        )
        ordering = ("-number",)

    def __str__(self) -> str:
        return self.title
