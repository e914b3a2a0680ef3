"""An estate whose centres have the figures of the demonstration's dossiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django_scopes import scopes_disabled

from attain.dossier.header import read_header
from attain.dossier.rows import Row, read_table
from attain.dossier.tables import TABLES
from attain.measurement.metrics import Direction
from attain.measurement.zones import zone_named
from attain.organisations.models import Centre, Member, Site
from attain.organisations.rules import Role
from attain.performance import models
from attain.performance.actions.covering import append_estate_intervals, set_coverage
from attain.performance.actions.defining import define_metric, define_process, define_system
from attain.performance.actions.loading import load_rows
from attain.standards.figures import Aspect, ProcessClass
from demo.centres import CENTRES
from demo.intervals import write_intervals
from demo.writing import write_dossier
from estate import Estate, make_estate

AS_OF = date(2026, 10, 31)
SITES = ("harbour", "eastwick")


@pytest.fixture
def estate(db: None, settings: Any, tmp_path: Path) -> Iterator[Estate]:
    """Make an estate with an empty lake and no evidence, and look at all of it."""
    settings.LAKE, settings.EVIDENCE = tmp_path / "lake", tmp_path / "evidence"
    with scopes_disabled():
        yield make_estate()


@pytest.fixture
def lead(estate: Estate) -> Member:
    """Return who leads the programme."""
    return estate.member(Role.PROGRAMME_LEAD)


@dataclass(frozen=True)
class Measured:
    """A centre with a process, a metric and a system."""

    centre: Centre
    process: models.Process
    metric: models.Metric
    system: models.System
    by: Member


@pytest.fixture
def measured(estate: Estate, lead: Member) -> Measured:
    """Define a process, a metric and a system at Leeds."""
    centre = estate.centre
    process = define_process(
        centre=centre, key="calls", name="Calls", facing=ProcessClass.END_USER_FACING, by=lead
    )
    metric = define_metric(
        process=process,
        key="aht",
        name="Average handle time",
        aspect=Aspect.EFFICIENCY,
        better=Direction.LOWER,
        unit="seconds",
        by=lead,
    )
    system = define_system(
        centre=centre, key="acd", name="Telephony", facing=ProcessClass.ENABLING, by=lead
    )
    return Measured(centre, process, metric, system, lead)


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
    volumes = {"site_volume": scope.site_volume, "assessed_volume": scope.assessed_volume}
    set_coverage(centre=centre, since=date(2025, 1, 1), by=by, **volumes)
    load_rows(centre=centre, rows=rows_in(folder), by=by)
    return centre


@pytest.fixture
def centres(estate: Estate, lead: Member, tmp_path: Path) -> dict[str, Centre]:
    """Load some dossiers of the demonstration, with the lake that they share."""
    random = Random(1)
    made = {}
    for site in SITES:
        write_dossier(tmp_path / "dossiers" / site, CENTRES[site], random)
        made[site] = as_centre(estate, tmp_path / "dossiers" / site, site, lead)
    write_intervals(tmp_path / "intervals.parquet", {site: CENTRES[site] for site in made}, random)
    append_estate_intervals(
        organisation=estate.organisation, parquet=tmp_path / "intervals.parquet", by=lead
    )
    return made
