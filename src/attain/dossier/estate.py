"""An estate: a folder of dossiers, one for each site, that share one lake of intervals.

The folder of a site bears the site's name, as the lake's column `site` does. The lake is a Delta
table or a folder of Parquet files called `intervals`, or one file `intervals.parquet`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attain.dossier import header
from attain.dossier.folder import Dossier, OpenDossier, open_dossier
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.periods import last_full_month, months_until
from attain.measurement.volumes import Volumes

if TYPE_CHECKING:
    from attain.lake.intervals import OpenLake

LAKES = ("intervals", "intervals.parquet")


@dataclass(frozen=True)
class SiteDossier:
    """A site of an estate with its dossier, or with every fault for which it is refused."""

    site: str
    dossier: Dossier | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Estate:
    """The dossiers of an estate by site, and the sites of the lake that have none."""

    sites: tuple[SiteDossier, ...]
    strangers: tuple[str, ...] = ()


def site_folders(folder: Path) -> list[Path]:
    """Return the folders of the sites by name; RefusedError where there is none."""
    try:
        found = sorted(p for p in folder.iterdir() if (p / header.FILE).is_file())
    except OSError as error:
        raise _refused(folder, error.strerror or "an error") from error
    if not found:
        raise _refused(folder, "no dossier in it")
    return found


def open_site(folder: Path, as_of: date | None) -> OpenDossier:
    """Read everything of a site's dossier but its intervals."""
    return open_dossier(folder, as_of)


def read_site(folder: Path, site: str, as_of: date | None) -> Dossier:
    """Read the dossier of one site of an estate; RefusedError with its faults."""
    folders = {path.name: path for path in site_folders(folder)}
    if site not in folders:
        raise RefusedError([Fault(folder.name, 1, "site", site, f"one of {', '.join(folders)}")])
    opened = {site: open_site(folders[site], as_of)}
    read = read_estate(opened, open_lake_of(folder)).sites[0]
    if read.dossier is None:
        raise RefusedError(read.faults)
    return read.dossier


def open_lake_of(folder: Path) -> "OpenLake | None":
    """Open the lake of intervals that the sites of an estate share; None where there is none.

    RefusedError where there are two, or what there is holds no intervals.
    """
    lakes = [folder / name for name in LAKES if (folder / name).exists()]
    if len(lakes) > 1:
        raise _refused(folder, "two lakes of intervals", f"one of {' and '.join(LAKES)}")
    if not lakes:
        return None
    # Brings in the engine, which an estate without a lake does not need.
    from attain.lake.intervals import open_lake

    return open_lake(lakes[0])


def read_estate(opened: Mapping[str, OpenDossier], lake: "OpenLake | None") -> Estate:
    """Give each dossier its volumes from the lake, by one statement for all of them.

    Without a lake each dossier reads its own intervals. RefusedError where the lake is refused.
    """
    if lake is None:
        return Estate(tuple(_finished(site, dossier, None) for site, dossier in opened.items()))
    from attain.lake.stretches import CentreWindow

    centres = {
        site: CentreWindow(
            dossier.figures.scope.timezone,
            dossier.targets,
            months_until(last_full_month(dossier.as_of), 12),
        )
        for site, dossier in opened.items()
        if dossier.figures is not None and dossier.as_of is not None
    }
    tallied = lake.tally(centres)
    sites = [_finished(site, d, tallied.by_site.get(site, {})) for site, d in opened.items()]
    strangers = tuple(site for site in tallied.unnamed if site not in opened)
    return Estate(tuple(sites), strangers)


def _finished(site: str, opened: OpenDossier, volumes: Volumes | None) -> SiteDossier:
    try:
        if volumes is None:
            return SiteDossier(site, opened.with_intervals())
        return SiteDossier(site, opened.with_volumes(volumes))
    except RefusedError as refused:
        faults = tuple(replace(f, file=f"{site}/{f.file}") for f in refused.faults)
        return SiteDossier(site, None, faults)


def _refused(folder: Path, found: str, expected: str = "") -> RefusedError:
    expected = expected or "a folder of dossiers, one folder for each site"
    return RefusedError([Fault(folder.name or str(folder), 1, "folder", found, expected)])
