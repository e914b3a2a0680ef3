"""The choice of the engine: DuckDB in process, unless ATTAIN_ENGINE names a Spark cluster."""

from collections.abc import Mapping

from attain.lake.engine import Engine
from attain.measurement.faults import Fault, RefusedError


def engine_from_environment(environment: Mapping[str, str], *, estate: bool = False) -> Engine:
    """Return the engine that ATTAIN_ENGINE names: DuckDB where it is not set.

    For an estate it takes more memory, and trusts what the files of its own lake say of themselves.
    """
    name = environment.get("ATTAIN_ENGINE", "").strip() or "duckdb"
    if name == "duckdb":
        from attain.lake.duckdb_engine import MEMORY_OF_AN_ESTATE, DuckdbEngine

        return DuckdbEngine(MEMORY_OF_AN_ESTATE, trusting=True) if estate else DuckdbEngine()
    if name.startswith("spark://") and name != "spark://":
        from attain.lake.spark_engine import SparkEngine

        return SparkEngine(name)
    expected = "duckdb, or the master of a Spark cluster such as spark://host:7077"
    raise RefusedError([Fault("environment", 1, "ATTAIN_ENGINE", f'"{name}"', expected)])
