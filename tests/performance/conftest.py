"""An estate whose centres have the figures of the demonstration's dossiers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django_scopes import scopes_disabled

from attain.measurement.metrics import Direction
from attain.organisations.models import Centre, Member
from attain.organisations.rules import Role
from attain.performance.actions.covering import append_estate_intervals
from attain.performance.actions.defining import define_metric, define_process, define_system
from attain.standards.figures import Aspect, ProcessClass
from demo.centres import CENTRES
from demo.intervals import write_intervals
from demo.writing import write_dossier
from estate import Estate, make_estate
from performing import Measured, as_centre

AS_OF = date(2026, 10, 31)
SITES = ("harbour", "eastwick")


@pytest.fixture
def estate(db: None, settings: Any, tmp_path: Path) -> Iterator[Estate]:
    """Make an estate with an empty lake and no evidence, and look at all of it."""
    # Passwords are made for every member, and none is tried here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.LAKE, settings.EVIDENCE = tmp_path / "lake", tmp_path / "evidence"
    with scopes_disabled():
        yield make_estate()


@pytest.fixture
def lead(estate: Estate) -> Member:
    """Return who leads the programme."""
    return estate.member(Role.PROGRAMME_LEAD)


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
