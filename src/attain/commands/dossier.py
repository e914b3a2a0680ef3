"""`attain dossier`: begin a dossier from an example, or hear everything that is wrong with one."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from attain.commands.faults import read_date
from attain.dossier.folder import CheckedDossier, check_dossier
from attain.dossier.scaffold import write_new_dossier
from attain.dossier.tables import TABLES
from attain.measurement.periods import Month
from attain.standards.figures import Figures

app = typer.Typer(
    add_completion=False, help="Write a new dossier, check one, or export a centre's."
)


@app.command()
def new(
    path: Annotated[Path, typer.Argument(help="A folder that is new or empty.")],
) -> None:
    """Write every file of a dossier with its header and one example row."""
    files = write_new_dossier(path)
    typer.echo(f"Wrote {len(files)} files to {path}: put your own figures in place of the example.")
    typer.echo(f"Then: attain dossier check {path}")


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="The folder of the dossier.")],
    as_of: Annotated[
        str | None,
        typer.Option(help="The date of the verdict, YYYY-MM-DD; goes before the file's."),
    ] = None,
) -> None:
    """List every fault of a dossier at once, or what was read and what is doubtful.

    Exit status 0 where there is no fault, 2 where there is one.
    """
    checked = check_dossier(path, read_date("--as-of", as_of))
    for line in summary(checked):
        typer.echo(line)


@app.command()
def export(
    centre: Annotated[str, typer.Argument(help="The key of the centre.")],
    out: Annotated[Path, typer.Argument(help="A folder that is new or empty.")],
    organisation: Annotated[str, typer.Option(help="The key of its organisation.")],
    as_of: Annotated[
        str | None, typer.Option(help="The date of the verdict, YYYY-MM-DD; today without it.")
    ] = None,
) -> None:
    """Write the records of a centre as a dossier, which `attain certify` judges alike."""
    # Brings in Django, which the other commands do without.
    from attain.commands.records import export_records

    files = export_records(organisation, centre, out, read_date("--as-of", as_of))
    typer.echo(f"Wrote {len(files)} files to {out}.")
    typer.echo(f"Then: attain certify {out}")


def summary(checked: CheckedDossier) -> list[str]:
    """Say what was read of a dossier: the rows and the months of each table, and the doubts."""
    figures = checked.dossier.figures
    months = months_covered(figures)
    lines = [f"{figures.scope.name}, as of {checked.dossier.as_of}: no fault."]
    for name in TABLES:
        count, covered = checked.rows.get(name), _span(months.get(name, ()))
        if count is None and not covered:
            continue
        rows = "" if count is None else f"{count:,} row{'' if count == 1 else 's'}"
        lines.append(f"  {name:<20}{rows:>14}{covered and f'   {covered}'}".rstrip())
    return [*lines, *map(str, checked.doubts)]


def months_covered(figures: Figures) -> dict[str, set[Month]]:
    """Return the months of which each table tells something."""
    return {
        "readings": {month for metric in figures.metrics for month in metric.readings},
        "uptime": {month for system in figures.systems for month in system.uptime},
        "satisfaction": {satisfaction.month for satisfaction in figures.satisfaction},
        "intervals": {month for months in figures.volumes.values() for month in months},
    }


def _span(months: Iterable[Month]) -> str:
    """Write the first and last of some months, and how many they are where some lack."""
    found = sorted(months)
    if not found:
        return ""
    first, last = found[0], found[-1]
    gaps = last.index - first.index + 1 - len(found)
    span = str(first) if first == last else f"{first} to {last}"
    return f"{span}, {gaps} missing" if gaps else span
