"""`attain migrate`: make the tables of the database those of this version."""

import typer

from attain.commands.workplace import DataOption, open_workplace, refusals_in_words

app = typer.Typer(add_completion=False, help="Make or change the tables of the database.")


@app.command()
def migrate(data: DataOption = None) -> None:
    """Make the tables of the database those of this version; do nothing where they are."""
    open_workplace(data)
    from attain.website.migrating import migrate as bring_up_to_date

    with refusals_in_words():
        for line in bring_up_to_date():
            typer.echo(line)
