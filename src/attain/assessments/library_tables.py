"""The list of the library's models."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attain.assessments.queries.library import ShelvedModel
from attain.organisations.tables import DataTable, NumberColumn, StateColumn


def address_of(organisation: str, record: ShelvedModel) -> str:
    """Return the address of a model of the library."""
    if record.row is None:
        return reverse("library-shipped", args=[organisation, record.model.model])
    return reverse("library-model", args=[organisation, record.row.uuid])


class LibraryTable(DataTable):
    """The models that a member may read."""

    organisation = ""
    title = tables.Column(gettext_lazy("Model"), accessor="told__title")
    key = tables.Column(
        gettext_lazy("Key"), accessor="model__model", attrs={"td": {"class": "text-secondary"}}
    )
    edition = tables.Column(gettext_lazy("Edition"), accessor="model__edition")
    status = StateColumn(gettext_lazy("Status"))
    origin = tables.Column(gettext_lazy("Written by"), accessor="is_of_attain")
    items = NumberColumn(gettext_lazy("Items"), accessor="size")
    licence = tables.Column(gettext_lazy("Licence"), accessor="model__licence")
    used = NumberColumn(gettext_lazy("Assessments"))

    def render_title(self, value: str, record: ShelvedModel) -> str:
        """Return the title with the way to the model."""
        said = format_html(' lang="{}"', record.language) if record.language else ""
        address = address_of(self.organisation, record)
        return format_html('<a href="{}"{}>{}</a>', address, said, value)

    def value_title(self, value: str) -> str:
        """Return the title alone, for a file."""
        return value

    def render_origin(self, record: ShelvedModel) -> str:
        """Return who wrote the model."""
        if record.is_of_attain:
            return _("attain")
        return str((record.row and record.row.written_by) or "")

    def value_origin(self, record: ShelvedModel) -> str:
        """Return the same for a file."""
        return self.render_origin(record)

    class Meta(DataTable.Meta):
        label = gettext_lazy("Models")
