"""The fields of the what-if: ticks, shares, contacts, exact numbers, months."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from attain.certification.words import month_words
from attain.measurement.counting import Tally
from attain.measurement.periods import Month


def share_words(now: Tally) -> str:
    """Write which share of the contacts offered came in intervals that attain, and of how many."""
    contacts = number_format(now.total, force_grouping=True)
    words = _("%(share)s %% of %(contacts)s contacts")
    return str(words % {"share": _percent(now), "contacts": contacts})


def _percent(now: Tally) -> str:
    # Cut, not rounded: a share that falls short must not be read as one that does not.
    return number_format(Decimal(now.good * 1000 // now.total) / 10, 1)


class SupposedMonthField(forms.CharField):
    """A month up to the last full one, typed or chosen as the browser offers it."""

    widget = forms.TextInput({"type": "month", "class": "form-control form-control-sm"})

    def __init__(self, *, last: Month, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)
        self.last = last

    def clean(self, value: Any) -> Any:
        """Return the month, None where none is said."""
        text = super().clean(value)
        if not text:
            return None
        try:
            month = Month.parse(text)
        except ValueError:
            raise ValidationError(_("Expected a month such as 2026-10.")) from None
        if month > self.last:
            words = _("Expected a month that is over: %(month)s or an earlier one.")
            raise ValidationError(words, params={"month": month_words(self.last)})
        return month


def tick_field(label: Any, is_so: bool) -> forms.BooleanField:
    """Return a tick that is set or not to begin with."""
    widget = forms.CheckboxInput({"class": "form-check-input"})
    return forms.BooleanField(label=label, required=False, initial=is_so, widget=widget)


def share_field(now: Tally) -> forms.DecimalField:
    """Return an empty field of a share in per cent, with what it is now in grey."""
    shown = _percent(now) if now.total else "–"
    return forms.DecimalField(
        label=_("Per cent in intervals that attain"),
        required=False,
        localize=True,
        min_value=0,
        max_value=100,
        max_digits=12,
        decimal_places=9,
        widget=_number({"placeholder": shown}),
    )


def contacts_field(now: Tally) -> forms.IntegerField:
    """Return an empty field of how many contacts there were, with what it is now in grey."""
    shown = number_format(now.total, force_grouping=True) if now.total else "–"
    return forms.IntegerField(
        label=_("Contacts offered"),
        required=False,
        localize=True,
        min_value=0,
        max_value=10**9,
        widget=_number({"placeholder": shown}),
    )


def exact_field(label: Any, now: Fraction | None) -> forms.DecimalField:
    """Return a field of an exact number, with what it is now."""
    initial = None if now is None else Decimal(now.numerator) / now.denominator
    return forms.DecimalField(
        label=label,
        required=False,
        localize=True,
        initial=initial,
        max_digits=30,
        decimal_places=12,
        widget=_number({}),
    )


def _number(attrs: dict[str, str]) -> forms.TextInput:
    return forms.TextInput(
        {"class": "form-control form-control-sm", "inputmode": "decimal", **attrs}
    )
