"""Small imports for the tests: a person's own file, its mapping, and what becomes of them."""

from pathlib import Path

from attain.dossier.imports import import_table
from attain.measurement.faults import RefusedError

DOSSIER = """\
dossier:
  name: Leeds
  operation: internal
  timezone: Europe/London
  channels: [phone]
  volume: {site: 1000, assessed: 900}
  as_of: 2026-10-31
"""
METRICS = """\
tables:
  processes: [{process: answering, class: end_user_facing, low_volume: no, time_and_materials: no}]
  metrics:
    - {metric: aht, process: answering, aspect: efficiency, unit: seconds, better: lower}
    - {metric: csat, process: answering, aspect: satisfaction, unit: "", better: higher}
"""
READINGS = """\
columns: {metric: {value: aht}, month: Month, numerator: Seconds, denominator: Calls}
"""


def bring_in(
    folder: Path,
    own: str | bytes | Path,
    mapping: str,
    table: str = "readings",
    *,
    name: str = "own.csv",
    out: str = "out",
) -> list[str]:
    """Import a file into a folder and return the lines of the report; RefusedError otherwise."""
    path = folder / name
    if not isinstance(own, Path):
        path.write_bytes(own.encode() if isinstance(own, str) else own)
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    source = own if isinstance(own, Path) else path
    return list(import_table(table, source, folder / "mapping.yaml", folder / out))


def refusals(
    folder: Path, own: str | bytes | Path, mapping: str, table: str = "readings", **more: str
) -> list[str]:
    """Return the faults of an import, without the folder, after seeing that nothing is written."""
    before = contents(folder / more.get("out", "out"))
    try:
        bring_in(folder, own, mapping, table, **more)
    except RefusedError as refused:
        assert contents(folder / more.get("out", "out")) == before
        assert not list(folder.rglob(".*.import-*"))
        return [str(fault).replace(f"{folder}/", "") for fault in refused.faults]
    raise AssertionError("the import was not refused")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def written(folder: Path, table: str = "readings", out: str = "out") -> list[str]:
    """Return the rows of a table that was written, without its header."""
    return (folder / out / f"{table}.csv").read_text("utf-8").splitlines()[1:]
