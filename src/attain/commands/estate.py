"""`attain certify --estate`: the tier of every site of an estate."""

import gc
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TypeVar

from attain.dossier.estate import open_lake_of, open_site, read_estate, site_folders

Item = TypeVar("Item")


def certify_estate(folder: Path, scheme: str, as_of: date | None, as_json: bool) -> int:
    """Certify every site and print a table, or a line of JSON for each.

    A site that is refused does not keep the others from their verdicts: its faults stand on
    standard error, and the exit status is 2. A proof is let go as soon as its line is written, so
    that an estate of any size takes no more room than its figures.
    """
    # Figures and proofs are trees, let go as soon as nobody names them: looking for rings among
    # them at every turn would take a third of the time.
    gc.set_threshold(200_000, 50, 50)
    folders = site_folders(folder)
    with ThreadPoolExecutor(1) as pool:
        # The engine works without Python, which reads the dossiers and the scheme meanwhile.
        lake = pool.submit(open_lake_of, folder)
        watched = _watched(folders, "Reading dossiers")
        opened = {path.name: open_site(path, as_of) for path in watched}
        reading = pool.submit(read_estate, opened, lake.result())
        from attain.commands.definitions import find_scheme
        from attain.commands.site_verdicts import Judge, print_verdicts

        judge = Judge(*find_scheme(scheme), given=as_of is not None)
        estate = reading.result()
    sites = _watched(estate.sites, "Judging sites")
    refused = print_verdicts(sites, judge, as_json=as_json)
    if estate.strangers:
        sys.stderr.write(f"The lake has sites without a dossier: {', '.join(estate.strangers)}\n")
    return 2 if refused else 0


def _watched(items: Sequence[Item], title: str) -> Iterable[Item]:
    """Show a progress bar where a person watches."""
    if not sys.stderr.isatty():
        return items
    # Drawing takes a library that a pipeline need not load.
    from rich.console import Console
    from rich.progress import track

    return track(items, title, console=Console(stderr=True), transient=True)
