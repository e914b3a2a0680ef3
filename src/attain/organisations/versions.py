"""The version of a row that somebody saw, as it comes back with what they change."""

from typing import Any

from django import forms

LARGEST_INTEGER = 2**31 - 1
"""The largest number that a column of whole numbers holds, on either database."""


class VersionField(forms.IntegerField):
    """The version of a row that the editor of a form saw; `least` is 0 where there may be none."""

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        bounds = {"min_value": least, "max_value": LARGEST_INTEGER}
        super().__init__(**{"widget": forms.HiddenInput, **bounds, **kwargs})


class SeenForm(forms.Form):
    """A form that goes with the version of the row that its editor saw."""

    version = VersionField()


class EntrySeenForm(forms.Form):
    """A form of a row that may not be there yet, and may be written over knowingly."""

    version = VersionField(least=0)
    keep = VersionField(least=0, required=False)

    @property
    def seen(self) -> int:
        """The version that was seen, 0 of none, or the one that is to be replaced knowingly."""
        kept: int | None = self.cleaned_data["keep"]
        version: int = self.cleaned_data["version"]
        return version if kept is None else kept
