"""The form by which each column of a table is found in a person's own file."""

from collections.abc import Sequence
from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from attain.dossier import cells
from attain.dossier.mapping import Mapping
from attain.dossier.tables import INTERVALS, Column, Table
from attain.measurement.faults import RefusedError
from attain.performance import words
from attain.standards.loader import load
from attain.standards.yaml_nodes import read_yaml

_FIGURES = (cells.NUMBER, cells.NUMBER_FROM_0, cells.SHARE, cells.WHOLE)
_DATES = (cells.DATE, cells.MONTH, cells.TIME)


class MappingForm(forms.Form):
    """Where the cells of each column come from: a column of the file, or one text for every row.

    The choice is written as the mapping file that `attain import` reads.
    """

    def __init__(
        self, *args: Any, table: Table, names: Sequence[str], zone: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.zone = table, zone
        choices = [("", "—"), *((name, name) for name in dict.fromkeys(names) if name)]
        for column in table.columns:
            self._add(column, choices, names)
        self.fields["decimal_mark"] = forms.ChoiceField(
            label=_("Decimal mark"), choices=[(".", "."), (",", ",")]
        )
        self.fields["thousands"] = forms.ChoiceField(
            label=_("Between thousands"),
            choices=[("none", _("Nothing")), (",", ","), (".", "."), ("space", _("A space"))],
        )

    def _add(self, column: Column, choices: list[tuple[str, str]], names: Sequence[str]) -> None:
        """Add the fields of one column."""
        name, label = column.name, str(words.COLUMNS[column.name])
        self.fields[f"column-{name}"] = forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            initial=name if name in names else "",
            help_text=words.column_words(column),
        )
        self.fields[f"value-{name}"] = forms.CharField(
            label=_("%s: the same in every row") % label, required=False, max_length=200
        )
        if column.cell in _DATES:
            self.fields[f"format-{name}"] = forms.CharField(
                label=_("%s: how it is written") % label,
                required=False,
                max_length=60,
                help_text=_("Such as %%d/%%m/%%Y; nothing for 2026-10-31 and a spreadsheet’s own."),
            )
        if column.cell in _FIGURES:
            self.fields[f"percent-{name}"] = forms.BooleanField(
                label=_("%s: written per hundred") % label, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a choice that is no mapping."""
        said = super().clean() or {}
        for column in self.table.columns:
            if said.get(f"column-{column.name}") and said.get(f"value-{column.name}"):
                self.add_error(f"value-{column.name}", _("A column or a text, not both."))
        if not self.errors:
            try:
                load(read_yaml(self.mapping(), "mapping"), Mapping)
            except RefusedError as refused:
                for fault in refused.faults:
                    self.add_error(None, str(fault))
        return said

    def mapping(self) -> str:
        """Return the choice as the text of a mapping file."""
        said = self.cleaned_data
        columns = {
            column.name: source for column in self.table.columns if (source := self._source(column))
        }
        file = {"decimal_mark": said["decimal_mark"], "thousands_separator": said["thousands"]}
        mapping: dict[str, Any] = {"file": file, "columns": columns}
        if self.table is INTERVALS:
            mapping["times"] = {"timezone": self.zone}
        return yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True)

    def _source(self, column: Column) -> dict[str, Any] | None:
        """Return where the cells of a column come from; None where nowhere."""
        said, name = self.cleaned_data, column.name
        if said.get(f"value-{name}"):
            return {"value": said[f"value-{name}"]}
        if not said.get(f"column-{name}"):
            return None
        source: dict[str, Any] = {"column": said[f"column-{name}"]}
        if said.get(f"format-{name}"):
            source["format"] = said[f"format-{name}"]
        if said.get(f"percent-{name}"):
            source["percent"] = True
        if (self.table.name, name) == ("readings", "denominator"):
            source["empty"] = "1"
        return source
