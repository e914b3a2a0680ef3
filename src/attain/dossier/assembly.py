"""A centre's figures put together from the rows of its tables.

Everything stands in the order of its key, so that the order of rows in a file tells nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attain.dossier.rows import Row
from attain.dossier.tables import TABLES
from attain.measurement.metrics import DatedValue, Reading
from attain.measurement.volumes import ServiceLevelTarget
from attain.standards.figures import (
    Document,
    Figures,
    ImprovementAction,
    Incident,
    Initiative,
    Metric,
    Practice,
    Process,
    Satisfaction,
    Scope,
    System,
    TechnologyChange,
    Uptime,
)

Rows = Mapping[str, Sequence[Row]]


def _in_order(rows: Rows, name: str) -> list[Row]:
    """Return the rows of a table in the order of its key."""
    key = TABLES[name].key
    return sorted(rows.get(name, ()), key=lambda row: tuple(row[part] for part in key))


def _by(rows: Rows, name: str, owner: str) -> Mapping[Any, list[Row]]:
    """Return the rows of a table by what they belong to."""
    owned: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in _in_order(rows, name):
        owned[row[owner]].append(row)
    return owned


def service_levels(rows: Rows) -> tuple[ServiceLevelTarget, ...]:
    """Return the service-level targets of the channels."""
    return tuple(
        ServiceLevelTarget(row["channel"], row["from"], row["target"], row["of"].value)
        for row in _in_order(rows, "service_levels")
    )


def _metrics(rows: Rows) -> Iterator[Metric]:
    """Yield the metrics with their process, targets and readings."""
    processes = {
        row["process"]: Process(
            row["process"], row["class"], row["low_volume"], row["time_and_materials"]
        )
        for row in rows.get("processes", ())
    }
    targets, readings = _by(rows, "targets", "metric"), _by(rows, "readings", "metric")
    for row in _in_order(rows, "metrics"):
        yield Metric(
            row["metric"],
            processes[row["process"]],
            row["aspect"],
            row["unit"],
            row["better"],
            tuple(DatedValue(t["from"], t["target"]) for t in targets.get(row["metric"], ())),
            {r["month"]: _reading(r) for r in readings.get(row["metric"], ())},
        )


def _reading(row: Row) -> Reading:
    """Return the reading of a month; an empty denominator is 1."""
    denominator = row["denominator"]
    return Reading(row["numerator"], Fraction(1) if denominator is None else denominator)


def _systems(rows: Rows) -> Iterator[System]:
    """Yield the systems with their uptime."""
    uptime = _by(rows, "uptime", "system")
    for row in _in_order(rows, "systems"):
        months = uptime.get(row["system"], ())
        yield System(
            row["system"],
            row["class"],
            {month["month"]: Uptime(month["uptime"], month["target"]) for month in months},
        )


def figures_of(scope: Scope, rows: Rows) -> Figures:
    """Put together the figures of sound rows, all but the volumes of contacts.

    The columns of the remaining tables are named and ordered like the fields of their records.
    """
    return Figures(
        scope=scope,
        metrics=tuple(_metrics(rows)),
        service_levels=service_levels(rows),
        systems=tuple(_systems(rows)),
        initiatives=tuple(Initiative(**row) for row in _in_order(rows, "initiatives")),
        actions=tuple(ImprovementAction(**row) for row in _in_order(rows, "improvement_actions")),
        practices=tuple(Practice(**row) for row in _in_order(rows, "practices")),
        documents=tuple(Document(**row) for row in _in_order(rows, "documents")),
        satisfaction=tuple(Satisfaction(**row) for row in _in_order(rows, "satisfaction")),
        incidents=tuple(Incident(**row) for row in _in_order(rows, "incidents")),
        changes=tuple(TechnologyChange(**row) for row in _in_order(rows, "technology_changes")),
    )
