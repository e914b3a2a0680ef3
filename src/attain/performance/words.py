"""The words by which pages name tables and columns, and how they write figures."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from attain.dossier import cells
from attain.dossier.tables import Column
from attain.measurement.metrics import MonthState
from attain.measurement.periods import Month
from attain.performance import models

Words = str | Promise
_LONGEST_IN_A_LIST = 200
TABLES: dict[str, Words] = {
    "processes": gettext_lazy("Processes"),
    "metrics": gettext_lazy("Metrics"),
    "targets": gettext_lazy("Targets"),
    "readings": gettext_lazy("Readings"),
    "service_levels": gettext_lazy("Service levels"),
    "intervals": gettext_lazy("Intervals"),
    "systems": gettext_lazy("Systems"),
    "uptime": gettext_lazy("Uptime"),
    "initiatives": gettext_lazy("Initiatives"),
    "improvement_actions": gettext_lazy("Improvement actions"),
    "practices": gettext_lazy("Documented practices"),
    "documents": gettext_lazy("Documents"),
    "satisfaction": gettext_lazy("Satisfaction"),
    "incidents": gettext_lazy("Incidents"),
    "technology_changes": gettext_lazy("Technology changes"),
}
COLUMNS: dict[str, Words] = {
    "process": gettext_lazy("Process"),
    "class": gettext_lazy("Class"),
    "low_volume": gettext_lazy("Low volume"),
    "time_and_materials": gettext_lazy("Time and materials"),
    "metric": gettext_lazy("Metric"),
    "aspect": gettext_lazy("Aspect"),
    "unit": gettext_lazy("Unit"),
    "better": gettext_lazy("Direction"),
    "from": gettext_lazy("From"),
    "target": gettext_lazy("Target"),
    "month": gettext_lazy("Month"),
    "numerator": gettext_lazy("Numerator"),
    "denominator": gettext_lazy("Denominator"),
    "channel": gettext_lazy("Channel"),
    "of": gettext_lazy("Share of"),
    "start": gettext_lazy("Start"),
    "offered": gettext_lazy("Offered"),
    "answered": gettext_lazy("Answered"),
    "within_threshold": gettext_lazy("Within the threshold"),
    "system": gettext_lazy("System"),
    "uptime": gettext_lazy("Uptime"),
    "initiative": gettext_lazy("Initiative"),
    "started": gettext_lazy("Started"),
    "completed": gettext_lazy("Completed"),
    "structured": gettext_lazy("By a structured method"),
    "analysis": gettext_lazy("Analysis"),
    "outcome": gettext_lazy("Outcome"),
    "action": gettext_lazy("Action"),
    "taken_on": gettext_lazy("Taken on"),
    "item": gettext_lazy("Item"),
    "documented": gettext_lazy("Documented"),
    "reason": gettext_lazy("Reason why it does not apply"),
    "evidence": gettext_lazy("Evidence"),
    "kind": gettext_lazy("Kind"),
    "title": gettext_lazy("Title"),
    "dated": gettext_lazy("Dated"),
    "covers_backup_and_recovery": gettext_lazy("Covers backup and recovery"),
    "sets_acceptable_levels": gettext_lazy("Sets acceptable levels"),
    "communicated_on": gettext_lazy("Communicated on"),
    "tested_on": gettext_lazy("Tested on"),
    "value": gettext_lazy("Value"),
    "incident": gettext_lazy("Incident"),
    "opened": gettext_lazy("Opened"),
    "severity": gettext_lazy("Severity"),
    "responded_minutes": gettext_lazy("Minutes to respond"),
    "cost_impact": gettext_lazy("Cost"),
    "change": pgettext_lazy("what was changed", "Change"),
    "on": gettext_lazy("On"),
    "business_requirement": gettext_lazy("Business requirement"),
    "annual_plan_reference": gettext_lazy("Reference in the annual plan"),
}
MONTH_STATES: dict[MonthState, Words] = {
    MonthState.ON_TARGET: gettext_lazy("On target"),
    MonthState.OFF_TARGET: gettext_lazy("Off target"),
    MonthState.NO_TARGET: gettext_lazy("No target"),
    MonthState.NO_READING: gettext_lazy("No reading"),
    MonthState.BEFORE_FIRST: gettext_lazy("Before the first reading"),
}
_LISTS = (
    models.Facing,
    models.AspectName,
    models.Better,
    models.BasisName,
    models.DocumentedName,
    models.SatisfactionOf,
    models.ChangeName,
)
# A value that stands in two lists means the same in both.
VALUES: dict[str, Words] = {value: label for each in _LISTS for value, label in each.choices}
# What a cell of a dossier expects, which the pure rooms say in English.
_EXPECTED: dict[str, Words] = {
    cells.BOOLEAN.expected: gettext_lazy("yes or no"),
    cells.MONTH.expected: gettext_lazy("a month such as 2026-10 (year-month)"),
    cells.DATE.expected: gettext_lazy("a date such as 2026-10-31 (year-month-day)"),
    cells.TIME.expected: gettext_lazy(
        "a time with its offset from UTC such as 2026-10-31T09:15:00+01:00"
    ),
    cells.NUMBER.expected: gettext_lazy(
        "a number such as 12 or -0.5 (digits with a decimal point if need be, nothing else)"
    ),
    cells.NUMBER_FROM_0.expected: gettext_lazy(
        "a number of 0 or more such as 12 or 0.5 "
        "(digits with a decimal point if need be, nothing else)"
    ),
    cells.WHOLE.expected: gettext_lazy("a whole number of 0 or more such as 12"),
    cells.SHARE.expected: gettext_lazy("a share from 0 to 1 (95 % is written 0.95)"),
    cells.KEY.expected: gettext_lazy("a key such as business_continuity_plan (a-z, 0-9 and _)"),
    cells.CHANNEL.expected: gettext_lazy("a channel such as phone or live_chat (a-z, 0-9 and _)"),
    cells.TEXT.expected: gettext_lazy("a text that is not empty"),
}
_EXEMPTIONS = {
    "low_volume": gettext_lazy("Left out in tiers 2 and 3: its process is marked low volume."),
    "efficiency_on_time_and_materials": gettext_lazy(
        "Left out in tiers 2 and 3: it measures the efficiency of time and materials work."
    ),
}


_DOCUMENTS = {"business_continuity_plan": gettext_lazy("Business continuity plan")}


def document_words(kind: str) -> Words:
    """Return the name of a kind of document; of one of a centre's own, its key in plain letters."""
    return _DOCUMENTS.get(kind) or kind.replace("_", " ").capitalize()


def exemption_words(exemption: str | None) -> Words:
    """Say why a metric is left out; nothing where it is counted."""
    return _EXEMPTIONS[exemption] if exemption else ""


def expected_words(expected: str) -> Words:
    """Say what a cell expects; what depends on the file stays as the reader of files says it."""
    return _EXPECTED.get(expected, expected)


def column_words(column: Column) -> str:
    """Say what a cell of a column expects, and whether it may be empty."""
    said = expected_words(column.cell.expected)
    return _("%s, or nothing") % said if column.empty else str(said)


def cut(value: Fraction, places: int = 2) -> Decimal:
    """Return a figure cut, and not rounded, to some places: 94.996 never reads as 95."""
    scaled = int(abs(value) * 10**places)
    return Decimal(scaled if value >= 0 else -scaled).scaleb(-places).normalize()


def figure_words(value: Fraction | None, unit: str, places: int = 2) -> str:
    """Write a figure for a person, a share as a percentage; nothing where there is none."""
    if value is None:
        return ""
    if unit == "share":
        return _("%(number)s %%") % {"number": _number(cut(value * 100, places))}
    return _number(cut(value, places))


def month_words(month: Month) -> str:
    """Write a month for a person."""
    return date_format(month.first_day, "YEAR_MONTH_FORMAT")


def _number(value: Decimal) -> str:
    return number_format(f"{value:f}", use_l10n=True, force_grouping=True)


def cut_text(text: str) -> str:
    """Return not more of a text than a line or two of a list."""
    return text if len(text) <= _LONGEST_IN_A_LIST else f"{text[: _LONGEST_IN_A_LIST - 1]}…"


def plain(value: Any) -> Any:
    """Return what a file says of a cell: numbers and dates as they are, months as year-month."""
    return str(value) if isinstance(value, Month) else value


def cell_words(value: Any) -> str:
    """Write a cell of a row for a person; nothing where it is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Fraction):
        return _number(cut(value, 6))
    if isinstance(value, Month):
        return month_words(value)
    if isinstance(value, StrEnum):
        return str(VALUES.get(value.value, value.value))
    if hasattr(value, "astimezone"):
        return date_format(value, "SHORT_DATETIME_FORMAT")
    return date_format(value) if hasattr(value, "isoformat") else str(value)
