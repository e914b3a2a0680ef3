"""The structure of an organisation in one spreadsheet: what it asks for, and what is wrong with it.

A row names a site, and what of it is to be there: its region, a programme served there, a team.
Rows of one site say the same of it. What is there is found by its key where the row says one, and
by its name else; a cell that is empty leaves it as it is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import available_timezones

from attain.dossier.faultlist import FaultList
from attain.dossier.mapping import FileOptions
from attain.dossier.source_cells import written_as
from attain.dossier.sources import OwnFile, open_source
from attain.measurement.faults import Fault, RefusedError
from attain.organisations.hours import EXAMPLE, Opening, first_overlap, read_hours

COLUMNS = (
    "region",
    "site",
    "timezone",
    "operation",
    "kind",
    "channels",
    "opening_hours",
    "programme",
    "client",
    "team",
    "region_key",
    "site_key",
    "programme_key",
    "team_key",
)
_NEEDED = ("site", "timezone")
_OPERATIONS = ("internal", "third_party")
_KINDS = ("contact_centre", "bpo", "web_hosting", "field_service")
_CHANNEL = re.compile(r"[a-z][a-z0-9_]*")
_LONGEST_NAME = 200
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,60}", re.ASCII)
# What is called by a name: its kind, its site where it is a team, and the name.
Called = tuple[str, str, str]


@dataclass(frozen=True)
class SiteAsked:
    """A site as the spreadsheet describes it; what it leaves open is empty."""

    name: str
    region: str
    timezone: str
    operation: str
    kind: str
    channels: tuple[str, ...]
    opening_hours: tuple[Opening, ...] = ()


@dataclass(frozen=True)
class StructureAsked:
    """What a spreadsheet asks for, each thing once and by its name, with the key that it says.

    `programmes` are the clients by programme, `served` pairs a site with a programme, `teams` a
    site with a team and its programme.
    """

    sites: tuple[SiteAsked, ...]
    programmes: Mapping[str, str]
    served: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str, str], ...]
    keys: Mapping[Called, str] = field(default_factory=dict)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions by name, in the order of the rows."""
        return tuple(dict.fromkeys(site.region for site in self.sites if site.region))


@dataclass
class _Gathered:
    sites: dict[str, SiteAsked] = field(default_factory=dict)
    programmes: dict[str, str] = field(default_factory=dict)
    served: dict[tuple[str, str], None] = field(default_factory=dict)
    teams: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: dict[Called, str] = field(default_factory=dict)
    called: dict[Called, str] = field(default_factory=dict)


def read_structure(path: Path, name: str) -> StructureAsked:
    """Read a spreadsheet or a CSV of the structure; RefusedError with every fault of every row."""
    faults, found = FaultList(name), _Gathered()
    with open_source(path, FileOptions(), faults) as source:
        columns = _columns(source, faults)
        for row in source.rows if not len(faults) else ():
            cells = {key: written_as(row.cells[at]).strip() for key, at in columns.items()}
            if any(cells.values()):
                _take(found, cells, row.line, faults)
    if len(faults):
        raise RefusedError(faults.in_order())
    if not found.sites:
        raise RefusedError([Fault(name, 1, "site", "no row", "a row for each site and team")])
    teams = ((site, team, programme) for (site, team), programme in found.teams.items())
    return StructureAsked(
        tuple(found.sites.values()),
        found.programmes,
        tuple(found.served),
        tuple(teams),
        {called: key for called, key in found.keys.items() if key},
    )


def _columns(source: OwnFile, faults: FaultList) -> dict[str, int]:
    columns = {}
    for at, name in enumerate(source.names):
        key = name.strip().casefold().replace(" ", "_")
        if key in columns:
            faults.add(source.header_line, key, "the column again", "each column once")
        elif key in COLUMNS:
            columns[key] = at
        elif key:
            expected = f"only the columns {', '.join(COLUMNS)}"
            faults.add(source.header_line, source.column(at), "the column", expected)
    for key in _NEEDED:
        if key not in columns:
            expected = f"the columns {', '.join(COLUMNS)}, of which {_NEEDED} are needed"
            faults.add(source.header_line, key, "no such column", expected)
    return columns


def _take(found: _Gathered, cells: Mapping[str, str], line: int, faults: FaultList) -> None:
    wrong = [*_wrong(cells)]
    for column, was, expected in wrong:
        faults.add(line, column, was or "nothing", expected)
    if wrong:
        return
    site = SiteAsked(
        cells["site"],
        cells.get("region", ""),
        cells["timezone"],
        cells.get("operation", ""),
        cells.get("kind", ""),
        tuple(cells.get("channels", "").replace(",", " ").split()),
        tuple(read_hours(cells.get("opening_hours", ""))),
    )
    known = found.sites.setdefault(site.name, site)
    if known != site:
        faults.add(line, "site", f"{site.name} described in another way", "the same in each row")
    _take_parts(found, cells, line, faults)
    _take_keys(found, cells, line, faults)


def _take_keys(found: _Gathered, cells: Mapping[str, str], line: int, faults: FaultList) -> None:
    for kind in ("region", "site", "programme", "team"):
        name, key = cells.get(kind, ""), cells.get(f"{kind}_key", "")
        if not name:
            continue
        within = cells["site"] if kind == "team" else ""
        known = found.keys.setdefault((kind, within, name), key)
        other = found.called.setdefault((kind, within, key), name)
        if known != key:
            faults.add(line, f"{kind}_key", key or "nothing", f"{known}, as in an earlier row")
        elif key and other != name:
            faults.add(line, kind, name, f"{other}, as in an earlier row of the key {key}")


def _take_parts(found: _Gathered, cells: Mapping[str, str], line: int, faults: FaultList) -> None:
    site, programme, team = cells["site"], cells.get("programme", ""), cells.get("team", "")
    client = cells.get("client", "")
    if programme:
        found.served[site, programme] = None
        if found.programmes.setdefault(programme, client) != client:
            expected = f"{found.programmes[programme]}, as in an earlier row"
            faults.add(line, "client", client or "nothing", expected)
    if team and found.teams.setdefault((site, team), programme) != programme:
        faults.add(line, "team", f"{team} again", "each team of a site in one programme")


def _wrong(cells: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    if not cells["site"]:
        yield "site", "", "the name of a site"
    if cells["timezone"] not in available_timezones():
        yield "timezone", cells["timezone"], "an IANA time zone such as Europe/London"
    yield from _not_listed(cells)
    yield from _no_hours(cells.get("opening_hours", ""))
    if cells.get("programme") and not cells.get("client"):
        yield "client", "", "the client of the programme"
    yield from _no_keys(cells)
    for column in ("site", "region", "programme", "client", "team"):
        if len(cells.get(column, "")) > _LONGEST_NAME:
            yield column, cells[column], f"at most {_LONGEST_NAME} characters"


def _no_keys(cells: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    for kind in ("region", "site", "programme", "team"):
        key = cells.get(f"{kind}_key", "")
        if key and not cells.get(kind):
            yield kind, "", f"the name of what has the key {key}"
        elif key and not _KEY.fullmatch(key):
            yield f"{kind}_key", key, "a key of letters, digits, - and _, at most 60"


def _no_hours(text: str) -> Iterable[tuple[str, str, str]]:
    try:
        overlap = first_overlap(read_hours(text))
    except ValueError:
        yield "opening_hours", text, f"hours such as {EXAMPLE}"
        return
    if overlap:
        yield "opening_hours", text, "hours that do not overlap"


def _not_listed(cells: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    for column, allowed in {"operation": _OPERATIONS, "kind": _KINDS}.items():
        if cells.get(column) and cells[column] not in allowed:
            yield column, cells[column], f"one of {', '.join(allowed)}"
    for channel in cells.get("channels", "").replace(",", " ").split():
        if not _CHANNEL.fullmatch(channel):
            yield "channels", channel, "channels in lower case such as phone email"
