"""`attain certify`: the tier that a centre's figures reach, with the proof."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from attain.commands.faults import find_definition, read_date, refuse_option
from attain.commands.judging import judge
from attain.dossier.folder import Dossier, read_dossier
from attain.standards.maturity_model import MaturityModel
from attain.standards.rendering import write_text
from attain.standards.scheme import Scheme
from attain.standards.verdicts import Verdict

app = typer.Typer(add_completion=False)
COSTS = "costs.csv"


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
    library, path = find_definition("scheme", scheme)
    law = library.load_scheme(path)
    models = library.models_of(law)
    if estate is not None and dossier is None and site is None:
        if to_next:
            raise refuse_option("--next", "--estate without --site", "one dossier, or one site")
        raise typer.Exit(_certify_estate(estate, law, models, day, as_json))
    given = _given(dossier, estate, site, day, to_next)
    verdict = judge(given.figures, law, given.as_of, models, given=day is not None)
    following = _road(verdict, costs, dossier) if to_next else None
    sys.stdout.write(_json(verdict, following) if as_json else _text(verdict, following))


def _certify_estate(
    estate: Path, law: Scheme, models: dict[str, MaturityModel], day: date | None, as_json: bool
) -> int:
    # Shares no part with the proof of one dossier, whose start-up it would slow.
    from attain.commands.estate import certify_estate

    return certify_estate(estate, law, models, day, as_json)


def _given(
    dossier: Path | None, estate: Path | None, site: str | None, day: date | None, to_next: bool
) -> Dossier:
    if dossier is not None and estate is None and site is None:
        # Costs may lie beside the figures, but are asked for by --next alone.
        extra = frozenset({COSTS}) if to_next else frozenset[str]()
        return read_dossier(dossier, day, extra=extra)
    if dossier is None and estate is not None and site is not None:
        from attain.dossier.estate import read_site

        return read_site(estate, site, day)
    found = "neither" if dossier is None and estate is None else "both, or --site alone"
    raise refuse_option("DOSSIER", found, "a dossier, --estate DIR, or --estate DIR --site NAME")


def _road(verdict: Verdict, costs: Path | None, dossier: Path | None) -> Any:
    # Brings in the solver.
    from attain.commands.next_tier import find_road

    inside = dossier / COSTS if dossier else None
    return find_road(verdict, costs or (inside if inside and inside.is_file() else None))


def _json(verdict: Verdict, following: Any) -> str:
    told = verdict.as_json()
    if following is not None:
        told["next"] = following.as_json()
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _text(verdict: Verdict, following: Any) -> str:
    return write_text(verdict) if following is None else str(following.as_text())
