"""The records of centres as the typed rows that the files of their dossiers would give."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from attain.dossier.rows import Row
from attain.organisations.pages import Centre
from attain.performance.shelves import SHELVES, Shelf

Tables = Mapping[str, Sequence[Row]]
# The tables whose rows belong to a metric, and are left out with one that is retired.
_OF_METRICS = ("targets", "readings", "improvement_actions")


def in_place(shelf: Shelf, centres: Iterable[Centre]) -> QuerySet[Any]:
    """Return the records of a table that are there: current, and not withdrawn."""
    found: QuerySet[Any]
    found = shelf.model.objects.filter(centre__in=list(centres), withdrawn=False)
    return found.filter(is_current=True) if shelf.is_revised else found


def rows_of(
    centres: Sequence[Centre], as_of: date | None = None, tables: Iterable[str] = SHELVES
) -> Mapping[int, Tables]:
    """Return the rows of each table of each centre, by one query a table however many they are.

    A metric that was retired by `as_of` is left out with everything of it; without `as_of`, one
    that is retired at all.
    """
    found: dict[int, dict[str, list[Row]]] = {centre.pk: defaultdict(list) for centre in centres}
    for name in tables:
        shelf = SHELVES[name]
        records = in_place(shelf, centres).filter(_unretired(name, as_of))
        for pk, *kept in records.values_list("centre_id", *shelf.values):
            found[pk][name].append(shelf.row(tuple(kept)))
    return found


def _unretired(name: str, as_of: date | None) -> Q:
    """Return the condition that a row is not of a retired metric."""
    field = "retired_on" if name == "metrics" else "metric__retired_on"
    if name != "metrics" and name not in _OF_METRICS:
        return Q()
    unretired = Q(**{f"{field}__isnull": True})
    return unretired | Q(**{f"{field}__gt": as_of}) if as_of else unretired
