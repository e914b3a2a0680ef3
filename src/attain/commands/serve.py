"""`attain serve`: answer browsers and programs."""

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
def serve(data: DataOption = None, port: PortOption = None, address: AddressOption = None) -> None:
    """Answer browsers and programs until interrupted. `attain worker` does the long work beside it.

    Refuses to start where the tables are not those of this version, or the database may lose what
    is written.
    """
    open_workplace(data, port, address)
    from attain.website import serving, starting

    with refusals_in_words():
        place = starting.where()
        starting.demand_free(*place)
        demand_soundness()
    serving.serve(*place, f"attain answers at {starting.reached_at(*place)}")
