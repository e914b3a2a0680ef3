"""The processes of centres by their keys, and the initiatives that are recorded of them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from attain.organisations.pages import Centre
from attain.performance.models import Initiative, Metric, Process


def processes_of(centres: Iterable[Centre]) -> QuerySet[Process]:
    """Return the processes of some centres, by name."""
    return Process.objects.filter(centre__in=list(centres)).order_by("name", "key")


def initiatives_recorded(centres: Iterable[Centre], key: str) -> dict[int, Initiative]:
    """Return what is recorded of an initiative by centre, what was withdrawn among it."""
    rows = Initiative.objects.filter(centre__in=list(centres), key=key, is_current=True)
    return {row.centre_id: row for row in rows.select_related("process")}


def metrics_to_follow(centres: Iterable[Centre]) -> QuerySet[Metric]:
    """Return the metrics of some centres, by name and then by centre."""
    rows = Metric.objects.filter(centre__in=list(centres), withdrawn=False)
    return rows.select_related("centre__organisation").order_by("name", "centre__name")
