"""The same tables split into cells by the csv module, and nothing done with them."""

import csv
import sys
from pathlib import Path

cells = 0
for path in sorted(Path(sys.argv[1]).glob("*/*.csv")):
    with path.open(encoding="utf-8", newline="") as file:
        cells += sum(len(record) for record in csv.reader(file))
sys.stdout.write(f"{cells} cells\n")
