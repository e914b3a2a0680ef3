"""`attain demo`: an organisation of 22 sites to look at."""

import os
import sys
from pathlib import Path
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

app = typer.Typer(add_completion=False, help="Serve a demonstration.")


@app.command()
def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Load it anew, as of today.")] = False,
    data: DataOption = None,
    port: PortOption = None,
    address: AddressOption = None,
) -> None:
    """Load an organisation of 22 sites, and serve it until interrupted.

    It lies in the folder `demo` of the data folder, or in that of `--data`, apart from all others.
    """
    from attain.website import environment, starting

    folder = data or Path(environment.DATA.read()) / "demo"
    open_workplace(folder, port, address)
    from attain.website import serving, showing

    with refusals_in_words():
        place = starting.where()
        starting.demand_free(*place)
        is_new = showing.prepare(reset)
        demand_soundness()
    if is_new:
        # What loads figures leaves threads behind, which the processes that answer must not copy.
        _begin_anew(folder)
    with serving.beside_a_worker():
        serving.serve(*place, showing.announcement(starting.reached_at(*place)))


def _begin_anew(folder: Path) -> None:
    from attain.website.starting import program

    sys.stdout.flush()
    command = program("demo", "--data", str(folder))
    os.execv(command[0], command)  # noqa: S606
