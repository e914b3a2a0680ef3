"""`attain check`: whether the installation is sound."""

import typer

from attain.commands.workplace import DataOption, open_workplace

app = typer.Typer(add_completion=False, help="Look whether the installation is sound.")


@app.command()
def check(data: DataOption = None) -> None:
    """Look at the database, its tables and settings, the disk, the lake, workers, mail and trail.

    Exit status 1 where anything has failed; a warning leaves it at 0.
    """
    open_workplace(data)
    from attain.website.health import State
    from attain.website.health_at_work import all_checks

    checks = all_checks()
    for one in checks:
        advice = f" {one.advice}" if one.advice else ""
        typer.echo(f"{one.state.value:<8}{one.name}: {one.found}{'.' * bool(advice)}{advice}")
    raise typer.Exit(int(any(one.state is State.FAILED for one in checks)))
