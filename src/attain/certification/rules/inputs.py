"""What a decision rested on: a hash of each table of the dossier that its figures came from.

The hash is that of the rows in the order of their keys, each number written exactly. Two sets of
figures that hash alike are judged alike.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any

from attain.measurement.hashes import sha256_of
from attain.measurement.numbers import write_exact
from attain.measurement.periods import Month
from attain.standards.figures import Figures

Row = tuple[Any, ...]


def input_hashes(figures: Figures) -> dict[str, str]:
    """Return the SHA-256 of each table of figures by its name in the dossier."""
    return {table: _hash_of(rows) for table, rows in _tables(figures)}


def _hash_of(rows: Iterable[Row]) -> str:
    lines = sorted(json.dumps([_written(c) for c in row], ensure_ascii=False) for row in rows)
    return sha256_of("\n".join(lines))


def _written(cell: Any) -> Any:
    if isinstance(cell, Enum):
        return cell.value
    if isinstance(cell, Fraction):
        return write_exact(cell)
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Month) else cell


def _tables(figures: Figures) -> Iterator[tuple[str, Iterable[Row]]]:
    yield "dossier", [tuple(vars(figures.scope).values())]
    yield from _metric_tables(figures)
    yield "service_levels", [tuple(vars(target).values()) for target in figures.service_levels]
    yield "intervals", _volume_rows(figures)
    yield "systems", [(s.system, s.facing) for s in figures.systems]
    yield (
        "uptime",
        (
            (s.system, month, up.uptime, up.target)
            for s in figures.systems
            for month, up in s.uptime.items()
        ),
    )
    records: dict[str, tuple[Any, ...]] = {
        "initiatives": figures.initiatives,
        "improvement_actions": figures.actions,
        "practices": figures.practices,
        "documents": figures.documents,
        "satisfaction": figures.satisfaction,
        "incidents": figures.incidents,
        "technology_changes": figures.changes,
    }
    for table, listed in records.items():
        yield table, [tuple(vars(record).values()) for record in listed]


def _metric_tables(figures: Figures) -> Iterator[tuple[str, Iterable[Row]]]:
    metrics = figures.metrics
    yield "processes", {tuple(vars(metric.process).values()) for metric in metrics}
    yield "metrics", [(m.metric, m.process.process, m.aspect, m.unit, m.better) for m in metrics]
    yield "targets", [(m.metric, t.start, t.value) for m in metrics for t in m.targets]
    yield (
        "readings",
        (
            (m.metric, month, reading.numerator, reading.denominator)
            for m in metrics
            for month, reading in m.readings.items()
        ),
    )


def _volume_rows(figures: Figures) -> Iterator[Row]:
    for channel, months in figures.volumes.items():
        for month, tally in months.items():
            yield channel, month, tally.good, tally.open, tally.total
