"""Where each table of a dossier is kept: which column stands in which field of which record.

One declaration serves reading, loading, importing and exporting, so that records say exactly what
the files of a dossier would.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from attain.dossier import cells
from attain.dossier.rows import Row
from attain.dossier.tables import TABLES, Column, Table
from attain.measurement.numbers import write_exact
from attain.performance import models

_NUMBERS = (cells.NUMBER, cells.NUMBER_FROM_0, cells.SHARE)


@dataclass(frozen=True)
class Shelf:
    """A table of a dossier and the records that keep it.

    `fields` names the field of each column, in the order of the columns. `parent` is the field that
    leads to the process, metric or system that a row belongs to. `carried` are fields that a
    dossier does not know and a revision takes over from the one before.
    """

    table: Table
    model: type[Any]
    fields: tuple[str, ...]
    parent: str | None = None
    carried: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    @property
    def is_revised(self) -> bool:
        """Say whether its rows are corrected by revisions; definitions are changed in place."""
        return issubclass(self.model, models.RevisedRow)

    @cached_property
    def field_of(self) -> Mapping[str, str]:
        """The field of each column."""
        return dict(zip(self.table.names, self.fields, strict=True))

    @cached_property
    def values(self) -> tuple[str, ...]:
        """What is asked of the database for a row: the key of a parent in place of the parent."""
        return tuple(f"{f}__key" if f == self.parent else f for f in self.fields)

    @cached_property
    def dated(self) -> str | None:
        """The field that says when a row was, or from when it holds; None where none does."""
        days = (cells.DATE, cells.MONTH, cells.TIME)
        named = (c.name for c in self.table.columns if c.cell in days)
        return next((self.field_of[name] for name in named), None)

    @cached_property
    def parent_shelf(self) -> "Shelf | None":
        """The shelf of what a row belongs to."""
        refers = next((c.refers_to for c in self.table.columns if c.refers_to), None)
        return SHELVES[refers] if refers else None

    def row(self, kept: tuple[Any, ...]) -> dict[str, Any]:
        """Return a row of the dossier of what the database keeps, in the order of `values`."""
        columns = zip(self.table.columns, kept, strict=True)
        return {column.name: _meant(column, value) for column, value in columns}

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the key of a row."""
        return tuple(row[name] for name in self.table.key)

    def kept(self, row: Row) -> dict[str, Any]:
        """Return the fields of a record of a row; that of a parent holds the parent's key."""
        return {self.field_of[name]: _keepable(value) for name, value in row.items()}


def _meant(column: Column, value: Any) -> Any:
    """Return what a field holds in the kind that a dossier's reader gives it."""
    if column.cell in _NUMBERS:
        return None if value is None else Fraction(value)
    if value == "" and column.empty is not None:
        return None
    if isinstance(value, str) and column.cell is not cells.TEXT:
        return column.cell.parse(value)
    return value


def _keepable(value: Any) -> Any:
    """Return what a field keeps of a value of a row."""
    if isinstance(value, Fraction):
        return Decimal(write_exact(value))
    return value.value if isinstance(value, StrEnum) else value


def _shelf(
    name: str,
    model: type[Any],
    fields: str,
    **further: Any,
) -> Shelf:
    return Shelf(TABLES[name], model, tuple(fields.split()), **further)


SHELVES: Mapping[str, Shelf] = {
    shelf.name: shelf
    for shelf in (
        _shelf("processes", models.Process, "key facing low_volume time_and_materials"),
        _shelf("metrics", models.Metric, "key process aspect unit better", parent="process"),
        _shelf("targets", models.Target, "metric since value", parent="metric"),
        _shelf("readings", models.Reading, "metric month numerator denominator", parent="metric"),
        _shelf("service_levels", models.ServiceLevelTarget, "channel since share basis"),
        _shelf("systems", models.System, "key facing"),
        _shelf("uptime", models.UptimeReading, "system month uptime target", parent="system"),
        _shelf(
            "initiatives",
            models.Initiative,
            "key process started completed structured analysis outcome",
            parent="process",
        ),
        _shelf(
            "improvement_actions",
            models.ImprovementAction,
            "metric month action taken_on",
            parent="metric",
        ),
        _shelf(
            "practices", models.Practice, "item documented why_not evidence", carried=("file_id",)
        ),
        _shelf(
            "documents",
            models.Document,
            "kind title dated covers_backup_and_recovery sets_acceptable_levels communicated_on"
            " tested_on",
            carried=("file_id",),
        ),
        _shelf("satisfaction", models.SatisfactionReading, "kind month value target"),
        _shelf(
            "incidents",
            models.Incident,
            "key system opened severity responded_minutes cost_impact",
            parent="system",
        ),
        _shelf(
            "technology_changes",
            models.TechnologyChange,
            "key kind made_on business_requirement annual_plan_reference",
        ),
    )
}
