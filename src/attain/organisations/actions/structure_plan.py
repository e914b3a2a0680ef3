"""What a spreadsheet of the structure comes to: what is made, changed, left alone and refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from attain.measurement.hashes import sha256_of
from attain.organisations.hours import Opening, write_hours
from attain.organisations.models import Centre, Programme, Region, Site, Team
from attain.organisations.structure import SiteAsked, StructureAsked

_LONGEST_KEY = 60
Row = Region | Site | Programme | Team


@dataclass
class Planned:
    """A thing that a spreadsheet names: the row of it, and what of that would be another.

    Without a row it would be made, by `key`. `values` are those to be written, by the field, and
    `stands` what stands there of fields that lie in rows of their own.
    """

    kind: str
    name: str
    key: str
    row: Row | None = None
    values: dict[str, Any] = field(default_factory=dict)
    stands: dict[str, Any] = field(default_factory=dict)
    refused: str = ""

    @property
    def is_made(self) -> bool:
        """Say whether it would be made."""
        return self.row is None and not self.refused

    @property
    def is_unchanged(self) -> bool:
        """Say whether it stays as it is."""
        return self.row is not None and not self.values and not self.refused


@dataclass(frozen=True)
class FieldChanged:
    """A field of a row that would be another."""

    kind: str
    name: str
    field: str
    was: str
    now: str


@dataclass(frozen=True)
class StructurePlan:
    """Everything that a spreadsheet names, by what it is called, and the centres it would make."""

    regions: Mapping[str, Planned]
    sites: Mapping[str, Planned]
    programmes: Mapping[str, Planned]
    teams: Mapping[tuple[str, str], Planned]
    served: tuple[tuple[str, str], ...]

    @property
    def everything(self) -> list[Planned]:
        """Every thing that is named, in the order in which it is made."""
        parts = (self.regions, self.sites, self.programmes, self.teams)
        return [planned for part in parts for planned in part.values()]

    @property
    def changed(self) -> list[FieldChanged]:
        """What would be another, field by field."""
        return [change for planned in self.everything for change in _changes(planned)]

    @property
    def seen(self) -> str:
        """A digest of the plan and of the rows that it starts from; another one if those change."""
        told = [
            (p.kind, p.name, p.key, p.row and (p.row.pk, p.row.version), p.refused)
            for p in self.everything
        ]
        return sha256_of(repr((told, self.changed, self.served)))


def plan_structure(asked: StructureAsked) -> StructurePlan:
    """Compare a spreadsheet with what is there; nothing is kept."""
    regions = _regions(asked)
    programmes = _programmes(asked)
    sites = _sites(asked, regions)
    teams = _teams(asked, sites, programmes)
    there = set(Centre.objects.values_list("site_id", "programme_id"))
    served = tuple(
        (site, programme)
        for site, programme in asked.served
        if (_pk(sites[site]), _pk(programmes[programme])) not in there
    )
    for site, _programme in served:
        _refuse_where_closed(sites[site])
    return StructurePlan(regions, sites, programmes, teams, served)


def _regions(asked: StructureAsked) -> dict[str, Planned]:
    found = _Finder("region", "", Region.objects.all(), asked)
    return {name: found.planned(name) for name in asked.regions}


def _programmes(asked: StructureAsked) -> dict[str, Planned]:
    found = _Finder("programme", "", Programme.objects.all(), asked)
    return {name: found.planned(name, client=client) for name, client in asked.programmes.items()}


def _sites(asked: StructureAsked, regions: Mapping[str, Planned]) -> dict[str, Planned]:
    rows = Site.objects.select_related("region").prefetch_related("opening_hours", "centres")
    found = _Finder("site", "", rows, asked)
    planned = {site.name: _site(found, site, regions) for site in asked.sites}
    for each in planned.values():
        if each.values:
            _refuse_where_closed(each)
    return planned


def _site(found: "_Finder", site: SiteAsked, regions: Mapping[str, Planned]) -> Planned:
    said = {"timezone": site.timezone, "operation": site.operation, "kind": site.kind}
    planned = found.planned(site.name, **{name: value for name, value in said.items() if value})
    row = planned.row
    if not isinstance(row, Site):
        return planned
    region = regions.get(site.region)
    if region and _is_another(region, row.region_id):
        planned.values["region"] = region
    hours = [Opening(h.weekday, h.opens, h.closes) for h in row.opening_hours.all()]
    channels: list[str] = next(
        (c.channels for c in row.centres.all() if c.programme_id is None), []
    )
    planned.stands = {"opening_hours": hours, "channels": channels}
    if site.opening_hours and sorted(site.opening_hours) != hours:
        planned.values["opening_hours"] = site.opening_hours
    if site.channels and channels != list(site.channels):
        planned.values["channels"] = list(site.channels)
    return planned


def _teams(
    asked: StructureAsked, sites: Mapping[str, Planned], programmes: Mapping[str, Planned]
) -> dict[tuple[str, str], Planned]:
    planned: dict[tuple[str, str], Planned] = {}
    there: dict[int, list[Team]] = {}
    for team in Team.objects.select_related("programme"):
        there.setdefault(team.site_id, []).append(team)
    for site, name, programme in asked.teams:
        found = _Finder("team", site, there.get(_pk(sites[site]), []), asked)
        each = planned[site, name] = found.planned(name)
        wanted = programmes.get(programme)
        if isinstance(each.row, Team) and wanted and _is_another(wanted, each.row.programme_id):
            each.values["programme"] = wanted
        if not each.is_unchanged:
            _refuse_where_closed(sites[site])
    return planned


class _Finder:
    """Finds the rows of a kind by key and by name."""

    def __init__(self, kind: str, within: str, rows: Iterable[Row], asked: StructureAsked) -> None:
        self.kind, self.within, self.asked = kind, within, asked
        there = list(rows)
        self.by_key = {row.key: row for row in there}
        self.by_name = {row.name: row for row in there}

    def planned(self, name: str, **said: str) -> Planned:
        """Return what becomes of a thing of a name, of which something is said."""
        key = self.asked.keys.get((self.kind, self.within, name), "")
        row = self.by_key.get(key) if key else self.by_name.get(name)
        refused = self._refused(name, key, row)
        planned = Planned(self.kind, name, key or key_of(name), row, refused=refused)
        if row is not None:
            told = {"name": name, **said}
            planned.values = {f: v for f, v in told.items() if getattr(row, f) != v}
        return planned

    def _refused(self, name: str, key: str, row: Row | None) -> str:
        named = self.by_name.get(name)
        if key and row is None and named is not None:
            return _("It has the key %s, and a key stays.") % named.key
        if row is None and key_of(name) in self.by_key and not key:
            return _("Another one has the key %s: say a key of its own.") % key_of(name)
        if row and named and named.pk != row.pk and named.key not in self._said():
            return _("%(key)s is called %(name)s already.") % {"key": named.key, "name": name}
        return ""

    def _said(self) -> set[str]:
        """Return the keys that the spreadsheet says of this kind, which may all change names."""
        about = (self.kind, self.within)
        return {key for (kind, at, _n), key in self.asked.keys.items() if (kind, at) == about}


def key_of(name: str) -> str:
    """Return the key of a name: what of it an address can hold, else a digest of it."""
    return slugify(name)[:_LONGEST_KEY] or sha256_of(name)[:12]


def _is_another(planned: Planned, pk: int | None) -> bool:
    return planned.row is None or planned.row.pk != pk


def _pk(planned: Planned) -> int:
    # What is not there yet has nothing.
    return planned.row.pk if planned.row else 0


def _refuse_where_closed(planned: Planned) -> None:
    row = planned.row
    if isinstance(row, Site) and row.closed_on is not None:
        planned.refused = _("The site was closed on %s.") % row.closed_on


def _changes(planned: Planned) -> Iterator[FieldChanged]:
    for name, value in planned.values.items():
        was = planned.stands[name] if name in planned.stands else getattr(planned.row, name)
        now = value.name if isinstance(value, Planned) else _written(value)
        yield FieldChanged(planned.kind, planned.name, name, _written(was), now)


def _written(value: Any) -> str:
    parts = list(value) if isinstance(value, list | tuple) else []
    if parts and isinstance(parts[0], Opening):
        return write_hours(parts)
    return " ".join(map(str, parts)) if isinstance(value, list | tuple) else str(value or "")
