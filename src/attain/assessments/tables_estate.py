"""The list of gaps that sites share."""

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from attain.assessments.queries.gaps import GapLine
from attain.organisations.tables import DataTable, NumberColumn


def _address(record: GapLine, table: "GapsTable") -> str:
    return table.address_of(record.item.key)


class GapsTable(DataTable):
    """The items that several sites lack, those that most lack first.

    `address_of` leads to the page of an item; `language` is that of the model's texts.
    """

    file_name = "shared-gaps"
    item = tables.Column(_("Item"), accessor="item__title", linkify=_address)
    category = tables.Column(_("Category"))
    sites = NumberColumn(_("Sites short"))
    rated = NumberColumn(_("Rated"), accessor="gap__rated")
    share = NumberColumn(_("Share of sites"), accessor="gap__share", unit="%")
    levels = NumberColumn(_("Levels lacking"), accessor="gap__levels")
    denied = NumberColumn(_("Denied by records"))
    centres = tables.Column(_("Who is short"), accessor="names", orderable=False)

    class Meta(DataTable.Meta):
        label = _("Shared gaps")
        hidden = ("denied",)
        empty_text = _("No item is lacking at two or more sites.")

    def __init__(
        self, *args: Any, address_of: Callable[[str], str], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.address_of = address_of
        if language:
            for name in ("item", "category"):
                self.columns[name].column.attrs = {"td": {"lang": language}}

    def render_share(self, record: GapLine, column: NumberColumn) -> str:
        """Return the share of the rated sites, in whole per cent, cut."""
        return column.render(self.value_share(record))

    def value_share(self, record: GapLine) -> int:
        """Return the share in whole per cent, for a file."""
        return int(record.gap.share * 100)
