"""The records of centres as the typed rows that the files of their dossiers would give."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

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
    parent = shelf.model._meta.get_field(shelf.parent).related_model
    before = in_place(shelf, centres).filter(month__lt=since, **{shelf.parent: OuterRef("pk")})
    if "denominator" in shelf.fields:
        # A denominator of 0 is no data, however many digits it was written with.
        before = before.exclude(denominator__regex=_ZERO)
    first = Subquery(before.order_by("month").values("pk")[:1])
    firsts = parent.objects.filter(centre__in=list(centres)).annotate(first=first).values("first")
    return [records.filter(month__gte=since), records.filter(pk__in=firsts)]


def _unretired(name: str, as_of: date | None) -> Q:
    """Return the condition that a row is not of a retired metric."""
    field = "retired_on" if name == "metrics" else "metric__retired_on"
    if name != "metrics" and name not in _OF_METRICS:
        return Q()
    unretired = Q(**{f"{field}__isnull": True})
    return unretired | Q(**{f"{field}__gt": as_of}) if as_of else unretired
