"""Finding metrics by a few letters of their names."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from attain.organisations.pages import Centre
from attain.performance.models import Metric


def metrics_named(centres: Iterable[Centre] | QuerySet[Centre], words: str) -> QuerySet[Metric]:
    """Return the metrics of some centres that bear the words, by name."""
    named = Q(name__icontains=words) | Q(key__icontains=words)
    found = Metric.objects.filter(named, centre__in=centres, withdrawn=False)
    return found.select_related("centre").order_by("name", "centre__name")
