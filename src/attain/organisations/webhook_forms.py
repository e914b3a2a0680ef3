"""The form by which a webhook is registered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from attain.organisations.events import EVENTS
from attain.organisations.outgoing import LONGEST_ADDRESS


class WebhookForm(forms.Form):
    """An address, and of which events it is told."""

    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("It begins with https:// and lies in no private network."),
    )
    events = forms.MultipleChoiceField(
        label=_("It is told of"),
        choices=[(event, event) for event in EVENTS],
        widget=forms.CheckboxSelectMultiple,
    )
