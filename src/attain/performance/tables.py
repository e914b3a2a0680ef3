"""The lists of the room's pages: centres, metrics, months, systems, imports and refused rows."""

from fractions import Fraction
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attain.organisations.pages import Centre
from attain.organisations.tables import (
    ActionsColumn,
    DataTable,
    DayColumn,
    MomentColumn,
    MonthsColumn,
    NumberColumn,
    StateColumn,
)
from attain.performance import words

_NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
_NAME = {"td": {"class": "name"}}
_DATE = {"td": {"class": "text-nowrap"}}
_DIGITS_IN_A_FILE = 6


class FigureColumn(tables.Column):  # type: ignore[misc]
    """A column of figures in the unit of the row's metric, or in one of its own."""

    def __init__(self, *args: Any, unit: str | None = None, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, attrs=_NUMBER, default="", **kwargs)

    def render(self, value: Fraction, record: Any) -> str:
        """Return the figure as its unit is written."""
        unit = record["unit"] if self.unit is None else self.unit
        return words.figure_words(value, unit)

    def value(self, value: Fraction) -> Any:
        """Return the number itself, for a file; a share stays one."""
        return words.cut(value, _DIGITS_IN_A_FILE) if isinstance(value, Fraction) else value


class OfCentre(DataTable):
    """A list of a centre, whose rows lead to pages of that centre."""

    def __init__(self, rows: Any, centre: Centre, **further: Any) -> None:
        self.centre = centre
        super().__init__(rows, **further)

    def address(self, name: str, *places: object) -> str:
        """Return the address of a page of the centre."""
        where = (self.centre.organisation.key, self.centre.key)
        return reverse(f"performance-{name}", args=[*where, *places])


class CentresTable(DataTable):
    """The centres, and how many of their metrics are on target."""

    name = tables.Column(
        gettext_lazy("Centre"),
        accessor="centre__name",
        linkify=lambda record: _of(record["centre"]),
        attrs=_NAME,
    )
    region = tables.Column(
        gettext_lazy("Region"), accessor="centre__site__region__name", default="–"
    )
    metrics = NumberColumn(gettext_lazy("Metrics"))
    on_target = NumberColumn(gettext_lazy("On target"))
    off_target = NumberColumn(gettext_lazy("Off target"))
    missing = NumberColumn(gettext_lazy("Missing"))
    overdue = NumberColumn(gettext_lazy("Review overdue"))

    class Meta(DataTable.Meta):
        label = gettext_lazy("Centres")
        order_by = "name"


def _of(centre: Centre) -> str:
    return reverse("performance-centre-metrics", args=[centre.organisation.key, centre.key])


class MetricsTable(OfCentre):
    """The metrics of a centre with their twelve months."""

    name = tables.Column(gettext_lazy("Metric"), attrs=_NAME)
    key = tables.Column(gettext_lazy("Key"), accessor="metric__key")
    process = tables.Column(gettext_lazy("Process"), accessor="metric__process__name")
    aspect = tables.Column(gettext_lazy("Aspect"), accessor="metric__get_aspect_display")
    value = FigureColumn(gettext_lazy("Figure"))
    target = FigureColumn(gettext_lazy("Target"))
    unit = tables.Column(gettext_lazy("Unit"), default="")
    state = StateColumn(gettext_lazy("State"))
    months = MonthsColumn(gettext_lazy("Twelve months"))
    on_target = NumberColumn(gettext_lazy("On target"))
    owner = tables.Column(gettext_lazy("Owner"), accessor="metric__owner", default="–")
    next_review = DayColumn(
        gettext_lazy("Next review"), accessor="metric__next_review", default="–"
    )

    class Meta(DataTable.Meta):
        label = gettext_lazy("Metrics")
        hidden = ("key", "aspect", "unit")
        order_by = "name"

    def __init__(self, rows: Any, centre: Centre, month: str, **further: Any) -> None:
        super().__init__(rows, centre, **further)
        self.columns["value"].column.verbose_name = month

    def render_name(self, value: str, record: dict[str, Any]) -> str:
        """Return the metric as the way to its page, with why it may be left out."""
        link = format_html(
            '<a href="{}">{}</a>', self.address("metric", record["metric"].uuid), value
        )
        if record["exemption"]:
            said = record["exemption"]
            link += format_html('<br><small class="text-secondary">{}</small>', said)
        return link

    def value_name(self, value: str) -> str:
        """Return the name of the metric."""
        return value

    def render_on_target(self, value: int, record: dict[str, Any]) -> str:
        """Return how many months were on target, of those that counted."""
        return _("%(good)s of %(all)s") % {"good": value, "all": record["counted"]}

    def value_on_target(self, value: int) -> int:
        """Return how many months were on target."""
        return value

    def value_next_review(self, value: Any) -> Any:
        """Return the day of the next review."""
        return value

    def render_next_review(self, value: Any, record: dict[str, Any]) -> str:
        """Return the day of the next review, marked where it has passed."""
        day = date_format(value, "SHORT_DATE_FORMAT")
        if not record["is_overdue"]:
            return day
        return format_html("{} {}", day, StateColumn().render("overdue"))


class MonthsTable(OfCentre):
    """The months of a metric: the figure, the target, and how it stands."""

    month = tables.Column(gettext_lazy("Month"), attrs=_DATE)
    value = FigureColumn(gettext_lazy("Figure"), empty_values=())
    numerator = NumberColumn(gettext_lazy("Numerator"), accessor="current__numerator", default="")
    denominator = NumberColumn(
        gettext_lazy("Denominator"), accessor="current__denominator", default=""
    )
    target = FigureColumn(gettext_lazy("Target"))
    state = StateColumn(gettext_lazy("State"), default="")
    standing = StateColumn(gettext_lazy("Closed"), default="")
    frozen = FigureColumn(gettext_lazy("Closed as"))
    versions = NumberColumn(gettext_lazy("Versions"))
    actions = ActionsColumn("performance/month_actions.html")

    class Meta(DataTable.Meta):
        label = gettext_lazy("Months")
        order_by = "-month"
        hidden = ("numerator", "denominator", "frozen")
        per_page = 24

    def render_month(self, record: dict[str, Any]) -> str:
        """Return the month in words."""
        return str(record["words"])

    def value_month(self, value: Any) -> str:
        """Return the month as year and month, for a file."""
        return str(value)

    def render_value(self, value: Fraction | None, record: dict[str, Any]) -> str:
        """Return the figure, of a restated month with what it was closed as."""
        said = words.figure_words(value, record["unit"])
        if not record["is_restated"]:
            return said
        frozen = words.figure_words(record["frozen"], record["unit"])
        told = _("closed as %(figure)s") % {"figure": frozen} if frozen else ""
        told = told or _("closed without a figure")
        return format_html('{}<br><small class="text-secondary">{}</small>', said, told)

    def value_value(self, value: Fraction | None) -> Any:
        """Return the figure itself, for a file."""
        return value if value is None else words.cut(value, _DIGITS_IN_A_FILE)

    def value_frozen(self, value: Fraction) -> Any:
        """Return what the month was closed as."""
        return words.cut(value, _DIGITS_IN_A_FILE)


class VersionsTable(OfCentre):
    """Every version of the readings of a metric: who recorded it, when, and why."""

    month = tables.Column(gettext_lazy("Month"), attrs=_DATE)
    revision = NumberColumn(gettext_lazy("Version"))
    numerator = NumberColumn(gettext_lazy("Numerator"))
    denominator = NumberColumn(gettext_lazy("Denominator"), default="")
    standing = tables.Column(gettext_lazy("State"), accessor="is_current")
    recorded_at = MomentColumn(gettext_lazy("Recorded"))
    by = tables.Column(gettext_lazy("By"), accessor="recorded_by__account__name")
    reason = tables.Column(gettext_lazy("Reason"), default="")
    source = tables.Column(
        gettext_lazy("Import"), accessor="source", order_by="source__file_name", default=""
    )

    class Meta(DataTable.Meta):
        label = gettext_lazy("Versions")
        order_by = ("-month", "-revision")
        per_page = 24

    def render_month(self, value: Any) -> str:
        """Return the month in words."""
        return words.month_words(value)

    def value_month(self, value: Any) -> str:
        """Return the month as year and month, for a file."""
        return str(value)

    def render_standing(self, record: Any) -> str:
        """Say whether a version is what holds now."""
        if record.withdrawn:
            return _("Withdrawn")
        return _("In force") if record.is_current else _("Corrected since")

    def render_source(self, value: Any) -> str:
        """Return the import that a reading came by, as the way to it."""
        return format_html('<a href="{}">{}</a>', self.address("import", value.uuid), value)

    def value_source(self, value: Any) -> str:
        """Return the file that a reading came by."""
        return str(value)


class SystemsTable(OfCentre):
    """The systems of a centre with their twelve months of uptime."""

    name = tables.Column(gettext_lazy("System"), attrs=_NAME)
    key = tables.Column(gettext_lazy("Key"), accessor="system__key")
    facing = tables.Column(gettext_lazy("Class"), accessor="system__get_facing_display")
    uptime = FigureColumn(gettext_lazy("Latest uptime"), unit="share")
    target = FigureColumn(gettext_lazy("Target"), unit="share")
    month = tables.Column(gettext_lazy("Month"), default="")
    months = MonthsColumn(gettext_lazy("Twelve months"))
    on_target = NumberColumn(gettext_lazy("On target"))
    incidents = NumberColumn(gettext_lazy("Incidents in twelve months"))

    class Meta(DataTable.Meta):
        label = gettext_lazy("Systems")
        hidden = ("key",)
        order_by = "name"

    def render_month(self, value: Any) -> str:
        """Return the month in words."""
        return words.month_words(value)

    def value_month(self, value: Any) -> str:
        """Return the month as year and month, for a file."""
        return str(value)

    def render_incidents(self, value: int, record: dict[str, Any]) -> str:
        """Return how many incidents there were, as the way to them."""
        address = self.address("records", "incidents")
        return format_html('<a href="{}?of={}">{}</a>', address, record["system"].key, value)

    def value_incidents(self, value: int) -> int:
        """Return how many incidents there were."""
        return value


class ImportsTable(DataTable):
    """The imports: what was read of which file, and what was refused."""

    file_name_ = tables.Column(
        gettext_lazy("File"),
        accessor="file_name",
        linkify=lambda record: reverse(
            "performance-import",
            args=[record.centre.organisation.key, record.centre.key, record.uuid],
        ),
        attrs=_NAME,
    )
    centre = tables.Column(gettext_lazy("Centre"), accessor="centre__name")
    table = tables.Column(gettext_lazy("Table"))
    by = tables.Column(gettext_lazy("By"), accessor="by__account__name")
    at = MomentColumn(gettext_lazy("When"))
    mode = tables.Column(gettext_lazy("Where rows are refused"), accessor="get_mode_display")
    state = StateColumn(gettext_lazy("State"))
    read = NumberColumn(gettext_lazy("Rows"), accessor="counts__read", default="")
    refused = NumberColumn(gettext_lazy("Refused"), accessor="counts__refused", default="")

    class Meta(DataTable.Meta):
        label = gettext_lazy("Imports")
        hidden = ("mode",)

    def render_table(self, value: str) -> str:
        """Return the name of the table."""
        return str(words.TABLES[value])

    def render_state(self, value: str) -> str:
        """Return the state as pages draw it."""
        return StateColumn().render("imported" if value == "done" else value)

    def value_state(self, value: str) -> str:
        """Return the word of the state."""
        return StateColumn().value("imported" if value == "done" else value)


class RefusedTable(DataTable):
    """The rows that an import refused, kept as they were written until they are mended."""

    line = NumberColumn(gettext_lazy("Line"))
    column = tables.Column(gettext_lazy("Column"))
    found = tables.Column(gettext_lazy("Found"), default="")
    expected = tables.Column(gettext_lazy("Expected"))
    raw = tables.Column(gettext_lazy("The row"), orderable=False)

    class Meta(DataTable.Meta):
        label = gettext_lazy("Refused rows")

    def render_expected(self, value: str) -> str:
        """Say what a cell expects, in the reader's words where there are any."""
        return str(words.expected_words(value))

    def render_raw(self, value: list[str]) -> str:
        """Return the cells of the row as they are written."""
        return words.cut_text(" · ".join(value))

    def value_raw(self, value: list[str]) -> str:
        """Return the cells of the row as they are written, for a file."""
        return " · ".join(value)
