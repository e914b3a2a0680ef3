"""The structure: regions, sites, programmes and teams."""

from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from attain.measurement.faults import RefusedError
from attain.organisations import forms, queries
from attain.organisations.actions import places
from attain.organisations.actions.structure import (
    StructureChange,
    make_structure,
    preview_structure,
)
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError, UnknownError
from attain.organisations.hours import Opening
from attain.organisations.hours_form import HoursForm
from attain.organisations.models import Programme, Region, Site, Team
from attain.organisations.pages import MemberRequest, answer_form, get_or_post
from attain.organisations.rules import Permission
from attain.organisations.structure import COLUMNS, read_structure
from attain.organisations.words import STRUCTURE_FIELDS, STRUCTURE_KINDS, channel_words, hours_words

Answer = HttpResponse
Row = TypeVar("Row", bound=Model)


@require_GET
def structure(request: MemberRequest) -> Answer:
    """Show the sites that a member may see, by region, with their programmes and teams."""
    sites = queries.visible_sites(request.member).prefetch_related(
        "teams__programme", "centres__programme", "opening_hours"
    )
    context = {
        "rows": [_row(site) for site in sites.order_by("region__name", "name")],
        "programmes": Programme.objects.all(),
        "may_change": queries.may(request.member, Permission.CHANGE_STRUCTURE),
    }
    return render(request, "organisations/structure.html", context)


def _row(site: Site) -> dict[str, Any]:
    """Return a site as a row of the page, with its centres and its opening hours in words."""
    hours = [Opening(h.weekday, h.opens, h.closes) for h in site.opening_hours.all()]
    centres = [
        {"centre": centre, "channels": [channel_words(channel) for channel in centre.channels]}
        for centre in sorted(site.centres.all(), key=lambda each: each.programme is not None)
    ]
    return {"site": site, "region": site.region, "centres": centres, "hours": hours_words(hours)}


@get_or_post
def add_region(request: MemberRequest) -> Answer:
    """Add a region."""
    queries.demand(request.member, Permission.CHANGE_STRUCTURE)

    def act(said: dict[str, Any]) -> str:
        return _("%s was added.") % places.add_region(**said, by=request.member)

    return _form(request, forms.RegionForm(request.POST or None), act, _("Add a region"))


@get_or_post
def add_site(request: MemberRequest) -> Answer:
    """Add a site."""
    queries.demand(request.member, Permission.CHANGE_STRUCTURE)

    def act(said: dict[str, Any]) -> str:
        return _("%s was added.") % places.add_site(**said, by=request.member)

    return _form(request, forms.SiteForm(request.POST or None), act, _("Add a site"))


@get_or_post
def change_site(request: MemberRequest, site: str) -> Answer:
    """Change a site."""
    found = queries.find_site(request.member, site, Permission.CHANGE_STRUCTURE)
    initial = {name: getattr(found, name) for name in ("name", "timezone", "operation", "kind")}
    initial |= {"region": found.region_id, "version": found.version}

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        return _("%s was changed.") % places.change_site(
            site=found, seen=seen, by=request.member, **said
        )

    form = forms.ChangeSiteForm(request.POST or None, initial=initial)
    return _form(request, form, act, _("Change %s") % found)


@get_or_post
def close_site(request: MemberRequest, site: str) -> Answer:
    """Close a site; everything that is known of it stays."""
    found = queries.find_site(request.member, site, Permission.CHANGE_STRUCTURE)

    def act(said: dict[str, Any]) -> str:
        places.close_site(site=found, on=said["on"], seen=said["version"], by=request.member)
        return _("%s is closed.") % found

    form = forms.ClosingForm(request.POST or None, initial={"version": found.version})
    return _form(request, form, act, _("Close %s") % found)


@get_or_post
def set_hours(request: MemberRequest, site: str) -> Answer:
    """Write the opening hours of a site anew."""
    found = queries.find_site(request.member, site, Permission.CHANGE_STRUCTURE)
    hours = places.opening_hours_of(found)

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        places.set_opening_hours(site=found, seen=seen, by=request.member, **said)
        return _("The opening hours were changed.")

    initial = {"version": found.version}
    form = HoursForm(request.POST or None, hours=hours, initial=initial)
    context = {"title": _("Opening hours of %s") % found, "site": found}
    template = "organisations/hours.html"
    return answer_form(request, form, act, then=_home(request), context=context, template=template)


@get_or_post
def set_channels(request: MemberRequest, centre: str) -> Answer:
    """Say in which channels a centre is contacted."""
    found = queries.find_centre(request.member, centre, Permission.CHANGE_STRUCTURE)

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        places.set_channels(centre=found, seen=seen, by=request.member, **said)
        return _("%s was changed.") % found

    initial = {"version": found.version, "channels": " ".join(found.channels)}
    form = forms.ChannelsForm(request.POST or None, initial=initial)
    return _form(request, form, act, _("Channels of %s") % found)


@get_or_post
def change_region(request: MemberRequest, region: str) -> Answer:
    """Change what a region is called."""
    queries.demand(request.member, Permission.CHANGE_STRUCTURE)
    found = _one(Region.objects.filter(key=region))

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        places.change_region(region=found, seen=seen, by=request.member, **said)
        return _("%s was changed.") % found

    form = forms.ChangeRegionForm(request.POST or None, initial=_of(found, "name"))
    return _form(request, form, act, _("Change %s") % found)


@get_or_post
def change_programme(request: MemberRequest, programme: str) -> Answer:
    """Change what a client's programme is called, or whose it is."""
    queries.demand(request.member, Permission.CHANGE_STRUCTURE)
    found = _one(Programme.objects.filter(key=programme))

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        places.change_programme(programme=found, seen=seen, by=request.member, **said)
        return _("%s was changed.") % found

    initial = _of(found, "name", "client")
    form = forms.ChangeProgrammeForm(request.POST or None, initial=initial)
    return _form(request, form, act, _("Change %s") % found)


@get_or_post
def change_team(request: MemberRequest, site: str, team: str) -> Answer:
    """Change what a team is called, or on which programme it works."""
    at = queries.find_site(request.member, site, Permission.CHANGE_STRUCTURE)
    found = _one(Team.objects.filter(site=at, key=team))

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        places.change_team(team=found, seen=seen, by=request.member, **said)
        return _("%s was changed.") % found

    initial = _of(found, "name") | {"programme": found.programme_id}
    form = forms.ChangeTeamForm(request.POST or None, initial=initial)
    return _form(request, form, act, _("Change %s") % found)


def _one(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise UnknownError
    return row


def _of(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*names, "version")}


@get_or_post
def add_programme(request: MemberRequest) -> Answer:
    """Add a client's programme."""
    queries.demand(request.member, Permission.CHANGE_STRUCTURE)

    def act(said: dict[str, Any]) -> str:
        return _("%s was added.") % places.add_programme(**said, by=request.member)

    return _form(request, forms.ProgrammeForm(request.POST or None), act, _("Add a programme"))


@get_or_post
def serve_programme(request: MemberRequest, site: str) -> Answer:
    """Serve a programme at a site."""
    found = queries.find_site(request.member, site, Permission.CHANGE_STRUCTURE)

    def act(said: dict[str, Any]) -> str:
        return _("%s was added.") % places.serve_programme(**said, site=found, by=request.member)

    form = forms.ServeForm(request.POST or None)
    return _form(request, form, act, _("Serve a programme at %s") % found)


@get_or_post
def add_team(request: MemberRequest, site: str) -> Answer:
    """Add a team to a site."""
    found = queries.find_site(request.member, site, Permission.CHANGE_STRUCTURE)

    def act(said: dict[str, Any]) -> str:
        return _("%s was added.") % places.add_team(**said, site=found, by=request.member)

    return _form(request, forms.TeamForm(request.POST or None), act, _("Add a team to %s") % found)


@get_or_post
def upload_structure(request: MemberRequest) -> Answer:
    """Read a spreadsheet of the structure, and show what it would make before anything is kept."""
    queries.demand(request.member, Permission.CHANGE_STRUCTURE)
    form = forms.StructureFileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        context = {"form": form, "columns": COLUMNS, "back": _home(request)}
        status = 422 if form.is_bound else 200
        return render(request, "organisations/structure_upload.html", context, status=status)
    return _preview(request, form.cleaned_data["file"])


def _preview(request: MemberRequest, upload: "UploadedFile[Any]") -> Answer:
    path = _kept(request, upload)
    shown = str(upload.name)
    try:
        asked = read_structure(path, shown)
    except RefusedError as refusal:
        path.unlink()
        form, back = forms.StructureFileForm(), _home(request)
        context: dict[str, Any] = {"faults": refusal.faults, "file": shown, "columns": COLUMNS}
        context |= {"form": form, "back": back}
        return render(request, "organisations/structure_upload.html", context, status=422)
    return _show_preview(request, preview_structure(asked), shown, path)


def _show_preview(
    request: MemberRequest, change: StructureChange, file: str, kept: Path, status: int = 200
) -> Answer:
    context: dict[str, Any] = {"change": change, "file": file, "kept": kept.name}
    context["is_anew"] = status == 409
    context["changed"] = [
        (STRUCTURE_KINDS[each.kind], STRUCTURE_FIELDS[each.field], each) for each in change.changed
    ]
    context["refused"] = [(STRUCTURE_KINDS[part.kind], part) for part in change.refused]
    return render(request, "organisations/structure_preview.html", context, status=status)


@require_http_methods(["POST"])
def confirm_structure(request: MemberRequest) -> Answer:
    """Make and change what the preview showed; where that would be another by now, show it anew."""
    queries.demand(request.member, Permission.CHANGE_STRUCTURE)
    kept = request.POST.get("kept", "")
    path = next((path for path in _folder(request).iterdir() if path.name == kept), None)
    if path is None:
        return redirect(reverse("structure-upload", args=[request.member.organisation.key]))
    asked = read_structure(path, path.name)
    try:
        make_structure(asked=asked, by=request.member, seen=request.POST.get("seen", ""))
    except (ChangedMeanwhileError, RefusedActionError):
        return _show_preview(request, preview_structure(asked), path.name, path, 409)
    path.unlink()
    return redirect(_home(request))


def _folder(request: MemberRequest) -> Path:
    folder: Path = settings.DATA / "uploads" / str(request.member.uuid)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


_ENDINGS = (".csv", ".ods", ".xls", ".xlsx")


def _kept(request: MemberRequest, upload: "UploadedFile[Any]") -> Path:
    # Of the name that it came by only the ending counts, where it is one that is read.
    ending = Path(str(upload.name)).suffix.lower()
    path = _folder(request) / f"structure{ending if ending in _ENDINGS else ''}"
    with path.open("wb") as file:
        for piece in upload.chunks():
            file.write(piece)
    return path


def _home(request: MemberRequest) -> str:
    return reverse("structure", args=[request.member.organisation.key])


def _form(request: MemberRequest, form: Any, act: Any, title: str) -> Answer:
    return answer_form(request, form, act, then=_home(request), context={"title": title})
