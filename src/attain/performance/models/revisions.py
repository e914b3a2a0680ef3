"""What every recorded figure has in common: it is never edited, a correction is a revision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.models.tenancy import OwnedRow


class CentreRow(OwnedRow):
    """A row that belongs to a centre."""

    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class RevisedRow(CentreRow):
    """A recorded figure. A correction is a further revision of the same key, with its reason.

    The current revision is the highest of its key. Where it is withdrawn the figure is not there,
    as if it had never been recorded; the earlier revisions stay.
    """

    revision = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    withdrawn = models.BooleanField(default=False)
    reason = models.TextField(_("reason"), blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    source = models.ForeignKey(
        "performance.Import", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


def one_current(name: str, *key: str) -> tuple[models.UniqueConstraint, models.UniqueConstraint]:
    """Return the constraints that a key has each revision once, and one of them current."""
    return (
        models.UniqueConstraint(fields=(*key, "revision"), name=f"{name}_revision_once"),
        models.UniqueConstraint(
            fields=key, condition=models.Q(is_current=True), name=f"{name}_one_current"
        ),
    )


def by_centre(name: str) -> models.Index:
    """Return the index by which the current figures of a centre are found."""
    return models.Index(
        fields=("centre",), condition=models.Q(is_current=True), name=f"{name}_by_centre"
    )


def one_of(field: str, values: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Return the constraint that a column holds one of a closed list."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values.values}), name=name)
