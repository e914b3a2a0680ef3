"""The forms of the room. They check what was typed; whether it can be is for the actions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from attain.certification.models.applications import STATES as APPLICATION_STATES
from attain.certification.models.reviews import KINDS, RESULTS
from attain.certification.queries.verdicts import DEFAULT_SCHEME
from attain.certification.rules.applications import ReviewKind, ReviewResult
from attain.organisations import versions
from attain.organisations.filters import DayField
from attain.organisations.pages import Member

_LONGEST_TEXT = 10_000


def _text(label: Any, *, required: bool = True, rows: int = 4, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=_LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
    )


class SeenForm(versions.SeenForm):
    """A form that goes with the version of the row that its editor saw."""

    def clean(self) -> dict[str, Any]:
        """Return what was said in the words of the actions, which call the version `seen`."""
        said = super().clean() or {}
        if "version" in said:
            said["seen"] = said.pop("version")
        return said


class AsOfForm(forms.Form):
    """The day as of which figures are judged."""

    as_of = DayField(label=_("As of"), required=False)

    def day(self, today: date) -> date:
        """Return the day that was asked for, today where none was or it is still to come."""
        asked = self.cleaned_data.get("as_of") if self.is_valid() else None
        return min(asked, today) if asked else today

    def has_changed(self) -> bool:
        """Say whether something was chosen: today, which is shown beforehand, was not."""
        return self.is_bound and super().has_changed()


class SchemeForm(AsOfForm):
    """By which scheme figures are judged, and as of which day."""

    scheme = forms.ChoiceField(label=_("Scheme"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        schemes: Iterable[tuple[str, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Show what is said; what an address does not name stands as at first."""
        begins = {"scheme": DEFAULT_SCHEME, **(initial or {})}
        said = data.copy() if data else None
        if said is not None:
            for name, value in begins.items():
                said.setdefault(name, value)
        super().__init__(said, initial=begins)
        cast("forms.ChoiceField", self.fields["scheme"]).choices = schemes

    @property
    def chosen(self) -> str:
        """The scheme that was chosen, that of the performance tiers where none was."""
        asked: str = self.cleaned_data.get("scheme", "") if self.is_valid() else ""
        return asked or DEFAULT_SCHEME


class EstateForm(SchemeForm):
    """What to show of the estate."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    tier = forms.ChoiceField(
        label=_("Tier"),
        required=False,
        choices=[("", _("All")), ("3", "3"), ("2", "2"), ("1", "1"), ("none", _("None"))],
    )
    standing = forms.ChoiceField(
        label=_("Certificate"),
        required=False,
        choices=[
            ("", _("All")),
            ("current", _("Current")),
            ("at_risk", _("At risk")),
            ("lost", _("No longer earned")),
            ("suspended", _("Suspended")),
            ("none", _("None")),
        ],
    )

    def __init__(
        self, data: QueryDict | None, *, regions: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        cast("forms.ChoiceField", self.fields["region"]).choices = [("", _("All")), *regions]


class ApplicationFilter(forms.Form):
    """Which applications to show."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *APPLICATION_STATES.items()]
    )


class ApplyForm(forms.Form):
    """An application for a tier, with what it covers."""

    scheme = forms.ChoiceField(label=_("Scheme"))
    tier = forms.IntegerField(label=_("Tier"), min_value=1, max_value=9)
    site_volume = forms.IntegerField(
        label=_("Contacts of the whole site in 12 months"), min_value=0, max_value=2**53
    )
    assessed_volume = forms.IntegerField(
        label=_("Of these, contacts of what is to be certified"), min_value=0, max_value=2**53
    )

    def __init__(self, *args: Any, schemes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["scheme"]).choices = schemes


class SubmitForm(SeenForm):
    """That an application is submitted."""


class ReasonForm(SeenForm):
    """Why something is done."""

    reason = _text(_("Reason"))


class MoveForm(forms.Form):
    """Why a certificate is moved."""

    reason = _text(_("Reason"))


class ReviewForm(SeenForm):
    """A review that is opened."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=KINDS, coerce=ReviewKind)
    assessor = forms.ModelChoiceField(Member.objects.none(), label=_("Assessor"))
    on = DayField(label=_("Held on"))

    def __init__(self, *args: Any, assessors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "assessor", assessors)


class AnswerForm(forms.Form):
    """What somebody answered in an interview."""

    asked = forms.CharField(
        label=_("Who was asked"), max_length=200, help_text=_("A role or a grade is enough.")
    )
    question = _text(_("Question"), rows=2)
    notes = _text(_("Answer"))


class FinishReviewForm(SeenForm):
    """What a review came to."""

    result = forms.TypedChoiceField(label=_("Result"), choices=RESULTS, coerce=ReviewResult)
    notes = _text(_("Notes"))


class DecisionForm(SeenForm):
    """A decision on an application."""

    as_of = DayField(label=_("Figures as of"))
    award = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Award the tier")), ("no", _("Refuse"))],
        coerce=lambda value: value == "yes",
        help_text=_("An award that the figures do not bear is recorded as a refusal."),
    )
    reason = _text(_("Reason"))


class OwnerForm(SeenForm):
    """Who sees to a corrective action."""

    owner = forms.ModelChoiceField(Member.objects.none(), label=_("Owner"))

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "owner", owners)


class CorrectiveAnswerForm(SeenForm):
    """The answer to a corrective action."""

    cause = _text(_("Why did it come to that?"))
    answer = _text(_("What is done about it?"))


class MilestoneForm(forms.Form):
    """A step of a corrective action."""

    text = forms.CharField(label=_("Milestone"), max_length=300)
    due = DayField(label=_("Due on"))


class EvidenceForm(forms.Form):
    """A file that shows what was put right."""

    file = forms.FileField(label=_("File"))
    note = _text(_("Note"), required=False, rows=2)


class RetestForm(SeenForm):
    """The day on whose figures a re-test rests."""

    as_of = DayField(label=_("Figures as of"))


class VerifyForm(forms.Form):
    """The number of a certificate."""

    number = forms.CharField(label=_("Number of the certificate"), max_length=40)


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows
