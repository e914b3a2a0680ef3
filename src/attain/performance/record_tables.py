"""The lists of what is recorded row by row: one table for each table of a dossier."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attain.dossier import cells
from attain.dossier.tables import Column
from attain.organisations.pages import Centre
from attain.organisations.tables import ActionsColumn, DataTable, MomentColumn
from attain.organisations.words import channel_words
from attain.performance import words
from attain.performance.library import practice_name
from attain.performance.practice_field import ITEM
from attain.performance.shelves import SHELVES, Shelf

NUMBERS = (cells.NUMBER, cells.NUMBER_FROM_0, cells.WHOLE, cells.SHARE)
# What takes much room and is seldom looked for in a list.
_SELDOM = ("analysis", "outcome", "reason", "business_requirement")


class CellColumn(tables.Column):  # type: ignore[misc]
    """A column of a dossier's table: a page shows words, a file what was recorded."""

    def __init__(self, column: Column, **kwargs: Any) -> None:
        self.column = column
        sides = {"class": "number"} if column.cell in NUMBERS else {}
        super().__init__(
            verbose_name=words.COLUMNS[column.name], attrs={"td": sides, "th": sides}, **kwargs
        )

    def render(self, value: Any) -> str:
        """Return a cell in the words of the reader, not more than a line or two of it."""
        return words.cut_text(self._said(value))

    def _said(self, value: Any) -> str:
        if isinstance(value, Decimal):
            unit = "share" if self.column.cell is cells.SHARE else ""
            return words.figure_words(Fraction(value), unit, places=6)
        if self.column.cell.name == "one of a set":
            return str(words.VALUES.get(value, value))
        if self.column.cell is cells.KEY:
            return str(words.document_words(str(value)))
        if self.column.name == ITEM:
            return practice_name(value)
        if self.column.name == "channel":
            return channel_words(value)
        return words.cell_words(value)

    def value(self, value: Any) -> Any:
        """Return what a file says of a cell."""
        return self._said(value) if isinstance(value, bool) else words.plain(value)


def name_of(shelf: Shelf, record: Any) -> str:
    """Return what a row is called: what it is of, by name, title or month."""
    said = ((name, getattr(record, shelf.field_of[name])) for name in shelf.table.key)
    return " · ".join(said_of(name, getattr(value, "name", value)) for name, value in said)


def said_of(column: str, value: Any) -> str:
    """Return a cell of a row for a person: of a practice its title."""
    return practice_name(value) if column == ITEM else words.cell_words(value)


def _named(record: Any) -> dict[str, str]:
    """Return what a row is called, to who hears the page."""
    shelf = next(each for each in SHELVES.values() if each.model is type(record))
    return {"row_name": name_of(shelf, record)}


class RecordsTable(DataTable):
    """The current rows of one table of a centre."""

    recorded = MomentColumn(gettext_lazy("Recorded"), accessor="recorded_at")
    by = tables.Column(
        accessor="recorded_by__account__name", verbose_name=gettext_lazy("By"), default="–"
    )
    source = tables.Column(verbose_name=gettext_lazy("Import"), order_by="source__file_name")
    actions = ActionsColumn("performance/record_actions.html", extra_context=_named)

    class Meta(DataTable.Meta):
        sequence = ("...", "recorded", "by", "source", "actions")

    def __init__(self, shelf: Shelf, records: Iterable[Any], centre: Centre, **further: Any):
        self.shelf, self.centre = shelf, centre
        self.file_name = f"{centre.key}-{shelf.name}"
        cell_columns = [(c.name, _column(shelf, c)) for c in shelf.table.columns]
        super().__init__(records, extra_columns=cell_columns, **further)

    @property
    def hidden(self) -> Collection[str]:
        """The columns that are shown where the reader asks for them."""
        return ("by", "source", *_SELDOM)

    @property
    def label(self) -> str:
        """What is listed."""
        return str(words.TABLES[self.shelf.name])

    def render_recorded(self, value: Any, record: Any) -> str:
        """Return when a row was recorded, as the way to its revisions, and the file with it."""
        day = MomentColumn().render(value)
        link = format_html('<a href="{}">{}</a>', self._address("record", record.uuid), day)
        if record.revision > 1:
            said = _("revision %s") % record.revision
            link += format_html(' <small class="text-secondary">{}</small>', said)
        if self.shelf.carried and record.file:
            file = self._address("evidence", record.file.uuid, table=None)
            link += format_html(' <a href="{}">{}</a>', file, _("File"))
        return link

    def value_recorded(self, value: Any) -> Any:
        """Return when a row was recorded."""
        return value

    def value_source(self, value: Any) -> str:
        """Return the file that a row came by."""
        return str(value)

    def render_source(self, value: Any) -> str:
        """Return the import that a row came by, as the way to it."""
        address = self._address("import", value.uuid, table=None)
        return format_html('<a href="{}">{}</a>', address, value)

    def _address(self, name: str, uuid: object, table: str | None = "") -> str:
        places = [self.centre.organisation.key, self.centre.key]
        places += [] if table is None else [self.shelf.name]
        return reverse(f"performance-{name}", args=[*places, uuid])


def _column(shelf: Shelf, column: Column) -> CellColumn:
    field = shelf.field_of[column.name]
    return CellColumn(column, accessor=f"{field}__name" if field == shelf.parent else field)


def is_in_memory(shelf: Shelf, order: Iterable[str]) -> bool:
    """Say whether rows are ordered by an exact figure, which the database keeps as a text."""
    wanted = {name.lstrip("-") for name in order}
    return any(c.name in wanted for c in shelf.table.columns if c.cell in NUMBERS)
