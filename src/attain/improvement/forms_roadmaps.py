"""The forms of goals, roadmaps and appraisals. They check what was typed, the actions whether it
can be.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from attain.improvement.actions.roadmaps import RoadmapSettings
from attain.improvement.models import Goal, Roadmap, StepAppraisal
from attain.improvement.models.lists import RULES, UNKNOWNS
from attain.improvement.money_fields import AmountField, RangeFields
from attain.improvement.plan_words import quarter_months, quarter_words
from attain.improvement.queries.roadmaps import said_by
from attain.improvement.rules.appraisal import FIFTHS, HIGHEST_IMPACT, Range
from attain.improvement.rules.ranking import RankingRule, Unknowns
from attain.improvement.rules.saying import LONGEST_NOTE, MOST_DAYS, MOST_QUARTERS, StepSaid
from attain.improvement.words import SCALE
from attain.measurement.periods import Month
from attain.organisations.versions import LARGEST_INTEGER, EntrySeenForm, SeenForm, VersionField

Choices = Sequence[tuple[Any, Any]]
_FURTHEST = 20
IMPACT = "impact_"


def _whole(label: Any, most: int, *, least: int = 0, required: bool = False, **more: Any) -> Any:
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=most, **more
    )


class GoalForm(forms.Form):
    """A goal with its weight."""

    title = forms.CharField(label=_("Goal"), max_length=200)
    why = forms.CharField(
        label=_("Why it is a goal"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
    )
    weight = forms.DecimalField(
        label=_("Weight"),
        min_value=0,
        max_value=1_000_000,
        max_digits=9,
        decimal_places=3,
        initial=1,
        help_text=_("Only the proportions count: 3 and 1 are three quarters and one quarter."),
    )


class ChangeGoalForm(GoalForm, SeenForm):
    """A goal as it is to be, and the version that was seen."""


class MonthInputField(forms.CharField):
    """A month as browsers write it: 2027-01."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=7, widget=forms.TextInput({"type": "month"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the month; ValidationError where it is none of the years 2000 to 2200."""
        text = super().clean(value)
        try:
            month = Month.parse(text)
        except ValueError:
            month = None
        if month is None or not Month.parse("2000-01") <= month <= Month.parse("2200-12"):
            raise ValidationError(_("Expected a month such as 2027-01."))
        return month


class SettingsForm(forms.Form):
    """How a roadmap counts."""

    title = forms.CharField(label=_("Title"), max_length=200)
    rule = forms.ChoiceField(label=_("Ranked by"), choices=RULES)
    unknowns = forms.ChoiceField(
        label=_("Where something is not known"),
        choices=UNKNOWNS,
        help_text=_("What nobody said is missing and never zero, unless you choose so here."),
    )
    years = _whole(
        _("Years of return"),
        _FURTHEST,
        least=1,
        required=True,
        initial=3,
        help_text=_("Over how many years costs and benefits are looked at."),
    )
    currency = forms.RegexField(
        label=_("Currency"),
        regex=r"^[A-Z]{3}$",
        initial="GBP",
        error_messages={"invalid": _("A currency is three capital letters, such as GBP.")},
    )
    first_month = MonthInputField(label=_("First month"))
    quarters = _whole(_("Quarters"), _FURTHEST, least=1, required=True, initial=4)

    @property
    def settings(self) -> RoadmapSettings:
        """What was chosen."""
        said = {name: self.cleaned_data[name] for name in SettingsForm.base_fields}
        chosen = {"rule": RankingRule(said["rule"]), "unknowns": Unknowns(said["unknowns"])}
        return RoadmapSettings(**{**said, **chosen})


class ChangeSettingsForm(SettingsForm, SeenForm):
    """How a roadmap is to count, and the version that was seen."""


def settings_of(roadmap: Roadmap) -> dict[str, Any]:
    """Return the settings of a roadmap as its form is filled in."""
    names = SettingsForm.base_fields
    return {name: getattr(roadmap, name) for name in names} | {"version": roadmap.version}


class OpenForm(SettingsForm):
    """A roadmap that is opened: over which closed assessments, and how it counts."""

    place = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)
    model = forms.CharField(widget=forms.HiddenInput, max_length=100)
    sources = forms.MultipleChoiceField(
        label=_("Closed assessments"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The one of each place that was closed last is chosen."),
    )
    field_order = ("place", "model", "title", "sources")

    def __init__(self, *args: Any, sources: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["sources"]).choices = sources


class WhereForm(forms.Form):
    """Of which place, and by which model, a roadmap is to be opened."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    model = forms.ChoiceField(label=_("Model"), required=False)

    def __init__(self, *args: Any, places: Choices, models: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["place"]).choices = places
        cast("forms.ChoiceField", self.fields["model"]).choices = models


class RoadmapsFilter(forms.Form):
    """Which roadmaps to show."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("In use")), ("archived", _("Archived")), ("all", _("All"))],
    )
    q = forms.CharField(label=_("Title or place"), required=False, max_length=100)


class StepsFilter(forms.Form):
    """Which steps to show."""

    process = forms.ChoiceField(label=_("Process"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("not_appraised", _("Not appraised")),
            ("partly_appraised", _("Partly appraised")),
            ("appraised", _("Appraised")),
        ],
    )
    q = forms.CharField(label=_("Item"), required=False, max_length=100)

    def __init__(
        self, *args: Any, processes: Mapping[str, str], places: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(key or "none", words or _("No process")) for key, words in processes.items()]
        every = [("", _("All"))]
        cast("forms.ChoiceField", self.fields["process"]).choices = [*every, *named]
        cast("forms.ChoiceField", self.fields["place"]).choices = [*every, *places.items()]


class TrialForm(forms.Form):
    """How often a ranking is tried, and by which seed."""

    draws = forms.TypedChoiceField(
        label=_("Draws"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(n, n) for n in (500, 2000, 10_000)],
    )
    seed = _whole(_("Seed"), LARGEST_INTEGER)


def _impact_field(goal: Goal) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=goal.title,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "–"), *((n, n) for n in range(HIGHEST_IMPACT + 1))],
    )


class _WithImpacts(forms.Form):
    """A form with a field for the impact on each goal."""

    def __init__(self, *args: Any, goals: Iterable[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for goal in goals:
            self.fields[IMPACT + goal.key] = _impact_field(goal)

    @property
    def impact_fields(self) -> list[forms.BoundField]:
        """The fields of impacts, as a page lists them."""
        return [self[name] for name in self.fields if name.startswith(IMPACT)]

    @property
    def impacts(self) -> dict[str, int]:
        """What was said of the goals; those of which nothing was said are missing."""
        said = {n.removeprefix(IMPACT): v for n, v in self.cleaned_data.items()
                if n.startswith(IMPACT)}  # fmt: skip
        return {key: value for key, value in said.items() if value is not None}


def scale_choices() -> list[tuple[Any, Any]]:
    """Return the scale of five in words, and first that it was not said."""
    return [("", _("Not said"))] + [(n, SCALE[n]) for n in range(1, FIFTHS + 1)]


class AppraisalForm(_WithImpacts):
    """What a step costs and brings, its impacts, its work, and what comes before it."""

    version = VersionField(least=0)
    scale = forms.TypedChoiceField(
        label=_("Return on a scale of five"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=scale_choices,
        help_text=_("Where the money is not known. Leave it where you give amounts."),
    )
    days = _whole(_("Effort in person-days"), MOST_DAYS)
    quarters = _whole(_("Quarters of work"), MOST_QUARTERS, least=1, required=True, initial=1)
    earliest = forms.TypedChoiceField(label=_("Earliest quarter"), coerce=int, initial=0)
    latest = forms.TypedChoiceField(
        label=_("Latest quarter"), required=False, coerce=int, empty_value=None
    )
    after = forms.MultipleChoiceField(
        label=_("After other steps"),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, roadmap: Roadmap, after: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in RangeFields.NAMES.items():
            for end, words in RangeFields.ENDS.items():
                field = AmountField(currency=roadmap.currency, label=f"{label}, {words}")
                field.widget.attrs["aria-label"] = f"{label}, {words}"
                self.fields[f"{name}_{end}"] = field
        self._offer("earliest", _quarters(roadmap))
        self._offer("latest", [("", _("Any")), *_quarters(roadmap)])
        self._offer("after", after)

    def _offer(self, name: str, choices: Choices) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    @property
    def ranges(self) -> Iterator[tuple[str, Any, list[forms.BoundField]]]:
        """The rows of amounts, as a page lists them."""
        for name, label in RangeFields.NAMES.items():
            yield name, label, [self[f"{name}_{end}"] for end in RangeFields.ENDS]

    def clean(self) -> dict[str, Any]:
        """Refuse a range of which a part is missing: it is given whole, or not at all."""
        said = super().clean() or {}
        for name in RangeFields.NAMES:
            names = [f"{name}_{end}" for end in RangeFields.ENDS]
            missing = [each for each in names if said.get(each) is None]
            is_part = missing and len(missing) < len(names)
            if is_part and not any(each in self.errors for each in names):
                self.add_error(missing[0], _("Give low, likely and high, or none of them."))
        return said

    @property
    def said(self) -> StepSaid:
        """What was said."""
        given = self.cleaned_data
        names = ("scale", "days", "quarters", "earliest", "latest", "note")
        return StepSaid(
            one_off=_range(given, "one_off"),
            running=_range(given, "running"),
            benefit=_range(given, "benefit"),
            impacts=self.impacts,
            after=tuple(given["after"]),
            **{name: given[name] for name in names},
        )


def _quarters(roadmap: Roadmap) -> list[tuple[int, str]]:
    return [
        (n, f"{quarter_words(n)}, {quarter_months(roadmap.first_month, n)}")
        for n in range(roadmap.quarters)
    ]


def _range(given: Mapping[str, Any], name: str) -> Range | None:
    amounts = [given[f"{name}_{end}"] for end in RangeFields.ENDS]
    return None if None in amounts else Range(*amounts)


def said_in(row: StepAppraisal | None) -> dict[str, Any]:
    """Return an appraisal as its form is filled in."""
    if row is None:
        return {"version": 0}
    names = ("scale", "days", "quarters", "earliest", "latest", "after", "note", "version")
    amounts = [f"{name}_{end}" for name in RangeFields.NAMES for end in RangeFields.ENDS]
    impacts = {IMPACT + key: value for key, value in row.impacts.items()}
    return {name: getattr(row, name) for name in (*names, *amounts)} | impacts


class QuickForm(EntrySeenForm, _WithImpacts):
    """What is said of a step in a row: the scale, its impacts, the days, and a note."""

    scale = _whole("", FIFTHS, least=1)
    days = _whole(_("Person-days"), MOST_DAYS)
    note = forms.CharField(required=False, max_length=LONGEST_NOTE)

    def said_over(self, row: StepAppraisal | None) -> StepSaid:
        """Return what is said with what the row does not ask for as it stands."""
        given = self.cleaned_data
        stands = StepSaid() if row is None else said_by(row)
        return replace(
            stands,
            scale=given["scale"],
            impacts=self.impacts,
            days=given["days"],
            note=given["note"],
        )


class TakeOverForm(forms.Form):
    """To which centres an appraisal is taken over."""

    to = forms.MultipleChoiceField(label=_("The same step at"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, to: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["to"]).choices = to
