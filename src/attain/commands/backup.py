"""`attain backup`: everything that an installation keeps, as one file."""

from pathlib import Path
from typing import Annotated

import typer

from attain.commands.workplace import DataOption, demand_soundness, open_workplace, refused_backup

app = typer.Typer(add_completion=False, help="Write a backup.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as attain.tar.gz.")],
    data: DataOption = None,
) -> None:
    """Write the database, the lake, the evidence and the keys into one file, and read it again.

    Nobody need stop working meanwhile. The file holds every key of the installation: keep it safe.
    """
    open_workplace(data)
    demand_soundness()
    from attain.website.backups.making import make_backup, size_of

    with refused_backup():
        manifest = make_backup(file)
    count = len(manifest.parts)
    typer.echo(f"{file}: {count} parts of {size_of(manifest) / 1e6:,.1f} MB, read again and sound.")
