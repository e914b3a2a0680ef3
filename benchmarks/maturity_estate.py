"""The estate by a model measured: 200 sites x 69 items, the heat map, its roll-ups and gaps.

    python -m benchmarks.maturity_estate [--sites 200] [--runs 9]

Processor time of a request in the process of the server, beside reading the same rows bare and
dumping their levels as JSON. The database is that of ATTAIN_DATABASE_URL, or SQLite.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from benchmarks.measure import script

ITEMS = 69


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _told(name: str, *arguments: int) -> str:
    command = [sys.executable, script(name), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Measure in a data folder of its own, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=200, help="how many sites the estate has")
    parser.add_argument("--runs", type=int, default=9, help="how many runs a median is of")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ATTAIN_DATA"] = folder
        _told("fill_assessments", given.sites)
        found = json.loads(_told("ask_estate", given.runs))
    bare = found.pop("bare")["median"]
    database = os.environ.get("ATTAIN_DATABASE_URL", "sqlite").partition(":")[0]
    _say(f"\n(m) {given.sites} sites x {ITEMS} items on {database}, median of {given.runs}")
    _say(f"{'':<40}{'processor':>12}{'the first':>12}{'queries':>9}{'ratio':>8}")
    peer = "the same rows bare, levels as JSON"
    _say(f"  {peer:<38}{bare * 1000:>9.0f} ms{'–':>12}{1:>9}{1:>8.2f}")
    for name, each in found.items():
        first, ratio = each["first"] * 1000, each["median"] / bare
        cost = f"{each['median'] * 1000:>9.0f} ms{first:>9.0f} ms"
        _say(f"  {name:<38}{cost}{each['queries']:>9}{ratio:>8.2f}")


if __name__ == "__main__":
    main()
