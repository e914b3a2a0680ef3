"""`attain audit`: verify the audit trail, and sign how it stands."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attain.commands.workplace import DataOption, demand_soundness, open_workplace

if TYPE_CHECKING:
    from attain.organisations.checkpoints import SignedMark
    from attain.organisations.trail import Verified

app = typer.Typer(add_completion=False, help="Verify the audit trail, and sign how it stands.")


@app.command()
def verify(
    organisation: Annotated[
        str | None, typer.Option(metavar="KEY", help="Only the trail of this organisation.")
    ] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What `attain audit checkpoint` printed, kept elsewhere."
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Go through the whole trail: exit status 1, and the first entry that does not hold.

    A trail from which the last entries were cut, or which was written anew as a whole, is told
    apart from a sound one by a checkpoint that was kept elsewhere.
    """
    open_workplace(data)
    demand_soundness()
    from attain.organisations import trail

    marks = _marks_of(checkpoint) if checkpoint else ()
    chains = [organisation] if organisation else None
    broken = _print_each(trail.verify(chains, marks))
    raise typer.Exit(1 if broken else 0)


def _print_each(found: Iterable["Verified"]) -> bool:
    broken = False
    for one in found:
        if one.broken:
            broken = True
            typer.echo(f"{one.chain}: broken at entry {one.broken.sequence}: {one.broken.why}")
        else:
            typer.echo(f"{one.chain}: {one.length:,} entries hold")
    return broken


def _marks_of(file: Path) -> "tuple[SignedMark, ...]":
    from django.conf import settings

    from attain.organisations import checkpoints, signing

    try:
        text = file.read_text("utf-8")
        return checkpoints.from_text(text, signing.audit_public_key(settings.KEYS))
    except (OSError, ValueError) as error:
        typer.echo(f"{file} cannot be used: {error}", err=True)
        raise typer.Exit(2) from error


@app.command()
def checkpoint(data: DataOption = None) -> None:
    """Sign how long each trail is and how it ends, and print it as JSON: keep it elsewhere."""
    open_workplace(data)
    demand_soundness()
    from datetime import UTC, datetime

    from attain.organisations.actions.checkpoints import take_checkpoint
    from attain.organisations.checkpoints import as_text

    typer.echo(as_text(*take_checkpoint(now=datetime.now(UTC))))
