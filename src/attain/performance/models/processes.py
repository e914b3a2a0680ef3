"""The processes of a centre, and the metrics by which they are measured."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.fields import ExactField, MonthField
from attain.performance.models.choices import AspectName, Better, Facing
from attain.performance.models.revisions import (
    CentreRow,
    RevisedRow,
    by_centre,
    one_current,
    one_of,
)

KEY = 200


class DefinedRow(CentreRow):
    """Something that is defined once and then measured.

    What came by an import that was undone is withdrawn: it is not there, and its key is free.
    """

    key = models.CharField(_("key"), max_length=KEY)
    name = models.CharField(_("name"), max_length=KEY)
    withdrawn = models.BooleanField(default=False)
    source = models.ForeignKey(
        "performance.Import", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def one_defined(name: str) -> models.UniqueConstraint:
    """Return the constraint that a centre has a key once."""
    return models.UniqueConstraint(
        fields=("centre", "key"), condition=models.Q(withdrawn=False), name=name
    )


class Process(DefinedRow):
    """A process of the centre, and what exempts its metrics."""

    facing = models.CharField(_("class"), max_length=20, choices=Facing)
    low_volume = models.BooleanField(_("low volume"), default=False)
    time_and_materials = models.BooleanField(_("time and materials"), default=False)

    class Meta:
        constraints = (
            one_defined("one_process_a_key"),
            one_of("facing", Facing, "process_faces_a_class"),
        )
        ordering = ("key",)


class Metric(DefinedRow):
    """A measured thing of a process: what is divided by what, which way is better, and why.

    A metric whose direction changes is another metric: the old one is retired, and its months are
    not judged anew.
    """

    process = models.ForeignKey(
        Process, models.PROTECT, related_name="metrics", verbose_name=_("process")
    )
    aspect = models.CharField(_("aspect"), max_length=20, choices=AspectName)
    unit = models.CharField(_("unit"), max_length=KEY, blank=True)
    better = models.CharField(_("direction"), max_length=10, choices=Better)
    numerator_words = models.TextField(_("numerator in words"), blank=True)
    denominator_words = models.TextField(_("denominator in words"), blank=True)
    why = models.TextField(_("why it matters"), blank=True)
    owner = models.ForeignKey(
        "organisations.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    next_review = models.DateField(_("next review"), null=True, blank=True)
    library_key = models.CharField(_("metric of the library"), max_length=KEY, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        constraints = (
            one_defined("one_metric_a_key"),
            one_of("aspect", AspectName, "metric_has_an_aspect"),
            one_of("better", Better, "metric_has_a_direction"),
        )
        ordering = ("key",)


class Target(RevisedRow):
    """The target of a metric from a date on, until the next one."""

    metric = models.ForeignKey(Metric, models.PROTECT, related_name="targets")
    since = models.DateField(_("from"))
    value = ExactField(_("target"))

    class Meta:
        constraints = one_current("target", "metric", "since")
        indexes = (by_centre("target"),)


class Reading(RevisedRow):
    """The numerator and denominator of a metric in a month. Without a denominator it is 1."""

    metric = models.ForeignKey(Metric, models.PROTECT, related_name="readings")
    month = MonthField(_("month"))
    numerator = ExactField(_("numerator"))
    denominator = ExactField(_("denominator"), null=True, blank=True)

    class Meta:
        constraints = one_current("reading", "metric", "month")
        indexes = (
            by_centre("reading"),
            models.Index(fields=("centre", "month"), name="reading_by_month"),
        )


class ImprovementAction(RevisedRow):
    """What was done about a metric that missed its target in a month."""

    metric = models.ForeignKey(Metric, models.PROTECT, related_name="improvement_actions")
    month = MonthField(_("month of the miss"))
    action = models.CharField(_("action"), max_length=1000)
    taken_on = models.DateField(_("taken on"))

    class Meta:
        constraints = one_current("improvement_action", "metric", "month", "action")
        indexes = (by_centre("improvement_action"),)


class Initiative(RevisedRow):
    """An improvement initiative of a process: its analysis, and what came of it."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="initiatives")
    key = models.CharField(_("initiative"), max_length=KEY)
    started = models.DateField(_("started"))
    completed = models.DateField(_("completed"), null=True, blank=True)
    structured = models.BooleanField(_("structured"), default=False)
    analysis = models.TextField(_("analysis"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)

    class Meta:
        constraints = one_current("initiative", "centre", "key")
        indexes = (by_centre("initiative"),)
