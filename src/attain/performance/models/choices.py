"""The closed lists of the room, with the words by which a page names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Facing(models.TextChoices):
    """Whether a process or a system faces end users."""

    END_USER_FACING = "end_user_facing", _("End-user facing")
    ENABLING = "enabling", _("Enabling")


class AspectName(models.TextChoices):
    """What side of a process a metric measures."""

    SERVICE = "service", _("Service")
    QUALITY = "quality", _("Quality")
    EFFICIENCY = "efficiency", _("Efficiency")
    COST = "cost", _("Cost")
    SATISFACTION = "satisfaction", _("Satisfaction")
    REVENUE = "revenue", _("Revenue")
    OTHER = "other", _("Other")


class Better(models.TextChoices):
    """Which way a metric is better."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class BasisName(models.TextChoices):
    """Of what the contacts within the threshold are a share."""

    OFFERED = "offered", _("Contacts offered")
    ANSWERED = "answered", _("Contacts answered")


class DocumentedName(models.TextChoices):
    """Whether a practice is documented."""

    YES = "yes", _("Documented")
    NO = "no", _("Not documented")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class SatisfactionOf(models.TextChoices):
    """Whose satisfaction was measured."""

    END_USER = "end_user", _("End users")
    STAFF = "staff", _("Staff")


class ChangeName(models.TextChoices):
    """What was done to technology."""

    PURCHASE = "purchase", _("Purchase")
    ENHANCEMENT = "enhancement", _("Enhancement")
    UPGRADE = "upgrade", _("Upgrade")
