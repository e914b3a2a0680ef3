"""Print the benchmarks: `make bench`, or `python -m benchmarks --sites 20` for a quick look."""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from attain.dossier.scaffold import write_new_dossier
from benchmarks.measure import HEAD, RUNS, measured, row, script

# Four channels, a year of quarter hours.
ROWS_OF_A_SITE = 4 * 35_040


def _generate(kind: str, folder: Path, sites: int) -> None:
    # In a process of its own: a process that is started counts the memory of the one that starts
    # it towards its peak.
    command = [sys.executable, "-m", "benchmarks.estates", kind, str(folder), str(sites)]
    subprocess.run(command, check=True)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def intervals(folder: Path, sites: int, runs: int) -> None:
    """Print (a): the verdict over the lake of an estate, against the engine bare and peers."""
    _generate("lake", folder, sites)
    rows = sites * ROWS_OF_A_SITE
    _say(f"\n(a) interval verdict, {sites} sites, {rows:,} rows, median of {runs}\n{HEAD}")
    peers = {
        "the bare statement on DuckDB": "bare_statement",
        "polars, the same volumes": "polars_answer",
        "pyarrow, decoding the same columns": "bare_scan",
    }
    commands = [["-m", "attain", "certify", "--estate", str(folder)]]
    commands += [[script(peer), str(folder)] for peer in peers.values()]
    certify, *found_of_peers = measured(commands, runs)
    _say(row("attain certify --estate", certify))
    for name, found in zip(peers, found_of_peers, strict=True):
        _say(row(f"  {name}", found))
        _say(
            f"    attain / peer: wall {certify.wall / found.wall:.2f}, "
            f"processor {certify.processor / found.processor:.2f}"
        )
    _say(f"  peak memory of attain: {certify.peak:.0f} MB")


def dossiers(folder: Path, sites: int, runs: int) -> None:
    """Print (b): dossiers of sixty metrics a second, against reading the files bare."""
    _generate("metrics", folder, sites)
    _say(f"\n(b) {sites} dossiers of 60 metrics over 24 months, median of {runs}\n{HEAD}")
    commands = [[script("bare_reading"), str(folder)]]
    commands += [["-m", "attain", "certify", "--estate", str(folder)]]
    bare, certify = measured(commands, runs)
    _say(row("the csv module, splitting the same files", bare))
    _say(row("attain certify --estate", certify, bare))
    _say(f"  {sites / certify.wall:.0f} dossiers a second")


def start_up(folder: Path, runs: int) -> None:
    """Print (c): start-up on a small dossier, against a Python that does nothing."""
    write_new_dossier(folder)
    _say(f"\n(c) start-up on a small dossier, median of {runs}\n{HEAD}")
    commands = [["-c", "pass"], ["-m", "attain", "certify", str(folder)]]
    nothing, certify = measured(commands, runs)
    _say(row("python -c pass", nothing))
    _say(row("attain certify", certify, nothing))


def main() -> None:
    """Generate what is measured into a temporary folder, measure it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=200, help="how many sites the estates have")
    parser.add_argument("--runs", type=int, default=RUNS, help="how many runs a median is of")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        start_up(Path(folder, "small"), given.runs)
        dossiers(Path(folder, "metrics"), given.sites, given.runs)
        intervals(Path(folder, "lake"), given.sites, given.runs)


if __name__ == "__main__":
    main()
