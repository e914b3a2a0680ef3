"""Making what a spreadsheet of the structure asks for, where it is not there yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from attain.organisations.actions import places
from attain.organisations.models import Centre, Member, Programme, Region, Site, Team
from attain.organisations.structure import SiteAsked, StructureAsked

Row = TypeVar("Row", bound=Model)
_LONGEST_KEY = 60


@dataclass(frozen=True)
class StructureChange:
    """What of a spreadsheet is not there yet, by name: what would be made."""

    regions: tuple[str, ...]
    sites: tuple[str, ...]
    programmes: tuple[str, ...]
    centres: tuple[str, ...]
    teams: tuple[str, ...]

    def __bool__(self) -> bool:
        """Say whether anything would be made."""
        return any((self.regions, self.sites, self.programmes, self.centres, self.teams))


def preview_structure(asked: StructureAsked) -> StructureChange:
    """Say what a spreadsheet would make; nothing is kept."""
    regions, sites = _names(Region), _names(Site)
    programmes = _names(Programme)
    served = set(Centre.objects.values_list("site__name", "programme__name"))
    teams = set(Team.objects.values_list("site__name", "name"))
    return StructureChange(
        tuple(name for name in asked.regions if name not in regions),
        tuple(site.name for site in asked.sites if site.name not in sites),
        tuple(name for name in asked.programmes if name not in programmes),
        tuple(f"{site}, {name}" for site, name in asked.served if (site, name) not in served),
        tuple(f"{site}, {team}" for site, team, _ in asked.teams if (site, team) not in teams),
    )


@transaction.atomic
def make_structure(*, asked: StructureAsked, by: Member) -> StructureChange:
    """Make everything that is not there yet; all of it, or nothing where one part is refused."""
    made = preview_structure(asked)
    regions = _by_name(Region)
    for name in made.regions:
        regions[name] = places.add_region(key=_key(name), name=name, by=by)
    _make_sites(asked, made, regions, by)
    programmes = _by_name(Programme)
    for name in made.programmes:
        client = asked.programmes[name]
        programmes[name] = places.add_programme(key=_key(name), name=name, client=client, by=by)
    _make_parts(asked, made, programmes, by)
    return made


def _make_sites(
    asked: StructureAsked, made: StructureChange, regions: Mapping[str, Region], by: Member
) -> None:
    wanted: dict[str, SiteAsked] = {site.name: site for site in asked.sites}
    for name in made.sites:
        site = wanted[name]
        places.add_site(
            key=_key(name),
            name=name,
            timezone=site.timezone,
            region=regions.get(site.region),
            operation=site.operation,
            kind=site.kind,
            channels=site.channels,
            opening_hours=site.opening_hours,
            by=by,
        )


def _make_parts(
    asked: StructureAsked, made: StructureChange, programmes: Mapping[str, Programme], by: Member
) -> None:
    sites, asked_sites = _by_name(Site), {site.name: site for site in asked.sites}
    for site, name in asked.served:
        if f"{site}, {name}" in made.centres:
            channels = asked_sites[site].channels
            places.serve_programme(
                programme=programmes[name], site=sites[site], channels=channels, by=by
            )
    for site, team, programme in asked.teams:
        if f"{site}, {team}" in made.teams:
            places.add_team(
                site=sites[site],
                key=_key(team),
                name=team,
                programme=programmes.get(programme),
                by=by,
            )


def _key(name: str) -> str:
    """Return the key of a name: what of it an address can hold, else a digest of it."""
    return slugify(name)[:_LONGEST_KEY] or sha256(name.encode()).hexdigest()[:12]


def _names(table: type[Region | Site | Programme]) -> set[str]:
    return set(_by_name(table))


def _by_name(table: type[Row]) -> dict[str, Row]:
    return {str(row): row for row in table._default_manager.all()}
