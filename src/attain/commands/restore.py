"""`attain restore`: bring an installation back from a backup."""

from pathlib import Path
from typing import Annotated

import typer

from attain.commands.workplace import refused_backup

app = typer.Typer(add_completion=False, help="Restore a backup.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `attain backup` wrote.")],
    into: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="An empty folder, in place of that of ATTAIN_DATA."),
    ] = None,
) -> None:
    """Verify a backup and bring it back: wholly, or not at all. Nothing there is ever replaced."""
    # Brings in the settings, which are told another folder first.
    from attain.website import environment
    from attain.website.backups.restoring import restore_backup

    place = into or Path(environment.DATA.read())
    with refused_backup():
        manifest, changes = restore_backup(file, place)
    typer.echo(f"{place}: restored as of {manifest.made_at}, {len(manifest.parts)} parts.")
    if changes:
        typer.echo(
            f"It is of attain {manifest.version}: {changes} changes of its tables were made."
        )
