"""What assessors say of items, each alone, and what they agreed on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.assessments.models.assessments import Assessment, AssessorPart
from attain.assessments.models.editions import KEY
from attain.organisations.models.tenancy import OwnedRow


class EntryRow(OwnedRow):
    """What is entered for an item of a model."""

    item = models.CharField(_("item"), max_length=KEY)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    target = models.PositiveSmallIntegerField(_("target"), null=True, blank=True)
    is_applicable = models.BooleanField(_("applies"), default=True)
    reason = models.TextField(_("reason"), blank=True)
    note = models.TextField(_("note"), blank=True)
    needed = models.TextField(_("needed for the next level"), blank=True)

    class Meta:
        abstract = True


def _entry_stands(name: str) -> tuple[models.CheckConstraint, models.CheckConstraint]:
    return (
        models.CheckConstraint(
            condition=models.Q(is_applicable=True) | models.Q(level=None) & ~models.Q(reason=""),
            name=f"{name}_says_why_not",
        ),
        models.CheckConstraint(
            condition=models.Q(level=None)
            | models.Q(target=None)
            | models.Q(target__gte=models.F("level")),
            name=f"{name}_target_is_not_below_the_level",
        ),
    )


class Rating(EntryRow):
    """What one assessor says of an item. It is theirs alone until every part is submitted."""

    part = models.ForeignKey(AssessorPart, models.PROTECT, related_name="ratings")
    rated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint("part", "item", name="one_rating_an_item_and_assessor"),
            *_entry_stands("rating"),
        )


class AgreedRating(EntryRow):
    """What was agreed of an item. A further number is a later agreement; the highest holds.

    `rationale` says why, where the assessors differed.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="agreed")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    rationale = models.TextField(_("reason of the agreement"), blank=True)
    agreed_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint("assessment", "item", "number", name="agreed_number_once"),
            models.UniqueConstraint(
                "assessment",
                "item",
                condition=models.Q(is_current=True),
                name="one_agreed_rating_an_item",
            ),
            *_entry_stands("agreed"),
        )
