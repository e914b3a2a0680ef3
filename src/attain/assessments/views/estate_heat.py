"""The heat maps of the estate: sites by category, and sites by the items of one category."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.assessments.models.lists import KINDS
from attain.assessments.queries.estate import EstateLine, ModelEstate
from attain.assessments.rules.cells import EstateCell, in_order
from attain.assessments.views.estate_common import (
    DENIED,
    HEAT,
    OTHER_EDITION,
    EstatePage,
    FigureWords,
    sign_of,
)
from attain.assessments.words import COLOURS
from attain.organisations.pages import address
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_rules import Colour

CellOf = Callable[[EstateLine], EstateCell | None]
_NAME = "name"
_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Column:
    """A column of a heat map: its key, its head, what it opens, and how its cells are read."""

    key: str
    title: str
    url: str
    cell_of: CellOf
    words: Callable[[Fraction | None], str]


def category_columns(page: EstatePage, estate: ModelEstate) -> list[Column]:
    """Return the whole, and each category, which opens to its items."""
    words = FigureWords(estate.model)
    parts = [
        Column(
            key=key,
            title=part.title,
            url=page.to("assessments-estate-category", category=key),
            cell_of=lambda line, key=key: estate.part_cell(line, key),  # type: ignore[misc]
            words=words.of_part,
        )
        for key, part in estate.model.parts.items()
    ]
    return [Column("whole", _("The whole"), "", estate.whole_cell, words.of_whole), *parts]


def item_columns(page: EstatePage, estate: ModelEstate, category: str) -> list[Column]:
    """Return the items of a category, each of which opens to its own page."""
    return [
        Column(
            key=item.key,
            title=item.title,
            url=page.to("assessments-estate-item", item=item.key),
            cell_of=lambda line, key=item.key: estate.item_cell(line, key),  # type: ignore[misc]
            words=lambda value: "–" if value is None else str(value),
        )
        for item in estate.model.parts[category].all_items
        if item.is_rated
    ]


def ordered(estate: ModelEstate, columns: Sequence[Column], asked: str) -> list[EstateLine]:
    """Return the lines of an estate as a column orders them; by name where none is named."""
    key, descending = asked.removeprefix("-"), asked.startswith("-")
    column = next((column for column in columns if column.key == key), None)
    if column is None:
        lines = list(estate.lines)
        return lines[::-1] if key == _NAME and descending else lines
    return in_order(estate.lines, column.cell_of, descending=descending)


def heat_of(
    page: EstatePage, estate: ModelEstate, columns: Sequence[Column], *, caption: str, items: bool
) -> dict[str, Any]:
    """Return a heat map as the layout draws it."""
    order = page.request.GET.get("sort", "")
    write = _item_cell if items else _figure_cell
    return {
        "caption": caption,
        "corner": _head(page, _NAME, _("Site"), order),
        "columns": [
            {**_head(page, each.key, each.title, order), "url": each.url} for each in columns
        ],
        "rows": [
            {**_row(page, line), "cells": [write(each, each.cell_of(line)) for each in columns]}
            for line in ordered(estate, columns, order)
        ],
        "legend": _legend(estate.model, items=items),
        "scale": "judged",
        "language": estate.edition.language,
        "empty": _("No figure"),
    }


def _head(page: EstatePage, key: str, title: str, order: str) -> dict[str, str]:
    states = {key: "ascending", f"-{key}": "descending"}
    turned = f"-{key}" if order == key else key
    return {"name": title, "sort_url": page.sorted_by(turned), "sorted": states.get(order, "")}


def _row(page: EstatePage, line: EstateLine) -> dict[str, Any]:
    if line.result is None:
        return {"name": line.centre.name, "small": _("No closed assessment")}
    result = line.result
    day = date_format(localtime(result.closed_at), "SHORT_DATE_FORMAT")
    told = f"{KINDS[result.kind]}, {day}"
    if result.is_other_edition:
        edition = _("edition %(edition)s") % {"edition": result.edition}
        told = f"{told}, {edition} {OTHER_EDITION}"
    url = address(page.request, "assessments-result", assessment=result.uuid)
    return {"name": line.centre.name, "url": url, "small": told}


def _figure_cell(column: Column, cell: EstateCell | None) -> dict[str, Any]:
    if cell is None:
        return {}
    text = f"{column.words(cell.value)} / {column.words(cell.target)}"
    return {
        "level": HEAT[cell.colour] if cell.colour else None,
        "sign": sign_of(cell),
        "text": text + _marks(cell),
        "small": _("n %(rated)s") % {"rated": cell.rated},
        "note": "; ".join(_notes(cell)),
    }


def _item_cell(column: Column, cell: EstateCell | None) -> dict[str, Any]:
    if cell is None:
        return {}
    if cell.not_applicable:
        return {"text": _("n/a"), "note": _("Not applicable")}
    return {
        "level": HEAT[cell.colour] if cell.colour else None,
        "sign": sign_of(cell),
        "text": f"{column.words(cell.value)} / {column.words(cell.target)}{_marks(cell)}",
        "note": "; ".join(_notes(cell)) if cell.denied else str(_colour_words(cell)),
    }


def _marks(cell: EstateCell) -> str:
    marks = f"{DENIED}{cell.denied}" if cell.denied else ""
    return f" {marks}{'' if cell.is_comparable else OTHER_EDITION}".rstrip()


def _colour_words(cell: EstateCell) -> Any:
    return COLOURS[cell.colour] if cell.colour else _("No colour")


def _notes(cell: EstateCell) -> Iterator[str]:
    if cell.is_comparable:
        yield str(_colour_words(cell))
    else:
        yield _("another edition asked other items: not compared")
    if cell.not_applicable:
        yield _("%(count)s not applicable") % {"count": cell.not_applicable}
    if cell.denied:
        yield ngettext(
            "%(count)s claim denied by records", "%(count)s claims denied by records", cell.denied
        ) % {"count": cell.denied}


def _legend(model: MaturityModel, *, items: bool) -> list[tuple[int, str]]:
    words = _legend_words(model, items=items)
    return [(HEAT[c], words[c]) for c in (Colour.GREEN, Colour.AMBER, Colour.RED)]


def _legend_words(model: MaturityModel, *, items: bool) -> dict[Colour, str]:
    """Say what the colours mean: those of the model's rule, or how far a share is."""
    if not items and model.roll_up.rule not in ("lowest", "mean"):
        return {
            Colour.GREEN: _("✓ on target"),
            Colour.AMBER: _("▲ at least half of the target"),
            Colour.RED: _("✕ less than half of the target"),
        }
    named = {"amber": model.colours.amber, "red": model.colours.red}
    if model.colours.by == "gap":
        named = {"amber": model.colours.amber - 1, "red": model.colours.red - 1}
        return {
            Colour.GREEN: _("✓ at most %(amber)s short of the target") % named
            if named["amber"]
            else _("✓ on target"),
            Colour.AMBER: _("▲ at most %(red)s short of the target") % named,
            Colour.RED: _("✕ more than %(red)s short of the target") % named,
        }
    return {
        Colour.GREEN: _("✓ above level %(amber)s") % named,
        Colour.AMBER: _("▲ up to level %(amber)s") % named,
        Colour.RED: _("✕ up to level %(red)s") % named,
    }


def rows_of_file(
    estate: ModelEstate, columns: Sequence[Column], order: str
) -> Iterator[list[object]]:
    """Yield a heat map as the rows of a file: figures as numbers, and what is missing empty."""
    heads: list[object] = [_("Centre"), _("Region"), _("Assessment"), _("Kind"), _("Closed")]
    heads.append(_("Edition"))
    for column in columns:
        named = {"name": column.title}
        heads += [column.title, _("%(name)s: target") % named, _("%(name)s: rated") % named]
        heads.append(_("%(name)s: denied by records") % named)
    yield heads
    for line in ordered(estate, columns, order):
        yield [*_named(line), *(v for c in columns for v in _values(c.cell_of(line)))]


def _named(line: EstateLine) -> list[object]:
    region, result = line.centre.site.region, line.result
    named: list[object] = [line.centre.name, region.name if region else ""]
    if result is None:
        return [*named, "", "", None, ""]
    day = localtime(result.closed_at).date()
    return [*named, result.title, str(KINDS[result.kind]), day, result.edition]


def _values(cell: EstateCell | None) -> list[object]:
    if cell is None:
        return [None] * 4
    return [_number(cell.value), _number(cell.target), cell.rated, cell.denied]


def _number(value: Fraction | None) -> Decimal | None:
    """Return a figure to four places, cut and not rounded."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_PLACES, ROUND_DOWN).normalize()
