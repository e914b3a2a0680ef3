"""The forms of workbooks: the file that comes back, and what becomes of it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from attain.assessments.rules.workbook import WorkbookPlan

KEEP, TAKE = "attain", "workbook"


class WorkbookForm(forms.Form):
    """The workbook of a part that comes back."""

    file = forms.FileField(
        label=_("Excel workbook"), help_text=_("The .xlsx file that you downloaded here.")
    )


class WorkbookChoiceForm(forms.Form):
    """Which side of each conflict stands, and what happens to good rows beside refused ones.

    Nothing is chosen beforehand: whoever imports says so.
    """

    mode = forms.ChoiceField(
        label=_("Where rows are refused"),
        widget=forms.RadioSelect,
        choices=[
            ("good", _("Good rows only: take these over, leave the refused ones as they are")),
            ("all", _("All rows or none: take nothing over yet")),
        ],
    )

    def __init__(self, *args: Any, plan: WorkbookPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not plan.refused:
            self.fields["mode"].required = False
        self.items = [each.item for each in plan.conflicts]
        choices = [(KEEP, _("Keep mine in attain")), (TAKE, _("Take the workbook's"))]
        for item in self.items:
            self.fields[f"side-{item}"] = forms.ChoiceField(
                label=_("Which one stands"), choices=choices, widget=forms.RadioSelect
            )

    def clean_mode(self) -> str:
        """Refuse to go on where every row is asked for and some are refused."""
        said = str(self.cleaned_data["mode"])
        if said == "all":
            raise forms.ValidationError(_("Mend the refused rows, and upload the workbook again."))
        return said

    @property
    def taken(self) -> Sequence[str]:
        """The items of which the workbook's side stands."""
        said = cast("dict[str, str]", self.cleaned_data)
        return [item for item in self.items if said[f"side-{item}"] == TAKE]
