"""Saying how much of a site's volume is assessed, and appending intervals to the lake."""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from attain.lake.appending import append_file
from attain.lake.engines import engine_from_environment
from attain.lake.interval_table import IntervalTable
from attain.measurement.faults import Fault, RefusedError
from attain.organisations.actions import audit
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member, Organisation
from attain.performance import models
from attain.performance.queries.volumes import lake_of


@transaction.atomic
def set_coverage(
    *,
    centre: Centre,
    since: date,
    site_volume: int,
    assessed_volume: int,
    by: Member,
    now: datetime | None = None,
) -> models.CoverageFigure:
    """Say how many contacts the site has in 12 months, and what is assessed, from a date on.

    An earlier figure is never edited; one of the same date is there already.
    """
    if not 0 <= assessed_volume <= site_volume < 2**53:
        raise RefusedActionError(_("What is assessed is part of the site, and 0 or more."))
    figures = models.CoverageFigure.objects.filter(centre=centre, since=since)
    if figures.filter(is_current=True).exists():
        raise RefusedActionError(_("There is a coverage figure of that date already."))
    at = now or datetime.now(UTC)
    made = models.CoverageFigure.objects.create(
        organisation_id=centre.organisation_id,
        centre=centre,
        since=since,
        site_volume=site_volume,
        assessed_volume=assessed_volume,
        recorded_at=at,
        recorded_by=by,
    )
    audit.record(
        by=by,
        action="performance.set_coverage",
        kind="centre",
        key=centre.key,
        details={"since": since, "site": site_volume, "assessed": assessed_volume},
        now=at,
    )
    return made


@transaction.atomic
def append_intervals(
    *, centre: Centre, parquet: Path, by: Member, now: datetime | None = None
) -> int:
    """Append the intervals of a Parquet file to the lake as those of a centre.

    Returns how many they are; RefusedError with every fault where one cannot be.
    """
    details = {"file": parquet.name}
    _tell(by, centre.key, "centre", details, now)
    # Last in the transaction: what the lake has taken cannot be taken back.
    return append_file(begun(lake_of(centre.organisation.key)), parquet, centre.key)


@transaction.atomic
def append_estate_intervals(
    *, organisation: Organisation, parquet: Path, by: Member, now: datetime | None = None
) -> int:
    """Append the intervals of several centres, whose keys stand in the column `site`.

    RefusedError where the column names no centre of the organisation.
    """
    engine = engine_from_environment(os.environ)
    table = IntervalTable(engine.read(parquet), engine)
    named = {key.site for key in table.keys()}  # noqa: SIM118  no mapping, but the lake's keys
    known = set(Centre.objects.filter(organisation=organisation).values_list("key", flat=True))
    _refuse_unknown(parquet, sorted(str(site) for site in named - known))
    _tell(by, organisation.key, "organisation", {"file": parquet.name}, now)
    return append_file(begun(lake_of(organisation.key)), parquet, None, engine)


def _refuse_unknown(parquet: Path, unknown: Iterable[str]) -> None:
    expected = "the key of a centre"
    faults = [Fault(parquet.name, 1, "site", site, expected) for site in unknown]
    if faults:
        raise RefusedError(faults)


def begun(lake: Path) -> Path:
    """Return the place of a lake after the folder that it lies in is made."""
    lake.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return lake


def _tell(by: Member, key: str, kind: str, details: dict[str, str], now: datetime | None) -> None:
    audit.record(
        by=by, action="performance.append_intervals", kind=kind, key=key, details=details, now=now
    )
