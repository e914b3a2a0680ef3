"""Write the demonstration estate and certify it: `make demo`."""

import shutil
import sys
from pathlib import Path
from random import Random

from attain.commands import run
from demo.centres import CENTRES
from demo.intervals import write_intervals
from demo.writing import write_dossier

SEED = 20261031
FOLDER = Path(".demo")


def write_estate(folder: Path, seed: int = SEED) -> None:
    """Write the dossiers of every centre and the lake that they share; the same for one seed."""
    random = Random(seed)
    for site, centre in CENTRES.items():
        write_dossier(folder / site, centre, random)
    write_intervals(folder / "intervals.parquet", CENTRES, random)


def _show(title: str, *arguments: str) -> int:
    sys.stdout.write(f"\n{'=' * 100}\n{title}\n$ attain {' '.join(arguments)}\n\n")
    sys.stdout.flush()
    return run(list(arguments))


def main() -> int:
    """Write the estate anew, then print its table, each centre's proof, and the roads ahead."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    write_estate(FOLDER)
    statuses = [_show("The estate at a glance", "certify", "--estate", str(FOLDER))]
    for site, centre in CENTRES.items():
        title = f"{centre.name}: {centre.story}"
        statuses.append(_show(title, "certify", "--estate", str(FOLDER), "--site", site))
    for site in ("harbour", "eastwick"):
        title = f"{CENTRES[site].name}: what would the next tier take?"
        arguments = ("certify", "--estate", str(FOLDER), "--site", site, "--next")
        statuses.append(_show(title, *arguments))
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
