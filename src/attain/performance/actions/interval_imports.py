"""Intervals of an import: brought to the lake, and taken out of it again."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from attain.lake.appending import append_sound, present
from attain.lake.engine import Columns, ConflictError
from attain.lake.engines import engine_from_environment
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.zones import instant_of
from attain.organisations.actions import audit
from attain.organisations.pages import Centre, Organisation
from attain.performance import models
from attain.performance.actions.covering import begun
from attain.performance.queries.previews import RefusedRow, TakenRow
from attain.performance.queries.volumes import lake_of, lake_version

_KEY = ("site", "channel", "start")


def already_there(centre: Centre, file: str, taken: Sequence[TakenRow]) -> list[RefusedRow]:
    """Return the rows whose channel and start the lake has already."""
    lake = lake_of(centre.organisation.key)
    if lake_version(lake) is None or not taken:
        return []
    engine = engine_from_environment(os.environ)
    faults, _version = present(lake, columns_of(centre, taken), file, engine)
    return [RefusedRow(f.line, f.column, f.found, f.expected) for f in faults]


def columns_of(centre: Centre, taken: Sequence[TakenRow]) -> Columns:
    """Return intervals as the statements of the lake know them."""
    counts = {"offered": "offered", "answered": "answered", "within": "within_threshold"}
    return {
        # The first row of a file stands on line 2.
        "row_number": [each.line - 2 for each in taken],
        "site": [centre.key] * len(taken),
        "channel": [each.row["channel"] for each in taken],
        "instant": [instant_of(each.row["start"]) for each in taken],
        **{f"contacts_{to}": [e.row[name] for e in taken] for to, name in counts.items()},
    }


def append_rows(centre: Centre, done: models.Import, taken: Sequence[TakenRow]) -> None:
    """Append intervals to the lake, after their keys are kept so that they can be taken back."""
    columns = columns_of(centre, taken)
    lake = begun(lake_of(centre.organisation.key))
    _write_keys(_keys_of(lake, done), columns)
    try:
        append_sound(lake, columns, done.file_name, engine_from_environment(os.environ))
    except RefusedError:
        _keys_of(lake, done).unlink(missing_ok=True)
        raise


def _keys_of(lake: Path, done: models.Import) -> Path:
    """Return where the keys of an import's intervals lie."""
    return lake.parent / "imports" / f"{done.uuid}.parquet"


def _write_keys(path: Path, columns: Columns) -> None:
    # Takes a while to load, as does what writes the lake: most pages do without both.
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun_file = path.with_suffix(".begun")
    starts = pa.array(columns["instant"], pa.int64()).cast(pa.timestamp("us", "UTC"))
    table = pa.table({"site": columns["site"], "channel": columns["channel"], "start": starts})
    pq.write_table(table, begun_file)
    # Whole or not there, so that what broke off can always be taken out by it.
    begun_file.replace(path)


def take_back(done: models.Import) -> None:
    """Take the intervals of an import out of the lake; one that is then empty is begun anew."""
    lake = lake_of(done.organisation.key)
    _take_out(done.organisation, lake, _keys_of(lake, done), done.file_name)


def sweep(centre: Centre) -> None:
    """Take out of the lake what an import left there that broke off before it was entered.

    Call it in a transaction: nobody else imports for the organisation until that ends, so that an
    import without an entry is one that nobody carries out any more.
    """
    lake = lake_of(centre.organisation.key)
    audit.hold_trail(centre.organisation)
    for path in sorted((lake.parent / "imports").glob("*.parquet")):
        if not models.Import.objects.filter(uuid=path.stem).exists():
            if lake_version(lake) is not None:
                _take_out(centre.organisation, lake, path, path.name)
            path.unlink()


def _take_out(organisation: Organisation, lake: Path, keys: Path, file: str) -> None:
    import pyarrow.parquet as pq

    from attain.lake.delta import remove

    try:
        is_left = remove(lake, pq.read_table(keys), _KEY)
    except ConflictError as error:
        found, expected = "another import at the same time", "nothing taken out; undo it again"
        raise RefusedError([Fault(file, 1, "lake", found, expected)]) from error
    if not is_left:
        shutil.rmtree(lake)
        # The versions of the new lake begin anew too.
        models.IntervalVolumes.objects.filter(organisation=organisation).delete()
