"""`attain serve`: answer browsers and programs."""

from contextlib import nullcontext
from typing import Annotated

import typer

from attain.commands.workplace import (
    AddressOption,
    DataOption,
    PortOption,
    demand_soundness,
    open_workplace,
    refusals_in_words,
)

app = typer.Typer(add_completion=False, help="Answer browsers and programs.")


@app.command()
def serve(
    data: DataOption = None,
    port: PortOption = None,
    address: AddressOption = None,
    worker: Annotated[
        bool, typer.Option("--worker", help="Do the long work too, in a process beside it.")
    ] = False,
) -> None:
    """Answer browsers and programs until interrupted.

    Refuses to start where the tables are not those of this version, or the database may lose what
    is written. Long work, such as imports, is done by `attain worker`.
    """
    open_workplace(data, port, address)
    from attain.website import serving, starting

    with refusals_in_words():
        place = starting.where()
        starting.demand_free(*place)
        demand_soundness()
    with serving.beside_a_worker() if worker else nullcontext():
        serving.serve(*place, f"attain answers at {starting.reached_at(*place)}")
