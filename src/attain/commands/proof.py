"""The proof of one dossier: read, judge, and write as text or as JSON."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from attain.commands.definitions import find_scheme
from attain.commands.faults import refuse_option
from attain.commands.judging import judge
from attain.dossier.folder import Dossier, read_dossier
from attain.standards.rendering import write_text
from attain.standards.verdicts import Verdict

__all__ = ["find_road", "find_scheme", "judge", "read_given", "write_proof"]
_COSTS = "costs.csv"


def read_given(
    dossier: Path | None, estate: Path | None, site: str | None, day: date | None, to_next: bool
) -> Dossier:
    """Read the one dossier that the command line names, by itself or as a site of an estate."""
    if dossier is not None and estate is None and site is None:
        # Costs may lie beside the figures, but are asked for by --next alone.
        extra = frozenset({_COSTS}) if to_next else frozenset[str]()
        return read_dossier(dossier, day, extra=extra)
    if dossier is None and estate is not None and site is not None:
        from attain.dossier.estate import read_site

        return read_site(estate, site, day)
    found = "neither" if dossier is None and estate is None else "both, or --site alone"
    raise refuse_option("DOSSIER", found, "a dossier, --estate DIR, or --estate DIR --site NAME")


def find_road(verdict: Verdict, costs: Path | None, dossier: Path | None) -> Any:
    """Find what the next tier would take, at the costs that are given or lie in the dossier."""
    # Brings in the solver.
    from attain.commands.next_tier import find_road as find

    inside = dossier / _COSTS if dossier else None
    return find(verdict, costs or (inside if inside and inside.is_file() else None))


def write_proof(verdict: Verdict, following: Any, *, as_json: bool) -> str:
    """Write a verdict and, where it was asked for, the road to the next tier."""
    if not as_json:
        return write_text(verdict) if following is None else str(following.as_text())
    told = verdict.as_json()
    if following is not None:
        told["next"] = following.as_json()
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
