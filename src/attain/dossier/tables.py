"""Every table of a dossier, declared once: its columns, how their cells are written, its key.

The reader, `attain dossier new`, `attain import` and the reference in the docs all work from this
declaration. `TABLES` holds them by name in the contract's order, in which a table always stands
before those that refer to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from attain.dossier import cells
from attain.dossier.cells import Cell, CellError, one_of
from attain.measurement.metrics import Direction
from attain.standards.figures import (
    Aspect,
    ChangeKind,
    Documented,
    ProcessClass,
    SatisfactionKind,
)


class _Basis(StrEnum):
    """Of what the answered contacts are a share."""

    OFFERED = "offered"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Column:
    """A column: its name in the header, how its cells are written, and an example.

    `empty` says what an empty cell means; None where a cell may not be empty. `refers_to` names
    the table in whose key the cell must be listed.
    """

    name: str
    cell: Cell[Any]
    example: str
    empty: str | None = None
    refers_to: str | None = None

    def read(self, text: str) -> Any:
        """Return what a cell means, None where it may be empty and is.

        CellError, with what to write instead, where it is refused. A text of spaces only is empty.
        """
        if text == "" or (self.cell is cells.TEXT and not text.strip()):
            if self.empty is None:
                raise CellError(self.cell.expected)
            return None
        return self.cell.read(text)

    @property
    def expected(self) -> str:
        """What a person writes in a cell of the column."""
        return f"{self.cell.expected}, or nothing" if self.empty else self.cell.expected


@dataclass(frozen=True)
class Table:
    """A table of the dossier: what a row is, its columns in order, and the names of its key."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def file(self) -> str:
        """The name of the file that holds the table."""
        return f"{self.name}.csv"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]


_NOT_DOCUMENTED = "not documented"
_NOT_ASSESSED = "not assessed"


def _listed(name: str, example: str, refers_to: str) -> Column:
    """Declare a column whose cells must be listed in the key of another table."""
    return Column(name, cells.TEXT, example, refers_to=refers_to)


def _by_name(tables: Iterable[Table]) -> dict[str, Table]:
    return {table.name: table for table in tables}


TABLES = _by_name(
    [
        Table(
            "processes",
            "a process of the centre, and what exempts its metrics",
            (
                Column("process", cells.TEXT, "answering"),
                Column("class", one_of(ProcessClass), "end_user_facing"),
                Column("low_volume", cells.BOOLEAN, "no"),
                Column("time_and_materials", cells.BOOLEAN, "no"),
            ),
            key=("process",),
        ),
        Table(
            "metrics",
            "a measured thing of a process, and which way it is better",
            (
                Column("metric", cells.TEXT, "average-handle-time"),
                _listed("process", "answering", "processes"),
                Column("aspect", one_of(Aspect), "efficiency"),
                Column("unit", cells.TEXT, "seconds", empty="no unit"),
                Column("better", one_of(Direction), "lower"),
            ),
            key=("metric",),
        ),
        Table(
            "targets",
            "the target of a metric from a date on, until the next one",
            (
                _listed("metric", "average-handle-time", "metrics"),
                Column("from", cells.DATE, "2025-11-01"),
                Column("target", cells.NUMBER, "330"),
            ),
            key=("metric", "from"),
        ),
        Table(
            "readings",
            "the numerator and denominator of a metric in a month",
            (
                _listed("metric", "average-handle-time", "metrics"),
                Column("month", cells.MONTH, "2026-10"),
                Column("numerator", cells.NUMBER, "1284500"),
                Column("denominator", cells.NUMBER_FROM_0, "4070", empty="1"),
            ),
            key=("metric", "month"),
        ),
        Table(
            "service_levels",
            "the share of a channel's contacts to be answered within the threshold, from a date on",
            (
                Column("channel", cells.CHANNEL, "phone"),
                Column("from", cells.DATE, "2025-11-01"),
                Column("target", cells.SHARE, "0.8"),
                Column("of", one_of(_Basis), "offered"),
            ),
            key=("channel", "from"),
        ),
        Table(
            "intervals",
            "the contacts of a channel in the interval that starts at a time",
            (
                Column("channel", cells.CHANNEL, "phone"),
                Column("start", cells.TIME, "2026-10-05T09:00:00+01:00"),
                Column("offered", cells.WHOLE, "42"),
                Column("answered", cells.WHOLE, "40"),
                Column("within_threshold", cells.WHOLE, "36"),
            ),
            key=("channel", "start"),
        ),
        Table(
            "systems",
            "a technology system",
            (
                Column("system", cells.TEXT, "telephony"),
                Column("class", one_of(ProcessClass), "end_user_facing"),
            ),
            key=("system",),
        ),
        Table(
            "uptime",
            "the share of a month that a system was up, and its target for that month",
            (
                _listed("system", "telephony", "systems"),
                Column("month", cells.MONTH, "2026-10"),
                Column("uptime", cells.SHARE, "0.9991"),
                Column("target", cells.SHARE, "0.999"),
            ),
            key=("system", "month"),
        ),
        Table(
            "initiatives",
            "an improvement initiative of a process",
            (
                Column("initiative", cells.TEXT, "shorter-wrap-up"),
                _listed("process", "answering", "processes"),
                Column("started", cells.DATE, "2026-03-02"),
                Column("completed", cells.DATE, "2026-08-28", empty="not completed"),
                Column("structured", cells.BOOLEAN, "yes"),
                Column("analysis", cells.TEXT, "time study of 400 calls", empty=_NOT_DOCUMENTED),
                Column("outcome", cells.TEXT, "18 seconds less wrap-up", empty=_NOT_DOCUMENTED),
            ),
            key=("initiative",),
        ),
        Table(
            "improvement_actions",
            "what was done about a metric that missed its target in a month",
            (
                _listed("metric", "average-handle-time", "metrics"),
                Column("month", cells.MONTH, "2026-09"),
                Column("action", cells.TEXT, "coaching on call control"),
                Column("taken_on", cells.DATE, "2026-10-12"),
            ),
            key=("metric", "month", "action"),
        ),
        Table(
            "practices",
            "an item of a maturity model, and whether the centre has it documented",
            (
                Column("item", cells.TEXT, "capacity-planning"),
                Column("documented", one_of(Documented), "yes"),
                Column("reason", cells.TEXT, "", empty="no reason"),
                Column("evidence", cells.TEXT, "planning handbook, part 2", empty="no evidence"),
            ),
            key=("item",),
        ),
        Table(
            "documents",
            "a document on file, with what it covers and when it was made known and tested",
            (
                Column("kind", cells.KEY, "business_continuity_plan"),
                Column("title", cells.TEXT, "Continuity of the contact centre"),
                Column("dated", cells.DATE, "2026-02-02"),
                Column("covers_backup_and_recovery", cells.BOOLEAN, "yes"),
                Column("sets_acceptable_levels", cells.BOOLEAN, "yes"),
                Column("communicated_on", cells.DATE, "2026-02-16", empty="not communicated"),
                Column("tested_on", cells.DATE, "2026-05-11", empty="not tested"),
            ),
            key=("kind", "title"),
        ),
        Table(
            "satisfaction",
            "the satisfaction of end users or staff in a month, and its target",
            (
                Column("kind", one_of(SatisfactionKind), "end_user"),
                Column("month", cells.MONTH, "2026-09"),
                Column("value", cells.NUMBER, "4.3"),
                Column("target", cells.NUMBER, "4.2"),
            ),
            key=("kind", "month"),
        ),
        Table(
            "incidents",
            "an incident of a system; what is empty was not assessed",
            (
                Column("incident", cells.TEXT, "INC-0042"),
                _listed("system", "telephony", "systems"),
                Column("opened", cells.TIME, "2026-10-07T14:05:00+01:00"),
                Column("severity", cells.TEXT, "2", empty=_NOT_ASSESSED),
                Column("responded_minutes", cells.NUMBER_FROM_0, "9", empty=_NOT_ASSESSED),
                Column("cost_impact", cells.NUMBER_FROM_0, "1250.50", empty=_NOT_ASSESSED),
            ),
            key=("incident",),
        ),
        Table(
            "technology_changes",
            "a purchase, an enhancement or an upgrade, and what it refers to",
            (
                Column("change", cells.TEXT, "CHG-0007"),
                Column("kind", one_of(ChangeKind), "upgrade"),
                Column("on", cells.DATE, "2026-06-20"),
                Column("business_requirement", cells.TEXT, "BR-19", empty="no reference"),
                Column("annual_plan_reference", cells.TEXT, "plan 2026, 3.2", empty="no reference"),
            ),
            key=("change",),
        ),
    ]
)
INTERVALS = TABLES["intervals"]
