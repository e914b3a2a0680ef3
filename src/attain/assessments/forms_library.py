"""The forms of the library. They check what was typed; whether it is a model is for the loader."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from attain.assessments.actions.editions import LONGEST
from attain.assessments.models.editions import KEY, STATUSES
from attain.organisations.versions import VersionField

_IS_KEY = RegexValidator(
    r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*\Z", _("Small letters, digits and hyphens, such as own-model.")
)
MOST_OF_A_FILE = 4 * LONGEST


def key_field(label: Any, **kwargs: Any) -> forms.CharField:
    """Return a field for a key of a model."""
    said = {"help_text": _("Small letters, digits and hyphens. It stays; titles may change.")}
    return forms.CharField(label=label, max_length=KEY, validators=[_IS_KEY], **(said | kwargs))


class ShelfFilter(forms.Form):
    """Which models to show."""

    origin = forms.ChoiceField(
        label=_("Written by"),
        required=False,
        choices=[("", _("All")), ("attain", _("attain")), ("own", _("this organisation"))],
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *STATUSES.items()]
    )
    q = forms.CharField(label=_("Title or key"), required=False, max_length=100)


class NewModelForm(forms.Form):
    """A model that is begun from the template."""

    title = forms.CharField(label=_("Title"), max_length=200)
    key = key_field(_("Key"))
    licence = forms.CharField(
        label=_("Licence"),
        max_length=200,
        initial="Internal",
        help_text=_("Under which licence its texts are published, or that they are not."),
    )


class CloneForm(forms.Form):
    """A model that is made from another: the next edition of it, or one under a key of its own."""

    as_what = forms.ChoiceField(
        label=_("What it becomes"),
        widget=forms.RadioSelect,
        choices=[
            ("edition", _("The next edition of the same model")),
            ("model", _("A model of its own, under another key")),
        ],
    )
    edition = forms.CharField(label=_("Edition"), max_length=40)
    key = key_field(
        _("Key"),
        required=False,
        help_text=_("Of the model of its own; the next edition keeps the key."),
    )
    title = forms.CharField(label=_("Title"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """Refuse a model of its own without a key."""
        said = super().clean() or {}
        if said.get("as_what") == "model" and not said.get("key"):
            self.add_error("key", _("A model of its own needs a key."))
        return said


class ModelFileForm(forms.Form):
    """A model as a YAML file."""

    file = forms.FileField(
        label=_("YAML file"), help_text=_("In UTF-8, up to 2,000,000 characters.")
    )

    def clean_file(self) -> str:
        """Return the text of the file; refuse one that is too large or no text in UTF-8."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_OF_A_FILE:
            raise forms.ValidationError(_("A model has at most 2,000,000 characters."))
        try:
            return bytes(sent.read()).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                _("Byte %(place)s is not UTF-8. Save the file as UTF-8.")
                % {"place": error.start + 1}
            ) from error


class TextForm(forms.Form):
    """The text of a draft, and the version that its editor saw."""

    version = VersionField()
    # Blanks at the ends of a text are its own; what is too long is refused by the action.
    text = forms.CharField(label=_("Text of the model"), strip=False, widget=forms.Textarea)

    def clean_text(self) -> str:
        """Return the text with the ends of lines that files have."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class MoveForm(forms.Form):
    """Until when an assessment is due that moves to the next edition."""

    due_on = forms.DateField(
        label=_("Due on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
