"""The form of a week's opening hours: twice a day from when until when, nothing where closed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from attain.organisations.hours import Opening, first_overlap
from attain.organisations.versions import VersionField

# A day may have a break: what a field is called of each part, and by what words.
_PARTS = {"": _("%s, open from"), "_again": _("%s, open again from")}


class TimeInput(forms.TimeInput):
    """A time of day, in hours and minutes: typed, because a week of them is chosen too slowly."""

    def __init__(self, label: Any) -> None:
        told = {"aria-label": label, "class": "form-control", "placeholder": "–:–"}
        told |= {"inputmode": "numeric", "maxlength": "5", "autocomplete": "off"}
        super().__init__(told, format="%H:%M")


class HoursForm(forms.Form):
    """From when until when a site is open on each day of the week, with a break if there is one."""

    version = VersionField()

    def __init__(self, *args: Any, hours: Iterable[Opening] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_day: dict[int, list[Opening]] = {}
        for each in sorted(hours):
            of_day.setdefault(each.weekday, []).append(each)
        for day, name in WEEKDAYS.items():
            for part, words in zip(
                _PARTS, (_("%s, open from"), _("%s, open again from")), strict=True
            ):
                self._add(f"opens_{day}{part}", words % name)
                self._add(f"closes_{day}{part}", _("%s, until") % name)
            for part, opening in zip(_PARTS, of_day.get(day, ()), strict=False):
                self.initial[f"opens_{day}{part}"] = opening.opens
                self.initial[f"closes_{day}{part}"] = opening.closes

    def _add(self, name: str, label: Any) -> None:
        self.fields[name] = forms.TimeField(label=label, required=False, widget=TimeInput(label))

    @property
    def days(self) -> Iterator[tuple[Any, list[Any]]]:
        """The days of the week, each with its fields."""
        for day, name in WEEKDAYS.items():
            yield name, [self[f"{at}_{day}{part}"] for part in _PARTS for at in ("opens", "closes")]

    def clean(self) -> dict[str, Any]:
        """Read the hours; a time without its other end, and hours that overlap, are refused."""
        said: dict[str, Any] = super().clean() or {}
        hours = []
        for day in WEEKDAYS:
            for part in _PARTS:
                names = f"opens_{day}{part}", f"closes_{day}{part}"
                opens, closes = (said.get(name) for name in names)
                if opens is not None and closes is not None:
                    hours.append(Opening(day, opens.replace(second=0), closes.replace(second=0)))
                elif (opens is None) != (closes is None) and not {*names} & {*self.errors}:
                    self.add_error(names[opens is not None], _("The other end of these hours."))
        if overlap := first_overlap(hours):
            self._refuse(*overlap)
        return {"opening_hours": hours, "version": said.get("version")}

    def _refuse(self, before: Opening, after: Opening) -> None:
        part = "_again" if before.weekday == after.weekday else ""
        begun = f"{before.opens:%H:%M}"
        said = _("These hours begin before those from %s have ended.") % begun
        self.add_error(f"opens_{after.weekday}{part}", said)
