"""The rows of a list of records that its reader asks for."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from attain.dossier import cells
from attain.measurement.periods import Month
from attain.organisations.pages import Centre
from attain.performance.library import practices_named
from attain.performance.queries.rows import in_place
from attain.performance.shelves import Shelf

_WORDS = (cells.TEXT, cells.KEY, cells.CHANNEL)


def records_asked(shelf: Shelf, centre: Centre, asked: Mapping[str, Any]) -> QuerySet[Any]:
    """Return the current rows of a table of a centre that fit, the latest first.

    `asked` may hold `words` that a row bears, the key `of` what it belongs to, and the days
    `since` and `until`.
    """
    found = in_place(shelf, [centre]).select_related(*related(shelf)).order_by("-pk")
    if words := asked.get("words"):
        found = found.filter(_bears(shelf, words))
    if shelf.parent and "of" in asked:
        found = found.filter(**{f"{shelf.parent}__key": asked["of"]})
    if "since" in asked:
        found = found.filter(**{f"{shelf.dated}__gte": _at(shelf, asked["since"], centre)})
    if "until" in asked:
        after = asked["until"] + timedelta(1)
        found = found.filter(**{f"{shelf.dated}__lt": _at(shelf, after, centre, is_end=True)})
    return found


def related(shelf: Shelf) -> list[str]:
    """Return what is read with the records of a table."""
    parent = [shelf.parent] if shelf.parent else []
    file = ["file"] if shelf.carried else []
    return ["recorded_by__account", "source", *parent, *file]


def parents_of(shelf: Shelf, centre: Centre) -> Iterable[Any]:
    """Return what the rows of a table may belong to, by name."""
    parent = shelf.parent_shelf
    return in_place(parent, [centre]).order_by("name") if parent and shelf.parent else ()


def _bears(shelf: Shelf, words: str) -> Q:
    """Return the condition that a row bears some words."""
    found = Q(**{f"{shelf.parent}__name__icontains": words}) if shelf.parent else Q()
    for column in shelf.table.columns:
        field = shelf.field_of[column.name]
        if column.name == "item":
            found |= Q(item__in=practices_named(words))
        if column.cell in _WORDS and field != shelf.parent:
            found |= Q(**{f"{field}__icontains": words})
    return found


def _at(shelf: Shelf, day: date, centre: Centre, *, is_end: bool = False) -> Any:
    """Return a day as the dated column of a table is compared with it."""
    column = next(c for c in shelf.table.columns if shelf.field_of[c.name] == shelf.dated)
    if column.cell is cells.MONTH:
        month = Month.of(day)
        return month.plus(1) if is_end and day.day > 1 else month
    if column.cell is cells.TIME:
        return datetime.combine(day, time(), ZoneInfo(centre.site.timezone))
    return day
