"""The forms of the estate's pages: what of it to show, and what a donor shares."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from attain.assessments.forms import LONGEST, DayInput
from attain.assessments.models.lists import KINDS
from attain.assessments.queries.estate import EstateAsked, EstateFound
from attain.organisations.pages import Site

_ANY = ("", _("All"))


class EstateFilter(forms.Form):
    """Which of the estate to show. What is not understood asks for nothing."""

    model = forms.CharField(label=_("Model"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Assessed by"), required=False, choices=[_ANY, *KINDS.items()])
    as_of = forms.DateField(label=_("As of"), required=False, widget=DayInput())
    region = forms.CharField(label=_("Region"), required=False, max_length=60)
    site_kind = forms.ChoiceField(
        label=_("Kind of site"), required=False, choices=[_ANY, *Site.Kind.choices]
    )
    operation = forms.ChoiceField(
        label=_("Operation"), required=False, choices=[_ANY, *Site.Operation.choices]
    )

    def asked(self, today: date) -> EstateAsked:
        """Return what is asked for, today where no date is."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return EstateAsked(**{"as_of": today, **said})

    def offer(self, found: EstateFound) -> None:
        """Offer the models and regions that there are to choose from."""
        self._choose("model", [(m.key, f"{m.title} ({m.centres})") for m in found.models])
        self._choose("region", [_ANY, *found.regions])

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        cast("forms.CharField", self.fields[name]).widget = forms.Select(choices=choices)


class PeersFilter(forms.Form):
    """The centre whose peers are asked for."""

    peers = forms.CharField(label=_("Compare with its peers"), required=False, max_length=200)

    def offer(self, centres: Sequence[tuple[str, str]]) -> None:
        """Offer the centres that were assessed."""
        nobody = ("", _("No comparison"))
        self.fields["peers"].widget = forms.Select(
            choices=[nobody, *centres], attrs={"class": "form-select"}
        )


class ShareForm(forms.Form):
    """What is shared of an item."""

    text = forms.CharField(
        label=_("What is done here"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Everybody in the organisation who may read assessments will see it."),
    )
