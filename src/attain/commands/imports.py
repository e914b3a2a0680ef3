"""`attain import`: a person's own spreadsheet or CSV as a table of a dossier."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from attain.dossier.imports import import_table

app = typer.Typer(add_completion=False)


@app.command()
def import_figures(
    name: Annotated[str, typer.Argument(help="The table to fill, such as readings.")],
    file: Annotated[Path, typer.Argument(help="Your own CSV or spreadsheet.")],
    mapping: Annotated[Path, typer.Option(help="How its columns become those of the table.")],
    out: Annotated[Path, typer.Option(help="The dossier, or the folder of dossiers, to fill.")],
) -> None:
    """Bring your own spreadsheet or CSV into a dossier, all of it or nothing.

    Exit status 2 when anything is refused: each fault stands on one line then.
    """
    for line in import_table(name, file, mapping, out):
        sys.stdout.write(line + "\n")
