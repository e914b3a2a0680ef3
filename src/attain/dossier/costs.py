"""What each step to a tier costs: a table of what and cost, for `attain certify --next`."""

from dataclasses import replace
from pathlib import Path

from attain.dossier import cells
from attain.dossier.cells import Cell
from attain.dossier.rows import read_table
from attain.dossier.tables import TABLES, Column, Table
from attain.measurement.faults import Fault, RefusedError
from attain.standards.figures import Figures
from attain.standards.needs import Costs

_EXPECTED = "a metric, system, channel or table of the dossier, or a table and one of its keys"


def costs_table(figures: Figures) -> Table:
    """Declare the table of costs for a centre: only what its dossier has can be priced.

    A metric, system or channel is priced per month on target, a table per row; a single row is
    named by its table and key, as in `practices coaching`.
    """
    known = {
        *TABLES,
        "coverage",
        *(metric.metric for metric in figures.metrics),
        *(system.system for system in figures.systems),
        *figures.scope.channels,
    }

    def priced(text: str) -> str:
        if text in known or text.split(" ")[0] in TABLES:
            return text
        raise ValueError(text)

    what = Column("what", Cell("what a step is for", _EXPECTED, priced), "initiatives")
    cost = Column("cost", cells.NUMBER_FROM_0, "25")
    return Table("costs", "what one step costs", (what, cost), key=("what",))


def read_costs(path: Path, figures: Figures) -> Costs:
    """Read the costs; RefusedError with every fault, such as a cost of what the dossier lacks."""
    if not path.is_file():
        raise RefusedError([Fault(path.name, 1, "file", "no such file", "a file of what, cost")])
    read = read_table(path, costs_table(figures), {}, None)
    if read.faults:
        raise RefusedError(replace(fault, file=path.name) for fault in read.faults)
    return {row["what"]: row["cost"] for row in read.rows}
