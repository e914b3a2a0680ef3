"""`attain lake`: bring intervals into the lake that the dossiers of an estate share."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from attain.dossier.csvfile import CsvFile
from attain.dossier.faultlist import FaultList
from attain.dossier.intervals import read_intervals
from attain.dossier.rows import RowReader
from attain.dossier.tables import INTERVALS
from attain.lake.engine import Columns
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.zones import instant_of, zone_named

app = typer.Typer(add_completion=False, help="Add intervals to the lake of an estate.")


@app.callback()
def lake() -> None:
    """Add intervals to the lake of an estate."""


@app.command()
def append(
    lake: Annotated[Path, typer.Argument(help="The lake: a Delta table, begun if need be.")],
    file: Annotated[Path, typer.Argument(help="Intervals, as Parquet or as CSV.")],
    site: Annotated[
        str | None,
        typer.Option(help="Whose intervals they are, where no column `site` says it."),
    ] = None,
) -> None:
    """Append the intervals of a file to a lake: all of them, or none where one cannot be.

    An interval whose site, channel and start are in the lake already is refused.
    """
    # Brings in the engine, which the help does without.
    from attain.lake.appending import append_file

    if site is not None and not site.strip():
        raise RefusedError([Fault("command line", 1, "--site", "nothing", "the name of a site")])
    if file.suffix.lower() == ".csv":
        count = _append_csv(lake, file, site)
    else:
        count = append_file(lake, file, site)
    typer.echo(f"Appended {count:,} intervals to {lake}.")


def _append_csv(lake: Path, file: Path, site: str | None) -> int:
    """Append the intervals of a CSV file, which are those of one site."""
    from attain.lake.appending import append_sound
    from attain.lake.engines import engine_from_environment

    if site is None:
        expected = "the site whose intervals they are: a CSV file has no column for it"
        raise RefusedError([Fault("command line", 1, "--site", "nothing", expected)])
    faults = read_intervals(file, zone_named("UTC"), ()).faults
    if faults:
        raise RefusedError(replace(fault, file=file.name) for fault in faults)
    columns = _columns_of(file, site)
    count = len(columns["site"])
    if count:
        append_sound(lake, columns, file.name, engine_from_environment(os.environ))
    return count


def _columns_of(file: Path, site: str) -> Columns:
    """Return the columns of sound intervals in CSV, as the statements of the lake know them."""
    records = CsvFile(file, FaultList(file.name)).records()
    header = next(records)
    reader = RowReader(INTERVALS, header.cells, FaultList(file.name), {}, None)
    read = [(record.line, reader.read(record) or {}) for record in records]
    counts = {"offered": "offered", "answered": "answered", "within": "within_threshold"}
    return {
        # The first row of a file stands on line 2.
        "row_number": [line - 2 for line, _ in read],
        "site": [site] * len(read),
        "channel": [row["channel"] for _, row in read],
        "instant": [instant_of(row["start"]) for _, row in read],
        **{f"contacts_{to}": [row[name] for _, row in read] for to, name in counts.items()},
    }
