"""What of a list is asked for; it lies in the address, so that it can be sent to a colleague."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

ALL = ("", _("All"))
_LONGEST = 100
_EARLIEST, _LATEST = date(1900, 1, 1), date(9990, 12, 31)


class DayInput(forms.DateInput):
    """A day, chosen in the calendar of the browser."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    """A day of the years that may be reckoned with."""

    widget = DayInput

    def clean(self, value: Any) -> date | None:
        """Return the day; one of the year 1 or 9999 is none that anybody means."""
        day: date | None = super().clean(value)
        if day is not None and not _EARLIEST <= day <= _LATEST:
            raise forms.ValidationError(_("A day of the years 1900 to 9990."))
        return day


class ListFilter(forms.Form):
    """What of a list is asked for, by some letters of it."""

    words = forms.CharField(label=_("Contains"), required=False, max_length=_LONGEST)

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for by name; nothing where it cannot be understood."""
        said = self.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in said.items() if value not in (None, "")}

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Let the reader choose one of these, or all."""
        cast("forms.ChoiceField", self.fields[name]).choices = [ALL, *choices]

    def offer_found(self, name: str, found: Iterable[tuple[str, Any]]) -> None:
        """Let the reader choose one of those that the rows of the list have."""
        self.offer(name, sorted(set(found), key=lambda each: str(each[1]).casefold()))
