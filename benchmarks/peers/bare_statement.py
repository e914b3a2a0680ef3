"""The verdict's statement alone on DuckDB: no dossier, no rule, no check of what it answers."""

import json
import sys
from importlib import resources
from pathlib import Path

import duckdb

folder = Path(sys.argv[1])
tables = json.loads((folder / "peers.json").read_text())
statements = resources.files("attain.lake") / "statements"
connection = duckdb.connect(config={"preserve_insertion_order": "false"})
for name in ("keys", "stretches"):
    columns = ", ".join(f"unnest(${column}) AS {column}" for column in tables[name])
    connection.execute(f"CREATE TABLE {name} AS SELECT {columns}", tables[name])
connection.execute(
    "CREATE VIEW files AS SELECT *, filename AS file_name, file_row_number AS row_number "
    f"FROM read_parquet('{folder}/intervals/*.parquet')"
)
view = (statements / "intervals_of_timestamps.sql").read_text("utf-8")
connection.execute(f"CREATE VIEW intervals AS {view}")
verdict = (statements / "verdict.sql").read_text("utf-8")
rows = connection.execute(verdict, tables["parameters"]).fetchall()
sys.stdout.write(f"{len(rows)} places\n")
