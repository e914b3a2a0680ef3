"""`attain import`: a table of one or more dossiers filled from a person's own file.

Everything is read, checked and written beside its place before anything is moved there, so that
a fault anywhere leaves all as it was.
"""

from pathlib import Path

from attain.dossier.filled_dossiers import Order, fill_dossiers
from attain.dossier.import_report import report
from attain.dossier.intake import read_own_file
from attain.dossier.mapping import load_mapping
from attain.dossier.staging import write_checked
from attain.dossier.tables import TABLES
from attain.measurement.faults import Fault, RefusedError


def import_table(name: str, file: Path, mapping_file: Path, out: Path) -> tuple[str, ...]:
    """Fill a table of the dossiers at a place from a file, and return what to tell a person.

    RefusedError with every fault, and nothing written, where anything is amiss.
    """
    if name not in TABLES:
        expected = f"one of {', '.join(TABLES)}"
        raise RefusedError([Fault("command line", 1, "NAME", name, expected)])
    mapping, document = load_mapping(mapping_file)
    order = Order(TABLES[name], str(file), mapping, document, out)
    read = read_own_file(file, order.table, mapping, document)
    dossiers = fill_dossiers(order, read)
    write_checked(out, {dossier.folder: dossier.staged(order) for dossier in dossiers})
    return tuple(report(order, read, dossiers))
