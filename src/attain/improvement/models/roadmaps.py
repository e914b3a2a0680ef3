"""Roadmaps, the assessments whose gaps they close, and what was said of each step."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.improvement.models.lists import RULES, UNKNOWNS
from attain.improvement.rules.ranking import RankingRule, Unknowns
from attain.organisations.fields import MonthField
from attain.organisations.models.tenancy import OwnedRow

STEP = 360
"""How long the name of a step may be: those of a centre, an item and a level."""


class Roadmap(OwnedRow):
    """The steps of the gaps of one centre or of an estate, how they are ranked, and their quarters.

    A roadmap without a centre is one of the whole organisation. `years` is over how many years a
    return is looked at; `first_month` is that of the first of its quarters.
    """

    title = models.CharField(_("title"), max_length=200)
    centre = models.ForeignKey(
        "organisations.Centre", models.PROTECT, null=True, blank=True, related_name="+"
    )
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    years = models.PositiveSmallIntegerField(_("years of return"), default=3)
    rule = models.CharField(
        _("ranked by"),
        max_length=20,
        choices=RULES,
        default=RankingRule.RETURN_AND_IMPACT.value,
    )
    unknowns = models.CharField(
        _("what is not known"), max_length=10, choices=UNKNOWNS, default=Unknowns.APART.value
    )
    first_month = MonthField(_("first month"))
    quarters = models.PositiveSmallIntegerField(_("quarters"), default=4)
    seed = models.PositiveIntegerField()
    opened_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(rule__in=sorted(RULES)), name="ranking_rule_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(unknowns__in=sorted(UNKNOWNS)), name="unknowns_are_known"
            ),
            models.CheckConstraint(
                condition=models.Q(years__gte=1, years__lte=20, quarters__gte=1, quarters__lte=20),
                name="roadmap_has_years_and_quarters",
            ),
        )
        ordering = ("-opened_at", "-id")

    def __str__(self) -> str:
        return self.title


class RoadmapSource(OwnedRow):
    """A closed assessment whose gaps a roadmap closes."""

    roadmap = models.ForeignKey(Roadmap, models.PROTECT, related_name="sources")
    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint("roadmap", "assessment", name="one_source_an_assessment"),
        )
        ordering = ("id",)


def _amount(words: Any) -> "models.BigIntegerField[int | None, int | None]":
    return models.BigIntegerField(words, null=True, blank=True)


class StepAppraisal(OwnedRow):
    """What was said of a step: what it costs and brings, its impact on the goals, and its work.

    Amounts are in minor units of the roadmap's currency. What nobody said is null, never zero.
    `impacts` is by the key of a goal; `after` names the steps that have to end before this one.
    Quarters count from 0.
    """

    roadmap = models.ForeignKey(Roadmap, models.PROTECT, related_name="appraisals")
    step = models.CharField(_("step"), max_length=STEP)
    one_off_low = _amount(_("one-off cost, low"))
    one_off_likely = _amount(_("one-off cost, likely"))
    one_off_high = _amount(_("one-off cost, high"))
    running_low = _amount(_("running cost a year, low"))
    running_likely = _amount(_("running cost a year, likely"))
    running_high = _amount(_("running cost a year, high"))
    benefit_low = _amount(_("benefit a year, low"))
    benefit_likely = _amount(_("benefit a year, likely"))
    benefit_high = _amount(_("benefit a year, high"))
    scale = models.PositiveSmallIntegerField(_("return from 1 to 5"), null=True, blank=True)
    impacts = models.JSONField(_("impact by goal"), default=dict, blank=True)
    days = models.PositiveIntegerField(_("effort in person-days"), null=True, blank=True)
    quarters = models.PositiveSmallIntegerField(_("quarters of work"), default=1)
    earliest = models.PositiveSmallIntegerField(_("earliest quarter"), default=0)
    latest = models.PositiveSmallIntegerField(_("latest quarter"), null=True, blank=True)
    after = models.JSONField(_("after"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    appraised_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    appraised_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint("roadmap", "step", name="one_appraisal_a_step"),)
        ordering = ("id",)
