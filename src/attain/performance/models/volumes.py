"""Contacts: the service level that is promised, what intervals attained, and what is covered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.fields import ExactField
from attain.performance.models.choices import BasisName
from attain.performance.models.processes import KEY
from attain.performance.models.revisions import (
    CentreRow,
    RevisedRow,
    by_centre,
    one_current,
    one_of,
)


class ServiceLevelTarget(RevisedRow):
    """The share of a channel's contacts to be answered within the threshold, from a date on."""

    channel = models.CharField(_("channel"), max_length=KEY)
    since = models.DateField(_("from"))
    share = ExactField(_("share"))
    basis = models.CharField(_("of"), max_length=10, choices=BasisName)

    class Meta:
        constraints = (
            *one_current("service_level_target", "centre", "channel", "since"),
            one_of("basis", BasisName, "service_level_has_a_basis"),
        )
        indexes = (by_centre("service_level_target"),)


class CoverageFigure(RevisedRow):
    """The contacts of 12 months: those of the site, and those of what is assessed."""

    since = models.DateField(_("from"))
    site_volume = models.PositiveBigIntegerField(_("contacts of the site"))
    assessed_volume = models.PositiveBigIntegerField(_("contacts of what is assessed"))

    class Meta:
        constraints = (
            *one_current("coverage", "centre", "since"),
            models.CheckConstraint(
                condition=models.Q(assessed_volume__lte=models.F("site_volume")),
                name="assessed_is_part_of_the_site",
            ),
        )
        indexes = (by_centre("coverage"),)


class IntervalVolumes(CentreRow):
    """What the intervals of a centre came to, so that the lake is not asked for each page.

    It holds for one version of the lake and one `digest` of what they are judged by; `volumes` has
    the contacts that attain, may, and count, by channel and month. Anyone may delete it.
    """

    lake_version = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    volumes = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("centre",), name="one_volumes_a_centre"),)
