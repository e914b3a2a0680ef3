"""Making and changing the places of an organisation."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from attain.organisations.actions.audit import EVERYWHERE, record
from attain.organisations.actions.changing import change
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.hours import Opening as Opening
from attain.organisations.hours import first_overlap
from attain.organisations.models import (
    Centre,
    Member,
    OpeningHours,
    Organisation,
    Programme,
    Region,
    Site,
    Team,
)
from attain.organisations.models.tenancy import OwnedRow

Row = TypeVar("Row", bound=Model)
Owned = TypeVar("Owned", bound=OwnedRow)


@transaction.atomic
def found_organisation(*, key: str, name: str, timezone: str) -> Organisation:
    """Begin an organisation; whoever runs the installation does it, and names its administrator."""
    if key == EVERYWHERE:
        raise ValidationError({"key": _("The trail of the installation itself has this key.")})
    with scopes_disabled():
        organisation = Organisation(key=key, name=name, timezone=timezone)
        organisation.full_clean()
        organisation.save()
        record(
            by=None,
            action="organisations.found_organisation",
            kind="organisation",
            key=key,
            details={"name": name, "timezone": timezone},
            organisation=organisation,
        )
    return organisation


@transaction.atomic
def add_region(*, key: str, name: str, by: Member) -> Region:
    """Add a region."""
    region = Region(organisation=by.organisation, key=key, name=name)
    return _added(region, by, "region")


@transaction.atomic
def add_site(
    *,
    key: str,
    name: str,
    timezone: str,
    by: Member,
    region: Region | None = None,
    operation: str = Site.Operation.INTERNAL,
    kind: str = Site.Kind.CONTACT_CENTRE,
    channels: Sequence[str] = (),
    opening_hours: Iterable[Opening] = (),
) -> Site:
    """Add a site, and the centre that is the whole of it."""
    site = Site(
        organisation=by.organisation,
        key=key,
        name=name,
        region=region,
        timezone=timezone,
        operation=operation,
        kind=kind,
    )
    _checked(site)
    _set_hours(site, opening_hours)
    _checked(
        Centre(organisation=by.organisation, site=site, key=key, name=name, channels=list(channels))
    )
    _told(by, "add_site", "site", site.key, _said(site, channels=list(channels)))
    return site


@transaction.atomic
def change_site(*, site: Site, seen: int, by: Member, **values: Any) -> Site:
    """Change what a site is. Its figures keep their dates, whatever its zone is now."""
    changed = change(site, seen=seen, what=str(site), **values)
    site.full_clean()
    if "name" in changed:
        _name_centres(Centre.objects.filter(site=site))
    if changed:
        _told(by, "change_site", "site", site.key, changed)
    return site


@transaction.atomic
def set_opening_hours(
    *, site: Site, opening_hours: Iterable[Opening], seen: int, by: Member
) -> Site:
    """Write the opening hours of a site anew, where nobody changed the site since it was read."""
    asked = sorted(opening_hours)
    stood = opening_hours_of(site)
    if asked == stood and site.version == seen:
        return site
    current = Site.objects.filter(pk=site.pk, version=seen)
    if not current.update(version=F("version") + 1):
        theirs, yours = {"opening_hours": _hours(stood)}, {"opening_hours": _hours(asked)}
        raise ChangedMeanwhileError(str(site), {**theirs}, {**yours})
    OpeningHours.objects.filter(site=site).delete()
    _set_hours(site, asked)
    site.refresh_from_db()
    changed = {"was": _hours(stood), "is": _hours(asked)}
    _told(by, "set_opening_hours", "site", site.key, {"opening_hours": changed})
    return site


@transaction.atomic
def set_channels(*, centre: Centre, channels: Sequence[str], seen: int, by: Member) -> Centre:
    """Say in which channels a centre is contacted."""
    changed = change(centre, seen=seen, what=str(centre), channels=list(dict.fromkeys(channels)))
    if changed:
        _told(by, "set_channels", "centre", centre.key, changed)
    return centre


@transaction.atomic
def change_region(*, region: Region, seen: int, by: Member, **values: Any) -> Region:
    """Change what a region is called."""
    return _changed(region, seen, by, values)


@transaction.atomic
def change_programme(*, programme: Programme, seen: int, by: Member, **values: Any) -> Programme:
    """Change what a programme is called, or whose it is; its centres are called after it."""
    changed = _changed(programme, seen, by, values)
    _name_centres(Centre.objects.filter(programme=programme))
    return changed


@transaction.atomic
def change_team(*, team: Team, seen: int, by: Member, **values: Any) -> Team:
    """Change what a team is called, or on which programme it works."""
    return _changed(team, seen, by, values)


@transaction.atomic
def close_site(*, site: Site, on: date, seen: int, by: Member) -> None:
    """Close a site. Everything that is known of it stays."""
    changed = change(site, seen=seen, what=str(site), closed_on=on)
    _told(by, "close_site", "site", site.key, changed)


@transaction.atomic
def add_programme(*, key: str, name: str, client: str, by: Member) -> Programme:
    """Add a client's programme."""
    programme = Programme(organisation=by.organisation, key=key, name=name, client=client)
    return _added(programme, by, "programme")


@transaction.atomic
def serve_programme(
    *, programme: Programme, site: Site, channels: Sequence[str], by: Member
) -> Centre:
    """Serve a programme at a site: a centre of its own, which is measured and assessed apart."""
    centre = Centre(
        organisation=by.organisation,
        site=site,
        programme=programme,
        key=f"{site.key}-{programme.key}",
        name=f"{site.name}, {programme.name}",
        channels=list(channels),
    )
    return _added(centre, by, "centre")


@transaction.atomic
def add_team(
    *, site: Site, key: str, name: str, by: Member, programme: Programme | None = None
) -> Team:
    """Add a team to a site."""
    if site.closed_on is not None:
        raise RefusedActionError(
            _("%(name)s was closed on %(day)s.")
            % {"name": site.name, "day": date_format(site.closed_on)}
        )
    team = Team(organisation=by.organisation, site=site, programme=programme, key=key, name=name)
    return _added(team, by, "team")


def opening_hours_of(site: Site) -> list[Opening]:
    """Return the opening hours of a site, in the order of the week."""
    rows = OpeningHours.objects.filter(site=site)
    return [Opening(row.weekday, row.opens, row.closes) for row in rows]


def _refuse_overlaps(hours: Iterable[Opening]) -> None:
    found = first_overlap(hours)
    if found is not None:
        first, second = (_words_of(each) for each in found)
        raise RefusedActionError(
            _("On a day the hours %(first)s and %(second)s overlap.")
            % {"first": first, "second": second}
        )


def _hours(openings: Iterable[Opening]) -> list[str]:
    return [f"{opening.weekday} {_words_of(opening)}" for opening in openings]


def _words_of(opening: Opening) -> str:
    return f"{opening.opens:%H:%M}-{opening.closes:%H:%M}"


def _set_hours(site: Site, opening_hours: Iterable[Opening]) -> None:
    opening_hours = list(opening_hours)
    _refuse_overlaps(opening_hours)
    for hours in opening_hours:
        row = OpeningHours(site=site, **hours._asdict())
        row.full_clean()
        row.save()


def _checked(row: Model) -> None:
    row.full_clean()
    row.save()


def _name_centres(centres: QuerySet[Centre]) -> None:
    """Call centres after their sites and programmes, which are called otherwise now."""
    for centre in centres.select_related("site", "programme"):
        programme = f", {centre.programme.name}" if centre.programme else ""
        Centre.objects.filter(pk=centre.pk).update(name=f"{centre.site.name}{programme}")


def _changed(row: Owned, seen: int, by: Member, values: dict[str, Any]) -> Owned:
    changed = change(row, seen=seen, what=str(row), **values)
    row.full_clean()
    if changed:
        kind = type(row).__name__.lower()
        _told(by, f"change_{kind}", kind, str(_said(row)["key"]), changed)
    return row


def _added(row: Row, by: Member, kind: str) -> Row:
    _checked(row)
    said = _said(row)
    _told(by, f"add_{kind}", kind, str(said["key"]), said)
    return row


def _said(row: Model, **more: Any) -> dict[str, Any]:
    """Return what a row says, by the names of its columns."""
    own = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    left_out = ("id", "uuid", "organisation", "version")
    return {name: value for name, value in own.items() if name not in left_out} | more


def _told(by: Member, verb: str, kind: str, key: str, details: dict[str, Any]) -> None:
    record(by=by, action=f"organisations.{verb}", kind=kind, key=key, details=details)
