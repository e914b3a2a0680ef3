"""By which address the metrics of a centre are found."""

from collections.abc import Mapping
from uuid import UUID

from attain.organisations.pages import Centre
from attain.performance.models import Metric


def uuids_of_metrics(centre: Centre) -> Mapping[str, UUID]:
    """Return what stands in the address of each metric of a centre, by its key."""
    found = Metric.objects.filter(centre=centre, withdrawn=False)
    return dict(found.values_list("key", "uuid"))
