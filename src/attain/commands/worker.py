"""`attain worker`: do the long work, one job after another."""

from typing import Annotated

import typer

from attain.commands.workplace import DataOption, demand_soundness, open_workplace

app = typer.Typer(add_completion=False, help="Do the long work.")


@app.command()
def worker(
    data: DataOption = None,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Do the long work that people ask for, such as imports, until interrupted.

    Several may run at once, on several machines too where the database is PostgreSQL. What one was
    doing when it was killed, another does again.
    """
    open_workplace(data)
    demand_soundness()
    # Its tables can be loaded once the rooms are.
    from attain.organisations.jobs.worker import work

    work(parent=parent)
