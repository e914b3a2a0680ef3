"""The forms of initiatives. They check what was typed; whether it can be is for the actions."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attain.improvement.models import Initiative
from attain.improvement.models.lists import DOCUMENTS, STATES
from attain.improvement.rules.amounts import AmountError, read_amount, write_amount
from attain.measurement.periods import Month
from attain.organisations.filters import DayField, ListFilter
from attain.organisations.pages import Centre, Member
from attain.organisations.versions import SeenForm, VersionField

LONGEST = 20_000
_MOST_DAYS = 100_000
_WHOLE = "organisation"


def _text(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
    )


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class InitiativeFilter(ListFilter):
    """Which initiatives to show."""

    state = forms.ChoiceField(label=_("State"), required=False)
    whose = forms.ChoiceField(label=_("Owner"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    due = forms.ChoiceField(label=_("Due"), required=False)

    field_order = ("words", "state", "whose", "place", "due")

    def __init__(self, *args: Any, places: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("state", STATES.items())
        self.offer("whose", [("mine", _("Mine"))])
        self.offer_found("place", [(place, place) for place in places])
        self.offer("due", [("overdue", _("Overdue")), ("soon", _("Within 30 days"))])


class PlaceForm(forms.Form):
    """Where an initiative belongs: at a centre, or in the whole organisation."""

    place = forms.ChoiceField(label=_("Where does it belong?"))

    def __init__(
        self, *args: Any, centres: Sequence[Centre], organisation: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found: list[tuple[Any, Any]] = [(each.key, each.name) for each in centres]
        if organisation:
            # A point stands in no key of a centre.
            found.insert(0, (f".{_WHOLE}", organisation))
        cast("forms.ChoiceField", self.fields["place"]).choices = found


class InitiativeForm(forms.Form):
    """What is planned of an initiative."""

    title = forms.CharField(label=_("Title"), max_length=200)
    aim = _text(_("Aim"), required=False, help_text=_("What will be true when it is done."))
    owner = forms.ModelChoiceField(Member.objects.none(), label=_("Owner"), empty_label=None)
    starts_on = DayField(label=_("Starts on"))
    due_on = DayField(label=_("Due on"))
    process = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=_("Process"),
        required=False,
        empty_label=_("None"),
        help_text=_("The process that it improves."),
    )
    is_structured = forms.BooleanField(
        label=_("Structured"),
        required=False,
        help_text=_(
            "It follows a method, with an analysis of data before it and an outcome after it. With "
            "a process it is recorded at the centre, where certification counts it."
        ),
    )
    days = forms.IntegerField(
        label=_("Effort in person-days"), required=False, min_value=0, max_value=_MOST_DAYS
    )
    cost = forms.CharField(label=_("Cost"), required=False, max_length=40)
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        help_text=_("Three letters, such as GBP."),
        error_messages={"invalid": _("Three capital letters, such as GBP.")},
    )
    # By their uuid: SQLite can ask for no row by a number that it cannot hold.
    after = forms.ModelMultipleChoiceField(
        Initiative.objects.none(),
        label=_("Waits for"),
        required=False,
        to_field_name="uuid",
        widget=forms.SelectMultiple({"size": 5}),
        help_text=_("It is not started before these have ended."),
    )

    def __init__(self, *args: Any, owners: Any, processes: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "owner", owners)
        _choose(self, "process", processes)
        _choose(self, "after", others)
        if not processes.exists():
            self.fields["process"].disabled = True
            self.fields["process"].help_text = _("The place has no process yet.")
        if not others.exists():
            del self.fields["after"]

    def clean(self) -> dict[str, Any]:
        """Read the cost in the currency that was given with it."""
        said = super().clean() or {}
        text, currency = said.get("cost") or "", said.get("currency")
        said["cost"] = None
        if text and currency:
            point, comma = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
            try:
                said["cost"] = read_amount(text, currency, point=point, comma=comma)
            except AmountError:
                self.add_error("cost", gettext("An amount of money is expected."))
        return said


def initial_of(initiative: Initiative) -> dict[str, Any]:
    """Return what a form shows of an initiative at first."""
    plain = ("title", "aim", "owner", "starts_on", "due_on", "process", "is_structured", "days")
    point, cost = get_format("DECIMAL_SEPARATOR"), initiative.cost
    written = "" if cost is None else write_amount(cost, initiative.currency).replace(".", point)
    return {
        **{name: getattr(initiative, name) for name in plain},
        "cost": written,
        "currency": initiative.currency,
        "after": list(initiative.after.all()),
        "version": initiative.version,
    }


class ChangeForm(InitiativeForm):
    """What is planned of an initiative, with the version that its editor saw."""

    version = VersionField()


class ProjectForm(InitiativeForm):
    """A central project of an item that several centres are short on."""

    centres = forms.MultipleChoiceField(
        label=_("Centres"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reach = forms.ChoiceField(
        label=_("How far"),
        choices=[("next", _("One level up")), ("target", _("All levels up to the target"))],
        initial="target",
    )

    field_order = ("centres", "reach", "title")

    def __init__(self, *args: Any, centres: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["centres"]).choices = centres


class StartForm(SeenForm):
    """The day on which an initiative started."""

    on = DayField(label=_("Started on"))


class WriteUpForm(SeenForm):
    """The analysis before an initiative, and its outcome."""

    analysis = _text(
        _("Analysis of the data"),
        required=False,
        rows=6,
        help_text=_("What the data showed before: of what, how much, and why."),
    )
    outcome = _text(
        _("Outcome"),
        required=False,
        rows=6,
        help_text=_("What became of it, also where it did not work."),
    )


class CompleteForm(WriteUpForm):
    """The day on which an initiative was done, with its analysis and outcome."""

    on = DayField(label=_("Done on"))

    field_order = ("version", "on", "analysis", "outcome")


class ReasonForm(SeenForm):
    """Why something is done."""

    reason = _text(_("Reason"))


class InitiativeMilestoneForm(forms.Form):
    """Something that an initiative will have reached by a day."""

    text = forms.CharField(label=_("Milestone"), max_length=400)
    due_on = DayField(label=_("Due on"))


class CommentForm(forms.Form):
    """What somebody says of an initiative."""

    text = forms.CharField(
        label=_("Comment"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )


class _DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=DOCUMENTS)
    title = forms.CharField(label=_("Title"), required=False, max_length=200)


class DocumentLinkForm(_DocumentForm):
    """A document that lies elsewhere."""

    link = forms.URLField(label=_("Link"), max_length=500, assume_scheme="https")


class DocumentFileForm(_DocumentForm):
    """A document that is handed in as a file."""

    file = forms.FileField(label=_("File"), help_text=_("At most 25 MB."))


class MonthInput(forms.TextInput):
    """A month, chosen in the calendar of the browser."""

    input_type = "month"


class _MonthField(forms.RegexField):
    widget = MonthInput

    def __init__(self, **kwargs: Any) -> None:
        refused = {"invalid": _("A month is written as 2026-10.")}
        super().__init__(r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$", error_messages=refused, **kwargs)

    def clean(self, value: Any) -> Month | None:
        """Return the month."""
        text = super().clean(value)
        return Month.parse(text) if text else None


class BenefitForm(forms.Form):
    """What a metric was planned to do, and which months are compared."""

    planned = forms.DecimalField(
        label=_("Planned difference"),
        required=False,
        max_digits=20,
        decimal_places=8,
        help_text=_("After less before, with its sign; of a percentage, in percentage points."),
    )
    before_first = _MonthField(label=_("First month before"))
    before_last = _MonthField(label=_("Last month before"))
    after_first = _MonthField(label=_("First month after"))
    after_last = _MonthField(
        label=_("Last month after"),
        help_text=_("Whole years on both sides hold the same seasons."),
    )


class _MetricField(forms.ModelChoiceField[Any]):
    def label_from_instance(self, metric: Any) -> str:
        """Return a metric with its centre: those of a central project are of several."""
        return f"{metric.name}, {metric.centre.name}"


class BenefitAddForm(BenefitForm):
    """A metric that is followed, with what was planned of it."""

    metric = _MetricField(Initiative.objects.none(), label=_("Metric"))

    field_order = ("metric", "planned")

    def __init__(self, *args: Any, metrics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "metric", metrics)


class BenefitChangeForm(BenefitForm, SeenForm):
    """What was planned of a metric that is followed, with the version that its editor saw."""


def planned_in_unit(planned: Decimal | None, unit: str) -> Decimal | None:
    """Return a planned difference in the unit of its metric; of a share, points were typed."""
    return planned / 100 if planned is not None and unit == "share" else planned


def planned_as_typed(planned: Decimal | None, unit: str) -> Decimal | None:
    """Return a planned difference as it is typed: of a share, in percentage points."""
    return (planned * 100).normalize() if planned is not None and unit == "share" else planned


def months_around(starts_on: date, ended_on: date | None, due_on: date) -> dict[str, str]:
    """Propose the months to compare: the year before the start and the year after the end.

    Whole years hold the same seasons on both sides.
    """
    before = Month.of(starts_on).plus(-1)
    after = Month.of(ended_on or due_on).plus(1)
    return {
        "before_first": str(before.plus(-11)),
        "before_last": str(before),
        "after_first": str(after),
        "after_last": str(after.plus(11)),
    }
