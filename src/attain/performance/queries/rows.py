"""The records of centres as the typed rows that the files of their dossiers would give."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from attain.dossier.rows import Row
from attain.measurement.periods import Month
from attain.organisations.pages import Centre
from attain.performance.shelves import SHELVES, Shelf

Tables = Mapping[str, Sequence[Row]]
# The tables whose rows belong to a metric, and are left out with one that is retired.
_OF_METRICS = ("targets", "readings", "improvement_actions")
# The tables that grow by a row a month for as long as a centre measures.
_MONTHLY = ("readings", "uptime")
_ZERO = r"^-?0+(\.0*)?$"


def in_place(shelf: Shelf, centres: Iterable[Centre]) -> QuerySet[Any]:
    """Return the records of a table that are there: current, and not withdrawn."""
    found: QuerySet[Any]
    found = shelf.model.objects.filter(centre__in=list(centres), withdrawn=False)
    return found.filter(is_current=True) if shelf.is_revised else found


def rows_of(
    centres: Sequence[Centre],
    as_of: date | None = None,
    tables: Iterable[str] = SHELVES,
    *,
    since: Month | None = None,
) -> Mapping[int, Tables]:
    """Return the rows of each table of each centre, by one query a table however many they are.

    A metric that was retired by `as_of` is left out with everything of it; without `as_of`, one
    that is retired at all. With `since`, of readings and of uptime those of earlier months are left
    out but for the first with data of each metric and system: the months from then on look alike,
    also those without a reading.
    """
    found: dict[int, dict[str, list[Row]]] = {centre.pk: defaultdict(list) for centre in centres}
    for name in tables:
        shelf = SHELVES[name]
        records = in_place(shelf, centres).filter(_unretired(name, as_of))
        parts = _recent(shelf, records, centres, since) if name in _MONTHLY and since else [records]
        for pk, *kept in _values(shelf, parts):
            found[pk][name].append(shelf.row(tuple(kept)))
    return found


def _values(shelf: Shelf, parts: Iterable[QuerySet[Any]]) -> Iterator[tuple[Any, ...]]:
    return chain.from_iterable(each.values_list("centre_id", *shelf.values) for each in parts)


def _recent(
    shelf: Shelf, records: QuerySet[Any], centres: Iterable[Centre], since: Month
) -> list[QuerySet[Any]]:
    """Return the records since a month, and the first one before it of each metric or system."""
    before = _with_data(shelf).filter(month__lt=since).order_by("month")
    first = Subquery(before.values("pk")[:1])
    firsts = _parents(shelf, centres).annotate(first=first).values("first")
    return [records.filter(month__gte=since), records.filter(pk__in=firsts)]


def without_data(name: str, centres: Iterable[Centre], month: Month) -> QuerySet[Any]:
    """Return the metrics, or with `uptime` the systems, of centres that have no data of a month.

    A metric that was retired by the end of the month has none to come.
    """
    shelf = SHELVES[name]
    parents = _parents(shelf, centres).filter(withdrawn=False)
    if name in _OF_METRICS:
        parents = parents.filter(_unretired("metrics", month.last_day))
    return parents.exclude(Exists(_with_data(shelf).filter(month=month)))


def _parents(shelf: Shelf, centres: Iterable[Centre]) -> QuerySet[Any]:
    model: Any = shelf.model._meta.get_field(shelf.parent).related_model
    found: QuerySet[Any] = model.objects.filter(centre__in=list(centres))
    return found


def _with_data(shelf: Shelf) -> QuerySet[Any]:
    """Return the current records with data of the metric or system of the query around it."""
    current = shelf.model.objects.filter(withdrawn=False, is_current=True)
    found: QuerySet[Any] = current.filter(**{str(shelf.parent): OuterRef("pk")})
    # A denominator of 0 is no data, however many digits it was written with.
    return found.exclude(denominator__regex=_ZERO) if "denominator" in shelf.fields else found


def _unretired(name: str, as_of: date | None) -> Q:
    """Return the condition that a row is not of a retired metric."""
    field = "retired_on" if name == "metrics" else "metric__retired_on"
    if name != "metrics" and name not in _OF_METRICS:
        return Q()
    unretired = Q(**{f"{field}__isnull": True})
    return unretired | Q(**{f"{field}__gt": as_of}) if as_of else unretired
