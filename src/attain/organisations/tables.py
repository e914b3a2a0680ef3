"""Lists that a person sorts, filters, pages, and takes away as a file; the columns by choice.

    class Sites(DataTable):
        name = tables.Column(_("Site"), linkify=lambda record: address_of(record))
        tier = NumberColumn(_("Tier"))
        outcome = StateColumn(_("Outcome"))
        owner = tables.Column(_("Owner"))

        class Meta(DataTable.Meta):
            hidden = ("owner",)         # shown by choice alone
            order_by = "name"

    def sites(request):
        table = Sites(rows)             # dictionaries, dataclasses or a queryset
        return table.answer(request, "room/sites.html", {"title": …}, exports=may_export)

The template shows it by `<c-data-table :table="table" />`. Exact figures are texts to the database:
rows that a person may sort by one are given as a list. A page with two tables gives each a prefix
and asks both to `prepare`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from attain.organisations.errors import ForbiddenError
from attain.organisations.exports import FORMATS, download


class NumberColumn(tables.Column):  # type: ignore[misc]
    """A column of numbers: to the right, digits below each other, written as the reader does."""

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        self.unit = unit
        sides = {"class": "number"}
        super().__init__(*args, attrs={"td": sides, "th": sides}, **kwargs)

    def render(self, value: Decimal | int) -> str:
        """Return the number with the separators of the reader's language, and its unit."""
        return number_format(value, force_grouping=True) + (f" {self.unit}" if self.unit else "")

    def value(self, value: Decimal | int) -> Decimal | int:
        """Return the number itself, for a file."""
        return value


class DayColumn(tables.Column):  # type: ignore[misc]
    """A column of days, written short; a date in a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs={"td": {"class": "text-nowrap"}}, **kwargs)

    def render(self, value: date) -> str:
        """Return the day as the reader writes it."""
        return date_format(value, "SHORT_DATE_FORMAT")

    def value(self, value: date) -> date:
        """Return the day itself, for a file."""
        return value


class MomentColumn(tables.Column):  # type: ignore[misc]
    """A column of moments, in the zone of the reader; a date and a time in a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs={"td": {"class": "text-nowrap"}}, **kwargs)

    def render(self, value: datetime) -> str:
        """Return the moment as the reader writes it."""
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")

    def value(self, value: datetime) -> datetime:
        """Return the moment itself, for a file."""
        return value


class StateColumn(tables.Column):  # type: ignore[misc]
    """A column of states: an icon, a word, a colour; in a file the word."""

    def render(self, value: object) -> str:
        """Return the state as pages draw it."""
        return str(_drawn_state().render({"state": value}))

    def value(self, value: object) -> str:
        """Return the word of the state."""
        return strip_tags(self.render(value)).strip()


class MonthsColumn(tables.Column):  # type: ignore[misc]
    """A column of months one beside the other: each is `month`, `state`, and may have `text`."""

    def __init__(self, *args: Any, label: str = "name", **kwargs: Any) -> None:
        self.label = tables.A(label)
        super().__init__(*args, orderable=False, **kwargs)

    def render(self, value: Iterable[Mapping[str, Any]], record: Any) -> str:
        """Return the months as pages draw them, told apart by what the row is about."""
        said = {"months": value, "label": self.label.resolve(record)}
        return str(_drawn_months().render(said))

    def value(self, value: Iterable[Mapping[str, Any]]) -> str:
        """Return the months in words, for a file."""
        state = StateColumn()
        return "; ".join(f"{each['month']}: {state.value(each['state'])}" for each in value)


class ActionsColumn(tables.TemplateColumn):  # type: ignore[misc]
    """A column of what may be done with a row: always there, never in a file."""

    def __init__(self, template_name: str, **kwargs: Any) -> None:
        cells = {"td": {"class": "text-end text-nowrap"}, "th": {"class": "text-end"}}
        super().__init__(
            template_name=template_name,
            verbose_name=_("Actions"),
            orderable=False,
            empty_values=(),
            exclude_from_export=True,
            attrs=cells,
            **kwargs,
        )


@cache
def _drawn_state() -> Any:
    # Read once, and not for each cell; the tag belongs to the layout, which lies above this room.
    return engines["django"].from_string("{% status state %}")


@cache
def _drawn_months() -> Any:
    return engines["django"].from_string("{% month_strip months label %}")


class DataTable(tables.Table):  # type: ignore[misc]
    """A list of a page, with what its reader chose: order, page, columns, and a file of it.

    `exports` says whether the reader may take it away. The columns that `Meta.hidden` names are
    shown where the reader asks for them; `Meta.label` says what is listed, to who cannot see it.
    """

    exports = False
    file_name = ""

    class Meta:
        template_name = "website/table.html"
        label = _("Table")
        per_page = 50
        empty_text = _("Nothing here fits.")
        hidden: tuple[str, ...] = ()

    def answer(
        self,
        request: HttpRequest,
        template: str,
        context: Mapping[str, object],
        *,
        exports: bool = False,
    ) -> HttpResponse:
        """Answer with the page of the table, or with the file that the reader asks for."""
        file = self.prepare(request, exports=exports)
        return file or render(request, template, {**context, "table": self})

    def prepare(self, request: HttpRequest, *, exports: bool = False) -> HttpResponse | None:
        """Take what the address says of the table; return its file where it asks for one."""
        self.request, self.exports = request, exports
        self._order(request)
        asked = request.GET.get(self.export_field)
        if asked in FORMATS:
            return self._file(asked)
        self._choose(request)
        self._turn_to(request)
        return None

    def _order(self, request: HttpRequest) -> None:
        asked = request.GET.getlist(self.prefixed_order_by_field)
        # What is no column orders nothing; it would be looked up as a path.
        if wanted := [name for name in asked if name.removeprefix("-") in self.columns.columns]:
            self.order_by = wanted

    def _file(self, form: str) -> HttpResponse:
        if not self.exports:
            raise ForbiddenError
        return download(self.as_values(), self.file_name or type(self).__name__.lower(), form)

    def _choose(self, request: HttpRequest) -> None:
        chosen = request.GET.getlist(self.columns_field)
        for name in self._choosable():
            if name not in chosen if chosen else name in self.hidden:
                self.columns.hide(name)

    def _choosable(self) -> list[str]:
        """Return the columns that may be left out; what may be done with a row is always there."""
        all_columns = self.columns.all()
        return [c.name for c in all_columns if not isinstance(c.column, ActionsColumn)]

    def _turn_to(self, request: HttpRequest) -> None:
        page = request.GET.get(self.prefixed_page_field, 1)
        self.paginate(Paginator)
        # A page beyond the last is the last one: rows may have gone since the link was made.
        self.page = self.paginator.get_page(page)

    @property
    def hidden(self) -> Collection[str]:
        """The columns that are shown where the reader asks for them."""
        return getattr(self.Meta, "hidden", ())

    @property
    def label(self) -> str:
        """What is listed."""
        return str(getattr(self.Meta, "label", DataTable.Meta.label))

    @property
    def columns_field(self) -> str:
        """The name by which the query string chooses columns."""
        return f"{self.prefix}columns"

    @property
    def export_field(self) -> str:
        """The name by which the query string asks for a file."""
        return f"{self.prefix}export"

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Every column: its name, its head, and whether it is shown."""
        shown = (self.columns[name] for name in self._choosable())
        return [(c.name, str(c.header), c.visible) for c in shown]
