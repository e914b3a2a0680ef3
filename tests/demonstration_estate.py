"""The demonstration as the rules see it: generated, written as Parquet, tallied and certified."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from attain.dossier.assembly import figures_of, service_levels
from attain.lake.intervals import tally_lake
from attain.lake.stretches import CentreWindow
from attain.measurement.periods import last_full_month, months_until
from attain.measurement.volumes import Volumes
from attain.standards.findings import Finding
from attain.standards.library import default_library
from attain.standards.verdicts import Verdict, certify
from attain.website.demonstration.centres import DemonstrationCentre, Rows
from attain.website.demonstration.generate import DemonstrationSite, generate_site
from attain.website.demonstration.interval_file import add_intervals, open_intervals
from attain.website.demonstration.places import PLACES


@dataclass(frozen=True)
class Demonstration:
    """The sites at a date, the volumes of each centre, and how many intervals there are."""

    as_of: date
    sites: dict[str, DemonstrationSite]
    volumes: dict[str, Volumes]
    intervals: int

    @property
    def centres(self) -> dict[str, DemonstrationCentre]:
        return {centre.key: centre for site in self.sites.values() for centre in site.centres}

    def verdict(
        self, key: str, rows: Rows | None = None, scheme: str = "performance-tiers"
    ) -> Verdict:
        centre, library = self.centres[key], default_library()
        figures = figures_of(centre.scope, centre.rows if rows is None else rows)
        found = library.scheme(scheme)
        whole = replace(figures, volumes=self.volumes[key])
        return certify(whole, found, self.as_of, library.models_of(found))

    def finding(self, key: str, tier: int, requirement: str) -> Finding:
        return finding_of(self.verdict(key), tier, requirement)


def finding_of(verdict: Verdict, tier: int, requirement: str) -> Finding:
    """Return what was found of a requirement of a tier."""
    [judged] = [found for found in verdict.tiers if found.tier == tier]
    [finding] = [found for found in judged.requirements if found.key == requirement]
    return finding


def lacking(verdict: Verdict, tier: int) -> set[str]:
    """Return the requirements of a tier that are not met, or are open."""
    [judged] = [found for found in verdict.tiers if found.tier == tier]
    return {found.key for found in judged.requirements if found.outcome.is_lacking}


def make_demonstration(folder: Path, as_of: date) -> Demonstration:
    """Generate the demonstration at a date, and read its intervals back from a file."""
    sites = {key: generate_site(key, as_of) for key in PLACES}
    centres = [centre for site in sites.values() for centre in site.centres]
    path = folder / "intervals.parquet"
    with open_intervals(path) as file:
        count = sum(add_intervals(file, each) for each in sorted(centres, key=lambda c: c.key))
    months = months_until(last_full_month(as_of), 12)
    windows = {
        centre.key: CentreWindow(centre.scope.timezone, service_levels(centre.rows), months)
        for centre in centres
    }
    return Demonstration(as_of, sites, dict(tally_lake(path, windows).by_site), count)
