"""`attain certify`: the tier that a centre's figures reach, with the proof."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from attain.commands.faults import read_date, refuse_option

app = typer.Typer(add_completion=False)


@app.command()
def command(
    dossier: Annotated[
        Path | None, typer.Argument(help="The folder with the centre's figures.")
    ] = None,
    scheme: Annotated[str, typer.Option(help="The scheme of the library.")] = "performance-tiers",
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="As of which date; goes before that of the file."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the proof as JSON.")] = False,
    to_next: Annotated[
        bool, typer.Option("--next", help="Say what the next tier would take, and by when.")
    ] = False,
    costs: Annotated[
        Path | None, typer.Option(help="With --next: a CSV of what, cost. A unit each without it.")
    ] = None,
    estate: Annotated[
        Path | None, typer.Option(help="A folder of dossiers that share a lake of intervals.")
    ] = None,
    site: Annotated[
        str | None, typer.Option(help="With --estate: one of its sites, with the whole proof.")
    ] = None,
) -> None:
    """Decide a centre's tier from its figures, with the proof.

    Exit status 0 when a verdict was reached, whatever it is; 2 when the input is refused.
    """
    day = read_date("--as-of", as_of)
    if costs is not None and not to_next:
        raise refuse_option("--costs", costs, "--next with it")
    if estate is not None and dossier is None and site is None:
        if to_next:
            raise refuse_option("--next", "--estate without --site", "one dossier, or one site")
        # Each of the two shares no part with the other, whose start-up it would slow.
        from attain.commands.estate import certify_estate

        raise typer.Exit(certify_estate(estate, scheme, day, as_json))
    from attain.commands import proof

    law, models = proof.find_scheme(scheme)
    given = proof.read_given(dossier, estate, site, day, to_next)
    verdict = proof.judge(given.figures, law, given.as_of, models, given=day is not None)
    following = proof.find_road(verdict, costs, dossier) if to_next else None
    sys.stdout.write(proof.write_proof(verdict, following, as_json=as_json))
