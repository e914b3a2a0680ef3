"""`attain organisation new`: begin an organisation, and make its first administrator."""

from typing import Annotated

import typer

from attain.commands.workplace import DataOption, demand_soundness, open_workplace

app = typer.Typer(add_completion=False, help="Begin organisations.")


@app.callback()
def organisation() -> None:
    """Begin organisations."""


@app.command()
def new(
    key: Annotated[str, typer.Argument(help="What addresses call it, such as northwind.")],
    name: Annotated[str, typer.Option(help="Its name.")],
    timezone: Annotated[str, typer.Option(help="Its time zone, such as Europe/London.")],
    email: Annotated[str, typer.Option(help="The address of its first administrator.")],
    person: Annotated[str, typer.Option("--person", help="The name of that administrator.")],
    password: Annotated[
        str,
        typer.Option(
            prompt="Password of the administrator",
            hide_input=True,
            confirmation_prompt=True,
            help="Asked for where it is not given; twelve characters or more.",
        ),
    ],
    data: DataOption = None,
) -> None:
    """Begin an organisation with its first administrator, who invites everybody else."""
    open_workplace(data)
    demand_soundness()
    from attain.website.beginnings import RefusedBeginningError, begin

    try:
        address = begin(key, name, timezone, email, person, password)
    except RefusedBeginningError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(2) from refusal
    typer.echo(f"{name} is there: {email} signs in at {address}")
