"""The forms of the room: a row of any table, definitions, and the upload of a file."""

from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from attain.dossier import cells
from attain.dossier.local_times import LocalClock
from attain.dossier.mapping import Times
from attain.dossier.rows import Row
from attain.dossier.tables import TABLES, Column, Table
from attain.organisations.filters import DayField
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import who_may
from attain.organisations.rules import Permission
from attain.organisations.versions import VersionField
from attain.performance import library, models, words
from attain.performance.practice_field import ITEM, OWN_ITEM, practice_fields, practice_said
from attain.performance.queries.exporting import written
from attain.performance.queries.rows import in_place
from attain.performance.rules import LONGEST_KEY, RowRefusedError, read_row
from attain.performance.shelves import SHELVES

_LONG = ("analysis", "outcome", "reason", "evidence", "action")
_INPUTS = {cells.DATE: "date", cells.MONTH: "month", cells.TIME: "datetime-local"}


class RowForm(forms.Form):
    """A row of a table, read to the letter of the dossier's contract.

    What is `fixed` is not asked for. With `seen`, the revision that its editor saw, it is a
    correction, and asks why.
    """

    seen = VersionField(required=False)

    def __init__(
        self,
        *args: Any,
        table: Table,
        centre: Centre,
        fixed: Mapping[str, str] | None = None,
        seen: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.zone = table, ZoneInfo(centre.site.timezone)
        self.fixed = dict(fixed or {})
        self.row: Row = {}
        for column in table.columns:
            if column.name in self.fixed:
                continue
            if column.name == ITEM:
                self.fields.update(practice_fields(centre))
            else:
                self.fields[column.name] = _field(column, centre)
        if seen is None:
            del self.fields["seen"]
        else:
            self.fields["seen"].initial = seen
            self.fields["why"] = forms.CharField(
                label=_("Reason for the correction"), widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean(self) -> dict[str, Any]:
        """Read the row; what is wrong with a cell stands at its field."""
        said = super().clean() or {}
        if OWN_ITEM in self.fields:
            said[ITEM] = practice_said(said)
        texts = {c.name: self._text(c, said.get(c.name)) for c in self.table.columns}
        try:
            self.row = read_row(self.table, texts | self.fixed)
        except RowRefusedError as refused:
            for fault in refused.faults:
                name = fault.column if fault.column in self.fields else None
                if name not in self.errors:
                    self.add_error(name, _("Expected %s.") % words.expected_words(fault.expected))
        return said

    def _text(self, column: Column, said: Any) -> str:
        """Return what was typed in the writing of a dossier."""
        if isinstance(said, bool):
            return "yes" if said else "no"
        text = str(said or "")
        if column.cell is cells.TIME and len(text) <= _LONGEST_CLOCK:
            return self._placed(text)
        return text

    def _placed(self, text: str) -> str:
        """Return a time of the site's own clock with its offset; one that is not clear as it is."""
        clock = LocalClock(Times(timezone=self.zone.key))
        try:
            return clock.place(datetime.fromisoformat(text), None).isoformat()
        except ValueError:
            return text


_LONGEST_CLOCK = len("2026-10-31T09:15:00")


def initial_of(row: Row, zone: str) -> dict[str, Any]:
    """Return what a form of a row shows at first."""
    initial: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, datetime):
            initial[name] = value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")
        else:
            initial[name] = value if isinstance(value, bool) else written(value)
    return initial


def _field(column: Column, centre: Centre) -> forms.Field:
    """Return the field of a column."""
    label = str(words.COLUMNS[column.name])
    required = column.empty is None
    if column.cell is cells.BOOLEAN:
        return forms.BooleanField(label=label, required=False)
    if column.refers_to:
        known = in_place(SHELVES[column.refers_to], [centre]).order_by("name")
        return forms.ChoiceField(label=label, choices=[(k.key, k.name) for k in known])
    if column.cell.name == "one of a set":
        values = column.cell.parse
        listed = [(v.value, words.VALUES[v.value]) for v in values]  # type: ignore[attr-defined]
        return forms.ChoiceField(label=label, choices=listed)
    attrs = {"type": _INPUTS[column.cell]} if column.cell in _INPUTS else {}
    if column.cell is cells.TIME:
        attrs["step"] = "1"
    widget = forms.Textarea(attrs={"rows": 3}) if column.name in _LONG else forms.TextInput(attrs)
    said = (
        ""
        if column.cell in (*_INPUTS, cells.TEXT)
        else str(words.expected_words(column.cell.expected))
    )
    return forms.CharField(label=label, required=required, widget=widget, help_text=said)


class VersionForm(forms.Form):
    """A form that may carry the version that its editor saw."""

    seen = VersionField(required=False)


class ProcessForm(VersionForm):
    """A process, and what exempts its metrics."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_KEY)
    facing = forms.ChoiceField(label=_("Class"), choices=models.Facing)
    low_volume = forms.BooleanField(label=_("Low volume"), required=False)
    time_and_materials = forms.BooleanField(label=_("Time and materials"), required=False)


class SystemForm(VersionForm):
    """A technology system."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_KEY)
    facing = forms.ChoiceField(label=_("Class"), choices=models.Facing)


class LibraryForm(forms.Form):
    """Which metric of the library to begin with; none for one of the centre's own."""

    library = forms.ChoiceField(label=_("Metric of the library"), required=False)

    def __init__(self, *args: Any, there: Container[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_process: dict[str, list[tuple[str, str]]] = {}
        for key, metric in library.metrics().items():
            said = _("%s (there already)") % metric.title if key in there else metric.title
            by_process.setdefault(metric.process, []).append((key, str(said)))
        field = cast("forms.ChoiceField", self.fields["library"])
        field.choices = [("", _("None: a metric of our own")), *sorted(by_process.items())]

    @property
    def chosen(self) -> str:
        """The key of the metric that was chosen; nothing where none was."""
        return str(self.cleaned_data["library"]) if self.is_valid() else ""


class MetricForm(VersionForm):
    """A metric: what is divided by what, which way is better, why it matters, and whose it is."""

    library_key = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=LONGEST_KEY)
    process = forms.ModelChoiceField(models.Process.objects.none(), label=_("Process"))
    aspect = forms.ChoiceField(label=_("Aspect"), choices=models.AspectName)
    better = forms.ChoiceField(label=_("Direction"), choices=models.Better)
    unit = forms.CharField(
        label=_("Unit"),
        max_length=LONGEST_KEY,
        required=False,
        help_text=_("Such as seconds; “share” is shown as a percentage."),
    )
    numerator_words = forms.CharField(
        label=_("Numerator in words"), max_length=2000, required=False
    )
    denominator_words = forms.CharField(
        label=_("Denominator in words"), max_length=2000, required=False
    )
    why = forms.CharField(
        label=_("Why it matters"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("Owner"),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("Who answers for the metric."),
    )
    next_review = DayField(
        label=_("Next review"),
        required=False,
        help_text=_("When its owner looks again at its wording and its target."),
    )
    retired_on = DayField(
        label=_("Retired on"),
        required=False,
        help_text=_("From this day on the metric is not read any more."),
    )

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        processes = models.Process.objects.filter(centre=centre, withdrawn=False).order_by("name")
        choices = {"process": processes, "owner": who_may(Permission.RECORD_FIGURES, centre)}
        for name, rows in choices.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean_library_key(self) -> str:
        """Refuse a metric that the library does not have."""
        key = str(self.cleaned_data["library_key"])
        if key and key not in library.metrics():
            raise forms.ValidationError(_("The library has no such metric."))
        return key


class KeyField(forms.SlugField):
    """The key of something new."""

    def __init__(self) -> None:
        said = _("Stands in files and cannot change: lower case, digits and hyphens.")
        super().__init__(label=_("Key"), max_length=LONGEST_KEY, help_text=said)


class CoverageForm(forms.Form):
    """How many contacts the site has in 12 months, and what is assessed, from a date on."""

    since = DayField(label=_("From"))
    site_volume = forms.IntegerField(label=_("Contacts of the site"), min_value=0)
    assessed_volume = forms.IntegerField(label=_("Contacts of what is assessed"), min_value=0)


class ReasonForm(forms.Form):
    """Why something is withdrawn."""

    seen = VersionField()
    why = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class UploadForm(forms.Form):
    """A file to be imported, and into which table."""

    table = forms.ChoiceField(
        label=_("What the file holds"), choices=[(name, words.TABLES[name]) for name in TABLES]
    )
    file = forms.FileField(label=_("CSV or Excel file"))
    mapping = forms.FileField(
        label=_("Mapping file"),
        required=False,
        help_text=_("Where you have one; otherwise the columns are chosen on the next page."),
    )


class ModeForm(forms.Form):
    """What happens to the good rows where others are refused.

    Nothing is chosen beforehand: whoever imports says whether the good rows do without the others.
    Where no row is refused there is nothing to choose.
    """

    mode = forms.ChoiceField(label=_("Where rows are refused"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, good: int, refused: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["mode"])
        said = _("Good rows only: import %(good)s, keep %(refused)s to be mended")
        field.choices = [
            (models.ImportMode.GOOD_ROWS_ONLY, said % {"good": good, "refused": refused}),
            (models.ImportMode.ALL_OR_NOTHING, _("All rows or none: import nothing yet")),
        ]
        if not refused:
            field.widget = forms.HiddenInput()
            field.initial = models.ImportMode.ALL_OR_NOTHING
