"""The forms of the room. They check what was typed; whether it can be is for the actions."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from attain.organisations.actions.notices import SUBJECTS
from attain.organisations.filters import ALL, DayField, ListFilter
from attain.organisations.models import (
    Account,
    Member,
    NoticePreference,
    Programme,
    Region,
    Site,
    Team,
)
from attain.organisations.versions import VersionField
from attain.organisations.words import PERMISSIONS, ROLE_CHOICES

_ZONES = [(name, name) for name in sorted(available_timezones())]


class ChannelsField(forms.CharField):
    """Channels by their keys, with spaces or commas between them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Channels"))
        kwargs.setdefault("help_text", _("In lower case, such as phone email chat sms."))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the channels as a list; each a word in lower case."""
        channels = str(super().clean(value)).replace(",", " ").split()
        for channel in channels:
            if not channel.replace("_", "").isalnum() or channel != channel.lower():
                raise forms.ValidationError(
                    _("“%(channel)s” is no channel such as phone."), params={"channel": channel}
                )
        return channels


class RegionForm(forms.Form):
    """A region."""

    name = forms.CharField(label=_("Name"), max_length=200)
    key = forms.SlugField(label=_("Key"), max_length=60, help_text=_("Stands in addresses."))


class ChangeRegionForm(RegionForm):
    """What may be changed of a region; the version that its editor saw goes with it."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["key"]


class SiteForm(forms.Form):
    """A site."""

    name = forms.CharField(label=_("Name"), max_length=200)
    key = forms.SlugField(label=_("Key"), max_length=60, help_text=_("Stands in addresses."))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=_ZONES, initial="Europe/London")
    operation = forms.ChoiceField(label=_("Operation"), choices=Site.Operation)
    kind = forms.ChoiceField(label=_("Kind"), choices=Site.Kind)
    channels = ChannelsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "region", Region.objects.all())


class ChangeSiteForm(SiteForm):
    """What may be changed of a site; the version that its editor saw goes with it."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["key"], self.fields["channels"]


class ProgrammeForm(forms.Form):
    """A client's programme."""

    name = forms.CharField(label=_("Name"), max_length=200)
    key = forms.SlugField(label=_("Key"), max_length=60, help_text=_("Stands in addresses."))
    client = forms.CharField(label=_("Client"), max_length=200)


class ChangeProgrammeForm(ProgrammeForm):
    """What may be changed of a programme; the version that its editor saw goes with it."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["key"]


class ChannelsForm(forms.Form):
    """In which channels a centre is contacted."""

    version = VersionField()
    channels = ChannelsField()


class ServeForm(forms.Form):
    """A programme that a site serves."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"))
    channels = ChannelsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "programme", Programme.objects.all())


class TeamForm(forms.Form):
    """A team of a site."""

    name = forms.CharField(label=_("Name"), max_length=200)
    key = forms.SlugField(label=_("Key"), max_length=60)
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "programme", Programme.objects.all())


class ChangeTeamForm(TeamForm):
    """What may be changed of a team; the version that its editor saw goes with it."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["key"]


class ClosingForm(forms.Form):
    """When a site is closed."""

    on = DayField(label=_("Last day"))
    version = VersionField()


class StructureFileForm(forms.Form):
    """A spreadsheet of the structure."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("A .xlsx, .ods or .csv file with a row for each site, programme and team."),
    )


class PersonForm(forms.Form):
    """Somebody who works here."""

    name = forms.CharField(label=_("Name"), max_length=200)
    employee_number = forms.CharField(
        label=_("Employee number"), max_length=60, required=False,
        help_text=_("As your organisation writes it, leading zeros too."),
    )  # fmt: skip
    grade = forms.CharField(label=_("Grade"), max_length=60, required=False)


class ChangePersonForm(PersonForm):
    """What may be changed of a person; the version that its editor saw goes with it."""

    version = VersionField()


class PostingForm(forms.Form):
    """In which team a person is from when."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"))
    since = DayField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        sites = kwargs.pop("sites")
        super().__init__(*args, **kwargs)
        _choose(self, "team", Team.objects.filter(site__in=sites).select_related("site"))


class LeavingForm(forms.Form):
    """When a person left."""

    on = DayField(label=_("Last day"))
    version = VersionField()


class RoleForm(forms.Form):
    """A role, and where it is held."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "region", Region.objects.all())
        _choose(self, "site", Site.objects.all())
        _choose(self, "team", Team.objects.select_related("site"))

    def clean(self) -> dict[str, Any]:
        """Refuse a role at two places at once."""
        given: dict[str, Any] = super().clean() or {}
        if sum(given.get(name) is not None for name in ("region", "site", "team")) > 1:
            raise forms.ValidationError(
                _("Choose one place at most; without one the role holds everywhere.")
            )
        return given


class InvitationForm(RoleForm):
    """Whom to invite, and to what."""

    email = forms.EmailField(label=_("E-mail address"))
    field_order = ("email",)


class AcceptForm(forms.Form):
    """Who accepts an invitation, and with which password they sign in."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    password = forms.CharField(
        label=_("Password"), strip=False, help_text=_("At least twelve characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


class AcceptSignedInForm(forms.Form):
    """What somebody who is signed in says to accept an invitation: nothing but yes."""


class TokenForm(forms.Form):
    """A token: what for, until when, and what it permits."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
    until = DayField(label=_("Until"), help_text=_("A year at most."))
    permissions = forms.MultipleChoiceField(
        label=_("It permits a program to"),
        choices=[(permission.name, words) for permission, words in PERMISSIONS.items()],
        widget=forms.CheckboxSelectMultiple,
    )


class NoticeForm(forms.Form):
    """When mail is sent about each subject of notices."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for subject, words in SUBJECTS.items():
            self.fields[subject] = forms.ChoiceField(
                label=words,
                choices=NoticePreference.Mail,
                initial=NoticePreference.Mail.DIGEST,
            )


class PreferencesForm(forms.ModelForm[Account]):
    """How attain speaks to a person."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Of the browser")), *settings.LANGUAGES],
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=[("", "UTC"), *_ZONES]
    )

    class Meta:
        model = Account
        fields = ("name", "language", "timezone")


class AuditFilterForm(ListFilter):
    """What of the audit trail is asked for."""

    words = forms.CharField(label=_("Action or object"), required=False, max_length=100)
    by = forms.ChoiceField(label=_("Who"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.select_related("account")
        self.offer_found("by", [(str(each.uuid), each.account.name) for each in members])


class PeopleFilterForm(ListFilter):
    """Which people are asked for."""

    words = forms.CharField(label=_("Name or employee number"), required=False, max_length=100)
    site = forms.ChoiceField(label=_("Site"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ALL, ("here", _("Here")), ("left", _("Left")), ("no_team", _("In no team"))],
    )

    def __init__(self, *args: Any, sites: Iterable[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_found("site", [(site.key, site.name) for site in sites])


class MembersFilterForm(ListFilter):
    """Which members are asked for."""

    words = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[ALL, *ROLE_CHOICES])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ALL, ("active", _("Active")), ("suspended", _("Suspended"))],
    )


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    # A form of this kind always chooses among rows of the organisation in scope, and asks when it
    # is made, not when Python reads this file.
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
