"""Technology systems: their uptime, their incidents, and what was changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.fields import ExactField, MonthField
from attain.performance.models.choices import ChangeName, Facing
from attain.performance.models.processes import KEY, DefinedRow, one_defined
from attain.performance.models.revisions import RevisedRow, by_centre, one_current, one_of


class System(DefinedRow):
    """A technology system of the centre."""

    facing = models.CharField(_("class"), max_length=20, choices=Facing)

    class Meta:
        constraints = (
            one_defined("one_system_a_key"),
            one_of("facing", Facing, "system_faces_a_class"),
        )
        ordering = ("key",)


class UptimeReading(RevisedRow):
    """The share of a month that a system was up, and its target for that month."""

    system = models.ForeignKey(System, models.PROTECT, related_name="uptime")
    month = MonthField(_("month"))
    uptime = ExactField(_("uptime"))
    target = ExactField(_("target"))

    class Meta:
        constraints = one_current("uptime", "system", "month")
        indexes = (by_centre("uptime"),)


class Incident(RevisedRow):
    """An incident of a system. What is empty was not assessed."""

    system = models.ForeignKey(System, models.PROTECT, related_name="incidents")
    key = models.CharField(_("incident"), max_length=KEY)
    opened = models.DateTimeField(_("opened"))
    severity = models.CharField(_("severity"), max_length=KEY, blank=True)
    responded_minutes = ExactField(_("minutes to respond"), null=True, blank=True)
    cost_impact = ExactField(_("cost"), null=True, blank=True)

    class Meta:
        constraints = one_current("incident", "centre", "key")
        indexes = (by_centre("incident"),)


class TechnologyChange(RevisedRow):
    """A purchase, an enhancement or an upgrade, and what it refers to."""

    key = models.CharField(_("change"), max_length=KEY)
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeName)
    made_on = models.DateField(_("on"))
    business_requirement = models.TextField(_("business requirement"), blank=True)
    annual_plan_reference = models.TextField(_("reference in the annual plan"), blank=True)

    class Meta:
        constraints = (
            *one_current("technology_change", "centre", "key"),
            one_of("kind", ChangeName, "technology_change_is_of_a_kind"),
        )
        indexes = (by_centre("technology_change"),)
