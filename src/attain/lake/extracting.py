"""Taking the intervals of one site out of a lake, as the Parquet file of its dossier."""

import os
from pathlib import Path

import pyarrow.parquet as pq

from attain.lake.engine import Columns, Engine, Query, Statement
from attain.lake.engines import engine_from_environment
from attain.lake.interval_table import IntervalTable


def extract_site(lake: Path, site: str, file: Path, engine: Engine | None = None) -> int:
    """Write the intervals of a site into a file, and return how many they are; none, no file."""
    engine = engine or engine_from_environment(os.environ)
    view = IntervalTable(engine.read(lake), engine).view
    sites: Columns = {"wanted": [site]}
    asked = Query(Statement.named("of_site"), {"intervals": view, "sites": sites})
    rows = engine.query(asked).arrow()
    if rows.num_rows:
        pq.write_table(rows, file)
    return int(rows.num_rows)
