"""The forms of the room. They check what was typed; whether it can be is for the actions."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from attain.assessments.models.lists import KINDS, STATES
from attain.assessments.rules.entries import Entry
from attain.organisations.pages import Centre, Member, Team
from attain.organisations.versions import EntrySeenForm, SeenForm

LONGEST = 4_000
NOT_APPLICABLE = "na"
Choices = Sequence[tuple[Any, Any]]


class DayInput(forms.DateInput):
    """A day, chosen in the calendar of the browser."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def _text(label: Any, *, required: bool = True, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea({"rows": 3}),
    )


class ListFilter(forms.Form):
    """Which assessments to show."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *STATES.items()]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *KINDS.items()]
    )
    q = forms.CharField(label=_("Title or place"), required=False, max_length=100)


class OpenForm(forms.Form):
    """An assessment that is opened: of what, by which model, until when."""

    title = forms.CharField(label=_("Title"), max_length=200)
    model = forms.ChoiceField(label=_("Model"))
    place = forms.ChoiceField(label=_("What is assessed"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput())

    def __init__(self, *args: Any, models: Choices, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["model"]).choices = models
        cast("forms.ChoiceField", self.fields["place"]).choices = places


def places_to_choose(
    centres: Iterable[Centre], teams: Iterable[Team], *, organisation: str
) -> list[tuple[Any, Any]]:
    """Return the places of which an assessment may be opened, by what they are."""
    found: list[tuple[Any, Any]] = [("organisation", organisation)] if organisation else []
    centred = [(f"centre {each.uuid}", each.name) for each in centres]
    teamed = [(f"team {each.uuid}", f"{each.site.name}, {each.name}") for each in teams]
    found += [(_("Centres"), centred)] if centred else []
    return found + ([(_("Teams"), teamed)] if teamed else [])


class _ByMembers(forms.Form):
    def _offer(self, name: str, members: Iterable[Member]) -> None:
        choices = [(str(each.uuid), each.account.name) for each in members]
        cast("forms.ChoiceField", self.fields[name]).choices = choices


class PartForm(_ByMembers):
    """A part for an assessor: some categories, or all."""

    assessor = forms.ChoiceField(label=_("Assessor"))
    categories = forms.MultipleChoiceField(
        label=_("Categories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All of them where none is chosen."),
    )
    due_on = forms.DateField(label=_("Due on"), widget=DayInput())

    def __init__(
        self, *args: Any, members: Iterable[Member], categories: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("assessor", members)
        cast("forms.MultipleChoiceField", self.fields["categories"]).choices = categories


class ReasonForm(SeenForm):
    """Why something is done."""

    reason = _text(_("Reason"))


class ReopenForm(forms.Form):
    """Why a closed assessment is reopened, and until when it is due."""

    reason = _text(_("Reason"))
    due_on = forms.DateField(label=_("Due on"), widget=DayInput())


class DelegateForm(_ByMembers, SeenForm):
    """Who rates a part from now on."""

    to = forms.ChoiceField(label=_("Assessor"))

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("to", members)


class EntryForm(EntrySeenForm):
    """What is entered for one item: its level or that it does not apply, target, and texts."""

    level = forms.RegexField(regex=r"^(\d{1,3}|na)$", required=False)
    target = forms.IntegerField(required=False, min_value=0, max_value=999)
    reason = forms.CharField(required=False, max_length=LONGEST)
    note = forms.CharField(required=False, max_length=LONGEST)
    needed = forms.CharField(required=False, max_length=LONGEST)

    @property
    def entry(self) -> Entry:
        """What was entered; what does not apply has neither level nor target."""
        said = self.cleaned_data
        texts = {"note": said["note"], "needed": said["needed"]}
        if said["level"] == NOT_APPLICABLE:
            return Entry(is_applicable=False, reason=said["reason"], **texts)
        level = int(said["level"]) if said["level"] else None
        return Entry(level=level, target=said["target"], **texts)


class AgreedForm(EntryForm):
    """What was agreed of one item, with the reason."""

    rationale = forms.CharField(required=False, max_length=LONGEST)


class ExpiryForm(forms.Form):
    """Evidence that may end."""

    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    expires_on = forms.DateField(label=_("Expires on"), required=False, widget=DayInput())


class LinkForm(ExpiryForm):
    """A link as evidence."""

    link = forms.URLField(label=_("Link"), max_length=500, assume_scheme="https")
    field_order = ("link", "title", "expires_on")


class FileForm(ExpiryForm):
    """A file as evidence."""

    file = forms.FileField(
        label=_("File"), help_text=_("PDF, picture, Office document or plain text, up to 25 MB.")
    )
    field_order = ("file", "title", "expires_on")


class RecordForm(forms.Form):
    """Something that the centre has on record, as evidence."""

    record = forms.ChoiceField()

    def __init__(self, *args: Any, records: Choices, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["record"])
        field.choices, field.label = records, label
