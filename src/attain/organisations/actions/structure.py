"""Making and changing what a spreadsheet of the structure asks for: all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from attain.organisations.actions import places
from attain.organisations.actions.structure_plan import (
    FieldChanged,
    Planned,
    StructurePlan,
    plan_structure,
)
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import Centre, Member, Programme, Region, Site, Team
from attain.organisations.structure import SiteAsked, StructureAsked


@dataclass(frozen=True)
class RefusedPart:
    """Something that a spreadsheet asks for and that cannot be, with the reason."""

    kind: str
    name: str
    why: str


@dataclass(frozen=True)
class StructureChange:
    """What a spreadsheet comes to, by name: made, changed, left as it is, refused.

    `seen` stands for what it was compared with.
    """

    regions: tuple[str, ...]
    sites: tuple[str, ...]
    programmes: tuple[str, ...]
    centres: tuple[str, ...]
    teams: tuple[str, ...]
    changed: tuple[FieldChanged, ...]
    unchanged: tuple[str, ...]
    refused: tuple[RefusedPart, ...]
    seen: str

    @property
    def is_made(self) -> bool:
        """Say whether anything would be made."""
        return any((self.regions, self.sites, self.programmes, self.centres, self.teams))

    def __bool__(self) -> bool:
        """Say whether anything would be made or changed."""
        return self.is_made or bool(self.changed)


def preview_structure(asked: StructureAsked) -> StructureChange:
    """Say what a spreadsheet would make and change; nothing is kept."""
    return _told(plan_structure(asked))


@transaction.atomic
def make_structure(
    *, asked: StructureAsked, by: Member, seen: str | None = None
) -> StructureChange:
    """Make what is not there yet and change what is: all of it, or nothing of it.

    With `seen` of a preview it is refused where what that was compared with was changed since.
    Nothing is ever deleted.
    """
    plan = plan_structure(asked)
    told = _told(plan)
    if seen is not None and seen != told.seen:
        raise ChangedMeanwhileError(_("The structure"), {}, {})
    if told.refused:
        raise RefusedActionError("; ".join(f"{part.name}: {part.why}" for part in told.refused))
    wanted = {site.name: site for site in asked.sites}
    regions = {name: _region(planned, by) for name, planned in plan.regions.items()}
    programmes = {
        name: _programme(planned, asked.programmes[name], by)
        for name, planned in plan.programmes.items()
    }
    sites = {
        name: _site(planned, wanted[name], regions, by) for name, planned in plan.sites.items()
    }
    for site, name in plan.served:
        channels = wanted[site].channels
        places.serve_programme(
            programme=programmes[name], site=sites[site], channels=channels, by=by
        )
    for site, team, programme in asked.teams:
        _team(plan.teams[site, team], sites[site], programmes.get(programme), by)
    return told


def _told(plan: StructurePlan) -> StructureChange:
    everything = plan.everything
    refused = (RefusedPart(p.kind, p.name, p.refused) for p in everything if p.refused)
    return StructureChange(
        regions=_made(plan.regions),
        sites=_made(plan.sites),
        programmes=_made(plan.programmes),
        centres=tuple(f"{site}, {programme}" for site, programme in plan.served),
        teams=tuple(f"{site}, {team}" for (site, team), p in plan.teams.items() if p.is_made),
        changed=tuple(plan.changed),
        unchanged=tuple(p.name for p in everything if p.is_unchanged),
        refused=tuple(refused),
        seen=plan.seen,
    )


def _made(planned: Mapping[str, Planned]) -> tuple[str, ...]:
    return tuple(name for name, each in planned.items() if each.is_made)


def _region(planned: Planned, by: Member) -> Region:
    row = planned.row
    if not isinstance(row, Region):
        return places.add_region(key=planned.key, name=planned.name, by=by)
    if planned.values:
        places.change_region(region=row, seen=row.version, by=by, **planned.values)
    return row


def _programme(planned: Planned, client: str, by: Member) -> Programme:
    row = planned.row
    if not isinstance(row, Programme):
        return places.add_programme(key=planned.key, name=planned.name, client=client, by=by)
    if planned.values:
        places.change_programme(programme=row, seen=row.version, by=by, **planned.values)
    return row


def _site(planned: Planned, asked: SiteAsked, regions: Mapping[str, Region], by: Member) -> Site:
    row = planned.row
    if not isinstance(row, Site):
        return places.add_site(
            key=planned.key,
            name=planned.name,
            timezone=asked.timezone,
            region=regions.get(asked.region),
            operation=asked.operation or Site.Operation.INTERNAL,
            kind=asked.kind or Site.Kind.CONTACT_CENTRE,
            channels=asked.channels,
            opening_hours=asked.opening_hours,
            by=by,
        )
    values: dict[str, Any] = dict(planned.values)
    hours, channels = values.pop("opening_hours", None), values.pop("channels", None)
    if "region" in values:
        values["region"] = regions[asked.region]
    if values:
        places.change_site(site=row, seen=row.version, by=by, **values)
    if hours is not None:
        places.set_opening_hours(site=row, opening_hours=hours, seen=row.version, by=by)
    if channels is not None:
        centre = Centre.objects.get(site=row, programme=None)
        places.set_channels(centre=centre, channels=channels, seen=centre.version, by=by)
    return row


def _team(planned: Planned, site: Site, programme: Programme | None, by: Member) -> Team:
    row = planned.row
    if not isinstance(row, Team):
        return places.add_team(
            site=site, key=planned.key, name=planned.name, programme=programme, by=by
        )
    values: dict[str, Any] = dict(planned.values)
    if "programme" in values:
        values["programme"] = programme
    if values:
        places.change_team(team=row, seen=row.version, by=by, **values)
    return row
