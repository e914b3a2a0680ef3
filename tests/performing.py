"""What the tests of the performance room share: dossiers loaded as records."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from attain.dossier.header import read_header
from attain.dossier.rows import Row, read_table
from attain.dossier.tables import TABLES
from attain.measurement.zones import zone_named
from attain.organisations.models import Centre, Member, Site
from attain.performance import models
from attain.performance.actions.covering import set_coverage
from attain.performance.actions.loading import load_rows
from estate import Estate


@dataclass(frozen=True)
class Measured:
    """A centre with a process, a metric and a system."""

    centre: Centre
    process: models.Process
    metric: models.Metric
    system: models.System
    by: Member


def rows_in(folder: Path) -> dict[str, list[Row]]:
    """Read the tables of a dossier as its reader types them."""
    rows: dict[str, list[Row]] = {}
    for name, table in TABLES.items():
        if name != "intervals" and (folder / table.file).exists():
            read = read_table(folder / table.file, table, {}, zone_named("Europe/London"))
            assert not read.faults
            rows[name] = list(read.rows)
    return rows


def as_centre(estate: Estate, folder: Path, key: str, by: Member) -> Centre:
    """Load a dossier into a centre of its own."""
    scope = read_header(folder / "dossier.yaml").scope
    assert scope
    owned: dict[str, Any] = {"organisation": estate.organisation, "key": key, "name": scope.name}
    site = Site.objects.create(**owned, timezone=scope.timezone, operation=scope.operation.value)
    centre = Centre.objects.create(**owned, site=site, channels=list(scope.channels))
    set_coverage(
        centre=centre,
        since=date(2025, 1, 1),
        site_volume=scope.site_volume,
        assessed_volume=scope.assessed_volume,
        by=by,
    )
    load_rows(centre=centre, rows=rows_in(folder), by=by)
    return centre
