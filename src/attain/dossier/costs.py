"""What each step to a tier costs: a table of what and cost, for `attain certify --next`."""

from fractions import Fraction
from pathlib import Path

from attain.dossier import cells
from attain.dossier.rows import read_table
from attain.dossier.tables import TABLES, Column, Table
from attain.measurement.faults import Fault, RefusedError
from attain.standards.figures import Figures
from attain.standards.needs import Costs

COSTS = Table(
    "costs",
    "what one step costs: of a metric, system or channel a month on target, of a table a row",
    (Column("what", cells.TEXT, "initiatives"), Column("cost", cells.NUMBER_FROM_0, "25")),
    key=("what",),
)


def read_costs(path: Path, figures: Figures) -> Costs:
    """Read the costs; RefusedError with every fault, among them a cost of what the dossier lacks."""
    if not path.is_file():
        raise RefusedError([Fault(path.name, 1, "file", "no such file", "a file of what, cost")])
    read = read_table(path, COSTS, {}, None)
    faults = [*read.faults, *_unknown(path, [row["what"] for row in read.rows], figures)]
    if faults:
        raise RefusedError(faults)
    return {row["what"]: Fraction(row["cost"]) for row in read.rows}


def _unknown(path: Path, named: list[str], figures: Figures) -> list[Fault]:
    known = {
        *TABLES,
        "coverage",
        *(metric.metric for metric in figures.metrics),
        *(system.system for system in figures.systems),
        *figures.scope.channels,
    }
    # A single row of a table is named by the table and its key, as in "practices coaching".
    expected = "a metric, system, channel or table of the dossier, or a table and a key"
    return [
        Fault(path.name, number, "what", what, expected)
        for number, what in enumerate(named, start=2)
        if what not in known and what.split(" ")[0] not in TABLES
    ]
