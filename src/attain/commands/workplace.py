"""How the commands of the workplace begin: with options that go before the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The data folder, in place of ATTAIN_DATA."),
]
PortOption = Annotated[
    int | None, typer.Option("--port", metavar="N", help="The port, in place of ATTAIN_PORT.")
]
AddressOption = Annotated[
    str | None,
    typer.Option("--address", metavar="A", help="The address, in place of ATTAIN_ADDRESS."),
]


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """End with status 2 and a sentence where attain cannot start."""
    from attain.website.starting import CannotStartError

    try:
        yield
    except CannotStartError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error


@contextmanager
def refused_backup() -> Iterator[None]:
    """End with status 2 and a sentence where a backup is not made, or not used."""
    from attain.website.backups.archive import RefusedBackupError

    with refusals_in_words():
        try:
            yield
        except RefusedBackupError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error


def open_workplace(
    data: Path | None = None, port: int | None = None, address: str | None = None
) -> None:
    """Take the options in and load the rooms; end with status 2 where that cannot be."""
    # Brings in Django, which the commands of dossiers do without.
    from attain.website import starting

    with refusals_in_words():
        starting.tell(data=data, port=port, address=address)
        starting.ready()


def demand_soundness() -> None:
    """End with status 2 and what to do, where attain cannot serve from what it finds."""
    from attain.website.health import State, starting_checks
    from attain.website.starting import CannotStartError

    with refusals_in_words():
        last = starting_checks()[-1]
        if last.state is State.FAILED:
            raise CannotStartError(f"{last.name}: {last.found} {last.advice}")
