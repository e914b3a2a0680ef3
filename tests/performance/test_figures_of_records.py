"""The figures of records: exactly what `attain certify` reads of the dossier that is exported."""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from attain.commands import run
from attain.commands.proof import find_scheme
from attain.dossier import assembly
from attain.dossier.header import read_header
from attain.dossier.rows import Row, read_table
from attain.dossier.tables import TABLES
from attain.measurement.faults import RefusedError
from attain.measurement.periods import Month
from attain.measurement.zones import zone_named
from attain.organisations.actions import audit
from attain.organisations.models import AuditEntry, Centre, Member
from attain.organisations.rules import Role
from attain.performance import models
from attain.performance.actions.covering import append_estate_intervals, set_coverage
from attain.performance.actions.defining import change_metric
from attain.performance.actions.loading import load_rows
from attain.performance.queries import export_dossier, figures_of, figures_of_many
from attain.standards.verdicts import certify
from demo.centres import CENTRES
from demo.intervals import write_intervals
from demo.writing import write_dossier
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 10, 31)
SITES = ("harbour", "eastwick", next(iter(CENTRES)))


@pytest.fixture
def estate(settings: Any, tmp_path: Path) -> Iterator[Estate]:
    settings.LAKE = tmp_path / "lake"
    with scopes_disabled():
        yield make_estate()


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
    """Load a dossier of the demonstration into a centre of its own."""
    scope = read_header(folder / "dossier.yaml").scope
    assert scope
    site = type(estate.leeds).objects.create(
        organisation=estate.organisation,
        key=key,
        name=scope.name,
        timezone=scope.timezone,
        operation=scope.operation.value,
    )
    centre = Centre.objects.create(
        organisation=estate.organisation,
        site=site,
        key=key,
        name=scope.name,
        channels=list(scope.channels),
    )
    set_coverage(
        centre=centre,
        since=date(2025, 1, 1),
        site_volume=scope.site_volume,
        assessed_volume=scope.assessed_volume,
        by=by,
    )
    load_rows(centre=centre, rows=rows_in(folder), by=by)
    return centre


@pytest.fixture
def centres(estate: Estate, tmp_path: Path) -> dict[str, Centre]:
    """Load some dossiers of the demonstration with the lake that they share."""
    by, random = estate.member(Role.PROGRAMME_LEAD), Random(1)
    made = {}
    for site in dict.fromkeys(SITES):
        write_dossier(tmp_path / "dossiers" / site, CENTRES[site], random)
        made[site] = as_centre(estate, tmp_path / "dossiers" / site, site, by)
    told = {site: CENTRES[site] for site in made}
    write_intervals(tmp_path / "intervals.parquet", told, random)
    append_estate_intervals(
        organisation=estate.organisation, parquet=tmp_path / "intervals.parquet", by=by
    )
    return made


def verdict_of(centre: Centre, as_of: date = AS_OF) -> str:
    """Return the verdict on the records as JSON text."""
    scheme, definitions = find_scheme("performance-tiers")
    verdict = certify(figures_of(centre, as_of), scheme, as_of, definitions)
    return json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) + "\n"


def test_the_exported_dossier_is_judged_alike_byte_for_byte(
    centres: dict[str, Centre], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for site, centre in centres.items():
        out = tmp_path / "out" / site
        export_dossier(centre, out, AS_OF)
        assert run(["certify", str(out), "--json"]) == 0
        told = capsys.readouterr().out
        assert told == verdict_of(centre)
        assert json.loads(told)["tier"] is not None or site == "eastwick"
        assert '"service-level"' in told
