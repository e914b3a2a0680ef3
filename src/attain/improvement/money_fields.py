"""Amounts of money in forms: typed as the reader writes them, kept as whole minor units."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attain.improvement.rules.amounts import (
    AmountError,
    AmountOutsideError,
    FinerThanMinorUnitsError,
    digits_of,
    read_amount,
    write_amount,
)

_LONGEST = 40


class AmountField(forms.CharField):
    """An amount in major units with the separators of the reader; its value is in minor units."""

    def __init__(self, *, currency: str, required: bool = False, **kwargs: Any) -> None:
        self.currency = currency
        widget = forms.TextInput({"inputmode": "decimal", "class": "number", "size": 10})
        super().__init__(required=required, max_length=_LONGEST, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the minor units, None where nothing was typed."""
        text = super().clean(value)
        return None if not text else self._read(text)

    def _read(self, text: str) -> int:
        point, comma = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
        try:
            return read_amount(text, self.currency, point=point, comma=comma)
        except FinerThanMinorUnitsError as error:
            said = _("%(currency)s has %(digits)s digits after the separator.")
            told = {"currency": self.currency, "digits": digits_of(self.currency)}
            raise ValidationError(said, params=told) from error
        except AmountOutsideError as error:
            raise ValidationError(_("The amount is too large.")) from error
        except AmountError as error:
            said = _("An amount such as %(sample)s is expected.")
            raise ValidationError(said, params={"sample": f"12{comma}500"}) from error

    def prepare_value(self, value: Any) -> Any:
        """Return minor units as the reader would type them."""
        if not isinstance(value, int):
            return value
        return write_amount(value, self.currency).replace(".", get_format("DECIMAL_SEPARATOR"))


class RangeFields:
    """The names and labels of the three amounts of a range."""

    ENDS = {
        "low": gettext_lazy("Low"),
        "likely": gettext_lazy("Likely"),
        "high": gettext_lazy("High"),
    }
    NAMES = {
        "one_off": gettext_lazy("One-off cost"),
        "running": gettext_lazy("Running cost a year"),
        "benefit": gettext_lazy("Benefit a year"),
    }
